"""A document by its fields: what was taken of a change, and what was left."""

import pytest

from conditions.files import Faulty
from resources import document as documents
from tests.factories import OrganizationFactory, ServiceFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def service():
    return documents.of(ServiceFactory(name="Rides", provider=OrganizationFactory(slug="wheels")))


def test_fields_name_parts_of_the_kind_by_a_dot(service):
    assert documents.fields(service)["service.provider"] == "wheels"
    assert "organization.legal_name" not in documents.fields(service)
    assert documents.fields(None) == {}


def test_all_fields_put_back_make_the_same_document(service):
    assert documents.patched(service, documents.fields(service)) == service


def test_some_of_a_change_is_taken(service):
    after = documents.patched(service, {"name": "Rides for all", "fees": "Free", "service.schedule": "Weekdays"})
    assert documents.changed(service, after) == ["name", "fees", "service.schedule"]
    some = documents.patched(service, {name: documents.fields(after)[name] for name in ("fees", "service.schedule")})
    assert (some.name, some.fees, some.service.schedule) == ("Rides", "Free", "Weekdays")


def test_what_no_longer_holds_together_is_refused(service):
    with pytest.raises(Faulty, match="cited but not listed"):
        documents.patched(service, {"phones": [{"number": "1-800-555-0100", "source": "nowhere"}]})


def test_two_people_s_changes_are_put_together_by_fields(service):
    mine = documents.patched(service, {"name": "A", "fees": "Free", "waiting": "None"})
    theirs = documents.patched(service, {"name": "B", "fees": "Free", "alert": "Moving"})
    merged = documents.merged(service, mine, theirs)
    assert (merged.conflicts, merged.taken) == (["name"], ["alert"])
    assert documents.patched(theirs, merged.values) == documents.patched(mine, {"alert": "Moving"})


def test_on_no_known_base_all_that_differs_is_a_conflict(service):
    theirs = documents.patched(service, {"fees": "Free"})
    assert documents.merged(None, service, theirs).conflicts == ["fees"]
