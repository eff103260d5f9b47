"""Checks: of which day, what they change, and what they leave alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from resources import document as documents
from resources import workflow
from resources.models import Check, Phone, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import EvidenceFactory, OrganizationFactory, PersonFactory, PhoneFactory, TherapyFactory

pytestmark = pytest.mark.django_db
Outcome = Check.Outcome


@pytest.fixture
def worker():
    return PersonFactory(role=SOCIAL_WORKER)


@pytest.fixture
def listing():
    made = OrganizationFactory(published=True, phones=["555-0101"])
    return Resource.objects.get(pk=made.pk)


def check(listing, by, outcome=Outcome.CONFIRMED, **more):
    return workflow.check(resource=listing, by=by, how="call", outcome=outcome, **more)


def ago(**time):
    return timezone.now() - timedelta(**time)


def retold(listing, **fields):
    return documents.patched(documents.of(listing), fields)


def test_the_date_is_the_day_of_the_call(listing, worker):
    check(listing, worker, asked_at=ago(days=10))
    listing.refresh_from_db()
    assert listing.checked_on == timezone.localdate() - timedelta(days=10)
    assert listing.next_check_on == listing.checked_on + workflow.CHECK_EVERY


def test_a_call_that_is_written_down_late_takes_no_date_back(listing, worker):
    check(listing, worker, asked_at=ago(days=1))
    check(listing, worker, asked_at=ago(days=10))
    listing.refresh_from_db()
    assert listing.checked_on == timezone.localdate() - timedelta(days=1)


@pytest.mark.parametrize("before", [{"days": 15}, {"hours": -1}])
def test_no_call_is_of_long_ago_or_of_the_future(listing, worker, before):
    with pytest.raises(workflow.Refused, match="14 days"):
        check(listing, worker, asked_at=ago(**before))
    assert not Check.objects.exists()


def test_what_they_said_and_the_check_are_one(listing, worker):
    changed = retold(listing, fees="Free")
    made = check(listing, worker, Outcome.CHANGED, whom="front desk", document=changed, base=workflow.latest(listing))
    listing.refresh_from_db()
    assert (listing.fees, made.whom) == ("Free", "front desk")
    assert [(one.verb, one.why) for one in listing.revisions.order_by("number")] == [
        ("edit", "From a call with front desk."),
        ("check", "Confirmed, with changes. (front desk)"),
    ]


@pytest.mark.parametrize("fault", [{"eligibility": ""}, {"conditions": ["no-such"]}])
def test_where_the_change_is_refused_nothing_is_recorded(listing, worker, fault):
    with pytest.raises(workflow.Refused):
        check(listing, worker, Outcome.CHANGED, document=retold(listing, **fault), base=workflow.latest(listing))
    listing.refresh_from_db()
    assert (listing.checks.count(), listing.revisions.count(), listing.checked_on) == (0, 0, None)


class TestADeadNumber:
    def test_is_hidden_until_somebody_confirms(self, listing, worker):
        made = check(listing, worker, Outcome.NUMBER_DEAD)
        assert (made.number, listing.phones.public().count()) == ("555-0101", 0)
        listing.refresh_from_db()
        assert (listing.checked_on, documents.of(listing).phones[0].number) == (None, "555-0101")
        check(listing, worker, works=["555-0101"])
        assert listing.phones.public().exists()

    @pytest.mark.parametrize("outcome", [Outcome.CONFIRMED, Outcome.CHANGED])
    def test_stays_dead_where_nobody_asked_about_it(self, listing, worker, outcome):
        check(listing, worker, Outcome.NUMBER_DEAD)
        works = ["555-0101"] if outcome == Outcome.CHANGED else []
        check(listing, worker, outcome, works=works)
        assert not listing.phones.public().exists()

    def test_that_was_a_slip_is_back_and_no_date_moves(self, listing, worker):
        check(listing, worker, Outcome.NUMBER_DEAD)
        made = workflow.number_works(resource=listing, by=worker, number="555-0101")
        listing.refresh_from_db()
        assert (made.told, listing.checked_on, listing.phones.public().count()) == ("The number is not dead", None, 1)
        assert listing.checks.count() == 2
        with pytest.raises(workflow.WrongStep, match="not marked as dead"):
            workflow.number_works(resource=listing, by=worker, number="555-0101")
        with pytest.raises(workflow.NotAllowed):
            workflow.number_works(resource=listing, by=PersonFactory(), number="555-0101")

    def test_stays_dead_over_an_edit_until_it_is_another(self, listing, worker):
        check(listing, worker, Outcome.NUMBER_DEAD)
        for fees, number, shown in (("Free", "555-0101", 0), ("Free", "555-0102", 1)):
            phones = [documents.of(listing).phones[0].model_dump() | {"number": number}]
            changed = retold(listing, fees=fees, phones=phones)
            workflow.edit(resource=listing, document=changed, by=worker, why="mended", base=workflow.latest(listing))
            assert listing.phones.public().count() == shown

    def test_of_several_it_is_the_named_one(self, listing, worker):
        PhoneFactory(resource=listing, number="555-0102")
        check(listing, worker, Outcome.NUMBER_DEAD, number="555-0102")
        assert [phone.number for phone in Phone.objects.public()] == ["555-0101"]

    def test_of_several_one_is_named(self, listing, worker):
        PhoneFactory(resource=listing, number="555-0102")
        with pytest.raises(workflow.Refused, match="which number"):
            check(listing, worker, Outcome.NUMBER_DEAD)

    def test_a_number_that_is_gone_is_refused(self, listing, worker):
        with pytest.raises(workflow.Refused, match="no longer a number"):
            check(listing, worker, Outcome.NUMBER_DEAD, number="555-0199")


def test_while_a_change_waits_for_a_second_person_no_date_moves(worker):
    evidence = EvidenceFactory(therapy=TherapyFactory(published=True))
    therapy = evidence.therapy.resource_ptr
    evidence.sources.add(therapy.sources.first())
    check(therapy, worker, Outcome.NO_ANSWER)  # so that there is a revision, as everywhere
    check(therapy, worker, Outcome.CHANGED, document=retold(therapy, fees="Free"), base=workflow.latest(therapy))
    assert Resource.objects.get(pk=therapy.pk).checked_on is None
    workflow.apply(edit=therapy.edits.get(), by=PersonFactory(role=EDITOR))
    check(therapy, worker)
    now = Resource.objects.get(pk=therapy.pk)
    assert (now.fees, now.checked_on) == ("Free", timezone.localdate())


def test_what_waits_after_a_call_leaves_its_list_when_somebody_asks_again(listing, worker):
    check(listing, worker, Outcome.CLOSED, asked_at=ago(days=2))
    assert [one.resource for one in Check.objects.last_said(Outcome.CLOSED)] == [listing]
    check(listing, worker, Outcome.NO_ANSWER)
    assert not Check.objects.last_said(Outcome.CLOSED).exists()
    workflow.retire(resource=listing, by=PersonFactory(role=EDITOR), why="closed")
    assert not Check.objects.last_said(Outcome.NO_ANSWER).exists()
