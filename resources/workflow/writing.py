"""Verbs that change what a listing says."""

from django.db import transaction
from django.utils.translation import gettext as _

from conditions.editorial import State

from .. import document as documents
from ..completeness import missing
from ..models import Edit
from ..models.roles import May
from .refusals import Incomplete, NotAllowed, Refused, WrongStep
from .rules import CHECK_EVERY, decide, latest, locked, reason, refuse_stale, require, waiting
from .second_person import two_persons

STARTER = "starter catalogue"
# The verb of a load says which state it left behind, so that a later load sees whether a curator has moved the listing since.
LOADED = {State.DRAFT: "load_draft", State.PUBLISHED: "load_published"}


@transaction.atomic
def load(*, document, starter, uuid, resource=None):
    """Put a listing of the starter catalogue in place, as a draft or published with the day it was found on."""
    state = State(starter.state)
    resource = documents.save(
        document,
        resource=resource,
        uuid=uuid,
        verb=LOADED[state],
        by_name=STARTER,
        why=starter.waits_for or "Facts of the starter catalogue, not yet reviewed by a clinician.",
    )
    resource.state = state
    resource.found_on = starter.found_on
    resource.next_check_on = starter.found_on + CHECK_EVERY if starter.found_on else None
    resource.waits_for = starter.waits_for
    resource.save(update_fields=["state", "found_on", "next_check_on", "waits_for"])
    return resource


def _save(document, **kwargs):
    """Write a document's rows and revision; what it names and is not there is said."""
    try:
        return documents.save(document, **kwargs)
    except documents.UnknownReferences as unknown:
        raise Refused(_("It names what is not there: %(names)s.") % {"names": ", ".join(unknown.unknown)}) from unknown


def _require_fit(document, resource=None):
    """Raise Refused where a phone comes in that cannot be dialled. Old revisions may hold such: they are read, and not brought back."""
    if wrong := documents.undialled(document):
        there = set(resource.phones.values_list("number", flat=True)) if resource else ()
        if new := ", ".join(f"“{text}”" for text in wrong if text not in there):
            words = {"texts": new}
            raise Refused(_("%(texts)s: this is no phone number. Write one such as 1-800-555-0100, and words beside it.") % words)


@transaction.atomic
def create(*, document, by, why, verb="create", source=""):
    """A new listing, as a draft."""
    require(by, May.EDIT)
    _require_fit(document)
    return _save(document, by=by, why=reason(why), verb=verb, source=source)


@transaction.atomic
def edit(*, resource, document, by, why, base, verb="edit", source=""):
    """Change a listing's content. `base`: number of the revision on which the change was written.

    Returns the `Edit` that waits where a second person must apply it, else None.
    Raises NotAllowed, Stale, Incomplete (a published listing stays complete).
    """
    require(by, May.RESTORE if verb == "restore" else May.EDIT)
    resource = locked(resource)
    refuse_stale(resource, base)
    _require_fit(document, resource)
    if resource.state != State.PUBLISHED:
        _save(document, resource=resource, by=by, why=reason(why), verb=verb, source=source)
        return None
    if lacks := missing(document):
        raise Incomplete(lacks)
    if two_persons(documents.of(resource), document):
        return _wait(resource, document, base=base, by=by, source=source, why=reason(why))
    _save(document, resource=resource, by=by, why=reason(why), verb=verb, source=source)
    return None


def _wait(resource, document, *, why, **said):
    """The `Edit` that waits for a second person; the one that waits already, where a form is sent twice."""
    data = document.model_dump(mode="json")
    waiting = resource.edits.filter(state=Edit.State.WAITING, **said)
    made = next((one for one in waiting if one.document == data), None)
    return made or Edit.objects.create(resource=resource, document=data, why=why, **said)


@transaction.atomic
def apply(*, edit, by, why=""):
    """Make a waiting edit public. Somebody other than its author, who may publish."""
    require(by, May.PUBLISH)
    edit = waiting(edit)
    if edit.by_id == by.pk:
        raise NotAllowed(_("It needs a second person: ask another editor to apply your edit."))
    resource = locked(edit.resource)
    _refuse_other_text(resource, edit.base)
    document = documents.read(edit.document)
    _require_fit(document, resource)
    if lacks := missing(document):
        raise Incomplete(lacks)
    source = "; ".join(filter(None, [edit.source, f"edit {edit.pk} by {edit.by}"]))
    _save(document, resource=resource, by=by, why=why or edit.why, verb="apply", source=source)
    decide(edit, Edit.State.APPLIED, by, why)
    return resource


def _refuse_other_text(resource, base):
    """Raise Stale where the text is no longer that of revision `base`: a check since then changed no word."""
    if documents.at(resource, base) != documents.of(resource):
        refuse_stale(resource, base)


@transaction.atomic
def decline(*, edit, by, why):
    """Leave a waiting edit unapplied. Its author may withdraw it; else it takes the right to send back."""
    if edit.by_id != by.pk:
        require(by, May.SEND_BACK)
    decide(waiting(edit), Edit.State.DECLINED, by, reason(why))


@transaction.atomic
def restore(*, resource, number, by, why):
    """Bring back an earlier revision's content, as a new revision. Returns the `Edit` where a second person must apply it."""
    require(by, May.RESTORE)
    document = documents.at(resource, number)
    if document is None:
        raise WrongStep(_("There is no revision %(number)s.") % {"number": number})
    why = reason(why)
    try:
        _require_fit(document, resource)
    except Refused as unfit:
        words = {"number": number, "why": unfit}
        raise Refused(_("Revision %(number)s cannot be brought back as it is. %(why)s Edit the listing instead.") % words) from unfit
    return edit(resource=resource, document=document, by=by, why=why, base=latest(resource), verb="restore")
