"""The links in the admin: a queue of those that failed on three days, with the listings to mend."""

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from resources.models import Link, LinkUse, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from tests.factories import ConditionFactory, OrganizationFactory, PersonFactory
from tests.shell.reading import Page, text

pytestmark = pytest.mark.django_db
LIST = reverse("admin:resources_link_changelist")


@pytest.fixture(autouse=True)
def editor(client):
    person = PersonFactory(role=EDITOR)
    client.force_login(person)
    return person


def a_link(address="https://example.org/gone", days=3, uses=(), **fields):
    made = Link.objects.create(
        address=address,
        days_failed=days,
        failing_since="2026-03-02" if days else None,
        last_failed_on="2026-03-05" if days else None,
        **{"result": "fails" if days else "works", "reason": "status" if days else "", "status": 404 if days else 200, **fields},
        checked_at=timezone.now(),
    )
    for use in uses:
        LinkUse.objects.create(link=made, **use)
    return made


def rows(response):
    return [text(row) for row in Page(response).all('table[@id="result_list"]/tbody/tr')]


def test_the_queue_shows_what_is_broken_and_where_it_stands(client):
    listing, condition = OrganizationFactory(name="Ataxia Helpers"), ConditionFactory(name="Joubert syndrome")
    a_link(uses=[{"resource": listing, "place": "website"}, {"condition": condition, "place": "source"}])
    a_link("https://example.org/new", days=2)
    a_link("https://example.org/fine", days=0)
    [row] = rows(client.get(LIST))
    assert "https://example.org/gone" in row
    assert "The page answers with an error (404) Failed on 3 days since Mar 2, 2026" in row
    assert "Ataxia Helpers (website) Joubert syndrome (source)" in row
    page = Page(client.get(LIST))
    leads = [link.get("href") for link in page.main.iter("a")]
    assert reverse("admin:resources_resource_change", args=[listing.pk]) in leads
    assert reverse("admin:conditions_condition_change", args=[condition.pk]) in leads


def test_who_has_edited_the_listing_since_is_said(client, editor):
    listing = OrganizationFactory()
    a_link(uses=[{"resource": listing, "place": "website"}])
    assert "edited since" not in rows(client.get(LIST))[0]
    Revision.objects.write(resource=listing, document={}, verb="edit", why="mended", by=editor)
    assert "edited since" in rows(client.get(LIST))[0]


@pytest.mark.parametrize(
    ("state", "shown"),
    [
        ("", ["broken"]),
        ("broken", ["broken"]),
        ("failing", ["failing"]),
        ("unknown", ["unknown"]),
        ("moved", ["moved"]),
        ("works", ["fine", "moved"]),
        ("new", ["new"]),
        ("all", ["broken", "failing", "fine", "moved", "new", "unknown"]),
    ],
)
def test_states(state, shown, client):
    a_link("https://example.org/broken")
    a_link("https://example.org/failing", days=2)
    a_link("https://example.org/fine", days=0)
    a_link("https://example.org/moved", days=0, final_address="https://example.org/there")
    a_link("https://example.org/unknown", days=0, result="unknown", reason="robots", status=None)
    a_link("https://example.org/new", days=0, result="new", status=None)
    found = client.get(LIST, {"state": state} if state else {}).context["cl"].result_list
    assert sorted(link.address.rpartition("/")[2] for link in found) == shown


def test_by_where_it_stands_and_by_words(client):
    a_link(uses=[{"resource": OrganizationFactory(), "place": "source"}])
    assert len(rows(client.get(LIST, {"place": "source"}))) == 1
    assert len(rows(client.get(LIST, {"place": "website"}))) == 0
    assert len(rows(client.get(LIST, {"q": "GONE"}))) == 1


def test_an_address_that_only_moved_to_https_needs_no_look(client):
    a_link("http://example.org/a", days=0, final_address="https://example.org/a")
    assert "Leads to the same page by https" in rows(client.get(LIST, {"state": "moved"}))[0]


@pytest.mark.parametrize("address", ["javascript:alert(1)", 'https://x.org/"><script>alert(1)</script>', "data:text/html,x"])
def test_a_hostile_address_is_only_text(address, client):
    a_link(address, final_address=address)
    page = Page(client.get(LIST))
    assert [link.get("href") for link in page.main.iter("a") if (link.get("href") or "").startswith(("javascript", "data"))] == []
    assert not [script for script in page.main.iter("script") if "alert" in (script.text or "")]


def test_one_link_opens_and_nothing_in_it_can_be_changed(client):
    made = a_link(uses=[{"resource": OrganizationFactory(name="Ataxia Helpers"), "place": "website"}])
    address = reverse("admin:resources_link_change", args=[made.pk])
    assert "Ataxia Helpers" in text(Page(client.get(address)).main)
    assert client.post(address, {"address": "https://other.org/"}).status_code == 403
    assert client.post(reverse("admin:resources_link_delete", args=[made.pk])).status_code == 403


def test_a_hundred_listings_on_one_link_are_not_all_shown(client):
    a_link(uses=[{"resource": OrganizationFactory(name=f"Helper {place}"), "place": "source"} for place in range(13)])
    assert "and 3 more" in rows(client.get(LIST))[0]


def test_the_index_counts_what_is_broken_and_leads_there(client):
    a_link()
    a_link("https://example.org/new", days=2)
    [tile] = [
        link for link in Page(client.get(reverse("admin:index"))).main.iter("a") if link.get("href") == LIST and "Broken" in text(link)
    ]
    assert text(tile) == "1 Broken links"


@pytest.mark.parametrize("role", [SOCIAL_WORKER, EDITOR, STAFF])
def test_every_role_sees_the_queue_and_none_writes_it(role, client):
    person = PersonFactory(role=role)
    client.force_login(person)
    assert client.get(LIST).status_code == 200
    assert [may for may in person.get_all_permissions() if may.endswith("_link")] == ["resources.view_link"]
    assert Permission.objects.filter(codename="view_link").exists()


def test_somebody_without_a_role_does_not(client):
    client.force_login(PersonFactory())
    assert client.get(LIST).status_code == 403


def test_the_queue_asks_few_queries_however_long_it_is(client, django_assert_max_num_queries):
    for place in range(40):
        a_link(f"https://example.org/{place}", uses=[{"resource": OrganizationFactory(), "place": "website"}])
    with django_assert_max_num_queries(12):
        assert len(rows(client.get(LIST))) == 40
