"""Recording that somebody asked the provider."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.verbs import ASKING

from .. import document as documents
from ..models import Check, Edit
from ..models.roles import May
from .refusals import Refused, WrongStep
from .rules import CHECK_EVERY, locked, record, require, role_of
from .writing import edit

SENT_TWICE = timedelta(minutes=10)  # later, the same words from a page that stayed open are another call
REMEMBERED = timedelta(days=14)  # a call that is longer ago is made again rather than written down from memory


@transaction.atomic
def check(*, resource, by, how, outcome, note="", whom="", number="", asked_at=None, document=None, base=0, works=(), opened=None):
    """Record that somebody asked the provider, now or at `asked_at`. A confirmation moves the checked-on date; nothing else does.

    `document`: what they said that the listing should say, written on revision `base`; raises what `edit` raises, and then
    nothing is recorded. `number`: the phone number that is dead; families no longer see it. `works`: numbers that were found dead
    and that a confirmation says work again. `opened`: when the form was; sent twice at once, it gives back the check that it made.
    """
    require(by, May.CHECK)
    dead = number if outcome == Check.Outcome.NUMBER_DEAD else ""
    said = {"how": how, "outcome": outcome, "whom": whom, "number": dead, "note": note}
    if (made := _made_before(resource, by, opened, asked_at, said)) and _is_all_done(resource, by, document, works):
        return made
    asked_at = asked_at or timezone.now()
    if not timezone.now() - REMEMBERED <= asked_at <= timezone.now():
        raise Refused(_("Say when you asked: within the last 14 days, and not in the future."))
    if document:
        edit(resource=resource, document=document, by=by, why=_reason(how, whom), base=base)
    return record_check(resource=resource, by=by, works=works, asked_at=asked_at, **said)


def _made_before(resource, by, opened, asked_at, said):
    """The check that this form made just now, where it is sent twice; another check of the listing in between makes it another one."""
    if opened is None:
        return None
    since = max(opened, timezone.now() - SENT_TWICE)
    last = locked(resource).checks.order_by("pk").last()
    if last is None or last.by_id != by.pk or last.at <= since:
        return None
    is_same_call = last.asked_at == asked_at if asked_at else last.asked_at > opened
    columns = {name: value for name, value in said.items() if value or name != "number"}  # a number that went without saying
    return last if is_same_call and all(getattr(last, name) == value for name, value in columns.items()) else None


def _is_all_done(resource, by, document, works):
    """Whether no number is dead still that works, and the listing says so by now, or the person's own edit does, which waits."""
    if resource.phones.filter(number__in=works, dead_on__isnull=False).exists():
        return False
    waiting = resource.edits.filter(state=Edit.State.WAITING, by=by)
    return document in (None, documents.of(resource)) or any(document == documents.read(one.document) for one in waiting)


@transaction.atomic
def number_works(*, resource, by, number, opened=None):
    """Take back that a number is dead: that was a slip. Nobody was asked, so no date moves. `opened`: as for `check`."""
    require(by, May.CHECK)
    resource = locked(resource)
    note = _("That was a slip: the number works.")
    said = {"how": Check.How.CALL, "outcome": Check.Outcome.NO_ANSWER, "number": number, "note": note}
    if made := _made_before(resource, by, opened, None, said):
        return made
    if not resource.phones.filter(number=number, dead_on__isnull=False).exists():
        raise WrongStep(_("%(number)s is not marked as dead.") % {"number": number})
    _revive(resource, [number], timezone.localdate())
    return record_check(resource=resource, by=by, **said)


def record_check(*, resource, by, works=(), **said):
    """The row of a check and what follows from it, inside the transaction of a verb that asked who may. `said`: its columns.

    While a change waits for a second person, families do not read what was confirmed: then no date moves.
    """
    resource = locked(resource)
    made = Check(resource=resource, by=by, **said)
    day = timezone.localdate(made.asked_at)
    if made.outcome == Check.Outcome.NUMBER_DEAD:
        made.number = _mark_dead(resource, made.number, day)
    made.save()
    if made.outcome == Check.Outcome.CONFIRMED:
        _revive(resource, works, day)
    is_latest = resource.checked_on is None or resource.checked_on <= day
    if made.confirms and is_latest and not resource.edits.filter(state=Edit.State.WAITING).exists():
        resource.checked_on = day
        resource.checked_by = role_of(by)
        resource.checked_how = made.get_how_display()
        resource.next_check_on = day + CHECK_EVERY
        resource.save(update_fields=["checked_on", "checked_by", "checked_how", "next_check_on"])
    parts = [f"{made.told}.", made.number, f"({made.whom})" if made.whom else "", made.note]
    record(resource, by, _step(made), " ".join(filter(None, parts)))
    return made


def _step(made):
    """What the history calls it. A dead number is one that is hidden now: where none was named, nobody answered, and that is all."""
    if made.outcome == Check.Outcome.NUMBER_DEAD and not made.number:
        return "no_answer"
    return made.outcome if made.outcome in ASKING else "check"


def _mark_dead(resource, number, day):
    """Hide a number from families; which one, goes without saying where there is one alone."""
    numbers = list(resource.phones.values_list("number", flat=True))
    number = number or (numbers[0] if len(numbers) == 1 else "")
    if number and number not in numbers:
        raise Refused(_("%(number)s is no longer a number of this listing.") % {"number": number})
    if not number and numbers:
        raise Refused(_("Say which number is dead: it has several."))
    resource.phones.filter(number=number).update(dead_on=day)
    return number


def _revive(resource, numbers, day):
    """Numbers that were found dead by `day` and work after all: families see them again."""
    resource.phones.filter(number__in=numbers, dead_on__lte=day).update(dead_on=None)


def _reason(how, whom):
    whom = whom.strip() or _("the provider")
    if how == Check.How.CALL:
        return _("From a call with %(whom)s.") % {"whom": whom}
    return _("%(how)s, from %(whom)s.") % {"how": Check.How(how).label, "whom": whom}
