"""What a history says: now, and at one step."""

import pytest

from conditions import document as documents
from conditions.document import ConditionDocument
from tests.factories import ConditionFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def saved():
    condition = ConditionFactory(name="Ataxia")
    for name in ("Ataxia one", "Ataxia two"):
        documents.save(ConditionDocument(name=name), condition=condition, why="Read anew.", verb="edit")
    return condition


def test_the_latest_revision_is_read_in_one_query(saved, django_assert_num_queries):
    with django_assert_num_queries(1):
        now = documents.now(saved)
    assert (now.document, now.number) == (documents.of(saved), 3)


def test_revisions_at_hand_are_not_asked_for_again(saved, django_assert_num_queries):
    revisions = list(saved.revisions.all())
    with django_assert_num_queries(0):
        assert documents.now(saved, revisions).document.name == "Ataxia two"
        assert documents.at(saved, 2, revisions).name == "Ataxia one"


def test_what_no_verb_has_saved_is_read_from_its_rows():
    condition = ConditionFactory(name="Ataxia")
    for revisions in (None, []):
        assert documents.now(condition, revisions) == (documents.of(condition), 0)


def test_one_step(saved):
    assert documents.at(saved, 2).name == "Ataxia one"
    assert documents.at(saved, 2, saved.revisions.filter(number=3)).name == "Ataxia one"
    assert documents.at(saved, 7) is None
