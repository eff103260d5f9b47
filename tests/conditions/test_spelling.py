"""How well misspelled names are found. What was measured stands in docs/search.md; here is a floor under it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.models import Condition
from conditions.search import search
from conditions.spelling import Spelling

from .misspell import misspelled


@pytest.mark.django_db
@pytest.mark.usefixtures("catalogue")
def test_misspelled_names_of_the_catalogue_are_found():
    typed = [(typo, one.slug) for one in Condition.objects.order_by("slug") for typo in misspelled(one.name)]
    found = [(slug, [match.condition.slug for match in search(typo, limit=5)]) for typo, slug in typed]
    assert len(typed) > 500
    assert sum(slugs[:1] == [slug] for slug, slugs in found) / len(typed) >= 0.97
    assert sum(slug in slugs for slug, slugs in found) / len(typed) >= 0.98


def test_the_nearest_comes_first():
    spelling = Spelling(["joubert syndrome", "rett syndrome", "friedreich ataxia", "werdnig hoffmann disease"])
    assert [place for _, place in spelling.nearest("jubert sindrome")] == [0]
    assert [place for _, place in spelling.nearest("freedrick ataksia", cutoff=70)] == [2]
    assert spelling.nearest("wheelchair") == []


@given(st.lists(st.text(max_size=12), max_size=6), st.text(max_size=12))
def test_any_names_and_any_text_get_an_answer(names, text):
    assert all(0 <= place < len(names) for _, place in Spelling(names).nearest(text))


@given(st.lists(st.text("abcdefgh", min_size=4, max_size=12), min_size=1, max_size=6, unique=True), st.data())
def test_a_name_is_nearest_to_itself(names, data):
    name = data.draw(st.sampled_from(names))
    assert 100 in [round(alike) for alike, place in Spelling(names).nearest(name) if names[place] == name]
