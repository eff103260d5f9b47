"""Each filter of the list, alone: what it finds and what it leaves."""

from datetime import date, timedelta

import pytest

from resources import workflow
from resources.curation.listings import narrowing
from resources.models import Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import ConditionFactory, OrganizationFactory, PersonFactory, PhoneFactory, ResourceFactory, TermFactory
from tests.resources.curation.conftest import edited, written

pytestmark = pytest.mark.django_db


def found(fits):
    return set(Resource.objects.filter(fits).values_list("slug", flat=True))


@pytest.mark.parametrize(
    ("typed", "slugs"),
    [
        ("ramp", {"ramps-for-all"}),
        ("RAMPS all", {"ramps-for-all"}),
        ("ramps moon", set()),
        ("united way", {"helpline"}),  # another name
        ("help-line", set()),
        ("(800) 555 0123", {"helpline"}),
        ("8005550123", {"helpline"}),
        ("555.0123", {"helpline"}),
        ("012", set()),  # too few digits for a phone
        ("call 8005550123", set()),  # words beside digits are words
        ("50%", set()),
    ],
)
def test_words_find_names_other_names_slugs_and_phones(typed, slugs):
    OrganizationFactory(slug="ramps-for-all", name="Ramps for All")
    helpline = OrganizationFactory(slug="helpline", name="211", also_known_as=["United Way"])
    PhoneFactory(resource=helpline, number="1-800-555-0123")
    assert found(narrowing.saying(typed)) == slugs


def test_ages_are_told_from_the_dates():
    today = date.today()
    for slug, due in {"late": -1, "today": 0, "soon": 60, "later": 61}.items():
        ResourceFactory(slug=slug, next_check_on=today + timedelta(days=due))
    ResourceFactory(slug="checked", found_on=today, checked_on=today - timedelta(days=365))
    ResourceFactory(slug="stale", found_on=today, checked_on=today - timedelta(days=366))
    ResourceFactory(slug="found", found_on=today)
    assert found(narrowing.of_age("overdue")) == {"late"}
    assert found(narrowing.of_age("soon")) == {"today", "soon"}
    assert found(narrowing.of_age("checked")) == {"checked"}
    assert found(narrowing.of_age("found")) == {"found"}
    assert found(narrowing.of_age("undated")) == {"late", "today", "soon", "later"}
    assert {one.slug: one.due for one in Resource.objects.exclude(next_check_on=None)} == {
        "late": "late",
        "today": "soon",
        "soon": "soon",
        "later": "",
    }


def test_what_is_missing_is_found():
    whole = OrganizationFactory(slug="whole", published=True, conditions=[ConditionFactory()])
    PhoneFactory(resource=whole, source=whole.sources.first())
    bare = OrganizationFactory(slug="bare", website="https://example.org/", unconfirmed=["website"])
    PhoneFactory(resource=bare, source=None)
    for part in narrowing.MISSING:
        assert found(narrowing.lacking(part)) == {"bare"}, part


def test_terms_and_conditions_are_found_by_slug_and_name():
    ataxia = ConditionFactory(slug="ataxia", name="Friedreich’s ataxia")
    ResourceFactory(slug="tagged", terms=[TermFactory(vocabulary="need", slug="respite")], conditions=[ataxia])
    ResourceFactory(slug="other", terms=[TermFactory(vocabulary="offer", slug="respite")])
    assert found(narrowing.tagged_with("need", "respite")) == {"tagged"}
    assert found(narrowing.about("ataxia")) == found(narrowing.about("friedreichs Ataxia")) == {"tagged"}
    assert found(narrowing.about("nothing")) == set()


def test_last_changed_by_means_the_last_change_alone():
    worker, editor = PersonFactory(role=SOCIAL_WORKER), PersonFactory(role=EDITOR)
    mine, passed_on = written(worker, slug="mine"), written(worker, slug="passed-on")
    edited(passed_on, editor, alert="Closed in August.")
    workflow.check(resource=mine, by=worker, how="call", outcome="no_answer")
    assert found(narrowing.last_changed_by(worker.pk)) == {"mine"}
    assert found(narrowing.last_changed_by(editor.pk)) == {"passed-on"}
