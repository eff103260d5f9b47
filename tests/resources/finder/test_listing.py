"""A listing's own page: every field that is there, nothing that is not, nothing that nobody has seen."""

from datetime import date

import pytest

from conditions.editorial import State
from resources.models import LegalBasis, ResourceKind, TherapyType
from resources.models.resource import KIND_PATHS
from tests.factories import (
    AmountFactory,
    ConditionFactory,
    EvidenceFactory,
    LocationFactory,
    MoneyFactory,
    OrganizationFactory,
    PhoneFactory,
    ResourceFactory,
    SchoolFactory,
    ServiceFactory,
    SourceFactory,
    TermFactory,
    TherapyFactory,
)
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db
FACTORIES = {
    ResourceKind.ORGANIZATION: OrganizationFactory,
    ResourceKind.SERVICE: ServiceFactory,
    ResourceKind.THERAPY: TherapyFactory,
    ResourceKind.SCHOOL: SchoolFactory,
    ResourceKind.MONEY: MoneyFactory,
    ResourceKind.GUIDE: ResourceFactory,
}


@pytest.fixture
def show(client):
    """The page of a listing, which keeps every rule for pages."""

    def read(listing):
        response = client.get(listing.get_absolute_url())
        assert response.status_code == 200
        made = Page(response)
        assert breaches(made) == []
        return made

    return read


@pytest.fixture
def words(show):
    return lambda listing: text(show(listing).main)


def headings(found):
    return [text(heading) for heading in found.headings]


@pytest.mark.parametrize("kind", [kind for kind in ResourceKind if kind != ResourceKind.THERAPY])
def test_the_least_of_each_kind_is_a_whole_page(show, kind):
    found = show(FACTORIES[kind](published=True, slug="least", name="The least"))
    assert text(found.one("h1")) == "The least"
    assert found.one('link[@rel="canonical"]').get("href") == f"http://testserver/{KIND_PATHS[kind]}/least/"


def test_a_therapy_has_at_least_one_label(show):
    assert "How well it was tested" in headings(show(EvidenceFactory(therapy__published=True).therapy))


@pytest.mark.parametrize("kind", ResourceKind)
def test_only_what_is_published_has_a_page_and_only_at_its_own_address(client, kind):
    listing = FACTORIES[kind](published=True)
    for path in KIND_PATHS.values():
        expected = 200 if path == KIND_PATHS[kind] else 404
        assert client.get(f"/{path}/{listing.slug}/").status_code == expected
    for state in set(State) - {State.PUBLISHED}:
        listing.state = state
        listing.save()
        assert client.get(listing.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    "address", ["/money/", "/money/nothing/", "/money/Upper/", "/money/a_b/", "/people/x/", "/money/%00/", "/money/" + "x" * 500 + "/"]
)
def test_other_addresses_are_not_found(client, address):
    assert client.get(address).status_code == 404


def test_every_shared_field_is_shown(show):
    place = ConditionFactory(slug="cerebral-palsy")
    listing = ResourceFactory(
        published=True,
        also_known_as=["Other name", "Third name"],
        summary="The summary.",
        description="More **about** it.",
        email="help@example.org",
        website="https://www.example.org/start",
        first_step="Ring first.\nThen write.",
        eligibility="Families with low income.",
        not_eligible="Adults without children.",
        documents=["A letter", "A form"],
        fees="Ten dollars",
        waiting="Six weeks",
        alert="Moves in May.",
        funding_status="known",
        funding_note="A drug company",
        coverage="state",
        hsds_status="temporarily closed",
        conditions=[place],
        terms=[
            TermFactory(vocabulary="area", slug="TX", label="Texas"),
            TermFactory(vocabulary="stage", slug="teen", label="Teens"),
            TermFactory(vocabulary="audience", slug="parent", label="Parents"),
            TermFactory(vocabulary="language", slug="es", label="Spanish"),
            TermFactory(vocabulary="format", slug="phone", label="By phone"),
            TermFactory(vocabulary="offer", slug="helpline", label="Helpline"),
        ],
    )
    LocationFactory(resource=listing, name="The office", city="Austin", region="TX", access="A ramp at the back")
    found = show(listing)
    for expected in (
        "Also called: Other name, Third name",
        "The summary.",
        "More about it.",
        "Ring first.",
        "Then write.",
        "Families with low income.",
        "Adults without children.",
        "A letter",
        "A form",
        "Please note: Moves in May.",
        "Temporarily closed",
        "Helpline",
    ):
        assert expected in text(found.main)
    assert {
        ("Where", "Differs by state: Texas"),
        ("Cost", "Ten dollars"),
        ("Waiting time", "Six weeks"),
        ("Languages", "Spanish"),
        ("How you reach it", "By phone"),
        ("Age", "Teens"),
        ("Who it is for", "Parents"),
        ("Conditions", "Cerebral palsy"),
        ("Who funds it", "Known: A drug company"),
    } <= found.facts
    assert "The office, Austin, TX" in text(found.main)
    assert "A ramp at the back" in text(found.main)
    links = {link.get("href") for link in found.all("a")}
    assert {"mailto:help@example.org", "https://www.example.org/start", "/conditions/cerebral-palsy/"} <= links


def test_fields_that_are_empty_leave_no_trace(show):
    found = show(ResourceFactory(published=True, eligibility="", not_eligible=""))
    assert headings(found) == ["A guide", "Do this first", "Sources", "How far to trust this page"] or headings(found)[1:] == [
        "Do this first",
        "Sources",
        "How far to trust this page",
    ]
    assert {name for name, _ in found.facts} >= {"Where", "Conditions"}
    assert not {"Cost", "Waiting time", "Languages", "Age", "Place", "How it was checked"} & {name for name, _ in found.facts}


def test_what_nobody_has_confirmed_is_hidden(show):
    listing = OrganizationFactory(
        published=True, website="https://www.hidden.example/", email="hidden@example.org", unconfirmed=["email", "website"]
    )
    PhoneFactory(resource=listing, number="1-800-555-0111", label="Seen")
    PhoneFactory(resource=listing, number="1-800-555-0666", label="Unseen", source=None)
    found = show(listing)
    assert "1-800-555-0111" in text(found.main)
    for hidden in ("555-0666", "8005550666", "Unseen", "hidden.example", "hidden@example.org"):
        assert hidden not in found.html


def test_a_number_is_dialled_as_its_kind_wants(show):
    listing = OrganizationFactory(published=True)
    PhoneFactory(resource=listing, number="988", type="text", label="Text HOME", hours="Day and night")
    PhoneFactory(resource=listing, number="1-800-555-0112", type="tty")
    PhoneFactory(resource=listing, number="1-800-555-0113", type="fax")
    found = show(listing)
    links = {link.get("href") for link in found.main.iter("a")}
    assert {"sms:988", "tel:+18005550112"} <= links
    assert not [href for href in links if href and "0113" in href]
    for expected in ("Text HOME, Day and night", "TTY 1-800-555-0112", "Fax 1-800-555-0113"):
        assert expected in text(found.main)


def test_seen_at_the_publisher_and_confirmed_by_the_provider_are_two_things(words):
    seen = words(ResourceFactory(published=True, found_on=date(2025, 11, 3)))
    assert "ound on pages we cite on November 3, 2025." in seen
    assert "Checked with the provider on" not in seen
    checked = words(
        ResourceFactory(
            published=True, found_on=date(2025, 11, 3), checked_on=date(2026, 1, 5), checked_how="by phone", checked_by="A curator"
        )
    )
    assert "Checked with the provider on January 5, 2026" in checked
    assert "November 3, 2025" not in checked
    assert "by phone (A curator)" in checked


def test_sources_say_whose_they_are_what_they_support_and_who_sells(show):
    listing = ResourceFactory(published=True)
    SourceFactory(
        resource=listing, title="Our drug", publisher="A company", owner_kind="company", seen_on=date(2025, 11, 3), supports="its price"
    )
    rows = [text(row) for row in show(listing).one('section[@class="sources"]').iter("li")]
    assert "Our drug. A company (Company). Seen Nov 3, 2025: its price. A company’s own page." in rows


def test_an_organization_names_its_published_services_and_aid(show):
    listing = OrganizationFactory(published=True, legal_name="The Fund, Inc.", year_founded=1957, identifiers=["EIN 12-3456789"])
    ServiceFactory(published=True, provider=listing, slug="clinic", name="The clinic")
    ServiceFactory(provider=listing, name="A draft service")
    MoneyFactory(published=True, provider=listing, name="The grant")
    MoneyFactory(provider=listing, name="A draft grant")
    found = show(listing)
    assert "The clinic" in text(found.main)
    assert "The grant" in text(found.main)
    assert "draft" not in text(found.main)
    assert {("Legal name", "The Fund, Inc."), ("Founded", "1957"), ("Identifier", "EIN 12-3456789")} <= found.facts


def test_an_organization_whose_services_are_all_drafts_names_none(show):
    listing = OrganizationFactory(published=True)
    ServiceFactory(provider=listing)
    MoneyFactory(provider=listing)
    found = show(listing)
    assert not {"Its services", "Its help with money"} & set(headings(found))


def test_a_service_says_who_runs_it_when_and_what_it_gives(show):
    therapy = TherapyFactory(published=True, slug="riding", name="Riding")
    listing = ServiceFactory(
        published=True, schedule="Mondays", capacity="Ten children", provider__published=True, provider__name="The fund"
    )
    listing.therapies.set([therapy])
    found = show(listing)
    assert "The fund" in text(found.main)
    assert {("When", "Mondays"), ("Room for", "Ten children"), ("Therapies it gives", "Riding")} <= found.facts
    links = {link.get("href") for link in found.main.iter("a")}
    assert {"/therapies/riding/", listing.provider.get_absolute_url()} <= links


def test_no_listing_links_to_a_draft(show, client):
    service = ServiceFactory(published=True)
    service.therapies.set([TherapyFactory()])
    money = MoneyFactory(published=True, provider=OrganizationFactory(name="The provider"))
    for listing in (service, money):
        found = show(listing)
        inside = {link.get("href") for link in found.main.iter("a") if (link.get("href") or "").startswith("/")}
        assert {href: client.get(href).status_code for href in inside} == dict.fromkeys(inside, 200)
    assert "The provider" in text(found.main)


def test_money_says_its_steps_amounts_and_what_if_refused(show):
    listing = MoneyFactory(published=True, steps=["Apply", "Wait"], clock="Sixty days", if_refused="Appeal in writing.")
    source = SourceFactory(resource=listing, publisher="The agency")
    AmountFactory(aid=listing, text="$914 a month", year=2026, source=source)
    AmountFactory(aid=listing, text="$5,000 once", source=None)
    found = show(listing)
    for expected in ("Apply", "Wait", "Sixty days", "Appeal in writing.", "$914 a month (2026, The agency)"):
        assert expected in text(found.main)
    assert "5,000" not in found.html


def test_amounts_that_nobody_has_seen_leave_no_heading(show):
    listing = MoneyFactory(published=True)
    AmountFactory(aid=listing, source=None)
    assert "How much" not in headings(show(listing))


def test_school_help_says_how_to_ask_whom_and_by_which_law(show):
    listing = SchoolFactory(
        published=True,
        looks_like=["A rest at ten"],
        evidence_to_bring=["A doctor's letter"],
        clock="Sixty days",
        if_refused="Ask for a hearing.",
        practice_is_ours=True,
    )
    source = SourceFactory(resource=listing, publisher="eCFR")
    LegalBasis.objects.create(school=listing, law="Section 504", citation="34 CFR 104.33", source=source)
    LegalBasis.objects.create(school=listing, law="IDEA", citation="34 CFR 300.320", source=None)
    found = show(listing)
    for expected in (
        "Tires fast.",
        "A rest at ten",
        "Write to the school.",
        "Whom to ask: The 504 coordinator",
        "A doctor's letter",
        "Sixty days",
        "Ask for a hearing.",
        "Section 504, 34 CFR 104.33 (eCFR)",
        "IDEA",
        "These examples are our own",
    ):
        assert expected in text(found.main)
    assert "300.320" not in found.html


def test_a_therapy_answers_the_questions_of_discern(show):
    fields = "what_it_is how_it_works benefits harms without_it quality_of_life alternatives unknowns time_and_cost who_gives_it"
    therapy = TherapyFactory(
        published=True,
        questions=["Who has done it before?"],
        red_flags=["Pay first"],
        **{name: f"About {name}." for name in fields.split()},
    )
    label = EvidenceFactory(
        therapy=therapy,
        level="moderate",
        standing="specialist_only",
        us_status="off_label",
        us_status_note="since May 2016",
        why="Two good trials.",
        cautions="Watch the liver.",
        applies_to="children",
    )
    label.sources.set([SourceFactory(resource=therapy.resource_ptr, publisher="NICE", title="Spasticity")])
    found = show(therapy)
    for name in fields.split():
        assert f"About {name}." in text(found.main)
    for expected in ("Who has done it before?", "Pay first", "Two good trials.", "Watch the liver.", ": children", "NICE, Spasticity"):
        assert expected in text(found.main)
    assert "Approved for something else (off-label here). since May 2016" in text(found.main)
    assert "Only with a specialist" in text(found.main)
    assert [one.get("data-evidence") for one in found.all("*[@data-evidence]")] == ["moderate"]


def test_a_red_flag_comes_before_everything_else(show):
    therapy = TherapyFactory(published=True, form=TherapyType.Form.CELL_THERAPY, red_flag_reason="Not approved. People were harmed.")
    EvidenceFactory(therapy=therapy, level="not_recommended", standing="avoid")
    found = show(therapy)
    order = [text(found.main).index(words) for words in ("A red flag: please read this first", "People were harmed.", "Do this first")]
    assert order == sorted(order)
    assert not show(EvidenceFactory(therapy__published=True).therapy).all('section[@class="red-flag"]')


def test_what_a_curator_typed_cannot_become_a_tag(show):
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    listing = ResourceFactory(
        published=True, name=evil[:100], summary=evil, description=f"{evil} [x](javascript:alert(1))", first_step=evil, alert=evil
    )
    found = show(listing)
    assert "<script>alert" not in found.html
    assert not [image for image in found.all("img") if image.get("src") == "x"]
