"""The pages on which duplicates are decided: whole, cheap, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from resources import document as documents
from resources import workflow
from resources.curation.duplicates import finding
from resources.models import DuplicatePair, Merge, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import EvidenceFactory, OrganizationFactory, PersonFactory, PhoneFactory, TherapyFactory
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db
MOST_QUERIES = 12


@pytest.fixture
def editor(client):
    person = PersonFactory(role=EDITOR)
    client.force_login(person)
    return person


@pytest.fixture
def worker(client):
    person = PersonFactory(role=SOCIAL_WORKER)
    client.force_login(person)
    return person


def organization(by, **fields):
    made = OrganizationFactory(published=True, **fields).resource_ptr
    PhoneFactory(resource=made, source=None)
    workflow.edit(resource=made, document=documents.of(made), by=by, why="Written.", base=0)
    return made


@pytest.fixture
def pair():
    by = PersonFactory(role=EDITOR)
    organization(by, name="Ataxia Help", slug="one", fees="Free")
    organization(by, name="Ataxia Help, Inc.", slug="two", fees="$5", waiting="A week")
    finding.keep(finding.find_all())
    return DuplicatePair.objects.get()


def address(pair):
    return f"/work/duplicates/{pair.pk}/"


def faults(response):
    return [breach for breach in breaches(Page(response)) if not breach.startswith("sets_no_cookie")]


def filled(client, pair, **instead):
    """What the merge form sends as it is shown."""
    form = client.get(address(pair)).context["form"]
    return {field.html_name: field.value() for field in form} | {"do": "merge", "why": "The same."} | instead


def test_the_queue_is_whole_and_asks_no_more_for_many(client, editor, pair):
    def count():
        with CaptureQueriesContext(connection) as asked:
            response = client.get("/work/duplicates/")
        assert faults(response) == []
        return len(asked)

    few = count()
    by_name = Resource.objects.order_by("pk")
    for _ in range(10):
        OrganizationFactory()
    for other in by_name[2:]:
        DuplicatePair.objects.create(first=by_name[0], second=other, score=60, reasons=[["phone", "8005550100", 30]])
    assert count() == few <= MOST_QUERIES


def test_the_most_alike_come_first_and_say_why(client, worker, pair):
    third = OrganizationFactory(name="Chairs")
    DuplicatePair.objects.update(score=70)
    DuplicatePair.objects.create(first=pair.first, second=third, score=99)
    rows = [text(row) for row in Page(client.get("/work/duplicates/")).all("tbody/tr")]
    assert rows[0].startswith("Ataxia Help and Chairs")
    assert "Same phone: 800-555-0100" in rows[1]


def test_both_are_shown_side_by_side_the_same_folded_away(client, editor, pair):
    with CaptureQueriesContext(connection) as asked:
        response = client.get(address(pair))
    assert len(asked) <= MOST_QUERIES
    assert faults(response) == []
    page = Page(response)
    assert [text(legend) for legend in page.all("legend")] == ["Which one stays?", "Name", "What it costs", "How long people wait"]
    assert "the same" in text(page.one("form//details/summary"))
    assert "Also called" in text(page.by_id("preview"))


def test_what_is_chosen_is_shown_before_it_is_done(client, editor, pair):
    page = Page(client.post(address(pair), filled(client, pair, do="preview", fees="second", stays="first", why="")))
    assert "$5" in text(page.by_id("preview"))
    assert not page.all('*[@id="error-summary"]') or "Say why" in text(page.by_id("error-summary"))
    assert Resource.objects.get(slug="one").fees == "Free"


def test_a_merge_says_what_happened_and_leads_back_to_the_queue(client, editor, pair):
    response = client.post(address(pair), filled(client, pair, stays="first", name="first", fees="second"), follow=True)
    assert response.redirect_chain == [("/work/duplicates/", 302)]
    assert "“Ataxia Help, Inc.” is now part of Ataxia Help" in text(Page(response).main)
    one = Resource.objects.get(slug="one")
    assert (one.fees, one.waiting, one.also_known_as) == ("$5", "A week", ["Ataxia Help, Inc."])
    assert "Merged" in text(Page(client.get("/work/duplicates/?decided=1")).main)
    assert faults(client.get(address(pair))) == []


def test_without_a_reason_nothing_is_merged_and_the_choices_are_still_there(client, editor, pair):
    response = client.post(address(pair), filled(client, pair, fees="second", why=""))
    page = Page(response)
    assert (response.status_code, faults(response)) == (400, [])
    assert "Say why they are one listing" in text(page.by_id("error-summary"))
    assert [box.get("value") for box in page.all('input[@name="fees"]') if box.get("checked") is not None] == ["second"]
    assert not Merge.objects.exists()


@pytest.mark.parametrize(
    ("changed", "status", "sentence"),
    [({"fees": "$9"}, 409, "saved this listing in between"), ({"alert": "Moved."}, 400, "Please note: somebody changed it meanwhile")],
)
def test_who_chose_while_somebody_edited_sees_the_edit_and_can_merge_then(client, editor, pair, changed, status, sentence):
    answers = filled(client, pair)
    workflow.edit(resource=pair.second, document=documents.patched(documents.of(pair.second), changed), by=editor, why="x", base=1)
    response = client.post(address(pair), answers)
    assert (response.status_code, faults(response)) == (status, [])
    page = Page(response)
    assert sentence in text(page.main)
    assert next(iter(changed.values())) in text(page.main)
    again = {field.html_name: field.value() or "second" for field in response.context["form"]}
    client.post(address(pair), again | {"do": "merge"})
    assert Merge.objects.exists()


@pytest.mark.parametrize(
    ("do", "why", "state"), [("apart", "Two towns.", "apart"), ("branches", "", "branches"), ("branches", "Chapters.", "branches")]
)
def test_kept_apart_the_pair_leaves_the_queue_and_can_be_asked_again(client, worker, pair, do, why, state):
    client.post(address(pair), {"do": do, "apart-why": why})
    pair.refresh_from_db()
    assert (pair.state, pair.why, pair.decided_by) == (state, why, worker)
    assert faults(client.get(address(pair))) == []
    client.post(address(pair), {"do": "again"})
    pair.refresh_from_db()
    assert pair.state == "open"


def test_never_ask_again_takes_a_reason(client, worker, pair):
    response = client.post(address(pair), {"do": "apart", "apart-why": ""})
    assert (response.status_code, faults(response)) == (400, [])
    assert "Say why they are two" in text(Page(response).by_id("error-summary"))


def test_a_social_worker_sees_what_differs_and_that_an_editor_merges(client, worker, pair):
    answers = {"do": "merge", "why": "x", "stays": "first", "first_base": 1, "second_base": 1} | dict.fromkeys(
        ("name", "fees", "waiting"), "first"
    )
    page = Page(client.get(address(pair)))
    assert "ask an editor" in text(page.main)
    assert "Merge" not in [text(button) for button in page.all("button")]
    assert faults(page.response) == []
    assert "Your role does not allow this" in text(Page(client.post(address(pair), answers)).main)
    assert not Merge.objects.exists()


def test_both_desks_show_the_pair_and_then_the_merge_with_its_undo(client, editor, pair):
    desks = [f"/work/listings/{one.pk}/" for one in (pair.first, pair.second)]
    for desk in desks:
        assert "Is it the same as" in text(Page(client.get(desk)).by_id("duplicates"))
    client.post(address(pair), filled(client, pair, stays="first"))
    for desk in desks:
        response = client.get(desk)
        assert "Undo: bring “Ataxia Help, Inc.” back" in text(Page(response).by_id("duplicates"))
        assert faults(response) == []
    undo = f"/work/duplicates/merges/{Merge.objects.get().pk}/undo/"
    assert "Say why" in text(Page(client.post(undo, {"why": ""}, follow=True)).main)
    response = client.post(undo, {"why": "They are two."}, follow=True)
    assert response.redirect_chain == [(desks[1], 302)]
    assert "is back as it was" in text(Page(response).main)
    assert "already" in text(Page(client.post(undo, {"why": "x"}, follow=True)).main)


def test_an_undo_says_what_was_changed_since(client, editor, pair):
    client.post(address(pair), filled(client, pair, stays="first"))
    one = pair.first
    workflow.edit(resource=one, document=documents.patched(documents.of(one), {"alert": "Moved."}), by=editor, why="x", base=2)
    response = client.post(f"/work/duplicates/merges/{Merge.objects.get().pk}/undo/", {"why": "Two."}, follow=True)
    assert "was changed since the merge (Please note)" in text(Page(response).main)


def test_a_published_therapy_keeps_its_text(client, editor):
    one, two = (EvidenceFactory(therapy=TherapyFactory(published=True, name="Riding")).therapy for _ in range(2))
    for therapy in (one, two):
        therapy.evidence.get().sources.add(therapy.sources.first())
    pair = DuplicatePair.objects.create(first=one.resource_ptr, second=two.resource_ptr, score=60)
    response = client.get(address(pair))
    assert faults(response) == []
    assert "needs a second person" in text(Page(response).main)
    before = documents.of(one)
    client.post(address(pair), filled(client, pair, stays="first"))
    assert Merge.objects.get().winner_id == one.pk
    assert documents.of(one) == before


@pytest.mark.parametrize("data", [{}, {"do": "nothing"}])
def test_an_unknown_verb_is_not_found(client, editor, pair, data):
    assert client.post(address(pair), data).status_code == 404


@pytest.mark.parametrize("data", [{"stays": "third"}, {"fees": "x"}, {"first_base": "x"}, {"second_base": "-1"}, {"stays": ""}])
def test_a_forged_choice_is_refused_and_nothing_is_done(client, editor, pair, data):
    response = client.post(address(pair), filled(client, pair) | data)
    assert response.status_code == 400
    assert not Merge.objects.exists()
