import pytest
from django import forms
from django.core import serializers
from hypothesis import given
from hypothesis import strategies as st

from resources.models import Resource
from resources.models.lines import LinesField
from tests.factories import ResourceFactory

lines = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).map(str.strip).filter(bool)
field = LinesField()


@given(st.lists(lines))
def test_lines_come_back_from_the_database_as_they_went_in(values):
    assert field.from_db_value(field.get_prep_value(values), None, None) == values


@given(st.lists(lines))
def test_lines_come_back_from_a_form_as_they_were_shown(values):
    assert field.to_python(field.get_prep_value(values)) == values


@pytest.mark.parametrize(
    ("typed", "lines"),
    [
        ("one\r\ntwo\r\n", ["one", "two"]),
        ("  one  \n\n\n two", ["one", "two"]),
        ("", []),
        (" \n \r\n", []),
        (None, []),
        (["one", "two"], ["one", "two"]),
        (("one",), ["one"]),
    ],
)
def test_what_is_typed_becomes_lines(typed, lines):
    assert field.to_python(typed) == lines


@pytest.mark.parametrize(
    ("value", "stored"), [([], ""), (None, ""), (["one"], "one"), (["one", "two"], "one\ntwo"), ("one\r\ntwo", "one\ntwo")]
)
def test_the_database_holds_a_line_each(value, stored):
    assert field.get_prep_value(value) == stored


@pytest.mark.parametrize("stored", ["", None])
def test_nothing_stored_is_no_line(stored):
    assert field.from_db_value(stored, None, None) == []


def test_nobody_shares_a_default():
    Resource().documents.append("a letter")
    assert Resource().documents == []


@pytest.mark.django_db
def test_lines_live_in_a_row_and_are_searched_as_text():
    listing = ResourceFactory(also_known_as=["NAF", "Ataxia Foundation"])
    assert Resource.objects.get().also_known_as == ["NAF", "Ataxia Foundation"]
    assert list(Resource.objects.filter(also_known_as__contains="Ataxia F")) == [listing]
    assert Resource.objects.values_list("also_known_as", flat=True)[0] == ["NAF", "Ataxia Foundation"]
    Resource.objects.update(also_known_as=[])
    listing.refresh_from_db()
    assert listing.also_known_as == []


@pytest.mark.django_db
def test_a_form_shows_a_line_each_and_reads_them_back():
    class Form(forms.ModelForm):
        class Meta:
            model = Resource
            fields = ["documents"]

    listing = ResourceFactory(documents=["a letter", "proof of income"])
    form = Form(instance=listing)
    assert "a letter\nproof of income</textarea>" in str(form["documents"])
    Form({"documents": "a letter\r\n\r\n the card "}, instance=listing).save()
    assert Resource.objects.get().documents == ["a letter", "the card"]


@pytest.mark.django_db
def test_a_dump_can_be_loaded_again():
    listing = ResourceFactory(documents=["a letter", "proof of income"])
    [read] = serializers.deserialize("json", serializers.serialize("json", [listing]))
    assert read.object.documents == ["a letter", "proof of income"]
