"""The only code that moves a listing between states. Every verb is a transaction, checks who may, and writes a revision."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.editorial import State

from . import document as documents
from .completeness import missing
from .models import Check, Edit, Resource, Revision
from .models.roles import May

CHECK_EVERY = timedelta(days=365)
STARTER = "starter catalogue"
# The verb of a load says which state it left behind, so that a later load sees whether a curator has moved the listing since.
LOADED = {State.DRAFT: "load_draft", State.PUBLISHED: "load_published"}
# Verbs that change the content: who wrote since the last publication is an author of what is to be published.
WRITING = ("create", "edit", "restore", "apply", "import")
TWO_PERSONS = {"therapy"}  # kinds whose text needs a second person


class Refused(Exception):
    """A verb was not carried out; the message says why and what to do."""


class NotAllowed(Refused):
    pass


class WrongStep(Refused):
    pass


class Stale(Refused):
    """Somebody else saved in between."""


class Incomplete(Refused):
    """What is missing, one sentence each, is in `lacks`."""

    def __init__(self, lacks):
        self.lacks = lacks
        super().__init__(_("It cannot be published yet: %(lacks)s.") % {"lacks": "; ".join(lacks)})


def latest(resource):
    """The number of the listing's latest revision; 0 where it has none."""
    return resource.revisions.values_list("number", flat=True).first() or 0


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


@transaction.atomic
def create(*, document, by, why, verb="create"):
    """A new listing, as a draft."""
    _require(by, May.EDIT)
    return _save(document, by=by, why=_reason(why), verb=verb)


@transaction.atomic
def edit(*, resource, document, by, why, base, verb="edit"):
    """Change a listing's content. `base`: number of the revision on which the change was written.

    Returns the `Edit` that waits where a second person must apply it, else None.
    Raises NotAllowed, Stale, Incomplete (a published listing stays complete).
    """
    _require(by, May.RESTORE if verb == "restore" else May.EDIT)
    resource = _locked(resource)
    refuse_stale(resource, base)
    if resource.state != State.PUBLISHED:
        _save(document, resource=resource, by=by, why=_reason(why), verb=verb)
        return None
    if lacks := missing(document):
        raise Incomplete(lacks)
    if resource.kind in TWO_PERSONS:
        return Edit.objects.create(resource=resource, document=document.model_dump(mode="json"), base=base, by=by, why=_reason(why))
    _save(document, resource=resource, by=by, why=_reason(why), verb=verb)
    return None


@transaction.atomic
def apply(*, edit, by, why=""):
    """Make a waiting edit public. Somebody other than its author, who may publish."""
    _require(by, May.PUBLISH)
    edit = Edit.objects.select_for_update().get(pk=edit.pk)
    if edit.state != Edit.State.WAITING:
        raise WrongStep(_("This edit was already decided: %(state)s.") % {"state": edit.get_state_display()})
    if edit.by_id == by.pk:
        raise NotAllowed(_("A therapy needs a second person: ask another editor to apply your edit."))
    resource = _locked(edit.resource)
    refuse_stale(resource, edit.base)
    document = documents.read(edit.document)
    if lacks := missing(document):
        raise Incomplete(lacks)
    _save(document, resource=resource, by=by, why=why or edit.why, verb="apply", source=f"edit {edit.pk} by {edit.by}")
    _decide(edit, Edit.State.APPLIED, by, why)
    return resource


@transaction.atomic
def decline(*, edit, by, why):
    """Leave a waiting edit unapplied. Its author may withdraw it; else it takes the right to send back."""
    if edit.by_id != by.pk:
        _require(by, May.SEND_BACK)
    if edit.state != Edit.State.WAITING:
        raise WrongStep(_("This edit was already decided: %(state)s.") % {"state": edit.get_state_display()})
    _decide(edit, Edit.State.DECLINED, by, _reason(why))


def _decide(edit, state, by, reason):
    edit.state, edit.decided_by, edit.decided_at, edit.reason = state, by, timezone.now(), reason
    edit.save(update_fields=["state", "decided_by", "decided_at", "reason"])


@transaction.atomic
def submit(*, resource, by, why=""):
    """Draft → in review."""
    return _move(resource, by, May.SUBMIT, State.DRAFT, State.IN_REVIEW, "submit", why or _("Ready for review."))


@transaction.atomic
def send_back(*, resource, by, why):
    """In review → draft, with a reason."""
    return _move(resource, by, May.SEND_BACK, State.IN_REVIEW, State.DRAFT, "send_back", _reason(why))


@transaction.atomic
def retire(*, resource, by, why):
    """Published → retired: no longer shown, nothing lost."""
    return _move(resource, by, May.RETIRE, State.PUBLISHED, State.RETIRED, "retire", _reason(why))


@transaction.atomic
def reopen(*, resource, by, why):
    """Retired → draft, to be mended and published again."""
    return _move(resource, by, May.RESTORE, State.RETIRED, State.DRAFT, "reopen", _reason(why))


@transaction.atomic
def publish(*, resource, by, why=""):
    """In review → published. Raises Incomplete, and for a therapy NotAllowed where its author would publish it."""
    _require(by, May.PUBLISH)
    resource = _locked(resource)
    document = documents.of(resource)
    if lacks := missing(document):
        raise Incomplete(lacks)
    if resource.kind in TWO_PERSONS and by.pk in _authors(resource):
        raise NotAllowed(_("A therapy needs a second person: ask another editor to publish what you wrote."))
    if not resource.checked_on:
        resource.found_on = max(source.seen_on for source in document.sources)
        resource.next_check_on = resource.found_on + CHECK_EVERY
    resource.waits_for = ""
    return _move(resource, by, May.PUBLISH, State.IN_REVIEW, State.PUBLISHED, "publish", why or _("Reviewed."))


@transaction.atomic
def restore(*, resource, number, by, why):
    """Bring back an earlier revision's content, as a new revision. Returns the `Edit` where a second person must apply it."""
    _require(by, May.RESTORE)
    revision = resource.revisions.filter(number=number).first()
    if revision is None:
        raise WrongStep(_("There is no revision %(number)s.") % {"number": number})
    document = documents.read(revision.document)
    return edit(resource=resource, document=document, by=by, why=_reason(why), base=latest(resource), verb="restore")


@transaction.atomic
def check(*, resource, by, how, outcome, note=""):
    """Record that somebody asked the provider. A confirmation moves the checked-on date; nothing else does."""
    _require(by, May.CHECK)
    resource = _locked(resource)
    made = Check.objects.create(resource=resource, by=by, how=how, outcome=outcome, note=note)
    if made.confirms:
        resource.checked_on = timezone.localdate()
        resource.checked_by = _role_of(by)
        resource.checked_how = made.get_how_display()
        resource.next_check_on = resource.checked_on + CHECK_EVERY
        resource.save(update_fields=["checked_on", "checked_by", "checked_how", "next_check_on"])
    _record(resource, by, "check", f"{made.get_outcome_display()}. {note}".strip())
    return made


def _role_of(user):
    """The role that a page names; the person's name stays in the history."""
    return user.groups.values_list("name", flat=True).first() or _("Staff")


def _require(user, may):
    if not (user.is_active and user.has_perm(may.name_in_full)):
        raise NotAllowed(_("Your role does not allow this. Ask an editor."))


def _reason(why):
    if not why.strip():
        raise Refused(_("Say why, in a few words: it is kept in the history."))
    return why.strip()


def _locked(resource):
    """The row as it is now, held until the transaction ends."""
    return Resource.objects.select_for_update().get(pk=resource.pk)


def refuse_stale(resource, base):
    """Raise Stale, naming who saved, where the listing is no longer at revision `base`."""
    last = resource.revisions.first()
    if last and last.number != base:
        who = {"who": last.by_name, "number": last.number}
        raise Stale(
            _("%(who)s saved this listing in between (revision %(number)s). Open it again to see the change, then repeat yours.") % who
        )


def _move(resource, by, may, start, end, verb, why):
    _require(by, may)
    state = _locked(resource).state
    if state != start:
        raise WrongStep(_("It is “%(state)s”; this step starts from “%(start)s”.") % {"state": State(state).label, "start": start.label})
    resource.state = end
    resource.save(update_fields=["state", "found_on", "next_check_on", "waits_for"])
    _record(resource, by, verb, why)
    return resource


def _record(resource, by, verb, why):
    Revision.objects.write(resource=resource, document=documents.of(resource).model_dump(mode="json"), verb=verb, why=why, by=by)


def _authors(resource):
    """Ids of the people who wrote since the listing was last published."""
    published = resource.revisions.filter(verb="publish").values_list("number", flat=True).first() or 0
    return set(resource.revisions.filter(number__gt=published, verb__in=WRITING).values_list("by_id", flat=True))
