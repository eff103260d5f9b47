"""What families read on the first day: the catalogue as it stands in the repository."""

import re

import pytest

from conditions.editorial import State
from conditions.kinship import kin
from conditions.models import Section
from resources import document as documents
from resources.completeness import missing
from resources.models import Resource

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


# The dossier's records, and the new ones of its corrections, as listings of each kind at least.
@pytest.mark.parametrize(("kind", "least"), [("organization", 100), ("school", 53), ("money", 62), ("therapy", 32), ("guide", 6)])
def test_every_record_has_a_listing(kind, least):
    assert Resource.objects.filter(kind=kind).count() >= least


def test_what_is_published_is_complete_and_drafts_say_what_they_wait_for():
    for listing in Resource.objects.all():
        if listing.state == State.PUBLISHED:
            assert missing(documents.of(listing)) == [], listing.slug
            assert listing.found_on, listing.slug
        else:
            assert listing.waits_for, listing.slug


@pytest.mark.parametrize("slug", ["cerebellar-atrophy", "cerebellar-hypoplasia", "spinal-muscular-atrophy", "cerebral-palsy"])
def test_five_near_listings_of_each_subject_can_be_reached(slug):
    near = [one.id for one in kin([slug]).ancestors if one.slug not in ("rare-disease", "neurological-condition")]
    near += [one.id for one in kin([slug]).narrower]
    listings = Resource.objects.published().filter(kind__in=("organization", "service", "money"), conditions__in=near).distinct()
    reached = [
        one for one in listings if one.first_step and one.eligibility and (one.phones.public() or one.public_email or one.public_website)
    ]
    with_phone = [one for one in reached if one.phones.public() or one.public_email]
    assert len(reached) >= 5
    assert len(with_phone) >= 3


def test_caregiver_pages_link_to_listings_that_families_can_open(client):
    linked = {path for body in Section.objects.values_list("body", flat=True) for path in re.findall(r"\]\((/[^)]+)\)", body)}
    assert len(linked) >= 10
    assert {path: status for path in sorted(linked) if (status := client.get(path).status_code) != 200} == {}


@pytest.mark.parametrize(("slug", "number"), [("988-suicide-and-crisis-lifeline", "988"), ("211", "211")])
def test_the_lines_for_the_worst_night(slug, number):
    listing = Resource.objects.published().get(slug=slug)
    assert number in {phone.number.replace("-", "") for phone in listing.phones.public()}
    assert listing.first_step
    assert listing.eligibility
