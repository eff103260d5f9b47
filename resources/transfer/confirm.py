"""Carrying out what a preview showed: all of it, or nothing."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .. import document as documents
from .. import workflow
from ..models import ImportBatch, Resource
from ..starter import KINDS
from .preview import BAD, CHANGED, NEW, preview

KEPT_UNCONFIRMED = timedelta(days=30)


@dataclass
class Done:
    """How many listings were made, changed, and left waiting for a second person."""

    new: int = 0
    changed: int = 0
    waiting: int = 0


class NotConfirmed(workflow.Refused):
    """Nothing was saved; `refusals`: `{place, name, why}` for each row that was not taken."""

    def __init__(self, refusals):
        self.refusals = refusals
        super().__init__(_("Nothing was saved."))


def keep(*, contents, name, by):
    """The `ImportBatch` of a file that was read: what to show, and then to confirm. Takes away those that nobody confirmed."""
    ImportBatch.objects.filter(applied_at=None, spreadsheet=None, created_at__lt=timezone.now() - KEPT_UNCONFIRMED).delete()
    return ImportBatch.objects.create(name=name[:200], notes=contents.notes, rows=preview(contents.entries), by=by)


@transaction.atomic
def confirm(*, batch, by, why):
    """Save every new and changed row of the batch. Raises `NotConfirmed` with every row refused, or WrongStep; then nothing is saved."""
    batch = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if batch.applied_at:
        raise workflow.WrongStep(_("This file was already imported."))
    if any(row["outcome"] == BAD for row in batch.rows):
        raise workflow.WrongStep(_("Some rows are bad. Mend them in the file, and upload it again."))
    done, refusals = Done(), []
    # What others name comes first: an organization before its services.
    for row in sorted(batch.rows, key=lambda row: KINDS.index(row["kind"])):
        try:
            _carry_out(row, by, why, done)
        except workflow.Refused as refused:
            refusals.append({"place": row["place"], "name": row["name"], "why": str(refused)})
    if refusals:
        raise NotConfirmed(sorted(refusals, key=lambda one: one["place"]))
    batch.applied_at = timezone.now()
    batch.save(update_fields=["applied_at"])
    return done


def _carry_out(row, by, why, done):
    if row["outcome"] == NEW:
        create(row, by=by, why=why)
        done.new += 1
    elif row["outcome"] == CHANGED:
        listing = Resource.objects.get(slug=row["slug"])
        document = documents.read(row["document"])
        waits = workflow.edit(resource=listing, document=document, by=by, why=why, base=row["base"], verb="import")
        done.waiting += bool(waits)
        done.changed += not waits


def create(row, *, by, why, source=""):
    """The new draft of a planned row. Raises Stale where its slug was taken since the preview."""
    taken = workflow.Stale(_("Somebody made a listing with this slug in between. Upload the file again to see what would change."))
    if Resource.objects.filter(slug=row["slug"]).exists():
        raise taken
    try:
        return workflow.create(document=documents.read(row["document"]), by=by, why=why, verb="import", source=source)
    except IntegrityError as error:
        raise taken from error
