"""Who takes care of what: never two, never for ever, and never twice the same by accident."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from resources import workflow
from resources.curation.queues import errands
from resources.curation.queues.table import QUEUES
from resources.models import Errand
from resources.models.errand import HELD_FOR
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import PersonFactory, ResourceFactory, today

pytestmark = pytest.mark.django_db
QUEUE = QUEUES["overdue"]


@pytest.fixture
def nell():
    return PersonFactory(role=SOCIAL_WORKER, first_name="Nell")


@pytest.fixture
def omar():
    return PersonFactory(role=SOCIAL_WORKER, first_name="Omar")


def overdue(number=1):
    """Ids, the most overdue first."""
    return [ResourceFactory(published=True, next_check_on=today() - timedelta(days=90 - day)).pk for day in range(number)]


def holder(item):
    return Errand.objects.held().filter(item=item).values_list("holder__first_name", flat=True).first()


def test_two_people_cannot_claim_the_same(nell, omar):
    [item] = overdue()
    errands.claim(queue=QUEUE, item=item, by=nell)
    with pytest.raises(errands.Taken, match="Nell has it"):
        errands.claim(queue=QUEUE, item=item, by=omar)
    assert holder(item) == "Nell"


def test_a_claim_lapses_by_itself(nell, omar):
    [item] = overdue()
    errands.claim(queue=QUEUE, item=item, by=nell)
    Errand.objects.update(held_since=timezone.now() - HELD_FOR - timedelta(minutes=1))
    assert holder(item) is None
    errands.claim(queue=QUEUE, item=item, by=omar)
    assert holder(item) == "Omar"


def test_what_has_left_the_queue_is_not_claimed(nell):
    [item] = overdue()
    workflow.check(resource=ResourceFactory._meta.model.objects.get(pk=item), by=nell, how="call", outcome="confirmed")
    with pytest.raises(workflow.WrongStep, match="left the queue"):
        errands.claim(queue=QUEUE, item=item, by=nell)
    assert not Errand.objects.exists()


def test_the_next_five_are_the_first_that_nobody_has(nell, omar):
    items = overdue(7)
    errands.claim(queue=QUEUE, item=items[1], by=omar)
    assert errands.claim_some(queue=QUEUE, by=nell, most=5) == 5
    assert [holder(item) for item in items] == ["Nell", "Omar", "Nell", "Nell", "Nell", "Nell", None]
    assert errands.claim_some(queue=QUEUE, by=nell, most=5) == 1


def test_next_is_mine_or_nobodys_and_goes_on(nell, omar):
    items = overdue(4)
    errands.claim(queue=QUEUE, item=items[0], by=omar)
    errands.claim(queue=QUEUE, item=items[2], by=nell)
    passed = []
    while item := errands.claim_next(queue=QUEUE, by=nell, passed=passed):
        passed.append(item)
    assert passed == items[1:]
    assert [holder(item) for item in items] == ["Omar", "Nell", "Nell", "Nell"]


def test_snoozed_until_a_day_for_a_reason(nell, omar):
    first, second = overdue(2)
    errands.snooze(queue=QUEUE, item=first, by=nell, until=today(1), reason="Closed today.")
    assert list(errands.waiting(QUEUE, omar).values_list("pk", flat=True)) == [second]
    assert errands.claim_next(queue=QUEUE, by=omar) == second
    Errand.objects.filter(item=first).update(snoozed_until=today())  # the day has come
    assert first in errands.waiting(QUEUE, omar).values_list("pk", flat=True)


@pytest.mark.parametrize(("days", "reason"), [(0, "Why."), (-1, "Why."), (181, "Why."), (1, "  ")])
def test_a_snooze_needs_a_day_to_come_and_a_reason(days, reason, nell):
    [item] = overdue()
    with pytest.raises(workflow.Refused):
        errands.snooze(queue=QUEUE, item=item, by=nell, until=today(days), reason=reason)
    assert not Errand.objects.snoozed().exists()


def test_nobody_snoozes_or_gives_back_what_a_colleague_has(nell, omar):
    [item] = overdue()
    errands.claim(queue=QUEUE, item=item, by=nell)
    with pytest.raises(errands.Taken):
        errands.snooze(queue=QUEUE, item=item, by=omar, until=today(1), reason="Mine.")
    with pytest.raises(errands.Taken):
        errands.release(queue=QUEUE, item=item, by=omar)
    errands.release(queue=QUEUE, item=item, by=nell)
    assert holder(item) is None


def test_a_snoozed_item_is_brought_back(nell):
    [item] = overdue()
    errands.snooze(queue=QUEUE, item=item, by=nell, until=today(1), reason="Later.")
    errands.wake(queue=QUEUE, item=item, by=nell)
    assert errands.waiting(QUEUE, nell).count() == 1


def test_an_editor_assigns_and_takes_away_a_social_worker_does_not(nell, omar):
    [item] = overdue()
    editor = PersonFactory(role=EDITOR)
    errands.claim(queue=QUEUE, item=item, by=nell)
    with pytest.raises(workflow.NotAllowed):
        errands.assign(queue=QUEUE, item=item, to=omar, by=nell)
    errands.assign(queue=QUEUE, item=item, to=omar, by=editor)
    assert holder(item) == "Omar"
    errands.release(queue=QUEUE, item=item, by=editor)
    assert holder(item) is None


def test_nobody_is_given_what_they_may_not_do(nell):
    draft = ResourceFactory(state="in_review")
    with pytest.raises(workflow.NotAllowed, match="Nell may not"):
        errands.assign(queue=QUEUES["review"], item=draft.pk, to=nell, by=PersonFactory(role=EDITOR))


def test_what_says_nothing_any_more_is_forgotten(nell):
    lapsed, held, snoozed = overdue(3)
    for item in (lapsed, held):
        errands.claim(queue=QUEUE, item=item, by=nell)
    errands.snooze(queue=QUEUE, item=snoozed, by=nell, until=today(1), reason="Later.")
    Errand.objects.filter(item=lapsed).update(held_since=timezone.now() - HELD_FOR)
    with CaptureQueriesContext(connection) as asked:
        errands.forget_lapsed(QUEUE)
    assert ["SELECT" in query["sql"] for query in asked] == [False]  # a row that is claimed meanwhile is not deleted
    assert set(Errand.objects.values_list("item", flat=True)) == {held, snoozed}


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_the_same_moment_one_has_it():
    [item] = overdue()
    people = [PersonFactory(role=SOCIAL_WORKER) for _ in range(2)]
    start, outcomes = threading.Barrier(2), []

    def claim(person):
        start.wait()
        try:
            errands.claim(queue=QUEUE, item=item, by=person)
            outcomes.append("has it")
        except errands.Taken:
            outcomes.append("is told who")
        finally:
            connection.close()

    threads = [threading.Thread(target=claim, args=[person]) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["has it", "is told who"]
    assert Errand.objects.count() == 1
