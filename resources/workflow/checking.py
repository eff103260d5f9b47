"""Recording that somebody asked the provider."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.verbs import ASKING

from ..models import Check
from ..models.roles import May
from .refusals import Refused
from .rules import CHECK_EVERY, locked, record, require, role_of
from .writing import edit

REMEMBERED = timedelta(days=14)  # a call that is longer ago is made again rather than written down from memory


@transaction.atomic
def check(*, resource, by, how, outcome, note="", whom="", number="", asked_at=None, document=None, base=0):
    """Record that somebody asked the provider, now or at `asked_at`. A confirmation moves the checked-on date; nothing else does.

    `document`: what they said that the listing should say, written on revision `base`; raises what `edit` raises, and then
    nothing is recorded. `number`: the phone number that is dead; families no longer see it.
    """
    require(by, May.CHECK)
    asked_at = asked_at or timezone.now()
    if not timezone.now() - REMEMBERED <= asked_at <= timezone.now():
        raise Refused(_("Say when you asked: within the last 14 days, and not in the future."))
    said = {"how": how, "outcome": outcome, "whom": whom, "number": number, "note": note, "asked_at": asked_at}
    if document:
        edit(resource=resource, document=document, by=by, why=_reason(how, whom), base=base)
    return record_check(resource=resource, by=by, **said)


def record_check(*, resource, by, **said):
    """The row of a check and what follows from it, inside the transaction of a verb that asked who may. `said`: its columns."""
    resource = locked(resource)
    made = Check(resource=resource, by=by, **said)
    day = timezone.localdate(made.asked_at)
    if made.outcome == Check.Outcome.NUMBER_DEAD:
        made.number = _mark_dead(resource, made.number, day)
    made.save()
    if made.confirms and (resource.checked_on is None or resource.checked_on <= day):
        resource.checked_on = day
        resource.checked_by = role_of(by)
        resource.checked_how = made.get_how_display()
        resource.next_check_on = day + CHECK_EVERY
        resource.save(update_fields=["checked_on", "checked_by", "checked_how", "next_check_on"])
        resource.phones.filter(dead_on__lte=day).update(dead_on=None)
    parts = [f"{made.get_outcome_display()}.", made.number, f"({made.whom})" if made.whom else "", made.note]
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
    resource.phones.filter(number=number).update(dead_on=day)
    return number


def _reason(how, whom):
    whom = whom.strip() or _("the provider")
    if how == Check.How.CALL:
        return _("From a call with %(whom)s.") % {"whom": whom}
    return _("%(how)s, from %(whom)s.") % {"how": Check.How(how).label, "whom": whom}
