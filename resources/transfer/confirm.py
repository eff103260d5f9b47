"""Carrying out what a preview showed: all of it, or nothing."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.files import Faulty

from .. import document as documents
from .. import workflow
from ..models import ImportBatch, Resource
from ..starter import KINDS
from .preview import BAD, CHANGED, NEW, preview

KEPT_UNCONFIRMED = timedelta(days=30)


@dataclass
class Done:
    """How many listings were made and changed, and of how many a change was proposed."""

    new: int = 0
    changed: int = 0
    proposed: int = 0


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
            _count(row, done, carry_out(row, batch=batch, by=by, why=why))
        except workflow.Refused as refused:
            refusals.append({"place": row["place"], "name": row["name"], "why": str(refused)})
    if refusals:
        raise NotConfirmed(sorted(refusals, key=lambda one: one["place"]))
    batch.applied_at = timezone.now()
    batch.save(update_fields=["applied_at"])
    return done


def _count(row, done, carried_out):
    _listing, proposal = carried_out
    done.new += row["outcome"] == NEW
    done.proposed += bool(proposal)
    done.changed += row["outcome"] == CHANGED and not proposal


def carry_out(row, *, batch, by, why, source=""):
    """Do what a planned row says. Returns its listing and, where the change is only proposed, the `Proposal`.

    Raises `workflow.Refused` with a sentence whatever goes wrong with it; then nothing of the row is written.
    """
    try:
        with transaction.atomic():
            return _carried_out(row, batch, {"by": by, "why": why, "source": source})
    except Faulty as faulty:
        raise workflow.Refused("; ".join(fault.message for fault in faulty.faults)) from faulty
    except (ValueError, IntegrityError) as error:
        raise workflow.Refused(
            _("It can no longer be saved as it was shown. Upload the file again to see what it would do now.")
        ) from error


def _carried_out(row, batch, said):
    if row["outcome"] == NEW:
        return create(row, **said), None
    listing = Resource.objects.filter(pk=row.get("listing")).first()
    if listing is None:
        raise workflow.Stale(_("The listing is no longer there. Upload the file again to see what it would do now."))
    if row["outcome"] != CHANGED:
        return listing, None
    document = documents.read(row["document"])
    return listing, workflow.bring_change(resource=listing, document=document, base=row["base"], batch=batch, **said)


def create(row, *, by, why, source=""):
    """The new draft of a planned row. Raises Stale where its slug was taken since the preview."""
    taken = workflow.Stale(_("Somebody made a listing with this slug in between. Upload the file again to see what would change."))
    if Resource.objects.filter(slug=row["slug"]).exists():
        raise taken
    try:
        return workflow.create(document=documents.read(row["document"]), by=by, why=why, verb="import", source=source)
    except IntegrityError as error:
        raise taken from error
