"""Advice beside the fields: the lint's findings, and listings that are alike. Advice never stops a save."""

import pytest

from resources.curation.duplicates.finding import keyless, write_keys
from resources.curation.editor.likeness import alike
from tests.factories import OrganizationFactory
from tests.shell.reading import Page, text

from .conftest import words

pytestmark = pytest.mark.django_db
PHONE = "1-800-555-0142"


@pytest.fixture
def friends():
    made = OrganizationFactory(name="Friends of ataxia", website="https://www.example.org/about", phones=[PHONE], published=True)
    write_keys(keyless())
    return made


@pytest.mark.parametrize(
    ("fields", "found"),
    [
        ({"phones": ["+1 (800) 555 0142 ext. 3"]}, ["phones"]),
        ({"phones": ["1-800-555-1142"]}, []),
        ({"phones": ["0142"]}, []),
        ({"website": "http://example.org/other"}, ["website"]),
        ({"website": "https://badexample.org"}, []),
        ({"name": "Friends of Ataxia!"}, ["name"]),
        ({"name": "Friends of cerebral palsy"}, []),
        ({"name": "Friends of ataxia", "website": "https://example.org", "phones": [PHONE]}, ["name", "phones", "website"]),
        ({}, []),
    ],
)
def test_the_same_phone_domain_or_name_is_alike(friends, fields, found):
    assert [one.field for one in alike(fields)] == found
    assert alike(fields, exclude_pk=friends.pk) == []


def test_it_asks_five_times_at_most(friends, django_assert_max_num_queries):
    with django_assert_max_num_queries(5):
        alike({"kind": "organization", "name": "Friends of ataxia", "website": "https://example.org", "phones": [PHONE, "1-800-555-0111"]})


def test_a_likeness_warns_once_and_never_stops(ana, friends):
    ana.opens("organization")
    response = ana.presses(
        "save", name="Friends of ataxia", slug="friends-two", summary="A branch.", coverage="state", why="A branch in Ohio."
    )
    assert response.status_code == 200
    assert "This may be listed already: Friends of ataxia" in words(response)
    assert ana.presses("save-anyway").status_code == 302


def test_an_edit_warns_only_of_what_it_changes(ana, friends, written):
    twin = written(OrganizationFactory(name="Friends of ataxia", published=True))
    ana.opens(twin)
    assert ana.presses("save", summary="Better words.", why="Words.").status_code == 302
    ana.opens(twin)
    ana.presses("add:phones")
    assert "Same phone" in words(ana.presses("save", phones__0__number=PHONE, why="Their phone."))


def test_htmx_gets_what_stands_beside_one_field(ana, friends):
    ana.opens("organization")
    ana.presses("add:phones")
    response = ana.presses("beside:phones-0-number", phones__0__number=PHONE)
    assert b"Friends of ataxia" in response.content and b"<html" not in response.content
    response = ana.presses("beside:summary", summary="This miracle cure works.")
    assert b"cure" in response.content and b"Friends" not in response.content


def test_the_lint_stands_under_each_text_after_any_submit(ana):
    ana.opens("therapy")
    ana.presses("add:evidence", therapy__benefits="It is a guaranteed cure.", summary="")
    response = ana.presses("look", evidence__0__why="A breakthrough.", evidence__0__applies_to="children")
    page = Page(response)
    for field, rule in (("id_therapy-benefits", "Promises a cure"), ("id_evidence-0-why", "Words of hype")):
        assert rule in text(page.by_id(f"{field}-beside"))
    assert text(page.by_id("id_summary-beside")) == ""


def test_a_phone_without_a_source_warns_once_and_never_stops(ana, written):
    listing = written(OrganizationFactory(published=True, phones=["1-800-555-0177"]))
    ana.opens(listing)
    ana.presses("add:phones")
    response = ana.presses("save", phones__1__number=PHONE, why="Their phone.")
    assert f"This phone has no source: families will not see it: {PHONE}." in words(response)
    assert "1-800-555-0177." not in words(response) and not listing.phones.filter(number=PHONE).exists()
    assert ana.presses("save-anyway").status_code == 302
    ana.opens(listing)
    assert ana.presses("save", fees="Free", why="Known already.").status_code == 302


def test_a_phone_that_loses_its_source_warns_too(ana, written):
    listing = written(OrganizationFactory(published=True, phones=["1-800-555-0177"]))
    ana.opens(listing)
    assert "families will not see it: 1-800-555-0177" in words(ana.presses("save", phones__0__source="", why="Not seen there."))


def test_what_was_noticed_stands_above_with_the_way_to_each_field(ana):
    ana.opens("money")
    ana.presses("add:steps", summary="She suffers from ataxia.")
    page = Page(ana.presses("look", steps__0__text="Ask first.\nTake this miracle."))
    noticed = page.one('section[@aria-labelledby="noticed"]')
    assert text(noticed.find("h2")) == "We noticed 2 things" and noticed.find("h2").get("autofocus") is not None
    assert [(link.get("href"), link.get("data-words")) for link in noticed.iter("a")] == [
        ("#id_summary", "suffers from"),
        ("#id_steps-0-text", "miracle"),
    ]
    assert "Puts the condition before the person" in text(page.by_id("id_summary-beside"))
    assert [link.get("href") for link in page.by_id("id_steps-0-text-beside").iter("a")] == ["#id_steps-0-text"]


def test_where_nothing_was_noticed_that_is_said(ana):
    ana.opens("money")
    assert "noticed nothing" in words(ana.presses("look", summary="It pays for ramps."))
    assert "noticed" not in words(ana.presses("draft"))
