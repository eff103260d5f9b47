"""Deciding: some of a proposal, all of it, or none; what moved on in between is never overwritten unseen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources import document as documents
from resources import workflow
from resources.curation.duplicates.finding import keyless, write_keys
from resources.models import Proposal, Resource
from resources.models.roles import EDITOR
from tests.factories import EvidenceFactory, OrganizationFactory, PersonFactory, TherapyFactory
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

from .conftest import proposed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worker")]
Origin, State = Proposal.Origin, Proposal.State
MOST_QUERIES = 12
SUGGESTED = {"name": "Gentle Riders", "kind": "organization", "site": "https://riders.example.org", "does": "Free riding."}


def address(proposal):
    return f"/work/incoming/{proposal.pk}/"


def shown(client, proposal):
    """The page, which keeps every rule for pages."""
    page = Page(client.get(address(proposal)))
    assert [fault for fault in breaches(page) if not fault.startswith("sets_no_cookie")] == []
    return page


def filled(page, name="accept"):
    """What a browser would send of the form whose `verb` is `name`."""
    form = next(form for form in page.all("form") if form.find(f'.//input[@name="verb"][@value="{name}"]') is not None)
    answers = {}
    for field in (field for field in form.iter() if field.tag in ("input", "textarea")):
        if field.get("type") in ("checkbox", "radio"):
            if field.get("checked") is not None:
                answers[field.get("name")] = field.get("value", "on")
        elif field.get("name"):
            answers[field.get("name")] = (field.text or "").removeprefix("\n") if field.tag == "textarea" else field.get("value", "")
    return answers


@pytest.fixture
def suggested(client):
    def suggest(**answers):
        client.post("/suggest/", SUGGESTED | answers)
        return Proposal.objects.latest("pk")

    return suggest


class TestAChange:
    def test_each_field_shows_what_it_would_change_and_is_ticked(self, client, listing):
        page = shown(client, proposed(listing, fees="Free", first_step="Write to us.", note="We moved."))
        assert [box.get("data-field") for box in page.all("section[@data-field]")] == ["first_step", "fees"]
        assert (text(page.all("del")[1]), text(page.all("ins")[1])) == ("$10", "Free")
        assert filled(page) | {"csrfmiddlewaretoken": ""} == {
            "csrfmiddlewaretoken": "",
            "verb": "accept",
            "seen": "1",
            "take-first_step": "on",
            "value-first_step": "Write to us.",
            "take-fees": "on",
            "value-fees": "Free",
            "why": "The provider says so.",
        }

    def test_all_of_it_is_taken(self, client, listing, worker):
        proposal = proposed(listing, fees="Free", first_step="Write to us.")
        response = client.post(address(proposal), filled(shown(client, proposal)), follow=True)
        listing.refresh_from_db()
        proposal.refresh_from_db()
        assert (listing.fees, listing.first_step, listing.waiting) == ("Free", "Write to us.", "A month")
        assert (proposal.state, proposal.decided_by, proposal.reason) == (State.ACCEPTED, worker, "The provider says so.")
        assert listing.revisions.first().source == f"proposal {proposal.pk}: provider"
        assert "Accepted. Nothing else is open here." in text(Page(response).main)

    def test_some_of_it_is_taken_and_mended(self, client, listing):
        proposal = proposed(listing, fees="Free", first_step="Write.", also_known_as=["Fund"])
        answers = filled(shown(client, proposal)) | {"value-fees": "Free for all", "value-also_known_as": "Fund\r\n\r\nThe Old Fund "}
        del answers["take-first_step"]
        client.post(address(proposal), answers)
        listing.refresh_from_db()
        proposal.refresh_from_db()
        assert (listing.fees, listing.first_step) == ("Free for all", "Call and say what you need.")
        assert listing.also_known_as == ["Fund", "The Old Fund"]
        assert proposal.state == State.PARTLY

    def test_where_the_listing_moved_on_both_values_are_shown_and_the_box_is_empty(self, client, listing, editing):
        proposal = proposed(listing, fees="Free", first_step="Write.")
        editing(listing, fees="$5", alert="We move.")
        page = shown(client, proposal)
        conflict = page.one('section[@data-field="fees"]')
        assert "Changed in between" in text(conflict) and "Now it says:$5" in text(conflict)
        answers = filled(page)
        assert "take-fees" not in answers and "take-first_step" in answers
        client.post(address(proposal), answers)
        listing.refresh_from_db()
        proposal.refresh_from_db()
        assert (listing.fees, listing.first_step, listing.alert) == ("$5", "Write.", "We move.")
        assert proposal.state == State.PARTLY

    def test_what_the_listing_says_already_is_not_asked(self, client, listing, editing):
        proposal = proposed(listing, fees="Free", first_step="Write.")
        editing(listing, fees="Free")
        page = shown(client, proposal)
        assert "Already so." in text(page.one('section[@data-field="fees"]'))
        client.post(address(proposal), filled(page))
        proposal.refresh_from_db()
        assert proposal.state == State.ACCEPTED

    def test_a_proposal_that_is_wholly_so_is_only_closed(self, client, listing, editing):
        proposal = proposed(listing, fees="Free")
        editing(listing, fees="Free")
        page = shown(client, proposal)
        assert "Already so: the listing says all of this today." in text(page.main)
        client.post(address(proposal), filled(page, "looked") | {"looked-why": "It was mended."})
        proposal.refresh_from_db()
        assert (proposal.state, listing.revisions.count()) == (State.ACCEPTED, 2)

    def test_somebody_who_saved_while_the_page_was_open_is_not_overwritten(self, client, listing, editing):
        proposal = proposed(listing, fees="Free", first_step="Write.")
        answers = filled(shown(client, proposal)) | {"why": "They wrote.", "value-first_step": "Write first."}
        editing(listing, fees="$5")
        response = client.post(address(proposal), answers)
        page = Page(response)
        assert response.status_code == 400
        assert "saved this listing in between" in text(page.by_id("error-summary"))
        again = filled(page)
        assert again["seen"] == "2"
        assert {name: again[name] for name in ("why", "value-first_step", "take-fees")} == {
            "why": "They wrote.",
            "value-first_step": "Write first.",
            "take-fees": "on",
        }
        assert "Now it says:$5" in text(page.main)
        client.post(address(proposal), again)
        listing.refresh_from_db()
        assert (listing.fees, listing.first_step) == ("Free", "Write first.")

    def test_what_would_leave_a_published_listing_incomplete_is_refused_with_a_sentence(self, client, listing):
        proposal = proposed(listing, first_step="Write.")
        page = Page(client.post(address(proposal), filled(shown(client, proposal)) | {"value-first_step": ""}))
        assert "it does not say what to do first" in text(page.by_id("error-summary"))
        assert filled(page)["take-first_step"] == "on"
        listing.refresh_from_db()
        assert listing.first_step == "Call and say what you need."

    @pytest.mark.parametrize(
        ("field", "value", "typed", "sentence"),
        [
            ("website", "https://example.org/new", "example.org", "beginning with https://"),
            ("email", "a@example.org", "nobody", "Write an e-mail address"),
            ("fees", "Free", "x" * 501, "500"),
            ("fees", "Free", "a\x00b", "Null characters"),
            ("also_known_as", ["Fund"], "x" * 201, "200"),
            ("conditions", [], "no-such-condition", "no-such-condition"),
        ],
    )
    def test_a_bad_value_is_told_at_its_field(self, client, listing, editing, field, value, typed, sentence):
        if field == "conditions":
            editing(listing)
            document = documents.of(listing).model_dump(mode="json") | {"conditions": ["no-such-condition"]}
            proposal = workflow.propose(origin=Origin.PROVIDER, resource=listing, document=documents.read(document))
        else:
            proposal = proposed(listing, **{field: value})
        response = client.post(address(proposal), filled(shown(client, proposal)) | {f"value-{field}": typed})
        assert response.status_code == 400
        assert sentence in text(Page(response).by_id("error-summary"))
        proposal.refresh_from_db()
        assert proposal.state == State.OPEN

    def test_with_nothing_ticked_nothing_happens(self, client, listing):
        proposal = proposed(listing, fees="Free")
        response = client.post(address(proposal), {"verb": "accept", "seen": "1", "why": "Yes."})
        assert "Nothing is ticked" in text(Page(response).by_id("error-summary"))

    def test_a_therapy_waits_for_a_second_person(self, client):
        therapy = EvidenceFactory(therapy=TherapyFactory(published=True)).therapy
        therapy.evidence.get().sources.add(therapy.sources.first())
        proposal = proposed(therapy.resource_ptr, fees="Free")
        page = shown(client, proposal)
        assert "waits for a second person" in text(page.main)
        done = client.post(address(proposal), filled(page), follow=True)
        assert "it waits for a second person" in text(Page(done).main)
        assert therapy.edits.get().document["fees"] == "Free"


SOURCE = {
    "key": "their-page",
    "title": "Contact",
    "publisher": "The Fund",
    "owner_kind": "charity",
    "seen_on": "2026-03-01",
    "supports": "its phones",
}


class TestRowsOfAList:
    """One phone is taken and the other left; what a row rests on comes with it."""

    @pytest.fixture
    def proposal(self, listing):
        plain = documents.of(listing).model_dump(mode="json")
        phones = [*plain["phones"], {"number": "555-0142", "source": "their-page"}, {"number": "555-0143"}]
        document = documents.read(plain | {"phones": phones, "sources": [*plain["sources"], SOURCE]})
        return workflow.propose(origin=Origin.PROVIDER, resource=listing, document=document)

    def numbers(self, listing):
        return [(phone.number, phone.source and phone.source.key) for phone in listing.phones.all()]

    def test_each_has_a_box_of_its_own(self, client, proposal):
        answers = filled(shown(client, proposal))
        assert {name for name in answers if name.startswith("take-")} == {
            "take-phones-555-0142",
            "take-phones-555-0143",
            "take-sources-their-page",
        }

    def test_one_is_taken_mended_and_its_source_comes_with_it(self, client, listing, proposal):
        answers = filled(shown(client, proposal)) | {"value-phones-555-0142": "1-800-555-0142"}
        for name in ("take-phones-555-0143", "take-sources-their-page"):
            del answers[name]
        client.post(address(proposal), answers)
        proposal.refresh_from_db()
        assert self.numbers(listing) == [("1-800-555-0142", "their-page")]
        assert proposal.state == State.PARTLY

    def test_all_of_them_are_taken(self, client, listing, proposal):
        client.post(address(proposal), filled(shown(client, proposal)))
        proposal.refresh_from_db()
        assert self.numbers(listing) == [("555-0142", "their-page"), ("555-0143", None)]
        assert proposal.state == State.ACCEPTED

    def test_what_somebody_else_put_in_between_stays(self, client, listing, proposal, editing):
        editing(listing, phones=[{"number": "555-0199"}, {"number": "555-0143"}])
        page = shown(client, proposal)
        assert "take-phones-555-0143" not in filled(page)  # already so
        client.post(address(proposal), filled(page))
        assert self.numbers(listing) == [("555-0199", None), ("555-0143", None), ("555-0142", "their-page")]

    def test_a_row_that_both_changed_is_not_ticked(self, client, listing, proposal, editing):
        editing(listing, phones=[{"number": "555-0143", "label": "Fax", "type": "fax"}])
        page = shown(client, proposal)
        assert "take-phones-555-0143" not in filled(page) and "take-phones-555-0142" in filled(page)
        assert "Changed in between" in text(page.one('section[@data-field="phones"]'))

    def test_one_that_goes_is_left_where_its_box_is_empty(self, client, listing, editing):
        editing(listing, phones=[{"number": "555-0142"}, {"number": "555-0143"}])
        proposal = proposed(listing, phones=[])
        answers = filled(shown(client, proposal))
        del answers["take-phones-555-0142"]
        client.post(address(proposal), answers)
        assert self.numbers(listing) == [("555-0142", None)]


class TestASuggestion:
    def test_it_becomes_a_draft_and_leads_to_it(self, client, suggested):
        proposal = suggested()
        response = client.post(address(proposal), filled(shown(client, proposal)) | {"value-name": "Gentle Riders of Vermont"}, follow=True)
        made = Resource.objects.get()
        assert (made.name, made.state) == ("Gentle Riders of Vermont", "draft")
        assert response.redirect_chain[-1][0] == f"/work/listings/{made.pk}/"
        assert "it is a draft now" in text(Page(response).main)

    def test_what_it_may_duplicate_is_named(self, client, suggested):
        OrganizationFactory(name="By site", website="http://www.riders.example.org/us", published=True)
        OrganizationFactory(name="By phone", website="", phones=["(800) 555-0142"], published=True)
        OrganizationFactory(name="gentle riders", website="")
        OrganizationFactory(name="Another", website="https://notriders.example.org/", phones=["555-1142"])
        write_keys(keyless())
        words = text(shown(client, suggested(phone="800-555-0142")).one('section[@aria-labelledby="like-title"]'))
        assert all(name in words for name in ("By site", "By phone", "gentle riders"))
        assert "Another" not in words

    @pytest.mark.parametrize(
        "again",
        [{"kind": "money"}, {"name": "Other name", "site": "www.riders.example.org/join"}, {"site": "https://elsewhere.example.org"}],
    )
    def test_one_that_was_turned_down_is_remembered_with_its_reason(self, client, suggested, again):
        first = suggested()
        client.post(address(first), {"verb": "decline", "decline-ground": "not_listed", "decline-words": "They sell data."})
        words = text(shown(client, suggested(**again)).one('section[@aria-labelledby="before-title"]'))
        assert "We do not list such things. They sell data." in words
        assert "Robin Example" in words
        assert "/about/inclusion/" in client.get(address(Proposal.objects.latest("pk"))).content.decode()

    def test_others_are_not_remembered(self, client, suggested):
        client.post(address(suggested()), {"verb": "decline", "decline-ground": "not_listed"})
        page = shown(client, suggested(name="Gentle", site="https://example.org"))
        assert not page.all('section[@aria-labelledby="before-title"]')

    def test_an_address_that_was_taken_in_between_is_told(self, client, suggested):
        proposal = suggested()
        answers = filled(shown(client, proposal))
        OrganizationFactory(slug="gentle-riders")
        page = Page(client.post(address(proposal), answers))
        assert "Another listing has this address already" in text(page.by_id("error-summary"))
        client.post(address(proposal), filled(page) | {"value-slug": "gentle-riders-vt"})
        assert Resource.objects.filter(slug="gentle-riders-vt").exists()


class TestAReport:
    @pytest.fixture
    def report(self, listing):
        return workflow.propose(origin=Origin.READER, resource=listing, problem="dead_phone", note="<script>alert(1)</script>\nIt rings.")

    def test_it_is_looked_into(self, client, report, listing, worker):
        page = shown(client, report)
        assert "The phone number or link does not work" in text(page.main)
        assert "<script>alert" not in page.html
        response = client.post(address(report), {"verb": "looked", "looked-why": "I called: it works."}, follow=True)
        report.refresh_from_db()
        assert (report.state, report.reason, report.decided_by) == (State.ACCEPTED, "I called: it works.", worker)
        assert listing.revisions.count() == 1
        assert "Kept as looked into" in text(Page(response).main)
        assert "I called: it works." in text(shown(client, report).main)

    @pytest.mark.parametrize(
        ("answers", "sentence"),
        [
            ({"verb": "looked"}, "Say what you found"),
            ({"verb": "decline"}, "Choose why it is declined"),
            ({"verb": "decline", "decline-ground": "nonsense"}, "nonsense"),
            ({"verb": "decline", "decline-ground": "other"}, "Say the reason"),
            ({"verb": "accept", "why": "Yes.", "take-fees": "on"}, "Nothing is ticked"),
        ],
    )
    def test_without_a_reason_it_stays_open(self, client, report, answers, sentence):
        page = Page(client.post(address(report), answers))
        assert [fault for fault in breaches(page) if not fault.startswith("sets_no_cookie")] == []
        assert sentence in text(page.by_id("error-summary"))
        assert page.title.startswith("Error: ")
        report.refresh_from_db()
        assert report.state == State.OPEN

    def test_it_is_declined_with_a_quick_reason(self, client, report):
        client.post(address(report), {"verb": "decline", "decline-ground": "mistaken"})
        report.refresh_from_db()
        assert (report.state, report.ground, report.reason) == (State.DECLINED, "mistaken", "The listing is right as it is.")

    def test_a_second_press_changes_nothing_and_says_who_decided(self, client, report):
        answers = {"verb": "looked", "looked-why": "It works."}
        client.post(address(report), answers)
        again = client.post(address(report), answers | {"looked-why": "Again."}, follow=True)
        assert "This was already decided: Accepted" in text(Page(again).main)
        report.refresh_from_db()
        assert report.reason == "It works."

    @pytest.mark.parametrize("where", ["javascript:alert(1)", "//evil.example/", "https://evil.example/", "/\\evil.example"])
    def test_a_page_that_leads_elsewhere_is_no_link(self, client, where):
        report = workflow.propose(origin=Origin.READER, page=where, problem="wrong")
        assert where not in [link.get("href") for link in shown(client, report).all("a")]

    def test_a_page_of_ours_is_a_link(self, client):
        report = workflow.propose(origin=Origin.READER, page="/about/", problem="wrong")
        assert [link.get("href") for link in shown(client, report).main.iter("a")].count("/about/") == 1


def test_an_answer_that_was_accepted_is_recorded_with_one_more_press(client, listing, worker):
    asked = workflow.ask(resource=listing, by=worker)
    document = documents.patched(documents.of(listing), {"fees": "Free"})
    proposal = workflow.answer(request=asked, said="corrects", document=document)
    done = client.post(address(proposal), filled(shown(client, proposal)), follow=True)
    page = Page(done)
    assert "One step is left: record the answer as a check." in text(page.main)
    (form,) = page.all('form[@class="taps"]')
    client.post(form.get("action"))
    asked.refresh_from_db()
    assert asked.recorded_as is not None
    assert not shown(client, proposal).all('form[@class="taps"]')


def test_after_a_decision_comes_the_next_of_the_same_filter(client, listing):
    first = workflow.propose(origin=Origin.READER, page="/a/", problem="wrong")
    proposed(listing, fees="Free")
    last = workflow.propose(origin=Origin.READER, page="/b/", problem="wrong")
    response = client.post(f"{address(first)}?origin=reader", {"verb": "looked", "looked-why": "Done."})
    assert response.url == f"{address(last)}?origin=reader"
    response = client.post(response.url, {"verb": "looked", "looked-why": "Done."})
    assert response.url == "/work/incoming/?origin=reader"


@pytest.mark.parametrize("answers", [{}, {"verb": "forged"}, {"verb": "__class__"}])
def test_a_forged_verb_is_not_found(client, listing, answers):
    assert client.post(address(proposed(listing, fees="Free")), answers).status_code == 404


def test_a_forged_number_is_not_found_and_a_forged_base_is_stale(client, listing):
    assert client.get("/work/incoming/999999/").status_code == 404
    assert client.get("/work/incoming/99999999999999999999999/").status_code == 404
    proposal = proposed(listing, fees="Free")
    page = Page(client.post(address(proposal), filled(shown(client, proposal)) | {"seen": "²"}))
    assert "in between" in text(page.by_id("error-summary"))


def test_no_page_asks_more_than_twelve_queries(client, listing, suggested, editing):
    proposal = proposed(listing, fees="Free")
    editing(listing, fees="$5")
    report = workflow.propose(origin=Origin.READER, resource=listing, problem="wrong")
    for one in (proposal, report, suggested(phone="800-555-0142")):
        with CaptureQueriesContext(connection) as asked:
            shown(client, one)
        assert len(asked) <= MOST_QUERIES, one


def test_the_listings_desk_leads_to_what_is_open(client, listing):
    proposal = proposed(listing, fees="Free")
    done = workflow.propose(origin=Origin.READER, resource=listing, problem="wrong")
    workflow.accept(proposal=done, by=PersonFactory(role=EDITOR), why="Seen.")
    links = [link.get("href") for link in Page(client.get(f"/work/listings/{listing.pk}/")).main.iter("a")]
    assert address(proposal) in links and address(done) not in links
