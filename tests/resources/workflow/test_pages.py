"""Verbs of conditions and their pages: who may, what waits for a second person, and what is never lost."""

from datetime import date

import pytest

from conditions import document as documents
from conditions.document import ConditionDocument
from conditions.document.shape import ReviewShape
from conditions.editorial import State
from conditions.models import Condition, ConditionEdit
from conditions.shapes import NameShape, Source
from resources.models.roles import EDITOR, SOCIAL_WORKER
from resources.workflow import Incomplete, NotAllowed, Refused, WrongStep, pages
from tests.factories import ConditionFactory, PersonFactory, kinship

pytestmark = pytest.mark.django_db
FAR = date(2099, 1, 1)
SOURCE = Source(key="naf", title="School", publisher="NAF", owner_kind="charity", seen_on=date(2026, 3, 1), supports="school")
PAGE = ConditionDocument(
    name="Ataxia",
    sections={"main-message": "You are not alone.", "school": "Schools help. [^naf]"},
    sources=[SOURCE],
    review=ReviewShape(reviewer="A neurologist", reviewed_on=date(2098, 1, 1), next_review_on=FAR, funding="Nobody."),
)


def changed(document=PAGE, **sections):
    return document.model_copy(update={"sections": document.sections | sections})


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER, username="wanda")


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR, username="edith")


@pytest.fixture
def other():
    return PersonFactory(role=EDITOR, username="otto")


@pytest.fixture
def draft(worker):
    return pages.create(slug="ataxia", document=PAGE, by=worker, why="Families ask for it.")


@pytest.fixture
def ataxia(draft, worker, editor):
    pages.submit(condition=draft, base=latest(draft), by=worker)
    return pages.publish(condition=draft, base=latest(draft), by=editor)


def state(condition):
    return Condition.objects.get(pk=condition.pk).page_state


def text(condition, kind="school"):
    return documents.of(Condition.objects.get(pk=condition.pk)).sections.get(kind)


def latest(condition):
    last = condition.revisions.first()
    return last.number if last else 0


def edit(condition, document, by, **said):
    return pages.edit(condition=condition, document=document, by=by, **({"why": "It was wrong.", "base": latest(condition)} | said))


def test_a_page_is_written_submitted_and_published_by_two(ataxia, editor):
    assert state(ataxia) == State.PUBLISHED
    assert [(step.verb, step.by.username) for step in ataxia.revisions.all()] == [
        ("publish", "edith"),
        ("submit", "wanda"),
        ("create", "wanda"),
    ]


def test_nobody_publishes_what_they_wrote(editor, other):
    made = pages.create(slug="ataxia", document=PAGE, by=editor, why="Families ask.")
    pages.submit(condition=made, base=latest(made), by=editor)
    with pytest.raises(NotAllowed, match="second person"):
        pages.publish(condition=made, base=latest(made), by=editor)
    pages.publish(condition=made, base=latest(made), by=other)
    assert state(made) == State.PUBLISHED


def test_a_page_that_lacks_something_is_not_published(editor, other):
    bare = PAGE.model_copy(update={"sources": [], "review": ReviewShape()})
    made = pages.create(slug="ataxia", document=bare, by=editor, why="A start.")
    pages.submit(condition=made, base=latest(made), by=editor)
    with pytest.raises(Incomplete) as found:
        pages.publish(condition=made, base=latest(made), by=other)
    assert len(found.value.lacks) == 6  # a citation without its source, no source, four facts of the review
    assert state(made) == State.IN_REVIEW


def test_a_page_whose_next_review_is_past_is_not_published(editor, other):
    old = ReviewShape(reviewer="A nurse", reviewed_on=date(2020, 1, 1), next_review_on=date(2021, 1, 1), funding="Nobody.")
    made = pages.create(slug="ataxia", document=PAGE.model_copy(update={"review": old}), by=editor, why="A start.")
    pages.submit(condition=made, base=latest(made), by=editor)
    with pytest.raises(Incomplete, match="due already"):
        pages.publish(condition=made, base=latest(made), by=other)


STEPS = {
    "draft": lambda page, by, base: pages.submit(condition=page, by=by, base=base),
    "in_review": lambda page, by, base: pages.publish(condition=page, by=by, base=base),
    "in_review again": lambda page, by, base: pages.send_back(condition=page, by=by, base=base, why="w"),
    "published": lambda page, by, base: pages.retire(condition=page, by=by, base=base, why="w"),
    "published again": lambda page, by, base: pages.restore(condition=page, number=1, by=by, base=base, why="w"),
    "retired": lambda page, by, base: pages.reopen(condition=page, by=by, base=base, why="w"),
}


@pytest.mark.parametrize("start", STEPS)
def test_a_verb_on_a_text_that_nobody_read_is_refused(start, draft, worker, editor, other):
    """What the person read is the revision before the one that somebody has saved meanwhile."""
    read = latest(draft)
    edit(draft, changed(school="Unseen. [^naf]"), worker)
    Condition.objects.filter(pk=draft.pk).update(page_state=start.split()[0], **PAGE.review.model_dump())
    with pytest.raises(pages.ChangedSince, match="wanda saved this condition in between"):
        STEPS[start](draft, editor, read)
    assert state(draft) == start.split()[0]
    STEPS[start](draft, editor, latest(draft))


def test_sending_back_takes_a_reason_and_keeps_it(draft, worker, editor):
    pages.submit(condition=draft, base=latest(draft), by=worker)
    with pytest.raises(Refused, match="Say why"):
        pages.send_back(condition=draft, base=latest(draft), by=editor, why=" ")
    pages.send_back(condition=draft, base=latest(draft), by=editor, why="Too long.")
    assert (state(draft), draft.revisions.first().why) == (State.DRAFT, "Too long.")


def test_an_edit_of_a_published_page_waits_and_another_applies_it(ataxia, editor, other):
    waiting = edit(ataxia, changed(school="Write to the school. [^naf]"), editor)
    assert text(ataxia) == "Schools help. [^naf]"
    with pytest.raises(NotAllowed, match="second person"):
        pages.apply(edit=waiting, base=latest(waiting.condition), by=editor)
    pages.apply(edit=waiting, base=latest(waiting.condition), by=other)
    assert text(ataxia) == "Write to the school. [^naf]"
    step = ataxia.revisions.first()
    assert (step.verb, step.by.username, step.why, step.source) == ("apply", "otto", "It was wrong.", f"edit {waiting.pk} by edith")
    with pytest.raises(WrongStep, match="already decided"):
        pages.apply(edit=waiting, base=latest(waiting.condition), by=other)


def test_other_names_of_a_published_page_wait_too(ataxia, editor):
    assert edit(ataxia, PAGE.model_copy(update={"names": [NameShape(name="Wobbles")]}), editor)
    assert not ataxia.names.exists()


@pytest.mark.parametrize("start", [State.DRAFT, State.IN_REVIEW])
def test_what_is_not_published_changes_at_once_and_is_written_down(start, draft, worker):
    if start == State.IN_REVIEW:
        pages.submit(condition=draft, base=latest(draft), by=worker)
    assert edit(draft, changed(school="Ask."), worker) is None
    assert text(draft) == "Ask."
    assert draft.revisions.first().document["sections"]["school"] == "Ask."


def test_an_author_in_review_is_an_author(draft, worker, editor, other):
    pages.submit(condition=draft, base=latest(draft), by=worker)
    edit(draft, changed(school="Ask."), editor)
    with pytest.raises(NotAllowed):
        pages.publish(condition=draft, base=latest(draft), by=editor)
    pages.publish(condition=draft, base=latest(draft), by=other)


def test_an_edit_on_an_old_base_is_refused_and_overwrites_nothing(ataxia, worker, editor, other):
    base = latest(ataxia)
    first, second = edit(ataxia, changed(school="One."), worker), edit(ataxia, changed(money="Two."), editor)
    pages.apply(edit=first, base=latest(first.condition), by=other)
    with pytest.raises(pages.ChangedSince, match="otto saved this condition in between"):
        pages.apply(edit=second, base=latest(second.condition), by=other)
    with pytest.raises(pages.ChangedSince):
        edit(ataxia, changed(money="Three."), worker, base=base)
    assert (text(ataxia), text(ataxia, "money")) == ("One.", None)


def test_a_published_page_stays_complete(ataxia, worker):
    with pytest.raises(Incomplete, match="cites"):
        edit(ataxia, changed(school="Ask. [^nobody]"), worker)
    assert not ConditionEdit.objects.exists()


def test_an_edit_that_changes_nothing_is_refused(ataxia, worker):
    with pytest.raises(Refused, match="Nothing is different"):
        edit(ataxia, PAGE, worker)


def test_a_circle_is_refused_before_anything_waits(ataxia, worker):
    child = kinship(joubert=["ataxia"])["joubert"]
    with pytest.raises(Refused, match="would close a circle"):
        edit(ataxia, PAGE.model_copy(update={"parents": [child.slug]}), worker)
    assert not ConditionEdit.objects.exists()


def test_the_author_withdraws_and_an_editor_declines_with_a_reason(ataxia, worker, editor):
    mine, theirs = edit(ataxia, changed(school="One."), worker), edit(ataxia, changed(school="Two."), editor)
    with pytest.raises(NotAllowed):
        pages.decline(edit=theirs, by=worker, why="No.")
    pages.decline(edit=mine, by=worker, why="I was wrong.")
    pages.decline(edit=theirs, by=editor, why="Me too.")
    assert {one.state for one in ataxia.edits.all()} == {"declined"}
    assert text(ataxia) == "Schools help. [^naf]"


def test_an_edit_written_anew_takes_the_place_of_the_earlier(ataxia, worker):
    first = edit(ataxia, changed(school="One."), worker)
    second = edit(ataxia, changed(school="Two."), worker, instead_of=first)
    assert [one.pk for one in ataxia.edits.filter(state="waiting")] == [second.pk]


def test_nobody_replaces_another_person_s_edit(ataxia, worker, editor):
    theirs = edit(ataxia, changed(school="One."), editor)
    edit(ataxia, changed(school="Two."), worker, instead_of=theirs)
    assert ataxia.edits.filter(state="waiting").count() == 2


def test_a_restore_is_a_new_revision_that_two_persons_make(ataxia, worker, editor, other):
    pages.apply(edit=edit(ataxia, changed(school="Worse."), worker), base=latest(ataxia), by=editor)
    waiting = pages.restore(condition=ataxia, base=latest(ataxia), number=1, by=editor, why="It was better.")
    assert text(ataxia) == "Worse."
    pages.apply(edit=waiting, base=latest(waiting.condition), by=other)
    assert text(ataxia) == "Schools help. [^naf]"
    assert ataxia.revisions.first().why == "Back to revision 1: It was better."
    assert ataxia.revisions.filter(document__sections__school="Worse.").exists()


def test_a_draft_is_restored_at_once(draft, worker, editor):
    edit(draft, changed(school="Worse."), worker)
    assert pages.restore(condition=draft, base=latest(draft), number=1, by=editor, why="Better.") is None
    assert (text(draft), draft.revisions.first().verb) == ("Schools help. [^naf]", "restore")
    with pytest.raises(WrongStep, match="no revision 99"):
        pages.restore(condition=draft, base=latest(draft), number=99, by=editor, why="x")


def test_a_retired_page_keeps_its_text_and_comes_back_as_a_draft(ataxia, worker, editor, other, client):
    pages.retire(condition=ataxia, base=latest(ataxia), by=editor, why="Out of date.")
    assert "Schools help" not in client.get("/conditions/ataxia/").content.decode()
    with pytest.raises(WrongStep, match="reopen it"):
        edit(ataxia, changed(school="Ask."), worker)
    pages.reopen(condition=ataxia, base=latest(ataxia), by=editor, why="To mend it.")
    assert (state(ataxia), text(ataxia)) == (State.DRAFT, "Schools help. [^naf]")


def test_an_imported_condition_that_people_touch_is_people_s_own(worker):
    made = ConditionFactory(slug="zed", name="Zed", origin="mondo 1")
    edit(made, ConditionDocument(name="Zed", names=[NameShape(name="Zett")]), worker, base=0)
    made.refresh_from_db()
    assert made.origin == ""
    assert [step.verb for step in made.revisions.all()] == ["edit", "start"]


def test_two_conditions_do_not_share_an_address(draft, worker):
    with pytest.raises(Refused, match="already"):
        pages.create(slug="ataxia", document=PAGE, by=worker, why="Again.")


VERBS = {
    "create": lambda ataxia, by: pages.create(slug="new", document=PAGE, by=by, why="w"),
    "edit": lambda ataxia, by: edit(ataxia, changed(school="x"), by),
    "submit": lambda ataxia, by: pages.submit(condition=ataxia, base=latest(ataxia), by=by),
    "send_back": lambda ataxia, by: pages.send_back(condition=ataxia, base=latest(ataxia), by=by, why="w"),
    "publish": lambda ataxia, by: pages.publish(condition=ataxia, base=latest(ataxia), by=by),
    "retire": lambda ataxia, by: pages.retire(condition=ataxia, base=latest(ataxia), by=by, why="w"),
    "reopen": lambda ataxia, by: pages.reopen(condition=ataxia, base=latest(ataxia), by=by, why="w"),
    "restore": lambda ataxia, by: pages.restore(condition=ataxia, base=latest(ataxia), number=1, by=by, why="w"),
}
WORKERS_MAY = {"create", "edit", "submit"}


@pytest.mark.parametrize("role", [None, SOCIAL_WORKER])
@pytest.mark.parametrize("verb", VERBS)
def test_who_may_not_is_refused(verb, role, ataxia):
    if role and verb in WORKERS_MAY:
        pytest.skip("they may")
    before = ataxia.revisions.count()
    with pytest.raises(NotAllowed):
        VERBS[verb](ataxia, PersonFactory(role=role))
    assert ataxia.revisions.count() == before
