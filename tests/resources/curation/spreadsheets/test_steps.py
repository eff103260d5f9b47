"""A confirmed file is carried out a step at a time: resumed, never twice, and its bytes forgotten."""

from datetime import timedelta
from unittest.mock import Mock

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from resources import document as documents
from resources import ledger, workflow
from resources.curation.spreadsheets import columns, planning, steps
from resources.models import ImportBatch, ImportedRow, Partner, PartnerRow, Resource, Spreadsheet

from .conftest import ELM, LIST, OAK, a_file

pytestmark = pytest.mark.django_db
MANY = a_file(*[[str(number), f"Center {number}", "", f"c{number}.example.org", *OAK[4:]] for number in range(7)])


@pytest.fixture
def confirmed(client, previewed, sam):
    sheet = previewed(MANY)
    steps.confirm(spreadsheet=sheet, batch=sheet.batch_id, by=sam, why="They asked.")
    return sheet


def test_each_step_does_the_next_rows_and_the_last_one_ends_it(confirmed, monkeypatch):
    monkeypatch.setattr(steps, "ROWS_A_STEP", 3)
    assert [steps.step(confirmed.pk).done for _time in range(4)] == [3, 6, 7, 7]
    assert Resource.objects.count() == ImportedRow.objects.count() == 7
    sheet = Spreadsheet.objects.get()
    assert sheet.finished_at
    assert sheet.batch.applied_at
    assert sheet.content is None


def test_a_step_that_breaks_off_leaves_nothing_and_is_taken_up_again(confirmed, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr(steps, "_remember", lambda *_args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            steps.step(confirmed.pk)
    assert not Resource.objects.exists()
    steps.step(confirmed.pk)
    assert Resource.objects.count() == 7


class TestAListingChangedSinceThePreview:
    """The row is not taken and says why; all others are."""

    @pytest.fixture
    def oak(self, imported):
        imported(a_file(OAK))
        return Resource.objects.get()

    @pytest.fixture
    def confirm(self, previewed, sam):
        """`confirm(meanwhile)`: what became of a change of the listing and of a new row, and why."""

        def go(meanwhile):
            sheet = previewed(a_file([*OAK[:2], "512-555-0120", *OAK[3:]], ELM))
            meanwhile()
            steps.confirm(spreadsheet=sheet, batch=sheet.batch_id, by=sam, why="They asked.")
            assert steps.step(sheet.pk).finished_at
            failed, made = sheet.imported.order_by("place")
            assert (failed.outcome, made.outcome) == ("failed", "made")
            return failed.reason

        return go

    def test_by_its_slug(self, oak, confirm, sam):
        def rename():
            renamed = documents.patched(documents.of(oak), {"slug": "oak-new"})
            workflow.edit(resource=oak, document=renamed, by=sam, why="A better one.", base=1)

        assert "saved this listing in between" in confirm(rename)
        assert Resource.objects.filter(slug="oak-new").exists()

    def test_gone_altogether(self, oak, confirm):
        def delete():
            PartnerRow.objects.all().delete()
            ImportedRow.objects.all().delete()
            ledger.unguard()
            oak.revisions.all().delete()
            ledger.guard()
            oak.delete()

        assert confirm(delete).startswith("The listing is no longer there.")

    @pytest.mark.parametrize("error", [ValueError("no"), IntegrityError("no")])
    def test_so_that_it_cannot_be_saved(self, oak, confirm, error, monkeypatch):
        broken = Mock(side_effect=error)
        assert confirm(lambda: monkeypatch.setattr(workflow, "bring_change", broken)).startswith("It can no longer be saved")

    def test_and_a_file_that_says_what_we_have_is_still_the_same(self, oak, previewed, sam):
        sheet = previewed(a_file(OAK))
        renamed = documents.patched(documents.of(oak), {"slug": "oak-new"})
        workflow.edit(resource=oak, document=renamed, by=sam, why="A better one.", base=1)
        steps.confirm(spreadsheet=sheet, batch=sheet.batch_id, by=sam, why="They asked.")
        steps.step(sheet.pk)
        assert sheet.imported.get().resource_id == oak.pk


def test_the_page_asks_for_itself_until_all_is_done(client, confirmed, monkeypatch):
    monkeypatch.setattr(steps, "ROWS_A_STEP", 5)
    address = reverse("spreadsheet_progress", args=[confirmed.pk])
    first = client.get(address)
    assert (first.headers["Refresh"], "5 of 7 rows" in first.content.decode()) == ("1", True)
    assert "Go on: 5 of 7" in client.get(LIST).content.decode()
    assert client.get(address).url == reverse("spreadsheet", args=[confirmed.pk])
    assert "Refresh" not in client.get(address, follow=True).headers


def test_a_page_of_progress_does_nothing_before_somebody_confirmed(client, previewed):
    sheet = previewed(MANY)
    client.get(reverse("spreadsheet_progress", args=[sheet.pk]))
    assert not Resource.objects.exists()


def test_a_confirmation_needs_a_reason_and_is_given_once(client, confirmed, previewed):
    sheet = previewed(MANY)
    address = reverse("spreadsheet", args=[sheet.pk])
    assert client.post(address, {"why": "", "batch": sheet.batch_id}).status_code == 400
    again = client.post(reverse("spreadsheet", args=[confirmed.pk]), {"why": "w", "batch": confirmed.batch_id})
    assert again.url == reverse("spreadsheet_progress", args=[confirmed.pk])


def test_a_file_taken_away_leaves_nothing_but_its_partner(client, previewed):
    sheet = previewed(MANY)
    client.post(reverse("spreadsheet_discard", args=[sheet.pk]))
    assert not Spreadsheet.objects.exists()
    assert not ImportBatch.objects.exists()


def test_a_confirmed_file_is_not_taken_away(client, confirmed):
    assert client.post(reverse("spreadsheet_discard", args=[confirmed.pk])).status_code == 404


class TestAPageThatWasInFlightWhenSomebodyConfirmed:
    @pytest.fixture
    def held(self, previewed, sam):
        """The file as the other page read it."""
        sheet = previewed(MANY)
        held = Spreadsheet.objects.select_related("partner", "batch").get()
        steps.confirm(spreadsheet=sheet, batch=sheet.batch_id, by=sam, why="They asked.")
        return held

    @pytest.mark.parametrize("act", [planning.plan, lambda held: steps.discard(spreadsheet=held)], ids=["plans", "discards"])
    def test_changes_nothing(self, held, act):
        agreed = held.batch_id
        with pytest.raises(workflow.WrongStep, match="confirmed in between"):
            act(held)
        assert Spreadsheet.objects.get().batch_id == ImportBatch.objects.get().pk == agreed

    def test_that_reads_it_otherwise_is_told_and_changes_nothing(self, client, held, monkeypatch):
        monkeypatch.setattr(columns, "get_object_or_404", lambda *_args, **_kwargs: held)
        fields = {"verb": "read", "encoding": "cp1252", "delimiter": ";", "heading_row": 1}
        answer = client.post(reverse("spreadsheet_columns", args=[held.pk]), fields, follow=True)
        assert "confirmed in between" in answer.content.decode()
        assert Spreadsheet.objects.get().delimiter == ","

    def test_that_maps_it_otherwise_leaves_no_trace_at_the_partner(self, held):
        held.mapping = [["Other", "name"]]
        with pytest.raises(workflow.WrongStep):
            planning.plan(held)
        assert "Other" not in Partner.objects.get().mapping

    def test_is_told_where_it_was_taken_away(self, previewed):
        held = previewed(MANY)
        steps.discard(spreadsheet=held)
        with pytest.raises(workflow.WrongStep, match="taken away in between"):
            steps.discard(spreadsheet=held)


def test_what_nobody_decided_on_is_forgotten_after_30_days(previewed, upload, confirmed):
    undecided = previewed(MANY)
    Spreadsheet.objects.update(uploaded_at=timezone.now() - timedelta(days=31))
    upload(MANY)
    assert not Spreadsheet.objects.filter(pk=undecided.pk).exists()
    assert Spreadsheet.objects.filter(pk=confirmed.pk).exists()


def test_the_admins_import_does_not_open_a_partners_preview(client, previewed):
    sheet = previewed(MANY)
    assert client.get(reverse("admin:resources_resource_import_preview", args=[sheet.batch_id])).status_code == 404
