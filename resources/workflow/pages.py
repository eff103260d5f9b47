"""Verbs of conditions and their pages. Every verb is a transaction, checks who may, and writes a revision.

What a published page says changes by an edit beside it, which a second person applies: it is medical text. Anything else changes at once.
`base` is the number of the revision that the person has read: a verb refuses to act on any other text, with `ChangedSince`.
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions import document as documents
from conditions.editorial import State
from conditions.models import Condition, ConditionEdit
from conditions.verbs import WRITING

from ..models.roles import May
from .refusals import Incomplete, NotAllowed, Refused, Stale, WrongStep
from .rules import decide, reason, require, waiting

# Since the last of these the text was not seen by a second person: who wrote after it is an author of what is to be published.
SEEN_BY_TWO = ("publish", "apply", "load", "start")


class ChangedSince(Stale):
    """Somebody saved in between; `revision` is the latest."""

    def __init__(self, revision):
        self.revision = revision
        who = {"who": revision.by_name, "number": revision.number}
        super().__init__(
            _("%(who)s saved this condition in between (revision %(number)s). Read what it says now, then decide again.") % who
        )


@transaction.atomic
def create(*, slug, document, by, why):
    """A new condition, with or without texts for a page, as a draft."""
    require(by, May.EDIT)
    if Condition.objects.filter(slug=slug).exists():
        raise Refused(_("There is a condition with the address “%(slug)s” already.") % {"slug": slug})
    return _save(document, Condition(slug=slug), by=by, why=reason(why), verb="create")


@transaction.atomic
def edit(*, condition, document, by, why, base, verb="edit", instead_of=None):
    """Change what a condition says. `base`: number of the revision on which the change was written.

    Returns the `ConditionEdit` that waits where the page is published, else None. `instead_of`: one's own waiting edit that this replaces.
    Raises NotAllowed, ChangedSince, Incomplete (a published page stays complete), and Refused where nothing differs.
    """
    require(by, May.RESTORE if verb == "restore" else May.EDIT)
    why, condition = reason(why), _locked(condition)
    _refuse_stale(condition, base)
    if condition.page_state == State.RETIRED:
        raise WrongStep(_("It is retired: reopen it as a draft first."))
    if document == documents.of(condition):
        raise Refused(_("Nothing is different from what is there now."))
    if condition.page_state != State.PUBLISHED:
        _save(document, condition, by=by, why=why, verb=verb)
        return None
    _require_complete(document)
    _require_fit(document, condition)
    if instead_of and instead_of.by_id == by.pk and instead_of.state == ConditionEdit.State.WAITING:
        decide(instead_of, ConditionEdit.State.DECLINED, by, _("Its author wrote it anew."))
    return ConditionEdit.objects.create(condition=condition, document=document.model_dump(mode="json"), base=base, by=by, why=why)


@transaction.atomic
def apply(*, edit, by, base, why=""):
    """Make a waiting edit public. Somebody other than its author, who may publish."""
    require(by, May.PUBLISH)
    condition, edit = _locked(edit.condition), waiting(edit)
    if edit.by_id == by.pk:
        raise NotAllowed(_("A text for families needs a second person: ask another editor to apply your edit."))
    _refuse_stale(condition, base)
    _refuse_stale(condition, edit.base)
    document = documents.read(edit.document)
    _require_complete(document)
    _save(document, condition, by=by, why=why or edit.why, verb="apply", source=f"edit {edit.pk} by {edit.by}")
    decide(edit, ConditionEdit.State.APPLIED, by, why)
    return condition


@transaction.atomic
def decline(*, edit, by, why):
    """Leave a waiting edit unapplied. Its author may withdraw it; else it takes the right to send back."""
    if edit.by_id != by.pk:
        require(by, May.SEND_BACK)
    decide(waiting(edit), ConditionEdit.State.DECLINED, by, reason(why))


@transaction.atomic
def restore(*, condition, number, by, why, base):
    """Bring back what an earlier revision said, as a new one. Returns the `ConditionEdit` where a second person must apply it."""
    require(by, May.RESTORE)
    document = documents.at(condition, number)
    if document is None:
        raise WrongStep(_("There is no revision %(number)s.") % {"number": number})
    why = _("Back to revision %(number)s: %(why)s") % {"number": number, "why": reason(why)}
    return edit(condition=condition, document=document, by=by, why=why, base=base, verb="restore")


@transaction.atomic
def submit(*, condition, by, base, why=""):
    """Draft → in review."""
    return _move(condition, by, base, May.SUBMIT, State.DRAFT, State.IN_REVIEW, "submit", why or _("Ready for review."))


@transaction.atomic
def send_back(*, condition, by, base, why):
    """In review → draft, with a reason."""
    return _move(condition, by, base, May.SEND_BACK, State.IN_REVIEW, State.DRAFT, "send_back", reason(why))


@transaction.atomic
def publish(*, condition, by, base, why=""):
    """In review → published, by somebody who did not write it. Raises Incomplete where something is missing."""
    require(by, May.PUBLISH)
    condition = _locked(condition)
    _refuse_stale(condition, base)
    document = documents.of(condition)
    _require_complete(document)
    if document.review.next_review_on <= timezone.localdate():
        raise Incomplete([_("Its next review is due already: look it through and set new dates.")])
    if by.pk in authors(condition):
        raise NotAllowed(_("A text for families needs a second person: ask another editor to publish what you wrote."))
    return _move(condition, by, base, May.PUBLISH, State.IN_REVIEW, State.PUBLISHED, "publish", why or _("Reviewed."))


@transaction.atomic
def retire(*, condition, by, base, why):
    """Published → retired: the text is no longer shown. The condition, its names and the help for it stay."""
    return _move(condition, by, base, May.RETIRE, State.PUBLISHED, State.RETIRED, "retire", reason(why))


@transaction.atomic
def reopen(*, condition, by, base, why):
    """Retired → draft, to be mended and published again."""
    return _move(condition, by, base, May.RESTORE, State.RETIRED, State.DRAFT, "reopen", reason(why))


def authors(condition):
    """Ids of the people whose text no second person has seen yet."""
    seen = condition.revisions.filter(verb__in=SEEN_BY_TWO).values_list("number", flat=True).first() or 0
    return set(condition.revisions.filter(number__gt=seen, verb__in=WRITING).values_list("by_id", flat=True))


def _move(condition, by, base, may, start, end, verb, why):
    require(by, may)
    condition = _locked(condition)
    _refuse_stale(condition, base)
    if condition.page_state != start:
        words = {"state": State(condition.page_state).label, "start": start.label}
        raise WrongStep(_("It is “%(state)s”; this step starts from “%(start)s”.") % words)
    document = documents.of(condition)
    Condition.objects.filter(pk=condition.pk).update(page_state=end, origin="", replaced_by=None)  # people's own from now on
    condition.page_state = end
    documents.record(condition, document, verb=verb, why=why, by=by)
    return condition


def _locked(condition):
    """The row as it is now, held until the transaction ends."""
    return Condition.objects.select_for_update().get(pk=condition.pk)


def _refuse_stale(condition, base):
    last = condition.revisions.first()
    if last and last.number != base:
        raise ChangedSince(last)


def _require_complete(document):
    if lacks := documents.lacks(document):
        raise Incomplete([lack.sentence for lack in lacks])


def _require_fit(document, condition):
    try:
        documents.refuse_unfit(document, condition)
    except documents.Unfit as unfit:
        raise Refused(str(unfit)) from unfit


def _save(document, condition, **said):
    _require_fit(document, condition)
    return documents.save(document, condition=condition, **said)
