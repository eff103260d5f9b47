"""Cards are kept, and yet every page shows what is true at its own moment."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from conditions.editorial import State
from conditions.models import Condition
from resources import changes
from resources.finder import criteria
from resources.finder.index import keeper, kept
from resources.finder.search import Search
from resources.models import Phone, Resource, Term, TherapyType
from tests.factories import EvidenceFactory, OrganizationFactory, PhoneFactory, ResourceFactory, TermFactory, TherapyFactory, kinship

from .test_keeper import elsewhere

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def one_of_its_own(monkeypatch):
    """A keeper that no other test has used."""
    monkeypatch.setattr(keeper, "_keepers", {})


def shown(query=""):
    """The page's cards as one text."""
    return "".join(Search(QueryDict(query)).cards)


@pytest.fixture
def listing():
    made = OrganizationFactory(published=True, slug="one", name="First name", summary="A ramp.", phones=["1-800-555-0100"])
    assert "First name" in shown()
    return made


def asked_of_listings(query=""):
    with CaptureQueriesContext(connection) as queries:
        shown(query)
    return [one["sql"] for one in queries if 'FROM "resources_resource"' in one["sql"] or 'FROM "resources_phone"' in one["sql"]]


def test_a_card_that_was_shown_is_not_asked_for_again(listing):
    ResourceFactory(published=True, slug="two")
    assert len(asked_of_listings()) == 2
    assert asked_of_listings() == asked_of_listings("sort=name") == []


def test_what_a_card_shows_is_read_from_tables_that_the_log_watches(listing):
    TherapyFactory(published=True, slug="two", red_flag_reason="Not approved.")
    read = {table for statement in asked_of_listings() for table in re.findall(r'(?:FROM|JOIN) "(\w+)"', statement)}
    assert {"resources_resource", "resources_phone", "resources_therapytype"} <= read <= changes.WATCHED.keys()


CHANGES = {
    "an edit": (lambda one: Resource.objects.filter(pk=one.pk).update(name="Second name"), "Second name", "First name"),
    "a check": (lambda one: Resource.objects.filter(pk=one.pk).update(checked_on="2025-12-24"), "December 24, 2025", "Found on a page"),
    "a phone": (lambda one: PhoneFactory(resource=one, number="1-800-555-0199"), "1-800-555-0199", ""),
    "a dead phone": (lambda one: Phone.objects.update(dead_on="2026-01-01"), "First name", "1-800-555-0100"),
    "a phone without its source": (lambda one: Phone.objects.update(source=None), "First name", "1-800-555-0100"),
    "another that is new": (lambda one: ResourceFactory(published=True, name="Another"), "Another", ""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_shows_on_the_next_page(listing, change):
    act, now, no_longer = CHANGES[change]
    act(listing)
    assert now in shown()
    assert not no_longer or no_longer not in shown()


def test_what_is_retired_or_gone_is_not_shown(listing):
    other = ResourceFactory(published=True, name="Another")
    assert "Another" in shown()
    Resource.objects.filter(pk=listing.pk).update(state=State.RETIRED)
    assert "First name" not in shown()
    other.delete()
    assert shown() == ""
    Resource.objects.filter(pk=listing.pk).update(state=State.PUBLISHED)
    assert "First name" in shown()


def test_what_was_rolled_back_was_never_kept(listing):
    with transaction.atomic():
        Resource.objects.filter(pk=listing.pk).update(name="Never")
        assert "Never" in shown()
        transaction.set_rollback(True)
    assert "First name" in shown()
    with transaction.atomic():
        Resource.objects.filter(pk=listing.pk).update(name="Once")
        assert "Once" in shown()
    assert "Once" in shown()


def test_a_warning_and_a_label_show_at_once():
    family = kinship(ataxia=["rare"])
    therapy = TherapyFactory(published=True, conditions=[family["rare"]])
    assert 'class="warning"' not in shown("condition=ataxia")
    TherapyType.objects.filter(pk=therapy.pk).update(red_flag_reason="Not approved.")
    assert 'class="warning"' in shown("condition=ataxia")
    label = EvidenceFactory(therapy=therapy, condition=family["rare"], level="strong")  # no entry in the log
    assert 'data-evidence="strong"' in shown("condition=ataxia")
    label.delete()
    assert "data-evidence" not in shown("condition=ataxia")


def test_what_the_question_adds_is_not_kept(listing):
    family = kinship(ataxia=["rare"])
    listing.conditions.add(family["rare"])
    assert "for a wider group: " in shown("condition=ataxia")
    Condition.objects.filter(slug="rare").update(name="Wider")
    assert "for a wider group: Wider" in shown("condition=ataxia")
    assert "<mark>" in shown("q=ramp&as=typed")
    assert "for a wider group" not in shown()
    assert "<mark>" not in shown()


def test_a_new_day_is_no_change_of_the_listing_and_still_shows(listing, monkeypatch):
    old = date.today() - timedelta(days=365)
    Resource.objects.filter(pk=listing.pk).update(found_on=old)
    assert "May be out of date" not in shown()

    class Tomorrow(date):
        @classmethod
        def today(cls):
            return date.today() + timedelta(days=1)

    monkeypatch.setattr(criteria, "date", Tomorrow)
    assert "May be out of date" in shown()


def test_a_renamed_term_shows_on_the_next_page(listing, client):
    term = TermFactory(vocabulary="need", slug="respite", label="A break")
    listing.terms.add(term)
    assert "A break" in client.get("/find/").text
    Term.objects.filter(pk=term.pk).update(label="A <rest>")
    page = client.get("/find/").text
    assert ("A &lt;rest&gt;" in page, "A break" in page) == (True, False)


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_wrote_shows(listing):
    elsewhere(lambda: Resource.objects.filter(pk=listing.pk).update(name="Elsewhere"))
    assert "Elsewhere" in shown()


def test_only_so_many_are_kept(monkeypatch, listing):
    monkeypatch.setattr(kept, "MOST", 3)
    ResourceFactory.create_batch(5, published=True, conditions=[kinship(other=[])["other"]])
    assert shown().count("<article") == 6
    assert len(keeper.keeper_of().store.kept._values) == 3


def test_what_was_asked_for_last_stays_longest(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 2)
    values = kept.Kept()
    values.add({"a": 1, "b": 2})
    assert values.get(["a", "c"]) == {"a": 1}
    values.add({"c": 3})
    assert values.get(["a", "b", "c"]) == {"a": 1, "c": 3}


def test_nothing_goes_while_there_is_room(monkeypatch):
    monkeypatch.setattr(kept, "MOST", 4)
    values = kept.Kept()
    values.add({"a": 1, "b": 2, "c": 3})
    assert values.get("abc") == {"a": 1, "b": 2, "c": 3}
