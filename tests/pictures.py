"""The pictures of docs/curating.md, taken by script/pictures: the real catalogue, and a few invented listings with a story to tell."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.apps import apps
from django.core.cache import cache
from django.core.management import call_command

from conditions.models import Condition
from resources import document as documents
from resources import workflow
from resources.models import DuplicatePair, Proposal, Resource, Term
from resources.models.roles import EDITOR, SOCIAL_WORKER, make_groups
from tests.factories import LocationFactory, OrganizationFactory, PersonFactory, PhoneFactory, today
from tests.signing_in import let_in

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("catalogue")]
FOLDER = Path(__file__).parent.parent / "docs/curating"
PHONE, DESK = {"width": 360, "height": 760}, {"width": 1280, "height": 900}
LONGEST, MARGIN = 1000, 12  # pixels of a picture from top to bottom, and around what it shows
SHEET = """Agency ID,Agency Name,Telephone,Web,Town,ST,Diagnosis,Remarks
17,Oak Family Center,(512) 555-0117,www.oak.example.org,Austin,Texas,Ataxia,Ring twice
18,Elm Respite House,512-555-0118,elm.example.org,Dallas,TX,,
19,Ramps for All,512-555-0199,ramps.example.org,Austin,TX,Cerebral palsy,
20,Pine Swim Club,512-555,pine.example.org,Waco,TX,Ataxxia,
21,,512-555-0121,ash.example.org,Waco,TX,,no name
"""


@pytest.fixture
def worker():
    make_groups(apps)  # a test that commits ends with a flush, which takes the groups away
    cache.clear()
    return PersonFactory(role=SOCIAL_WORKER, first_name="A social worker")


@pytest.fixture
def editor(worker):
    return PersonFactory(role=EDITOR, first_name="An editor")


@pytest.fixture
def snap(page, live_server):
    """`snap("name", address, person)`: keep a page as docs/curating/name.png, or the part of it from one element to another."""

    def take(name, address="", person=None, screen=DESK, start="body", end="main", before=None):
        page.set_viewport_size(screen)
        if person:
            let_in(page, live_server.url, person)
        if address:
            page.goto(live_server.url + address)
        if before:
            before(page)
        top, bottom = page.locator(start).first.bounding_box(), page.locator(end).first.bounding_box()
        begin, scrolled = max(0, top["y"] - MARGIN), page.evaluate("scrollY")
        height = min(bottom["y"] + bottom["height"] + MARGIN - begin, LONGEST)
        clip = {"x": 0, "y": begin + scrolled, "width": screen["width"], "height": height}
        FOLDER.mkdir(exist_ok=True)
        page.screenshot(path=FOLDER / f"{name}.png", clip=clip, full_page=True, animations="disabled")

    return take


def organization(by, name, phones=("512-555-0144",), unsure=(), days=0, **fields):
    """A published organization with a history, whose check is due for so many days."""
    tags = {"conditions": Condition.objects.filter(slug="cerebral-palsy"), "terms": Term.objects.filter(slug="us-tx")}
    made = OrganizationFactory(published=True, name=name, **tags, **fields)
    for number in phones:
        PhoneFactory(resource=made, number=number, label="Front desk")
    for number in unsure:
        PhoneFactory(resource=made, number=number, label="Evenings", source=None)
    LocationFactory(resource=made, address="17 Oak Street", city="Austin", region="TX")
    found = today() - workflow.CHECK_EVERY - timedelta(days=days)
    Resource.objects.filter(pk=made.pk).update(found_on=found, next_check_on=found + workflow.CHECK_EVERY)
    listing = Resource.objects.get(pk=made.pk)
    workflow.edit(resource=listing, document=documents.of(listing), by=by, why="Written from its own page.", base=0)
    return listing


def edit(listing, by, why, **fields):
    document = documents.patched(documents.of(listing), fields)
    workflow.edit(resource=listing, document=document, by=by, why=why, base=workflow.latest(listing))


@pytest.fixture
def ramps(worker, editor):
    """An overdue listing: a fee that nobody asked about for a year, a number that nobody confirmed, and a family that wrote."""
    made = organization(
        worker,
        "Ramps for All",
        unsure=["512-555-0145"],
        days=60,
        slug="ramps-for-all",
        summary="Volunteers build ramps for homes in and around Austin, Texas.",
        first_step="Call the front desk and ask for a visit to your home.",
        eligibility="Families in Travis County whose child uses a wheelchair.",
        fees="$20 a month",
        website="https://ramps.example.org/",
    )
    workflow.propose(origin=Proposal.Origin.READER, resource=made, problem="phone", note="Nobody answers in the evening.")
    return made


@pytest.fixture
def waiting(worker, editor, ramps):
    """What else waits on the day."""
    made = [
        organization(editor, name, phones=[f"512-555-01{number}"], days=days, slug=name.lower().replace(" ", "-"))
        for number, (name, days) in enumerate((("Quiet Rooms", 40), ("Night Rides", 12)), 60)
    ]
    sent = organization(worker, "Weekend Respite House", days=0, slug="weekend-respite-house")
    Resource.objects.filter(pk=sent.pk).update(state="draft")
    sent.refresh_from_db()
    workflow.submit(resource=sent, by=worker)
    workflow.send_back(resource=sent, by=editor, why="Say for which ages it is.")
    told = documents.patched(documents.of(made[0]), {"fees": "Free", "eligibility": "Any family in Texas."})
    workflow.propose(origin=Proposal.Origin.PROVIDER, resource=made[0], document=told, note="Some of it has changed (director).")
    return made


def test_the_pictures_of_a_day(snap, worker, ramps, waiting):
    snap("my-day", "/work/", worker, end=".lots")
    tick = "Tick Quiet Rooms"
    snap("queue", "/work/queues/overdue/", start=".page-head", end=".with-ticked", before=lambda page: page.get_by_label(tick).check())
    snap("call", f"/work/listings/{ramps.pk}/check/", start=".page-head", end=".script >> nth=1")
    snap("overdue", ramps.get_absolute_url(), screen=PHONE, start="main h1", end="[data-overdue]")
    proposal = Proposal.objects.get(origin=Proposal.Origin.PROVIDER)
    snap("incoming", f"/work/incoming/{proposal.pk}/", start=".page-head", end=".deciding [name=why]")
    asked = workflow.ask(resource=ramps, by=worker)
    snap("self-check", asked.get_absolute_url(), screen=PHONE, start="h1", end="[name=eligibility]")


def test_the_picture_of_the_editor(snap, worker, ramps):
    def write(page):
        page.locator("[name=summary]").fill("The best and most promising ramps for wheelchair-bound children.")
        page.get_by_role("button", name="Check the texts").click()

    snap("advice", f"/work/listings/{ramps.pk}/edit/", worker, start="label[for=id_summary]", end=".findings", before=write)


def test_the_picture_of_a_history(snap, worker, editor, ramps):
    edit(ramps, worker, "From a call with the front desk.", fees="Free since this spring")
    workflow.check(resource=ramps, by=worker, how="call", outcome="changed", whom="front desk")
    edit(ramps, editor, "Their page says so now.", eligibility="Families in Travis County and Hays County whose child uses a wheelchair.")
    snap("history", f"/work/listings/{ramps.pk}/history/", worker, start=".page-head", end=".revision >> nth=2")


def test_the_picture_of_two_that_may_be_one(snap, editor, worker, ramps):
    organization(worker, "Ramps For All, Inc.", slug="ramps-for-all-inc", website="http://www.ramps.example.org", summary="Ramps.")
    call_command("find_duplicates", stdout=io.StringIO())
    pair = DuplicatePair.objects.get()
    snap("duplicates", f"/work/duplicates/{pair.pk}/", editor, start="h1", end=".merge fieldset >> nth=0")


def test_the_picture_of_a_spreadsheet(snap, worker, ramps, page, live_server):
    let_in(page, live_server.url, worker)
    page.goto(f"{live_server.url}/work/spreadsheets/")
    page.get_by_label("Who sent it").fill("A partner")
    page.get_by_label("File").set_input_files({"name": "agencies.csv", "mimeType": "text/csv", "buffer": SHEET.encode()})
    page.get_by_role("button", name="Upload and read it").click()
    page.get_by_role("button", name="Show what would change").click()
    snap("spreadsheet", start=".page-head", end=".sheet-rows")
