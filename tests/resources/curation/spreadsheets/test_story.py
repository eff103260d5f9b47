"""From a partner's file to listings, proposals and a report."""

from datetime import date

import pytest
from django.urls import reverse

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import ImportedRow, Merge, PartnerRow, Proposal, Resource, Spreadsheet
from resources.models.roles import EDITOR
from tests.factories import OrganizationFactory, PersonFactory, PhoneFactory

from .conftest import ELM, HEADINGS, OAK, a_file, outcomes, reasons

pytestmark = pytest.mark.django_db


def changed(row, **cells):
    """The row with other cells: `changed(OAK, Telephone="…")`."""
    return [cells.get(heading.replace(" ", "_"), cell) for heading, cell in zip(HEADINGS, row)]


def done(sheet):
    return dict(sheet.imported.values_list("place", "outcome"))


class TestNewRows:
    def test_become_drafts_with_all_that_the_partner_says(self, imported):
        sheet = imported(a_file(OAK, ELM))
        document = documents.of(Resource.objects.get(slug="oak-family-center"))
        assert Resource.objects.get(slug="oak-family-center").state == State.DRAFT
        assert (document.kind, document.website, document.conditions) == ("organization", "https://www.oak.example.org", ["ataxia"])
        assert [phone.number for phone in document.phones] == ["(512) 555-0117"]
        [place] = document.locations
        assert (place.address, place.city, place.region, place.postal_code) == ("17 Oak Street", "Austin", "TX", "78701")
        assert done(sheet) == {2: "made", 3: "made"}

    def test_say_in_their_history_where_they_came_from_and_why(self, imported, sam):
        imported(a_file(OAK))
        revision = Resource.objects.get(slug="oak-family-center").revisions.get()
        assert (revision.verb, revision.by, revision.why) == ("import", sam, "They asked us to.")
        assert revision.source == "Example Alliance: list.csv"

    def test_of_the_same_name_get_slugs_of_their_own(self, imported):
        OrganizationFactory(slug="oak-family-center", name="Another oak")
        imported(a_file(OAK, changed(OAK, Agency_ID="19", Town="Waco", Telephone="512-555-0119")))
        assert set(Resource.objects.values_list("slug", flat=True)) == {
            "oak-family-center",
            "oak-family-center-2",
            "oak-family-center-3",
        }


class TestTheNextFile:
    def test_with_the_same_rows_finds_nothing_new(self, imported, previewed):
        imported(a_file(OAK, ELM))
        assert outcomes(previewed(a_file(OAK, ELM))) == ["same", "same"]

    def test_knows_a_row_by_the_partners_number_whatever_its_name(self, imported):
        imported(a_file(OAK))
        sheet = imported(a_file(changed(OAK, Agency_Name="Oak and Ash Center")))
        assert done(sheet) == {2: "changed"}
        assert Resource.objects.get().name == "Oak and Ash Center"

    def test_knows_a_row_without_a_number_by_its_name_and_domain(self, imported, previewed):
        headings = HEADINGS[1:]
        imported(a_file(OAK[1:], headings=headings))
        assert outcomes(previewed(a_file(OAK[1:], headings=headings))) == ["same"]

    def test_leaves_what_a_curator_mended_since(self, imported, previewed, sam):
        imported(a_file(OAK))
        listing = Resource.objects.get()
        mended = documents.patched(documents.of(listing), {"name": "The Oak Center", "phones": []})
        workflow.edit(resource=listing, document=mended, by=sam, why="They told me.", base=1)
        assert outcomes(previewed(a_file(OAK))) == ["same"]

    def test_puts_a_new_number_in_the_place_of_the_partners_old_one(self, imported, sam):
        imported(a_file(OAK))
        listing = Resource.objects.get()
        PhoneFactory(resource=listing, number="512-555-0199", position=5)
        imported(a_file(changed(OAK, Telephone="512-555-0120")))
        assert [phone.number for phone in documents.of(listing).phones] == ["512-555-0120", "512-555-0199"]

    def test_says_which_rows_it_lacks_and_does_nothing_to_them(self, client, imported, previewed):
        imported(a_file(OAK, ELM))
        sheet = previewed(a_file(OAK))
        assert [name for _key, _pk, name, _day in sheet.vanished] == ["Elm Respite House"]
        assert "Elm Respite House" in client.get(reverse("spreadsheet", args=[sheet.pk])).content.decode()
        assert Resource.objects.get(name="Elm Respite House").hsds_status == "active"

    def test_does_not_propose_again_what_a_curator_declined(self, imported, previewed, sam):
        imported(a_file(OAK))
        publish(Resource.objects.get())
        imported(a_file(changed(OAK, Town="Waco")))
        workflow.turn_down(proposal=Proposal.objects.get(), by=sam, why="They have not moved.")
        assert outcomes(previewed(a_file(changed(OAK, Town="Waco")))) == ["same"]

    def test_of_another_partner_knows_none_of_these_numbers(self, imported, previewed):
        imported(a_file(OAK))
        assert outcomes(previewed(a_file(changed(OAK, Agency_Name="Yew Center", Web="yew.example.org")), partner="Another")) == ["new"]


def publish(listing):
    Resource.objects.filter(pk=listing.pk).update(state=State.PUBLISHED, first_step="Call.", eligibility="All.", found_on=date(2026, 1, 2))
    listing.sources.create(
        key="s", title="T", publisher="P", owner_kind="charity", url="https://example.org", seen_on="2026-01-01", supports="x"
    )
    editor = PersonFactory(role=EDITOR)
    workflow.edit(resource=listing, document=documents.of(listing), by=editor, why="As it stands.", base=listing.revisions.first().number)


class TestListingsThatFamiliesSee:
    def test_are_never_changed_but_get_a_proposal(self, imported):
        imported(a_file(OAK))
        listing = Resource.objects.get()
        publish(listing)
        before = documents.of(listing)
        sheet = imported(a_file(changed(OAK, Town="Waco")))
        assert documents.of(listing) == before
        proposal = Proposal.objects.get()
        assert (proposal.origin, proposal.resource, proposal.batch) == ("import", listing, sheet.batch)
        assert proposal.document["locations"][0]["city"] == "Waco"
        assert done(sheet) == {2: "proposed"}

    def test_nor_is_a_draft_that_was_checked_with_the_provider(self, imported, sam):
        imported(a_file(OAK))
        listing = Resource.objects.get()
        workflow.check(resource=listing, by=sam, how="call", outcome="confirmed")
        assert done(imported(a_file(changed(OAK, Town="Waco")))) == {2: "proposed"}

    def test_are_found_by_name_and_domain_and_keep_tags_phones_and_what_an_empty_cell_does_not_say(self, imported, world):
        listing = OrganizationFactory(
            name="Oak family center", slug="oaks", website="https://oak.example.org/", published=True, phones=["1-800-555-0100"]
        )
        sheet = imported(a_file(OAK), coverage="worldwide")
        assert done(sheet) == {2: "proposed"}
        proposed = documents.read(Proposal.objects.get().document)
        assert [phone.number for phone in proposed.phones] == ["1-800-555-0100", "(512) 555-0117"]
        assert proposed.phones[0].source
        assert (proposed.name, proposed.website, proposed.coverage) == (listing.name, listing.website, "national")
        assert proposed.summary == listing.summary

    def test_that_somebody_changed_since_the_preview_are_not_taken(self, client, previewed, sam):
        OrganizationFactory(name="Oak Family Center", website="https://oak.example.org/", slug="oak")
        sheet = previewed(a_file(OAK, ELM))
        listing = Resource.objects.get(slug="oak")
        workflow.edit(resource=listing, document=documents.of(listing), by=sam, why="w", base=0)
        client.post(reverse("spreadsheet", args=[sheet.pk]), {"why": "w", "batch": sheet.batch_id})
        client.get(reverse("spreadsheet_progress", args=[sheet.pk]))
        failed = ImportedRow.objects.get(outcome="failed")
        assert "saved this listing in between" in failed.reason
        assert not PartnerRow.objects.filter(resource=listing).exists()
        assert done(sheet) == {2: "failed", 3: "made"}


class TestBadRows:
    def test_stay_out_and_do_not_block_the_others(self, imported):
        sheet = imported(a_file(OAK, changed(ELM, Telephone="5.55E+09"), changed(ELM, Agency_ID="20", Diagnosis="Atxia")))
        assert outcomes(sheet) == ["new", "bad", "bad"]
        assert reasons(sheet) == [
            "Telephone: “5.55E+09” was shortened by a spreadsheet program: the digits are lost. Format the column as text.",
            "Diagnosis: we do not know “Atxia”: use a word of the finder, or leave the column out",
        ]
        assert Resource.objects.count() == 1

    @pytest.mark.parametrize(
        ("row", "why"),
        [
            (changed(OAK, Agency_Name=""), "it has no name"),
            (changed(OAK, Telephone="2026-11-20"), "is a date, not a phone number"),
            (changed(OAK, Telephone="call us"), "“call us” is not a phone number"),
            (changed(OAK, Web="not a page"), "“Web”"),
            (changed(OAK, Agency_Name="O" * 300), "“Agency Name”"),
            (changed(OAK, Agency_Name="Example Family Center (delete this row)"), "template’s example"),
        ],
    )
    def test_say_in_which_column_and_why(self, previewed, row, why):
        [reason] = reasons(previewed(a_file(row, ELM)))
        assert why in reason

    def test_are_both_of_two_with_the_same_number(self, previewed):
        sheet = previewed(a_file(OAK, changed(ELM, Agency_ID="17")))
        assert reasons(sheet) == ["“17” stands more than once, in rows 2, 3"] * 2

    def test_alone_leave_nothing_to_confirm(self, client, previewed):
        sheet = previewed(a_file(changed(OAK, Agency_Name="")))
        client.post(reverse("spreadsheet", args=[sheet.pk]), {"why": "w", "batch": sheet.batch_id})
        assert Spreadsheet.objects.get().confirmed_at is None


class TestAListingThatWasMergedIntoAnother:
    """What the partner says of it is said of the other, for as long as the merge stands."""

    @pytest.fixture
    def merge(self, imported):
        """`merge()`: of both rows of the file before, as published listings; the `Merge`."""
        imported(a_file(OAK, ELM))
        oak, elm = Resource.objects.get(name="Oak Family Center"), Resource.objects.get(name="Elm Respite House")
        publish(elm)
        document = documents.patched(documents.of(elm), {"also_known_as": [oak.name]})
        editor = PersonFactory(role=EDITOR)
        bases = {"base": workflow.latest(elm), "loser_base": workflow.latest(oak)}
        return workflow.merge(winner=elm, loser=oak, document=document, by=editor, why="One and the same.", **bases)

    def test_by_the_partners_number(self, imported, merge):
        sheet = imported(a_file(changed(OAK, Telephone="512-555-0120"), ELM))
        assert done(sheet) == {2: "proposed", 3: "same"}
        assert Proposal.objects.get().resource == merge.winner

    def test_by_its_slug(self, previewed, merge):
        sheet = previewed(a_file([merge.loser.slug, "Oak"], headings=["Our slug", "Agency Name"]))
        assert [row["listing"] for row in sheet.batch.rows] == [merge.winner_id]

    def test_by_its_name_which_is_no_news(self, previewed, merge):
        sheet = previewed(a_file(OAK), partner="Another")
        [row] = sheet.batch.rows
        assert (row["listing"], row["outcome"]) == (merge.winner_id, "changed")
        assert "Name" not in [field for field, _before, _after in row["changes"]]

    def test_at_the_end_of_a_chain(self, previewed, merge):
        last = OrganizationFactory(slug="ash")
        Merge.objects.create(loser=merge.winner, winner=last.resource_ptr, by=merge.by, why="x", loser_state="draft", before={}, number=1)
        sheet = previewed(a_file(changed(OAK, Telephone="512-555-0120")))
        assert [row["slug"] for row in sheet.batch.rows] == ["ash"]

    def test_until_the_merge_is_undone(self, imported, merge):
        imported(a_file(changed(OAK, Telephone="512-555-0120"), ELM))
        workflow.unmerge(merge=merge, by=merge.by, why="Two after all.")
        sheet = imported(a_file(changed(OAK, Telephone="512-555-0121"), ELM))
        assert sheet.imported.get(place=2).resource == merge.loser
