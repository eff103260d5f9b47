"""Invented listings come as they are asked for, never among real ones by mistake, and go without a trace."""

import io

import pytest
from django.core.management import CommandError, call_command

from resources import document as documents
from resources.finder.criteria import Criteria
from resources.finder.index import Index
from resources.models import Location, Organization, Phone, Resource, ResourceKind, Revision, Source
from resources.synthetic.tables import all_invented
from tests.factories import OrganizationFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
TABLES = (Resource, Organization, Phone, Source, Location, Resource.terms.through, Resource.conditions.through)


def seed(*arguments):
    out = io.StringIO()
    call_command("seed_benchmark", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def rows():
    """All that was invented, but for the keys."""
    shared = ("uuid", "kind", "name", "summary", "found_on", "terms__slug", "conditions__slug", "phones__number", "locations__city")
    return set(all_invented().values_list(*shared, "service__provider__uuid", "financialaid__provider__uuid"))


def counts():
    return {model: model.objects.count() for model in TABLES}


def test_refuses_where_there_are_real_listings():
    before = counts()
    with pytest.raises(CommandError, match="real listings: nothing was written"):
        seed("10")
    assert counts() == before


@pytest.mark.parametrize("arguments", [[], ["0"], ["-3"], ["10", "--remove"]])
def test_says_what_it_needs(arguments):
    with pytest.raises(CommandError, match="Say how many"):
        seed(*arguments)


def test_the_same_rows_each_time_and_none_left_behind():
    before = counts()
    seed("60", "--yes-mix")
    first, wrote = rows(), counts()
    assert all(wrote[model] > before[model] for model in TABLES)
    assert "60 invented listings removed" in seed("40", "--yes-mix")
    assert rows() < first
    seed("--remove")
    assert counts() == before


def test_the_finder_finds_them_and_then_no_more():
    before = len(Index.load().answer(Criteria()).ids)
    seed("60", "--yes-mix")
    assert len(Index.load().answer(Criteria()).ids) == before + 60
    seed("--remove")
    assert len(Index.load().answer(Criteria()).ids) == before


def test_a_person_s_next_listing_has_a_key_of_its_own():
    seed("10", "--yes-mix")
    assert OrganizationFactory(published=True).pk > all_invented().order_by("pk").last().pk


def test_the_document_of_every_kind_can_be_read():
    seed("60", "--yes-mix")
    found = {one.kind: one for one in documents.of_many(all_invented())}
    assert found.keys() == set(ResourceKind.values)
    assert all(documents.read(one.model_dump(mode="json")) == one for one in found.values())


def test_tags_with_few_conditions_only():
    seed("60", "--yes-mix", "--conditions", "3")
    assert 1 < all_invented().exclude(conditions=None).values("conditions").distinct().count() <= 3


def test_what_somebody_has_worked_on_is_not_taken_away():
    seed("10", "--yes-mix")
    Revision.objects.write(resource=all_invented().first(), document={}, verb="edit", why="Tried it.")
    before = counts()
    with pytest.raises(CommandError, match="Nothing was removed"):
        seed("--remove")
    assert counts() == before
