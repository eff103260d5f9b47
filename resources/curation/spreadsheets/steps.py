"""Carrying out a confirmed spreadsheet, some rows a request: each step is a transaction, and the file remembers how far it came."""

from contextlib import suppress
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ... import workflow
from ...models import ImportBatch, ImportedRow, PartnerRow, Spreadsheet
from ...models.roles import May
from ...transfer.confirm import KEPT_UNCONFIRMED, carry_out
from ...transfer.preview import BAD, CHANGED, NEW, SAME
from ...workflow.rules import reason, require
from .targets import KINDS

ROWS_A_STEP = 200
Outcome = ImportedRow.Outcome
CARRIED_OUT = {NEW: Outcome.MADE, CHANGED: Outcome.CHANGED, SAME: Outcome.SAME}


@transaction.atomic
def confirm(*, spreadsheet, batch, by, why):
    """Agree to what the preview with the batch of that id shows. Raises WrongStep where it has changed, or was confirmed before."""
    require(by, May.IMPORT)
    spreadsheet = Spreadsheet.objects.select_for_update().get(pk=spreadsheet.pk)
    if spreadsheet.confirmed_at:
        raise workflow.WrongStep(_("This file was already confirmed."))
    if spreadsheet.batch_id != batch:
        raise workflow.WrongStep(_("The preview was made anew in between. Look at it again, then confirm."))
    if not spreadsheet.good:
        raise workflow.WrongStep(_("Every row is bad: there is nothing to import."))
    spreadsheet.why, spreadsheet.confirmed_by, spreadsheet.confirmed_at = reason(why), by, timezone.now()
    spreadsheet.save(update_fields=["why", "confirmed_by", "confirmed_at"])


@transaction.atomic
def step(pk):
    """Carry out the next rows. Nothing happens where all are done. Whoever comes second waits for the first, and goes on after them."""
    whole = Spreadsheet.objects.select_related("partner", "batch", "confirmed_by").defer("content")
    spreadsheet = whole.select_for_update(of=("self",)).get(pk=pk)
    if not spreadsheet.confirmed_at or spreadsheet.finished_at:
        return spreadsheet
    # What others name comes first: an organization before its services.
    rows = sorted((row for row in spreadsheet.batch.rows if row["outcome"] != BAD), key=lambda row: KINDS.index(row["kind"]))
    some = rows[spreadsheet.done : spreadsheet.done + ROWS_A_STEP]
    imported = [_carry_out(spreadsheet, row) for row in some]
    _remember(spreadsheet, some, imported)
    ImportedRow.objects.bulk_create(imported)
    spreadsheet.done += len(some)
    if spreadsheet.done >= len(rows):
        _finish(spreadsheet)
    spreadsheet.save(update_fields=["done", "finished_at", "content"] if spreadsheet.finished_at else ["done"])
    return spreadsheet


def _carry_out(spreadsheet, row):
    """The `ImportedRow` of a row, not saved yet. One that is refused leaves the others alone."""
    imported = ImportedRow(spreadsheet=spreadsheet, place=row["place"])
    said = {"batch": spreadsheet.batch, "by": spreadsheet.confirmed_by, "why": spreadsheet.why, "source": str(spreadsheet)}
    try:
        imported.resource, imported.proposal = carry_out(row, **said)
    except workflow.Refused as refused:
        imported.outcome, imported.reason = Outcome.FAILED, str(refused)
    else:
        imported.outcome = Outcome.PROPOSED if imported.proposal else CARRIED_OUT[row["outcome"]]
    return imported


def _remember(spreadsheet, rows, imported):
    """What the partner said, and that their row was seen. It stays with the listing that it was, should a merge be undone."""
    kept = [
        PartnerRow(partner=spreadsheet.partner, key=row["key"], resource=one.resource, said=row["said"], seen=spreadsheet)
        for row, one in zip(rows, imported, strict=True)
        if one.resource and one.outcome != Outcome.FAILED
    ]
    PartnerRow.objects.bulk_create(kept, update_conflicts=True, unique_fields=["partner", "key"], update_fields=["said", "seen"])


def _finish(spreadsheet):
    spreadsheet.finished_at, spreadsheet.content = timezone.now(), None
    ImportBatch.objects.filter(pk=spreadsheet.batch_id).update(applied_at=spreadsheet.finished_at)


def undecided(spreadsheet):
    """The row as it is now, held with its partner's until the transaction ends. Raises WrongStep where it was decided on meanwhile."""
    whole = Spreadsheet.objects.select_for_update(of=("self", "partner")).select_related("batch", "partner").defer("content")
    now = whole.filter(pk=spreadsheet.pk).first()
    if now is None:
        raise workflow.WrongStep(_("This file was taken away in between."))
    if now.confirmed_at:
        raise workflow.WrongStep(_("This file was confirmed in between: what was agreed to stays as it is."))
    return now


@transaction.atomic
def discard(*, spreadsheet):
    """Take away a file that was not confirmed: its bytes and its preview. Raises WrongStep."""
    now = undecided(spreadsheet)
    batch = now.batch
    now.delete()
    if batch:
        batch.delete()


def forget_old():
    """Take away what nobody decided on for 30 days."""
    old = timezone.now() - timedelta(days=KEPT_UNCONFIRMED.days)
    for spreadsheet in Spreadsheet.objects.filter(confirmed_at=None, uploaded_at__lt=old).defer("content"):
        with suppress(workflow.WrongStep):  # somebody decided on it after all
            discard(spreadsheet=spreadsheet)
