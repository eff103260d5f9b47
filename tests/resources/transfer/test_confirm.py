from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db import IntegrityError
from django.utils import timezone

from conditions.editorial import State
from conditions.files import Fault, Faulty
from resources import document as documents
from resources import workflow
from resources.models import ImportBatch, Proposal, Resource, Revision
from resources.transfer import reading
from resources.transfer.confirm import Done, NotConfirmed, confirm, keep
from tests.factories import OrganizationFactory, ResourceFactory, TherapyFactory

from .files import a_csv, a_json

pytestmark = pytest.mark.django_db
GUIDE = {"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."}


def person(name, *may):
    made = get_user_model().objects.create_user(name, first_name=name.title())
    role = Group.objects.create(name=f"The role of {name}")
    role.permissions.set(Permission.objects.filter(codename__in=may))
    made.groups.add(role)
    return made


@pytest.fixture
def sam():
    return person("sam", "edit_listing", "import_listing")


def batch_of(by, *rows):
    return keep(contents=reading.read("partner.csv", a_csv(*rows)), name="partner.csv", by=by)


def refusals(batch, by):
    with pytest.raises(NotConfirmed) as found:
        confirm(batch=batch, by=by, why="A partner's list.")
    return found.value.refusals


def somebody_saves(listing, **fields):
    document = documents.of(listing).model_copy(update=fields)
    return documents.save(document, resource=Resource.objects.get(pk=listing.pk), why="meanwhile", verb="edit", by_name="Somebody")


def test_a_batch_keeps_what_was_previewed(sam):
    batch = ImportBatch.objects.get(pk=batch_of(sam, GUIDE).pk)
    assert (batch.name, batch.by, batch.applied_at, batch.notes) == ("partner.csv", sam, None, ["Read as UTF-8."])
    assert [row["outcome"] for row in batch.rows] == ["new"]
    assert not Resource.objects.exists()


def test_new_listings_are_drafts_and_plain_drafts_are_changed(sam):
    shown = ResourceFactory(slug="shown", fees="Free")
    same = ResourceFactory(slug="same")
    batch = batch_of(sam, GUIDE, {"slug": "shown", "kind": "guide", "name": shown.name, "summary": "New."}, documents_row(same))
    assert confirm(batch=batch, by=sam, why="A partner's list.") == Done(new=1, changed=1)
    new, shown = Resource.objects.get(slug="a-guide"), Resource.objects.get(slug="shown")
    assert (new.state, shown.state, shown.summary, shown.fees) == (State.DRAFT, State.DRAFT, "New.", "Free")
    assert [(one.resource.slug, one.verb, one.by_name, one.why) for one in Revision.objects.order_by("resource__slug")] == [
        ("a-guide", "import", "Sam", "A partner's list."),
        ("shown", "import", "Sam", "A partner's list."),
    ]


def documents_row(listing):
    return {"slug": listing.slug, "kind": listing.kind, "name": listing.name, "summary": listing.summary}


@pytest.mark.parametrize("stands", [{"published": True}, {"checked": True}])
def test_a_change_of_a_published_or_checked_listing_is_only_proposed(stands, sam):
    listing = ResourceFactory(slug="one", fees="Free", **stands)
    batch = batch_of(sam, {"slug": "one", "fees": "$10"})
    assert batch.rows[0]["waits"]
    assert confirm(batch=batch, by=sam, why="x") == Done(proposed=1)
    after = Resource.objects.get(slug="one")
    assert (after.fees, after.checked_on, after.found_on) == ("Free", listing.checked_on, listing.found_on)
    proposal = Proposal.objects.get()
    assert (proposal.by, proposal.batch, proposal.origin, proposal.resource_id) == (sam, batch, "import", listing.pk)
    assert documents.read(proposal.document).fees == "$10"


def test_providers_are_made_before_their_services_whatever_the_order_of_the_file(sam):
    therapy = documents.of(TherapyFactory(slug="old")).model_dump(mode="json") | {"slug": "a-therapy"}
    service = GUIDE | {"kind": "service", "slug": "a-service", "service": {"provider": "a-provider", "therapies": ["a-therapy"]}}
    provider = GUIDE | {"kind": "organization", "slug": "a-provider", "organization": {}}
    batch = keep(contents=reading.read("a.json", a_json(service, therapy, provider)), name="a.json", by=sam)
    assert confirm(batch=batch, by=sam, why="x") == Done(new=3)
    service = Resource.objects.get(slug="a-service").specific
    assert (service.provider.slug, service.therapies.get().slug) == ("a-provider", "a-therapy")


class TestRefusals:
    def test_a_row_is_refused_where_somebody_saved_in_between_and_nothing_is_saved(self, sam):
        one, _two = ResourceFactory(slug="one", name="The one"), ResourceFactory(slug="two")
        batch = batch_of(sam, {"slug": "two", "fees": "$10", "summary": "New."}, {"slug": "one", "fees": "$10", "summary": "New."})
        somebody_saves(one, waiting="Long")
        [refusal] = refusals(batch, sam)
        assert (refusal["place"], refusal["name"]) == (3, "The one")
        assert "Somebody saved this listing in between (revision 1)" in refusal["why"]
        assert list(Resource.objects.values_list("slug", "fees", "waiting").order_by("slug")) == [("one", "", "Long"), ("two", "", "")]
        assert Revision.objects.count() == 1
        assert ImportBatch.objects.get().applied_at is None

    def test_a_new_slug_may_have_been_taken_in_between(self, sam):
        batch = batch_of(sam, GUIDE, GUIDE | {"slug": "other"})
        ResourceFactory(slug="a-guide", name="Theirs")
        assert [(one["place"], one["why"][:44]) for one in refusals(batch, sam)] == [(2, "Somebody made a listing with this slug in be")]
        assert [one.name for one in Resource.objects.all()] == ["Theirs"]

    def test_a_provider_may_have_gone_in_between(self, sam):
        provider = OrganizationFactory(slug="a-provider")
        batch = batch_of(sam, GUIDE | {"kind": "service", "slug": "a-service", "service.provider": "a-provider"})
        Resource.objects.filter(pk=provider.pk).update(slug="renamed")
        assert [one["why"] for one in refusals(batch, sam)] == ["It names what is not there: provider 'a-provider'."]

    def test_a_listing_may_have_got_another_slug_in_between(self, sam):
        listing = ResourceFactory(slug="one")
        batch = batch_of(sam, {"slug": "one", "fees": "$10"})
        somebody_saves(listing, slug="renamed")
        assert [one["why"][:37] for one in refusals(batch, sam)] == ["Somebody saved this listing in betwee"]

    def test_a_listing_may_have_gone_in_between(self, sam):
        listing = ResourceFactory(slug="one")
        batch = batch_of(sam, {"slug": "one", "fees": "$10"})
        listing.delete()
        assert [one["why"][:35] for one in refusals(batch, sam)] == ["The listing is no longer there. Upl"]

    @pytest.mark.parametrize("error", [ValueError("no"), IntegrityError("no"), Faulty([Fault("document", 0, "no")])])
    def test_whatever_goes_wrong_with_a_row_is_a_sentence(self, sam, error, monkeypatch):
        ResourceFactory(slug="one")
        batch = batch_of(sam, {"slug": "one", "fees": "$10"})
        monkeypatch.setattr(workflow, "bring_change", Mock(side_effect=error))
        assert [one["place"] for one in refusals(batch, sam)] == [2]

    def test_a_listing_may_have_been_published_in_between_and_then_the_change_is_proposed(self, sam):
        listing = ResourceFactory(slug="one", first_step="Call.", eligibility="All.")
        batch = batch_of(sam, {"slug": "one", "fees": "$10"})
        Resource.objects.filter(pk=listing.pk).update(state=State.PUBLISHED, found_on=timezone.localdate())
        assert confirm(batch=batch, by=sam, why="x") == Done(proposed=1)
        assert Resource.objects.get().fees == ""

    def test_every_row_is_refused_of_somebody_who_may_not_edit(self, sam):
        batch = batch_of(sam, GUIDE, GUIDE | {"slug": "other"})
        assert [one["place"] for one in refusals(batch, person("kim", "import_listing"))] == [2, 3]
        assert not Resource.objects.exists()

    def test_a_reason_is_needed(self, sam):
        with pytest.raises(NotConfirmed) as found:
            confirm(batch=batch_of(sam, GUIDE), by=sam, why=" ")
        assert found.value.refusals[0]["why"].startswith("Say why")

    def test_a_batch_is_confirmed_once(self, sam):
        batch = batch_of(sam, GUIDE)
        confirm(batch=batch, by=sam, why="x")
        with pytest.raises(workflow.WrongStep, match="already imported"):
            confirm(batch=batch, by=sam, why="x")
        assert Revision.objects.count() == 1

    def test_a_batch_with_a_bad_row_is_not_confirmed(self, sam):
        batch = batch_of(sam, GUIDE, GUIDE | {"slug": "other", "kind": "charity"})
        with pytest.raises(workflow.WrongStep, match="Some rows are bad"):
            confirm(batch=batch, by=sam, why="x")
        assert not Resource.objects.exists()


def test_previews_that_nobody_confirmed_go_after_a_month(sam):
    old, recent, applied = (batch_of(sam, GUIDE | {"slug": slug}) for slug in ("old", "recent", "applied"))
    long_ago = timezone.now() - timedelta(days=31)
    ImportBatch.objects.filter(pk__in=[old.pk, applied.pk]).update(created_at=long_ago)
    ImportBatch.objects.filter(pk=applied.pk).update(applied_at=long_ago)
    new = batch_of(sam, GUIDE)
    assert set(ImportBatch.objects.values_list("pk", flat=True)) == {recent.pk, applied.pk, new.pk}
