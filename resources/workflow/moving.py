"""Verbs that move a listing between states."""

from django.db import transaction
from django.utils.translation import gettext as _

from conditions.editorial import State

from .. import document as documents
from ..completeness import missing
from ..models.roles import May
from .refusals import Incomplete, NotAllowed, WrongStep
from .rules import CHECK_EVERY, locked, reason, record, require
from .second_person import hinders_publishing


@transaction.atomic
def submit(*, resource, by, why=""):
    """Draft → in review."""
    return _move(resource, by, May.SUBMIT, State.DRAFT, State.IN_REVIEW, "submit", why or _("Ready for review."))


@transaction.atomic
def send_back(*, resource, by, why):
    """In review → draft, with a reason."""
    return _move(resource, by, May.SEND_BACK, State.IN_REVIEW, State.DRAFT, "send_back", reason(why))


@transaction.atomic
def retire(*, resource, by, why):
    """Published → retired: no longer shown, nothing lost."""
    return _move(resource, by, May.RETIRE, State.PUBLISHED, State.RETIRED, "retire", reason(why))


@transaction.atomic
def reopen(*, resource, by, why):
    """Retired → draft, to be mended and published again."""
    if merge := resource.merges_into.standing().select_related("winner").first():
        raise WrongStep(_("It was merged into “%(name)s”. Undo the merge to have it back.") % {"name": merge.winner.name})
    return _move(resource, by, May.RESTORE, State.RETIRED, State.DRAFT, "reopen", reason(why))


@transaction.atomic
def publish(*, resource, by, why=""):
    """In review → published. Raises Incomplete, and NotAllowed where two persons are needed and its author would publish it."""
    require(by, May.PUBLISH)
    resource = locked(resource)
    document = documents.of(resource)
    if lacks := missing(document):
        raise Incomplete(lacks)
    if what := hinders_publishing(resource, document, by):
        raise NotAllowed(_("%(what)s needs a second person: ask another editor to publish what you wrote.") % {"what": what})
    if not resource.checked_on:
        resource.found_on = max(source.seen_on for source in document.sources)
        resource.next_check_on = resource.found_on + CHECK_EVERY
    resource.waits_for = ""
    return _move(resource, by, May.PUBLISH, State.IN_REVIEW, State.PUBLISHED, "publish", why or _("Reviewed."))


def _move(resource, by, may, start, end, verb, why):
    require(by, may)
    state = locked(resource).state
    if state != start:
        raise WrongStep(_("It is “%(state)s”; this step starts from “%(start)s”.") % {"state": State(state).label, "start": start.label})
    resource.state = end
    resource.save(update_fields=["state", "found_on", "next_check_on", "waits_for"])
    record(resource, by, verb, why)
    return resource
