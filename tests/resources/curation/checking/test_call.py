"""A call: its script, what is typed along, and one tap where nobody answers."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources import document as documents
from resources import workflow
from resources.models import Check, Phone, Resource
from resources.models.roles import EDITOR
from tests.factories import PersonFactory, PhoneFactory, ResourceFactory, ServiceFactory, TermFactory
from tests.shell.reading import Page, text

from .conftest import boxes

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def address(listing, worker):
    return f"/work/listings/{listing.pk}/check/"


@pytest.fixture
def post(client, address):
    """`post(outcome="changed", fees="Free")`: the form as the page gave it, with something typed."""
    untouched = boxes(Page(client.get(address)))
    return lambda **typed: client.post(address, untouched | typed)


def script(page):
    """`{heading: [question]}`"""
    found, heading = {}, ""
    for element in page.one('form[@novalidate=""]').iter():
        if element.tag == "h3":
            heading = text(element)
        elif element.tag == "ul":
            found[heading] = [text(label) for label in element.iter("label")]
    return found


def saved(listing):
    return documents.of(Resource.objects.get(pk=listing.pk))


def test_the_script_asks_what_is_reported_unsure_and_missing_first(client, address, listing, whole):
    report = workflow.propose(origin="reader", resource=listing, note="Nobody answers.", problem="dead_phone")
    asked = script(whole(client.get(address)))
    assert list(asked)[:3] == ["What readers reported", "Not confirmed yet, and so hidden from families", "What we do not know yet"]
    assert asked["What readers reported"] == ["A reader told us: “Nobody answers.” Is that so?"]
    assert asked["Not confirmed yet, and so hidden from families"] == [
        "Is this the right e-mail address?",
        "They confirmed it: families may see it",
    ]
    assert "What does it cost?" in asked["What we do not know yet"]
    assert "In which languages do you help?" in asked["What we do not know yet"]
    workflow.turn_down(proposal=report, by=PersonFactory(role=EDITOR), why="no")
    assert "What readers reported" not in script(Page(client.get(address)))


def test_untouched_and_confirmed_changes_nothing_but_the_date(post, listing):
    before = saved(listing)
    assert post(outcome="confirmed").status_code == 302
    assert saved(listing) == before
    assert Resource.objects.get(pk=listing.pk).checked_on
    assert listing.revisions.get().verb == "check"


def test_what_is_typed_becomes_an_edit_and_the_rest_a_note(post, listing, worker):
    typed = {"fees": "Free", "documents": "A letter\r\n\r\nAn ID", "said_languages": "English", "note": "They move in May."}
    assert post(outcome="changed", whom="front desk", **typed).status_code == 302
    now, check = saved(listing), Check.objects.get()
    assert (now.fees, now.documents) == ("Free", ["A letter", "An ID"])
    assert check.note == "They move in May.\nIn which languages do you help? — English"
    assert [one.verb for one in listing.revisions.order_by("number")] == ["edit", "check"]
    assert listing.revisions.get(verb="edit").why == "From a call with front desk."


def test_a_new_number_is_shown_since_they_told_us(post, listing, client):
    post(outcome="changed", phone_0="555-0102", phone_new="555-0103")
    page = client.get(listing.get_absolute_url()).content.decode()
    assert "555-0102" in page
    assert "555-0103" in page
    assert "555-0101" not in page
    assert "What they told us themselves" in page


def test_what_they_confirm_is_shown(post, listing, client):
    assert "old@example.org" not in client.get(listing.get_absolute_url()).content.decode()
    post(outcome="changed", email_confirmed="on")
    assert "old@example.org" in client.get(listing.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Choose how it ended"),
        ({"outcome": "changed"}, "Say what changed"),
        ({"outcome": "confirmed", "fees": "Free"}, "You changed what the listing says"),
        ({"outcome": "confirmed", "asked_at": "2126-01-01T10:00"}, "in the future"),
        ({"outcome": "confirmed", "asked_at": "2020-01-01T10:00"}, "within the last 14 days"),
        ({"outcome": "confirmed", "asked_at": "yesterday"}, "Write the day and the time"),
        ({"outcome": "changed", "website": "not an address"}, "Write the whole address"),
        ({"outcome": "changed", "email": "nobody"}, "Write an e-mail address"),
        ({"outcome": "changed", "phone_0": "5" * 201}, "at most 200"),
        ({"outcome": "changed", "phone_0": "call us"}, "Write a phone number"),
        ({"outcome": "changed", "phone_new": "12"}, "Write a phone number"),
        ({"outcome": "changed", "eligibility": "", "fees": "Free"}, "who can use it"),
        ({"outcome": "miracle"}, "Select a valid choice"),
    ],
)
def test_a_mistake_is_said_and_nothing_is_lost_or_saved(post, listing, whole, typed, said):
    response = post(**typed)
    page = whole(response)
    assert response.status_code == 400
    assert said in text(page.by_id("error-summary"))
    assert page.title.startswith("Error: ")
    kept = boxes(page)
    assert all(kept.get(name, "") == value for name, value in typed.items() if name != "outcome")
    assert (listing.checks.count(), listing.revisions.count()) == (0, 0)
    assert post(outcome="confirmed", note="x\x00").status_code == 400


class TestTwoPeople:
    def edited(self, listing, **fields):
        document = documents.patched(documents.of(listing), fields)
        person = PersonFactory(role=EDITOR, first_name="Nell")
        workflow.edit(resource=listing, document=document, by=person, why="heard", base=workflow.latest(listing))

    @pytest.fixture(autouse=True)
    def begun(self, listing):
        self.edited(listing, waiting="A week")

    def test_what_somebody_else_changed_beside_mine_stays(self, listing, post):
        self.edited(listing, waiting="Two weeks")
        assert post(outcome="changed", fees="Free").status_code == 302
        assert (saved(listing).fees, saved(listing).waiting) == ("Free", "Two weeks")

    def test_of_the_same_field_both_are_shown_and_the_second_time_counts(self, listing, post, client, address):
        self.edited(listing, fees="$5", waiting="Two weeks")
        response = post(outcome="changed", fees="Free", note="They said so.")
        page = Page(response)
        assert response.status_code == 400
        assert "to “$5”" in text(page.by_id("error-summary"))
        kept = boxes(page)
        assert (kept["fees"], kept["waiting"], kept["note"], kept["outcome"]) == ("Free", "Two weeks", "They said so.", "changed")
        assert client.post(address, kept).status_code == 302
        assert (saved(listing).fees, saved(listing).waiting) == ("Free", "Two weeks")


class TestOneTap:
    def tap(self, client, address, **sent):
        return Page(client.post(address, sent, follow=True))

    def test_no_answer(self, client, address, listing):
        said = text(self.tap(client, address, tap="no_answer").one('div[@class="messages"]'))
        assert "try again on another day" in said
        assert "Record another check" in said
        assert (Check.objects.get().outcome, listing.checked_on) == ("no_answer", None)

    def test_a_dead_number_is_gone_from_the_public_page_and_the_card(self, client, address, listing):
        PhoneFactory(resource=listing, number="555-0102")
        self.tap(client, address, tap="number_dead:555-0101")
        for public in (listing.get_absolute_url(), "/find/"):
            page = client.get(public).content.decode()
            assert ("555-0101" in page, "555-0102" in page) == (False, True)
        assert "no longer works" in client.get(listing.get_absolute_url()).content.decode()

    def test_where_the_text_still_names_a_dead_number_it_is_said_and_dials_nowhere(self, client, address, listing):
        Resource.objects.filter(pk=listing.pk).update(first_step="Call (800) 555-0101.", description="Or 800-555-0101, or 911.")
        Phone.objects.update(number="1-800-555-0101")
        page = self.tap(client, address, tap="number_dead:1-800-555-0101")
        assert "The first step still names it" in text(page.main)
        assert f"/work/listings/{listing.pk}/edit/" in page.one('div[@class="messages"]//a').get("href")
        public = Page(client.get(listing.get_absolute_url()))
        assert "this number did not work on" in text(public.one('section[@class="first-step"]'))
        dialled = {link.get("href") for link in public.main.iter("a") if link.get("href").startswith("tel:")}
        assert dialled == {"tel:911"}
        assert "tel:8005550101" not in client.get("/find/").content.decode()

    def test_a_slip_is_taken_back(self, client, address, listing):
        desk = self.tap(client, address, tap="number_dead:555-0101")
        assert [one.get("value") for one in desk.all('button[@name="tap"]')] == ["no_answer", "works:555-0101", "closed"]
        assert "families see it again" in text(self.tap(client, address, tap="works:555-0101").main)
        assert listing.phones.public().exists()
        assert Resource.objects.get(pk=listing.pk).checked_on is None

    def test_what_was_typed_goes_along(self, client, address, listing):
        typed = boxes(Page(client.get(address))) | {"note": "It rang for a minute.", "whom": "nobody"}
        client.post(address, typed | {"tap": "no_answer"})
        made = Check.objects.get()
        assert (made.outcome, made.note, made.whom) == ("no_answer", "It rang for a minute.", "nobody")
        response = client.post(address, typed | {"tap": "closed", "fees": "Free"})
        assert (response.status_code, boxes(Page(response))["fees"], Check.objects.count()) == (400, "Free", 1)

    def test_closed_hides_nothing_by_itself(self, client, address, listing):
        assert "until an editor retires it" in text(self.tap(client, address, tap="closed").main)
        assert client.get(listing.get_absolute_url()).status_code == 200

    @pytest.mark.parametrize("sent", [{"tap": "confirmed"}, {"tap": "\x00"}, {"tap": "number_dead:555-0199"}])
    def test_what_is_no_tap_records_nothing(self, client, address, sent):
        assert "error" in self.tap(client, address, **sent).html
        assert not Check.objects.exists()


def test_of_several_numbers_the_dead_one_is_named(listing, client, worker):
    PhoneFactory(resource=listing, number="555-0102")
    address = f"/work/listings/{listing.pk}/check/"
    untouched = boxes(Page(client.get(address)))
    assert "Choose which number is dead" in client.post(address, untouched | {"outcome": "number_dead"}).content.decode()
    client.post(address, untouched | {"outcome": "number_dead", "number": "555-0102"})
    assert Check.objects.get().number == "555-0102"


@pytest.mark.parametrize(("outcome", "status"), [("confirmed", 302), ("no_answer", 400)])
def test_a_dead_number_works_again_where_it_is_ticked(outcome, status, client, listing, worker):
    workflow.check(resource=listing, by=worker, how="call", outcome="number_dead")
    address = f"/work/listings/{listing.pk}/check/"
    untouched = boxes(Page(client.get(address)))
    assert client.post(address, untouched | {"outcome": outcome, "works_0": "on"}).status_code == status
    assert listing.phones.public().exists() is (status == 302)


@pytest.mark.parametrize("factory", [ServiceFactory, ResourceFactory])
def test_the_pages_of_other_kinds_are_whole_and_cheap(factory, client, worker, whole):
    listing = factory(published=True, phones=["555-0101", "555-0102"])
    workflow.check(resource=listing, by=worker, how="call", outcome="no_answer")  # so that there is a revision, as everywhere
    workflow.propose(origin="reader", resource=listing, note="Nobody answers.")
    workflow.ask(resource=listing, by=worker)
    for address in (f"/work/listings/{listing.pk}/check/", f"/work/listings/{listing.pk}/"):
        with CaptureQueriesContext(connection) as asked:
            response = client.get(address)
        whole(response)
        assert len(asked) <= MOST_QUERIES


class TestSentTwice:
    """Two quick taps, or a slow answer and a second press: one check."""

    @pytest.fixture
    def listing(self, listing):
        """With a history, as every listing has outside of tests."""
        documents.save(documents.of(listing), resource=listing, by=PersonFactory(), why="As it was.", verb="create")
        return listing

    def tapped(self, client, listing):
        """`send(tap)`: a button of the desk as it was shown once."""
        form = Page(client.get(f"/work/listings/{listing.pk}/")).one('form[@aria-label="Record a call in one tap"]')
        shown = {box.get("name"): box.get("value") for box in form.iter("input")}
        return lambda tap: client.post(f"/work/listings/{listing.pk}/check/", shown | {"tap": tap}, follow=True)

    @pytest.mark.parametrize("tap", ["no_answer", "number_dead:555-0101", "closed"])
    def test_a_tap(self, client, worker, listing, tap):
        send = self.tapped(client, listing)
        for _twice in range(2):
            assert "Recorded" in text(Page(send(tap)).main)
        assert (Check.objects.count(), listing.revisions.count()) == (1, 2)

    def test_that_it_was_a_slip(self, client, worker, listing):
        self.tapped(client, listing)("number_dead:555-0101")
        send = self.tapped(client, listing)
        for _twice in range(2):
            assert "families see it again" in text(Page(send("works:555-0101")).main)
        assert Check.objects.count() == 2

    def test_a_tap_of_another_kind_is_another_check(self, client, worker, listing):
        send = self.tapped(client, listing)
        send("no_answer")
        send("closed")
        assert Check.objects.count() == 2

    def test_a_tap_on_the_page_as_it_is_now_is_another_call(self, client, worker, listing):
        for _again in range(2):
            self.tapped(client, listing)("no_answer")
        assert Check.objects.count() == 2

    def test_the_same_tap_of_another_person(self, client, worker, listing):
        send = self.tapped(client, listing)
        send("no_answer")
        client.force_login(PersonFactory(role=EDITOR))
        send("no_answer")
        assert Check.objects.count() == 2

    @pytest.mark.parametrize(
        "typed", [{"outcome": "confirmed", "note": "Kind."}, {"outcome": "changed", "fees": "Free"}, {"tap": "no_answer"}]
    )
    def test_the_form_of_a_call(self, post, listing, typed):
        for _twice in range(2):
            assert post(**typed).status_code == 302
        assert (Check.objects.count(), listing.revisions.filter(verb="edit").count()) == (1, int("fees" in typed))

    def test_of_an_urgent_listing_it_leaves_one_edit_that_waits(self, post, listing):
        vocabulary, slug = workflow.URGENT
        listing.terms.add(TermFactory(vocabulary=vocabulary, slug=slug))
        for _twice in range(2):
            assert post(outcome="changed", fees="Free").status_code == 302
        assert (Check.objects.count(), listing.edits.count()) == (1, 1)

    def test_with_another_change_it_is_another_check_and_no_word_is_lost(self, post, listing):
        post(outcome="changed", fees="Free")
        post(outcome="changed", fees="$5")
        post(outcome="changed", fees="$5")
        assert (saved(listing).fees, Check.objects.count()) == ("Free", 1)  # the page asks first, and records nothing

    def test_a_number_that_is_dead_again_is_hidden_again(self, client, worker, listing):
        send = self.tapped(client, listing)
        for tap in ("number_dead:555-0101", "works:555-0101", "number_dead:555-0101"):
            send(tap)
        assert not listing.phones.filter(number="555-0101").public().exists()
        assert Check.objects.count() == 3

    def test_a_call_of_another_day_is_another_check(self, post):
        for days in (2, 1):
            asked_at = timezone.localtime() - timedelta(days=days)
            assert post(outcome="no_answer", asked_at=f"{asked_at:%Y-%m-%dT%H:%M}").status_code == 302
        assert Check.objects.count() == 2

    def test_the_same_words_of_a_page_that_stayed_open_are_another_call(self, listing, worker, monkeypatch):
        said = {"how": "call", "outcome": "no_answer", "opened": timezone.now()}
        first = workflow.check(resource=listing, by=worker, **said)
        monkeypatch.setattr(timezone, "now", lambda: first.at + timedelta(minutes=11))
        assert workflow.check(resource=listing, by=worker, **said) != first

    def test_a_number_that_was_ticked_only_the_second_time_works_again(self, client, worker, listing, address):
        self.tapped(client, listing)("number_dead:555-0101")
        untouched = boxes(Page(client.get(address)))
        for ticked in ({}, {"works_0": "on"}):
            client.post(address, untouched | {"outcome": "confirmed"} | ticked)
        assert listing.phones.filter(number="555-0101").public().exists()

    @pytest.mark.parametrize("opened", ["", "soon", "1e999", "99999999999.9", "-1.0", "1.5.2", "٣.٣"])
    def test_a_moment_that_the_page_did_not_write_is_none(self, post, opened):
        assert post(outcome="no_answer", opened=opened).status_code in (302, 400)
        assert Check.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_taps_at_the_same_moment_one_is_recorded():
    listing, person, opened = ResourceFactory(published=True), PersonFactory(role=EDITOR), timezone.now()
    start, made = threading.Barrier(2), []

    def tap():
        start.wait()
        try:
            made.append(workflow.check(resource=listing, by=person, how="call", outcome="no_answer", opened=opened))
        finally:
            connection.close()

    threads = [threading.Thread(target=tap) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert made[0] == made[1] == Check.objects.get()


def test_a_number_that_stands_twice_is_dead_by_one_tap(client, worker):
    listing = ResourceFactory(published=True, phones=["555-0101", "555-0101", "555-0102"])
    for address in (f"/work/listings/{listing.pk}/check/", f"/work/listings/{listing.pk}/"):
        page = client.get(address).content.decode()
        assert (page.count("555-0101 is dead"), page.count("555-0102 is dead")) == (1, 1)
