"""Every public page of the real catalogue keeps the rules of `rules.py`, asks few queries, shows nothing that nobody has seen, and says
how far to trust it."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conditions.models import Condition
from conditions.views import LETTERS, OTHER
from resources.finder.index import Index
from resources.finder.pieces import tel
from resources.models import Phone, Resource, ResourceKind, TherapyType

from .reading import Page, shown, text
from .rules import breaches

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]

MOST_QUERIES = 12
PAGES = [
    "home",
    "find",
    "conditions",
    "about",
    "how_we_check",
    "inclusion",
    "corrections",
    "health_data",
    "accessibility",
    "spanish",
    "glossary",
    "status",
]
NOT_FOR_SEARCH_ENGINES = [
    "/report/",
    "/report/?listing=cure-sma",
    "/report/thanks/",
    "/suggest/",
    "/suggest/thanks/",
    "/conditions/suggest/?q=ataxia",
    "/conditions/?q=cerebellum",
    "/find/?q=wheelchair",
    "/find/?condition=cerebral-palsy",
    "/find/?condition=cerebral-palsy&kind=money&need=respite&page=2",
    "/find/?condition=cerebellar-hypoplasia&stage=teen&state=TX&sort=name",
    "/find/?condition=cerebell&q=help",
    "/find/?condition=atrophy&condition=hypoplasia&kind=nonsense&page=x",
    "/find/?q=nosuchword&kind=money&condition=cerebral-palsy&checked=provider",
]
REACHED = ("organization", "service", "money")  # kinds with a provider who could be asked
HELPLINES = {"911", "988", "211"}
PHONE = re.compile(r"(?<![\d-])(?:\+?1[-. ])?\(?[2-9]\d\d\)?[-. ]\d{3}[-. ]\d{4}(?!\d)")
DATED = re.compile(r"([Ff]ound on .{0,30}|Checked with the provider )on [A-Z][a-z]+ \d+, \d{4}\b")


def dialled(number):
    """The ten digits of a US number or of the address behind it, letters and extensions understood."""
    address = number if number.startswith(("tel:", "sms:")) else tel(number)
    return re.sub(r"\D", "", address.partition(";")[0])[-10:]


@pytest.fixture
def faults_of(client):
    """`faults_of(address, *rules)`: what is wrong with a page by the rules for any page and by these."""
    seen = {dialled(phone.number) for phone in Phone.objects.public()} | HELPLINES
    Index.load()  # a process that has just begun asks more, once

    def read(address, *rules):
        with CaptureQueriesContext(connection) as asked:
            page = Page(client.get(address))
        faults = breaches(page) + [fault for rule in rules for fault in rule(page)]
        if page.response.status_code != 200:
            faults.append(f"status {page.response.status_code}")
        if len(asked) > MOST_QUERIES:
            faults.append(f"{len(asked)} queries")
        faults += [f"shows {one}, which nobody has seen" for one in PHONE.findall(text(page.main)) if dialled(one) not in seen]
        offered = [link.get("href") for link in page.all("a[@href]") if link.get("href").startswith(("tel:", "sms:"))]
        faults += [f"offers {one}, which nobody has seen" for one in offered if dialled(one) not in seen]
        faults += [f"the card {text(card)[:40]} has no date" for card in page.all("article") if not DATED.search(text(card))]
        return [f"{address} {fault}" for fault in faults]

    return read


def is_for_search_engines(page):
    if page.is_noindex:
        yield "is noindex"


def is_not_for_search_engines(page):
    if not page.is_noindex:
        yield "is not noindex"


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_of_the_site_itself(faults_of, name):
    assert faults_of(reverse(name), is_for_search_engines, claims_no_seal) == []


def claims_no_seal(page):
    """HONcode has ended, PIF TICK must be assessed, and HIPAA does not bind a site like this."""
    yield from re.findall(r"HONcode|PIF TICK|HIPAA", text(page.one("body")), re.IGNORECASE)


@pytest.mark.parametrize("address", NOT_FOR_SEARCH_ENGINES)
def test_searches_and_forms(faults_of, address):
    assert faults_of(address, is_not_for_search_engines) == []


@pytest.mark.parametrize("letter", [*LETTERS, OTHER])
def test_the_conditions_of_each_letter(faults_of, letter):
    """The first letter is what `/conditions/` shows; the others are not pages of their own to a search engine."""
    assert faults_of(f"/conditions/?letter={letter}", is_for_search_engines if letter == "A" else is_not_for_search_engines) == []


def test_every_condition_with_a_page(faults_of):
    conditions = Condition.objects.with_pages()
    assert conditions
    assert [fault for row in conditions for fault in faults_of(row.get_absolute_url(), is_for_search_engines, says_who_reviewed_it)] == []


def says_who_reviewed_it(page):
    words = text(page.one('section[@aria-labelledby="review"]'))
    expected = ("Not yet reviewed by a clinician", "Last looked through", "Next review due", "Who paid for it")
    yield from (f"does not say “{one}”" for one in expected if one.lower() not in words.lower())


def test_every_condition_without_a_page(faults_of):
    conditions = Condition.objects.exclude(pk__in=Condition.objects.with_pages())
    assert conditions
    assert [fault for row in conditions for fault in faults_of(row.get_absolute_url(), is_not_for_search_engines)] == []


@pytest.mark.parametrize("kind", ResourceKind)
def test_every_listing(faults_of, kind):
    found = []
    for listing in Resource.objects.published().filter(kind=kind).prefetch_related("sources", "financialaid__amounts"):
        found += faults_of(listing.get_absolute_url(), is_for_search_engines, trust_in(listing), unseen_parts_of(listing))
    assert found == []


def test_there_are_listings_of_every_kind():
    assert set(Resource.objects.published().values_list("kind", flat=True)) == set(ResourceKind)


def trust_in(listing):
    found_on = f"on {listing.found_on:%B} {listing.found_on.day}, {listing.found_on.year}."
    sentences = [
        listing.name,
        listing.summary,
        listing.first_step,
        *([f"Found on a page we cite {found_on} Not yet checked with the provider."] if listing.kind in REACHED else [found_on]),
        *(source.title for source in listing.sources.all()),
    ]
    funding = listing.get_funding_status_display() + (f": {listing.funding_note}" if listing.funding_note else "")
    facts = {("Who funds it", " ".join(funding.split())), ("Medical review", "Not yet reviewed by a clinician")}

    def says_how_far_to_trust_it(page):
        words = text(page.main)
        yield from (f"does not say “{one}”" for one in sentences if " ".join(one.split()) not in words)
        yield from (f"does not say {fact}" for fact in facts - page.facts)
        if "Checked with the provider on" in words:
            yield "claims a check that nobody made"
        if not page.all(f'a[@href="/report/?listing={listing.slug}"]'):
            yield "has no link to report a problem"

    return says_how_far_to_trust_it


def unseen_parts_of(listing):
    amounts = listing.specific.amounts.all() if listing.kind == "money" else []
    cited = {source.url for source in listing.sources.all()}

    def hides_what_nobody_has_seen(page):
        links = {link.get("href") for link in page.all("a[@href]")}
        yield from (f"shows the amount {one}" for one in amounts if not one.source_id and one.text in text(page.main))
        if listing.website and (listing.website in links) != bool(listing.public_website or listing.website in cited):
            yield f"{listing.website} is shown, or hidden, against what is confirmed: {listing.unconfirmed}"

    return hides_what_nobody_has_seen


def test_red_flags_open_their_page(client):
    warned = TherapyType.objects.published().exclude(red_flag_reason="")
    assert warned
    for therapy in warned:
        page = Page(client.get(therapy.get_absolute_url()))
        warning = page.one('section[@class="red-flag"]')
        assert "A red flag: please read this first" in shown(warning), therapy.slug
        assert text(warning).partition("Our guides:")[0].strip().endswith(therapy.red_flag_reason.split()[-1]), therapy.slug
        assert text(page.main).index("A red flag") < text(page.main).index("Do this first"), therapy.slug


def test_evidence_is_labelled_for_one_condition_at_a_time(client):
    for therapy in TherapyType.objects.published().prefetch_related("evidence__condition"):
        page = Page(client.get(therapy.get_absolute_url()))
        rows = page.all('section[@aria-labelledby="evidence"]/ul/li')
        assert len(rows) == therapy.evidence.count() > 0, therapy.slug
        for label, shown_row in zip(therapy.evidence.all(), rows):
            assert shown_row.find(".//*[@data-evidence]").get("data-evidence") == label.level, therapy.slug
            for words in (label.condition.name, label.applies_to, label.get_standing_display(), label.get_us_status_display()):
                assert words in text(shown_row), therapy.slug
