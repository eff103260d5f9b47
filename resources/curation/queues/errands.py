"""Verbs on who takes care of what. Each holds the item's row until it is done, so that two people cannot claim the same."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from ... import workflow
from ...models import Errand
from ...models.errand import HELD_FOR
from ...models.roles import May
from ...workflow.rules import reason as given
from ...workflow.rules import require

ASSIGN = May.PUBLISH  # who may give work to others
LONGEST_SNOOZE = timedelta(days=180)
DEEDS = [  # relation of what an item is about, who did it, and when
    ("checks", "by", "at"),
    ("revisions", "by", "at"),
    ("edits", "by", "at"),
    ("drafts", "by", "saved_at"),
    ("check_requests", "sent_by", "sent_at"),
    ("proposals", "decided_by", "decided_at"),
]


class Taken(workflow.Refused):
    """Somebody else takes care of it."""


def name_of(person):
    return person.get_full_name() or person.get_username()


def waiting(queue, user):
    """What stands in the queue now: not what is put off."""
    return queue.items(user).exclude(pk__in=Errand.objects.snoozed().filter(queue=queue.key).values("item"))


def held_by(user, queue):
    return Errand.objects.held().filter(queue=queue.key, holder=user).values("item")


def held_since(queue, item):
    return Errand.objects.filter(queue=queue.key, item=item).values_list("held_since", flat=True).first()


def free(queue):
    """A condition: nobody holds it."""
    return ~Q(pk__in=Errand.objects.held().filter(queue=queue.key).values("item"))


def open_to(user, queue):
    """What waits and is theirs or nobody's."""
    return waiting(queue, user).filter(Q(pk__in=held_by(user, queue)) | free(queue))


@transaction.atomic
def claim(*, queue, item, by):
    """Raises Taken, naming who has it, and WrongStep where it has left the queue."""
    errand = _errand(queue, item, by)
    _refuse_taken(errand, by)
    _give(errand, by)


@transaction.atomic
def claim_some(*, queue, by, most):
    """Claim the first `most` that nobody holds; returns how many there were."""
    done = 0
    for item in list(waiting(queue, by).filter(free(queue)).order_by(*queue.order).values_list("pk", flat=True)[: 4 * most]):
        if done == most:
            break
        done += _claimed(queue, item, by)
    return done


@transaction.atomic
def claim_next(*, queue, by, passed=()):
    """Claim the first that is theirs or nobody's, and was not passed over in this sitting. Returns its id, or None."""
    rows = open_to(by, queue).exclude(pk__in=passed).order_by(*queue.order)
    return next((item for item in list(rows.values_list("pk", flat=True)[:20]) if _claimed(queue, item, by)), None)


@transaction.atomic
def assign(*, queue, item, to, by):
    """Give an item to a colleague, whoever had it."""
    require(by, ASSIGN)
    if not to.has_perm(queue.may.name_in_full):
        raise workflow.NotAllowed(_("%(who)s may not work on this queue. Choose somebody else.") % {"who": name_of(to)})
    _give(_errand(queue, item, by), to)


@transaction.atomic
def release(*, queue, item, by):
    """Give an item back. Its holder may, and whoever may assign."""
    errand = _errand(queue, item, by)
    if not by.has_perm(ASSIGN.name_in_full):
        _refuse_taken(errand, by)
    errand.holder = errand.held_since = None
    errand.save()


@transaction.atomic
def release_untouched(*, queue, item, by, since):
    """Give back what was claimed at the time `since` by opening it, and then left as it was."""
    errand = Errand.objects.select_for_update().filter(queue=queue.key, item=item, holder=by, held_since=since).first()
    row = queue.items(by).filter(pk=item).first() if errand else None
    if errand and not (row and _touched(queue, row, by, since)):
        errand.holder = errand.held_since = None
        errand.save()


def _touched(queue, row, by, since):
    """Whether they have done anything about it."""
    about = getattr(row, queue.listing) if queue.listing else row
    deeds = [(getattr(about, relation), who, at) for relation, who, at in DEEDS if hasattr(about, relation)]
    return any(rows.filter(**{who: by, f"{at}__gte": since}).exists() for rows, who, at in deeds)


@transaction.atomic
def snooze(*, queue, item, by, until, reason):
    """Put an item off: nobody sees it in the queue before that day."""
    today = timezone.localdate()
    if not today < until <= today + LONGEST_SNOOZE:
        last = date_format(today + LONGEST_SNOOZE)
        raise workflow.Refused(_("Choose a day after today and not after %(last)s.") % {"last": last})
    errand = _errand(queue, item, by)
    _refuse_taken(errand, by)
    errand.snoozed_until, errand.snoozed_by, errand.reason = until, by, given(reason)
    errand.save()


@transaction.atomic
def wake(*, queue, item, by):
    """Bring a snoozed item back into the queue."""
    errand = _errand(queue, item, by)
    errand.snoozed_until, errand.snoozed_by, errand.reason = None, None, ""
    errand.save()


def forget_lapsed(queue):
    """Notes that say nothing any more."""
    Errand.objects.filter(queue=queue.key).lapsed().delete()


def _errand(queue, item, by):
    """The item's note, held until the transaction ends. Raises WrongStep where the item is no longer in the queue."""
    if not queue.items(by).filter(pk=item).exists():
        raise workflow.WrongStep(_("It has left the queue: somebody has dealt with it."))
    errand, _made = Errand.objects.select_for_update(of=("self",)).select_related("holder").get_or_create(queue=queue.key, item=item)
    return errand


def _refuse_taken(errand, by):
    if errand.is_held and errand.holder_id != by.pk:
        last = date_format(timezone.localtime(errand.held_since + HELD_FOR), "DATE_FORMAT")
        who = {"who": name_of(errand.holder), "day": last}
        raise Taken(_("%(who)s has it, until %(day)s at the latest. Take another, or ask them.") % who)


def _give(errand, to):
    errand.holder, errand.held_since = to, timezone.now()
    errand.save()


def _claimed(queue, item, by):
    try:
        claim(queue=queue, item=item, by=by)
    except workflow.Refused:
        return False
    return True
