"""The database refuses nonsense, by a name and in words that a person understands."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from conditions.editorial import State
from resources.models import Edit, Evidence, Resource, Revision, Source, Term
from tests.conditions.constraints import in_the_database, named, refused
from tests.factories import (
    AmountFactory,
    ConditionFactory,
    EvidenceFactory,
    MoneyFactory,
    OrganizationFactory,
    PhoneFactory,
    ResourceFactory,
    ServiceFactory,
    SourceFactory,
    TermFactory,
    TherapyFactory,
)

pytestmark = pytest.mark.django_db
DAY = date(2026, 1, 2)


@pytest.mark.parametrize("name", named("resources"))
def test_the_database_holds_every_constraint_by_its_name(name):
    model, _constraint = named("resources")[name]
    assert name in in_the_database(model)


UNPUBLISHABLE = {
    "published_has_a_first_step": ({"first_step": "", "found_on": DAY}, "says what to do first"),
    "published_was_seen_or_checked": ({"first_step": "Call.", "found_on": None, "checked_on": None}, "found on its publisher's page"),
}


@pytest.mark.parametrize("name", UNPUBLISHABLE)
def test_a_listing_is_not_published_without(name):
    facts, words = UNPUBLISHABLE[name]
    listing = ResourceFactory(**facts)
    with refused(name):
        Resource.objects.filter(pk=listing.pk).update(state=State.PUBLISHED)
    listing.state = State.PUBLISHED
    with pytest.raises(ValidationError, match=words):
        listing.validate_constraints()


@pytest.mark.parametrize("seen", ["found_on", "checked_on"])
def test_seen_at_its_publisher_or_checked_with_the_provider_is_enough(seen):
    ResourceFactory(**{"first_step": "Call.", "state": State.PUBLISHED, seen: DAY})
    assert Resource.objects.published().get().dated_on == DAY


@pytest.mark.parametrize("state", sorted(set(State) - {State.PUBLISHED}))
def test_whoever_is_not_published_lacks_what_it_likes(state):
    ResourceFactory(state=state)
    assert not Resource.objects.published().exists()


TWICE = {
    "term_once": lambda therapy: Term(vocabulary="need", slug="respite", label="A break"),
    "resource_source_once": lambda therapy: SourceFactory.build(resource=therapy, key="about"),
    "evidence_once": lambda therapy: EvidenceFactory.build(
        therapy=therapy, condition=ConditionFactory(slug="ataxia"), applies_to="children"
    ),
}


@pytest.mark.parametrize("name", TWICE)
def test_nothing_stands_twice(name):
    therapy = TherapyFactory()
    TWICE[name](therapy).save()
    with refused(name):
        TWICE[name](therapy).save()


def test_no_step_of_a_history_has_the_number_of_another():
    listing = ResourceFactory()
    for number in (1, 2):
        Revision.objects.create(resource=listing, number=number, document={}, verb="edit", why="a call")
    with pytest.raises(IntegrityError), transaction.atomic():
        Revision.objects.create(resource=listing, number=2, document={}, verb="edit", why="a call")
    assert listing.revisions.count() == 2


def test_two_therapies_vocabularies_and_listings_may_share_a_word():
    therapy = TherapyFactory()
    for vocabulary in ("need", "offer"):
        Term.objects.create(vocabulary=vocabulary, slug="equipment", label="Equipment")
    for applies_to in ("", "children"):
        EvidenceFactory(therapy=therapy, condition=ConditionFactory(slug="ataxia"), applies_to=applies_to)
    for _ in "12":
        SourceFactory(resource=ResourceFactory(), key="about")
    assert (Term.objects.count(), Evidence.objects.count(), Source.objects.count()) == (2, 2, 2)


@pytest.mark.parametrize("name", ["term_once", "evidence_once"])
def test_a_person_reads_why(name):
    therapy = TherapyFactory()
    TWICE[name](therapy).save()
    _model, constraint = named("resources")[name]
    with pytest.raises(ValidationError) as found:
        TWICE[name](therapy).validate_constraints()
    assert found.value.messages == [str(constraint.violation_error_message)]


def test_nobody_applies_their_own_edit():
    person, other = (get_user_model().objects.create_user(name) for name in ("sam", "kim"))
    edit = Edit.objects.create(resource=ResourceFactory(), document={}, base=1, by=person, why="a call")
    edits = Edit.objects.filter(pk=edit.pk)
    with refused("nobody_applies_their_own_edit"):
        edits.update(state=Edit.State.APPLIED, decided_by=person)
    assert edits.update(state=Edit.State.APPLIED, decided_by=other) == 1
    assert edits.update(state=Edit.State.DECLINED, decided_by=person) == 1  # whoever wrote it may take it back


@pytest.mark.parametrize("field", ["slug", "uuid"])
def test_an_address_and_a_number_belong_to_one_listing(field):
    first = ResourceFactory()
    second = Resource(**{field: getattr(first, field)})
    with pytest.raises(ValidationError, match="already exists"):
        second.validate_unique()


def test_who_gives_help_stays_while_its_help_is_listed():
    organization = OrganizationFactory()
    ServiceFactory(provider=organization)
    MoneyFactory(provider=organization)
    with pytest.raises(ProtectedError):
        organization.delete()


def test_a_condition_stays_while_a_label_speaks_of_it():
    label = EvidenceFactory()
    with pytest.raises(ProtectedError):
        label.condition.delete()


def test_what_loses_its_source_is_hidden_rather_than_lost():
    phone = PhoneFactory()
    amount = AmountFactory(source=phone.source)
    assert phone.resource.phones.public().exists()
    phone.source.delete()
    assert not phone.resource.phones.public().exists()
    assert phone.resource.phones.get().number == phone.number
    amount.refresh_from_db()
    assert amount.source is None


def test_a_term_stays_while_another_lies_under_it():
    parent = TermFactory()
    TermFactory(parent=parent)
    with pytest.raises(ProtectedError):
        parent.delete()


def test_histories_are_numbered_from_one_at_each_listing():
    one, other = ResourceFactory(), ResourceFactory()
    for listing in (one, one, other):
        Revision.objects.write(resource=listing, document={}, verb="edit", why="a call", by_name="a test")
    assert [revision.number for revision in one.revisions.all()] == [2, 1]
    assert [revision.number for revision in other.revisions.all()] == [1]


def test_a_listing_ages_from_its_check_or_else_from_where_it_was_found():
    found, checked = Resource(found_on=DAY), Resource(found_on=DAY, checked_on=DAY + timedelta(days=9))
    assert (found.dated_on, checked.dated_on) == (DAY, DAY + timedelta(days=9))
    assert Resource().dated_on is None
