"""A listing's card is made without the template engine: nothing in it may become a tag."""

from datetime import date, timedelta

import html5lib
import pytest

from resources.finder.card import Card
from resources.finder.cards import cards, labels
from resources.finder.pieces import dated, overdue, phone_line
from resources.models import Phone
from tests.factories import ConditionFactory, EvidenceFactory, OrganizationFactory, PhoneFactory, ResourceFactory, TherapyFactory, kinship
from tests.shell.reading import text

pytestmark = pytest.mark.django_db
HOSTILE = "\"'><script>alert(1)</script>&amp;"


def parsed(html):
    """As a strict parser reads it."""
    return html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(f"<!doctype html><title>x</title>{html}")


def test_no_text_of_a_listing_can_become_a_tag():
    fields = ("name", "summary", "alert", "first_step", "eligibility")
    listing = ResourceFactory(published=True, kind="therapy", **{field: f"{field} {HOSTILE}" for field in fields})
    PhoneFactory(resource=listing, number="1-800", label=HOSTILE, hours=HOSTILE, languages=[HOSTILE])
    condition = ConditionFactory(name=HOSTILE)
    listing.conditions.add(condition)
    (row,) = cards([listing.pk])
    for stems in (frozenset(), {"script", "alert", "1"}):
        page = parsed(Card.of(row).html(near=kin_of(condition), stems=stems, distance=HOSTILE))
        assert {element.tag for element in page.iter()} <= {
            *("html", "head", "title", "body", "article", "p", "h3", "a", "dl", "div", "dt", "dd", "span", "mark")
        }
        for field in fields:
            assert f"{field} {HOSTILE}" in text(page)
        assert text(page).count(HOSTILE) == len(fields) + 5


def kin_of(condition):
    from conditions.kinship import kin

    return kin([condition.slug]).asked[0]


@pytest.mark.parametrize(
    ("fields", "shown", "href"),
    [
        ({}, "1-800-555-0100", "tel:+18005550100"),
        ({"type": "text"}, "Text 1-800-555-0100", "sms:+18005550100"),
        ({"type": "tty"}, "TTY 1-800-555-0100", "tel:+18005550100"),
        ({"type": "fax"}, "Fax 1-800-555-0100", None),
        ({"label": "Desk", "hours": "9 to 5"}, "1-800-555-0100 Desk, 9 to 5", "tel:+18005550100"),
        (
            {"hours": "9 to 5", "languages": ["es", "asl"]},
            "1-800-555-0100 9 to 5 (in Spanish, in American Sign Language)",
            "tel:+18005550100",
        ),
    ],
)
def test_a_phone_says_how_to_use_it(fields, shown, href):
    page = parsed(phone_line(Phone(number="1-800-555-0100", **fields)))
    assert text(page.find("body")) == shown
    assert [link.get("href") for link in page.iter("a")] == ([href] if href else [])


def test_a_day_says_what_was_done_on_it():
    listing = ResourceFactory(published=True, found_on="2025-02-03")
    listing.refresh_from_db()
    assert text(parsed(dated(listing)).find("body")) == "Facts found on pages we cite on February 3, 2025. May be out of date."
    listing.kind = "money"
    assert "Found on a page we cite on February 3, 2025. Not yet checked" in dated(listing)
    listing.checked_on = listing.found_on
    assert "Checked with the provider on February 3, 2025" in dated(listing)
    listing.checked_on = listing.found_on = None
    assert text(parsed(dated(listing)).find("body")) == ""


def test_what_nobody_confirmed_for_a_year_says_so():
    old, new = date.today() - timedelta(days=366), date.today() - timedelta(days=365)
    listing = OrganizationFactory(published=True, found_on=old)
    assert "call first" in overdue(listing)
    assert "May be out of date" in dated(listing)
    listing.kind = "therapy"
    assert "ask before you rely on it" in overdue(listing)
    listing.checked_on = old
    assert "confirmed this with the provider" in overdue(listing)
    listing.checked_on = new
    assert (overdue(listing), "May be out of date" in dated(listing)) == ("", False)


def test_a_therapys_label_is_that_of_the_nearest_condition():
    family = kinship(ataxia=["rare"])
    therapy, other = TherapyFactory(published=True), TherapyFactory(published=True)
    EvidenceFactory(therapy=therapy, condition=family["rare"], level="strong")
    EvidenceFactory(therapy=therapy, condition=family["ataxia"], level="limited", applies_to="b")
    EvidenceFactory(therapy=therapy, condition=family["ataxia"], level="moderate", applies_to="a")
    ancestors = [family["ataxia"], family["rare"]]
    shown = [Card.of(row) for row in cards([other.pk, therapy.pk])]
    found = labels(shown, ancestors)
    assert {pk: label.level for pk, label in found.items()} == {therapy.pk: "moderate"}
    assert 'data-evidence="moderate"' in shown[1].html(label=found[therapy.pk])
    assert "data-evidence" not in shown[0].html(label=found.get(other.pk))
