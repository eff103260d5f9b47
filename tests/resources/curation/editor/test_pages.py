"""The editor's pages: whole, cheap, and everything on them works by buttons alone."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import Draft, Resource, ResourceKind
from tests import factories
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

from .conftest import words

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


def faults(response):
    return [breach for breach in breaches(Page(response)) if not breach.startswith("sets_no_cookie")]


def summary(response):
    return [text(item) for item in Page(response).all('div[@id="error-summary"]//li')]


@pytest.fixture
def clinic(written):
    """A clinic with two phones, sourced."""
    service = factories.ServiceFactory(name="A clinic", slug="a-clinic", published=True, phones=["1-800-555-0100", "1-800-555-0101"])
    return written(service)


def test_a_kind_is_chosen_first(ana):
    response = ana.client.get(reverse("listing_new"))
    assert faults(response) == []
    assert {link.get("href") for link in Page(response).all('ul[@class="doors"]//a')} == {
        reverse("listing_create", args=[kind]) for kind in ResourceKind
    }
    assert ana.client.get(reverse("listing_create", args=["nonsense"])).status_code == 404


@pytest.mark.parametrize("kind", ResourceKind)
def test_the_page_of_each_kind_is_whole(ana, kind):
    response = ana.opens(kind.value)
    assert response.status_code == 200
    assert faults(response) == []


@pytest.mark.parametrize("factory", ["Organization", "Service", "Therapy", "School", "Money", "Resource"])
def test_the_editor_asks_the_database_twelve_times_at_most(ana, ben, written, factory):
    listing = getattr(factories, f"{factory}Factory")(published=True, phones=["1-800-555-0100"], conditions=[factories.ConditionFactory()])
    if factory == "Therapy":
        factories.EvidenceFactory(therapy=listing)
    listing = written(listing)
    ben.opens(listing)
    ben.presses("draft", summary="Another.")
    with CaptureQueriesContext(connection) as asked:
        response = ana.opens(listing)
    assert faults(response) == []
    assert len(asked) <= MOST_QUERIES


def test_names_that_are_asked_back_take_one_query_however_many(ana, clinic):
    for number in range(3):
        factories.ConditionFactory(slug=f"ataxia-{number}")
    ana.opens(clinic)
    ana.presses("draft", conditions="ataxia\nataxai\natax\nnothing\nataxia-1")
    with CaptureQueriesContext(connection) as asked:
        response = ana.opens(clinic)
    assert words(response).count("Which one is") == 4
    assert len(asked) <= MOST_QUERIES


def test_a_new_organization_is_written_by_buttons_alone(ana):
    factories.ConditionFactory(slug="ataxia", name="Ataxia")
    ana.opens("organization")
    ana.presses("add:phones", name="Ataxia friends", summary="A group for families.")
    assert ana.form["name"] == ["Ataxia friends"]
    ana.presses("add:sources", phones__0__number="1-800-555-0177")
    ana.presses(
        "look",
        sources__0__title="About us",
        sources__0__publisher="Ataxia friends",
        sources__0__owner_kind="charity",
        sources__0__seen_on="2026-03-01",
        sources__0__supports="its phone",
    )
    assert ana.form["sources-0-key"] == ["ataxia-friends"]
    response = ana.presses("save", phones__0__source="ataxia-friends", conditions="Ataxia", coverage="national", why="A new group.")
    made = Resource.objects.get(slug="ataxia-friends")
    assert response.url == reverse("desk", args=[made.pk])
    assert (made.state, made.kind, made.phones.get().source.key) == (State.DRAFT, "organization", "ataxia-friends")
    assert [one.slug for one in made.conditions.all()] == ["ataxia"]
    assert not Draft.objects.exists()
    assert "submit it for review" in words(ana.client.get(response.url))


def test_rows_move_and_go_and_the_rest_stays(ana, clinic):
    ana.opens(clinic)
    ana.presses("lift:phones:1", summary="Typed, not saved.")
    assert [ana.form[f"phones-{place}-number"] for place in (0, 1)] == [["1-800-555-0101"], ["1-800-555-0100"]]
    ana.presses("remove:phones:0")
    assert "phones-0-number" not in ana.form and ana.form["phones-1-number"] == ["1-800-555-0100"]
    assert ana.form["summary"] == ["Typed, not saved."]
    ana.presses("save", why="One number is gone.")
    assert [phone.number for phone in clinic.phones.all()] == ["1-800-555-0100"]


def test_a_condition_that_may_be_several_is_asked_back_and_chosen(ana, clinic):
    for slug in ("ataxia-one", "ataxia-two"):
        factories.ConditionFactory(slug=slug)
    ana.opens(clinic)
    response = ana.presses("save", conditions="ataxia", why="Its patients.")
    assert response.status_code == 400
    assert summary(response) == ["We do not know which one you mean: ataxia. Choose below, or write its full name."]
    assert faults(response) == []
    offered = {button.get("value") for button in Page(response).all('button[@class="chip"]')}
    assert offered == {"pick:conditions:0:ataxia-one", "pick:conditions:0:ataxia-two"}
    response = ana.presses("pick:conditions:0:ataxia-two")
    assert ana.form["conditions"] == ["ataxia-two"]
    assert "Understood: Ataxia two" in words(response)


def test_what_the_workflow_refuses_stands_at_its_field_and_nothing_typed_is_lost(ana, clinic):
    ana.opens(clinic)
    response = ana.presses("save", first_step="", summary="Better words.", why="Shorter.")
    assert response.status_code == 400
    assert summary(response) == ["Families see this listing, and it does not say what to do first."]
    assert Page(response).one('div[@id="error-summary"]//a').get("href") == "#id_first_step"
    assert Page(response).title.startswith("Error: ")
    assert ana.form["summary"] == ["Better words."]
    assert faults(response) == []
    clinic.refresh_from_db()
    assert clinic.summary != "Better words."


def test_a_reason_is_asked_for(ana, clinic):
    ana.opens(clinic)
    assert summary(ana.presses("save", summary="Better.")) == ["Fill in “Why”."]


def test_where_a_new_listing_serves_is_chosen_and_never_taken_for_granted(ana):
    ana.opens("guide")
    assert ana.form["coverage"] == [""]
    assert summary(ana.presses("save", name="A guide", summary="A guide.", why="New.")) == ["Choose “Where it serves”."]
    ana.presses("save", coverage="state")
    assert Resource.objects.get(slug="a-guide").coverage == "state"


def test_an_address_that_another_listing_has_is_said_at_its_field(ana, clinic):
    ana.opens("guide")
    response = ana.presses("save", name="Something else", slug="a-clinic", summary="A guide.", coverage="national", why="New.")
    assert summary(response) == ["Another listing has this address. Choose another for this one."]


def test_the_address_of_a_listing_that_was_published_stays(ana, clinic):
    ana.opens(clinic)
    ana.presses("save", slug="another", summary="Better.", why="Words.")
    clinic.refresh_from_db()
    assert (clinic.slug, clinic.summary) == ("a-clinic", "Better.")


def test_the_edit_of_a_published_therapy_waits_for_a_second_person(ana, written):
    label = factories.EvidenceFactory(therapy=factories.TherapyFactory(name="Riding", published=True))
    label.sources.add(label.therapy.sources.get())
    therapy = written(label.therapy)
    ana.opens(therapy)
    response = ana.presses("save", evidence__0__level="strong", why="A large trial.")
    assert "waits for a second person" in words(ana.client.get(response.url))
    assert therapy.edits.get().document["evidence"][0]["level"] == "strong"
    label.refresh_from_db()
    assert label.level == "limited"
    assert "“A large trial.” You see the text without it." in words(ana.opens(therapy))


def test_the_difference_is_shown_and_nothing_is_saved(ana, clinic):
    ana.opens(clinic)
    response = ana.presses("difference", summary="What it is, in a short sentence.")
    panel = Page(response).by_id("difference-panel")
    assert text(panel.find(".//h2")) == "What changes for families"
    assert [text(one) for one in panel.iter() if one.tag in ("del", "ins")] == ["plain", "short"]
    assert clinic.revisions.count() == 1
    assert faults(response) == []


def test_the_preview_is_the_familys_page_and_leaves_nothing_behind(ana, clinic):
    ana.opens(clinic)
    response = ana.presses("preview", first_step="Call and say: “We are new.”")
    page = words(response)
    assert "as families would see what you typed. Nothing is saved." in page
    assert "Call and say: “We are new.”" in page
    clinic.refresh_from_db()
    assert clinic.first_step != "Call and say: “We are new.”" and clinic.revisions.count() == 1


def test_a_new_listing_is_previewed_and_one_that_lacks_something_says_what(ana):
    ana.opens("guide")
    assert "Fill in “Name”." in words(ana.presses("preview"))
    assert "A good guide" in words(ana.presses("preview", name="A good guide", summary="How to choose.", coverage="national"))
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    "act", ["nonsense", "add:nonsense", "add:evidence", "remove:phones:x", "lift:phones:", "pick:name:0:x", "beside:nothing"]
)
def test_an_act_that_is_none_is_not_found(ana, clinic, act):
    ana.opens(clinic)
    assert ana.presses(act).status_code == 404


def test_what_was_typed_with_a_nul_or_a_million_rows_is_survived(ana, clinic):
    ana.opens(clinic)
    assert ana.presses("draft", summary="a\x00b", base="99999999999999", phones__999999__number="1").status_code == 200
    assert ana.form["summary"] == ["ab"]
    assert ana.presses("save", why="x", base="-1").status_code in (400, 409)


def test_others_who_may_not_edit_are_refused(client, clinic):
    client.force_login(factories.PersonFactory())
    for address in (reverse("listing_new"), reverse("listing_edit", args=[clinic.pk])):
        assert client.get(address).status_code == 403


def test_a_listing_without_a_revision_can_be_edited_too(ana):
    guide = factories.ResourceFactory(slug="a-guide")
    ana.opens(guide)
    ana.presses("save", summary="Better.", why="Words.")
    assert documents.of(Resource.objects.get(pk=guide.pk)).summary == "Better."
    assert workflow.latest(guide) == 1


def label(response, field):
    [found] = [one for one in Page(response).all("label") if one.get("for") == field]
    return text(found)


def test_a_field_says_one_thing_of_whether_it_may_stay_empty(ana, clinic):
    response = ana.opens("service")
    assert [label(response, one) for one in ("id_first_step", "id_name", "id_fees")] == [
        "What to do first (needed to publish)",
        "Name",
        "What it costs (optional)",
    ]
    assert "Needed to publish: at least one source." in words(response)
    response = ana.opens(clinic)
    assert label(response, "id_first_step") == "What to do first"
    assert "Families see this listing. It must keep: at least one source." in words(response)
    assert "Needed to publish" not in words(response)


def test_a_body_with_hundreds_of_places_can_still_be_edited(ana, written):
    listing = written(factories.OrganizationFactory(published=True))
    factories.LocationFactory.create_batch(150, resource=listing)
    ana.opens(written(listing))
    assert ana.presses("draft", summary="Shorter.").status_code == 200


class TestSteps:
    @pytest.fixture
    def grant(self, written):
        return written(factories.MoneyFactory(published=True, steps=["Call.", "Write.", "Wait."]))

    def typed(self, ana):
        return [values[0] for name, values in ana.form.items() if name.startswith("steps-")]

    def test_are_added_moved_and_taken_away_by_row(self, ana, grant):
        ana.opens(grant)
        assert self.typed(ana) == ["Call.", "Write.", "Wait."]
        ana.presses("add:steps")
        ana.presses("lift:steps:3", steps__3__text="Ask.")
        ana.presses("lower:steps:0")
        ana.presses("remove:steps:3")
        assert self.typed(ana) == ["Write.", "Call.", "Ask."]
        assert ana.presses("save", why="Their new form.").status_code == 302
        grant.refresh_from_db()
        assert grant.specific.steps == ["Write.", "Call.", "Ask."]

    def test_the_button_that_moved_a_row_keeps_the_focus_and_says_where_it_stands(self, ana, grant):
        ana.opens(grant)
        response = ana.presses("lower:steps:0")
        assert Page(response).by_id("lower-steps-1").get("autofocus") is not None
        assert "Step 2 of 3 now." in words(response)
        response = ana.presses("lower:steps:1")  # the last can only go up
        assert Page(response).by_id("lift-steps-2").get("autofocus") is not None

    def test_so_many_that_the_next_form_could_not_be_sent_are_refused_and_kept(self, ana, grant):
        ana.opens(grant)
        many = "\r\n".join(f"Call {number}." for number in range(6000))
        response = ana.presses("save", steps__1__text=many, why="More.")
        assert response.status_code == 400
        assert "At most 100 here" in words(response)
        assert "Call 5999." in ana.form["steps-1-text"][0]
        grant.refresh_from_db()
        assert len(grant.specific.steps) == 3

    def test_lines_that_are_pasted_are_steps_of_their_own(self, ana, grant):
        ana.opens(grant)
        ana.presses("save", steps__1__text="Write.\r\n\r\nKeep a copy.", why="More.")
        grant.refresh_from_db()
        assert grant.specific.steps == ["Call.", "Write.", "Keep a copy.", "Wait."]

    def test_a_draft_of_before_they_had_rows_keeps_them(self, ana, grant):
        ana.opens(grant)
        ana.presses("draft")
        draft = grant.drafts.get()
        draft.data = {name: values for name, values in draft.data.items() if not name.startswith("steps-")}
        draft.data["money-steps"] = ["Sign.\r\nSend."]
        draft.save()
        ana.opens(grant)
        assert self.typed(ana) == ["Sign.", "Send."]
