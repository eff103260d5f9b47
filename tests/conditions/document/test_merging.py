"""Two people's changes of one condition document put together, each section a field of its own."""

from conditions import document as documents
from tests.conditions.document.test_store import WHOLE


def change(document=WHOLE, *, without="", **fields):
    sections = {kind: text for kind, text in document.sections.items() if kind != without} | fields.pop("sections", {})
    return document.model_copy(update=fields | {"sections": sections})


def test_two_people_s_changes_are_put_together():
    mine = change(sections={"school": "Mine."}, summary="My line.")
    theirs = change(sections={"money": "Theirs."}, funding="x", without="main-message")
    both, conflicts = documents.merged(WHOLE, mine, theirs.model_copy(update={"summary": WHOLE.summary}))
    assert both.sections == {"school": "Mine.", "money": "Theirs."}
    assert both.summary == "My line."
    assert conflicts == []


def test_where_both_changed_the_same_mine_stands_and_is_named():
    both, conflicts = documents.merged(WHOLE, change(sections={"school": "Mine."}), change(sections={"school": "Theirs."}))
    assert both.sections["school"] == "Mine."
    assert conflicts == ["sections.school"]


def test_the_same_change_by_both_is_no_conflict():
    same = change(sections={"school": "Same."})
    assert documents.merged(WHOLE, same, same) == (same, [])


def test_a_section_that_one_took_away_and_the_other_changed_is_a_conflict():
    both, conflicts = documents.merged(WHOLE, change(without="school"), change(sections={"school": "Theirs."}))
    assert "school" not in both.sections
    assert conflicts == ["sections.school"]
