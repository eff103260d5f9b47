"""The queue: what is put into it, what stays out, and what is never asked again."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources import document as documents
from resources import workflow
from resources.curation.duplicates import alike, finding, refresh
from resources.models import DuplicatePair, MatchKey, Resource
from resources.models.roles import EDITOR
from tests.factories import LocationFactory, OrganizationFactory, PersonFactory, ResourceFactory, ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR)


def helpline(name="Ataxia Help Line", **fields):
    return OrganizationFactory(**{"name": name, "website": "", "phones": ["1-800-555-0100"]} | fields)


def find(**options):
    said = StringIO()
    call_command("find_duplicates", stdout=said, **options)
    return said.getvalue()


def pairs():
    return [(pair.first, pair.second) for pair in DuplicatePair.objects.open()]


def test_what_is_entered_twice_is_asked_about_and_a_second_run_changes_nothing():
    one, two = helpline(), helpline("Ataxia Helpline, Inc.", phones=["(800) 555-0100"])
    assert "1 new, 0 as before" in find()
    assert "0 new, 1 as before" in find()
    assert pairs() == [(one.resource_ptr, two.resource_ptr)]


def test_a_dry_run_names_the_pairs_and_keeps_nothing():
    helpline(), helpline()
    said = find(dry_run=True)
    assert "Ataxia Help Line / Ataxia Help Line (name +60, phone +30)" in said
    assert "Would ask about 1 pairs." in said
    assert not DuplicatePair.objects.exists()
    assert not MatchKey.objects.exists()


def test_a_dry_run_only_reads():
    helpline(), helpline()
    with CaptureQueriesContext(connection) as asked:
        find(dry_run=True)
    assert {query["sql"].split()[0] for query in asked} <= {"SELECT", "DECLARE"}  # PostgreSQL declares a cursor to read by


def test_pairs_are_compared_in_no_transaction_of_the_run(monkeypatch):
    helpline(), helpline()
    outside, find_all = len(connection.savepoint_ids), finding.find_all
    depths = []
    monkeypatch.setattr(
        finding, "find_all", lambda *args, **kwargs: depths.append(len(connection.savepoint_ids)) or find_all(*args, **kwargs)
    )
    find()
    assert depths == [outside]


def test_what_was_retired_while_pairs_were_compared_is_not_asked_about():
    one, _two = helpline(), helpline()
    finding.write_keys(finding.keyless())
    found = finding.find_all()
    Resource.objects.filter(pk=one.pk).update(state="retired")
    finding.keep(found)
    assert not DuplicatePair.objects.exists()


def test_what_was_decided_is_never_asked_again(editor):
    helpline(), helpline()
    find()
    workflow.keep_apart(pair=DuplicatePair.objects.get(), by=editor, why="Two towns.")
    assert "0 new, 0 as before" in find()
    assert refresh(Resource.objects.first())["new"] == 0
    assert pairs() == []


def test_the_queue_forgets_what_is_no_longer_alike(editor):
    two = [helpline(), helpline()][1]
    find()
    document = documents.patched(documents.of(two), {"name": "Chair Loans", "phones": []})
    workflow.edit(resource=two, document=document, by=editor, why="It was another.", base=0)
    assert "1 no longer alike" in find()
    assert pairs() == []


def test_branches_siblings_and_other_kinds_are_not_asked_about():
    for town in ("Austin", "Dallas"):
        LocationFactory(resource=helpline(phones=[]), city=town)
    provider = helpline("Their Provider")
    for name in ("Family Camp", "Peer Mentors"):
        ServiceFactory(name=name, provider=provider, phones=["1-800-555-0100"])
    ResourceFactory(name="Ataxia Help Line")
    find()
    assert pairs() == []


def test_a_retired_listing_is_no_duplicate():
    helpline(), helpline(state="retired")
    find()
    assert pairs() == []


def test_a_host_that_many_share_says_little():
    """By how many have it, not by a list: a group's own page is another matter."""
    for number in range(30):
        OrganizationFactory(name=f"Circle{number} Gathering{number}", website=f"https://facebook.com/circle{number}")
    OrganizationFactory(name="Circle3 Friends", website="http://www.facebook.com/Circle3/")
    find()
    assert pairs() == []
    listing = alike({"kind": "organization", "name": "Another", "website": "https://facebook.com/another"})
    assert listing == []


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ({"name": "Ataxia Helpline"}, "name"),
        ({"name": "Something new", "phones": ["800.555.0100"]}, "phone"),
        ({"name": "Ataxia Hepl Line", "website": "http://example.org/about"}, "domain"),
    ],
)
def test_the_editor_is_warned_while_typing(typed, what):
    there = helpline(website="https://www.example.org/")
    finding.write_keys(Resource.objects.all())
    [(found, reasons)] = alike({"kind": "organization"} | typed)
    assert found == there.resource_ptr
    assert what in {reason[0] for reason in reasons}
    assert alike({"kind": "organization"} | typed, exclude_pk=there.pk) == []


def test_a_warning_takes_four_queries_however_many_listings_there_are():
    def count():
        finding.write_keys(Resource.objects.all())
        with CaptureQueriesContext(connection) as asked:
            assert alike({"kind": "organization", "name": "Ataxia Help Line", "phones": ["1-800-555-0100"]})
        return len(asked)

    helpline()
    few = count()
    for number in range(30):
        helpline(f"Ataxia Line {number}", phones=[])
    assert count() == few <= 4


def test_a_listing_is_recognized_by_what_was_last_saved(editor):
    listing = workflow.create(document=documents.of(helpline(slug="a")).model_copy(update={"slug": "b"}), by=editor, why="new")
    document = documents.patched(documents.of(listing), {"name": "Chair Loans"})
    workflow.edit(resource=listing, document=document, by=editor, why="x", base=1)
    assert {key.key for key in listing.match_keys.filter(kind="word")} == {"chair", "loans"}
    assert {(key.kind, key.key) for key in listing.match_keys.all()} == documents.keys_of(document)


def test_keys_are_read_from_rows_as_from_documents():
    service = ServiceFactory(phones=["1-800-555-0100"], email="a@example.org", also_known_as=["Other"])
    LocationFactory(resource=service, address="1 Elm Road")
    provider = service.provider
    provider.identifiers = ["EIN 12-3456789"]
    provider.save()
    finding.write_keys(Resource.objects.all())
    for listing in Resource.objects.all():
        assert {(key.kind, key.key) for key in listing.match_keys.all()} == documents.keys_of(documents.of(listing))
