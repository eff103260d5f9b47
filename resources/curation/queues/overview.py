"""All queues at one look. One query a question, however many queues there are: their parts are joined by UNION."""

from dataclasses import dataclass, field
from datetime import date

from django.contrib.auth.models import User
from django.db.models import Count, Exists, F, IntegerField, OuterRef, Subquery, Value, Window
from django.db.models.functions import Coalesce, NullIf, RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from ...models import Errand
from . import errands
from .table import Queue, seen_by

FIRST = 3  # items of each queue
OWN = 20  # claimed items of each queue
MOST = 1_000  # counted exactly: of more, how many tells nobody what to do


@dataclass
class Item:
    pk: int
    title: str
    since: date | None
    holder: str | None

    @property
    def days(self):
        return (timezone.localdate() - self.since).days if self.since else None


@dataclass
class Lot:
    queue: Queue
    count: int = 0  # MOST + 1: of all that is more
    first: list[Item] = field(default_factory=list)
    own: list[Item] = field(default_factory=list)

    @property
    def many(self):
        """The count as people read it."""
        return f"{MOST:,}+" if self.count > MOST else f"{self.count:,}"


def lots(user, own=True):
    """`Lot`s of the queues that somebody sees: how many wait, the first of them, and (`own`) which are theirs."""
    found = {queue.key: Lot(queue) for queue in seen_by(user)}
    for key, count in counts(user).items():
        found[key].count = count
    for name, rows in (("first", _first(user)), ("own", _own(user) if own else [])):
        for key, _place, *values in sorted(rows):
            getattr(found[key], name).append(Item(*values))
    for lot in found.values():
        mine = {item.pk for item in lot.own}
        for item in lot.first:
            item.holder = _("you") if item.pk in mine else item.holder
    return list(found.values())


def _union(parts):
    first, *others = parts
    return first.union(*others, all=True)


class _Number(Subquery):
    """How many rows it has."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()


def counts(user):
    """`{key: how many wait}`, up to one more than MOST."""
    queues = seen_by(user)
    numbers = [_Number(errands.waiting(queue, user).order_by().values("pk")[: MOST + 1]) for queue in queues]
    return dict(zip((queue.key for queue in queues), User.objects.values_list(*numbers).get(pk=user.pk)))


def held(user):
    """`(key, holder's id, how many)` of what still stands in the queues that somebody sees. Each note asks for its own item alone."""
    return _union(
        Errand.objects.held()
        .filter(Exists(queue.items(user).order_by().filter(pk=OuterRef("item"))), queue=queue.key)
        .order_by()
        .values("queue", "holder")
        .annotate(n=Count("pk"))
        .values_list("queue", "holder", "n")
        for queue in seen_by(user)
    )


def _first(user):
    return _union(_items(queue, user, errands.waiting(queue, user), FIRST) for queue in seen_by(user))


def _own(user):
    held: dict[str, list[int]] = {}
    for key, item in Errand.objects.held().filter(holder=user).values_list("queue", "item"):
        held.setdefault(key, []).append(item)
    mine = [
        _items(queue, user, errands.waiting(queue, user).filter(pk__in=held[queue.key]), OWN)
        for queue in seen_by(user)
        if queue.key in held
    ]
    return _union(mine) if mine else []


def _items(queue, user, rows, most):
    """`(key, place, pk, title, since, holder)` of the first rows in the queue's order. A UNION keeps none: so each has its place."""
    holder = Errand.objects.held().filter(queue=queue.key, item=OuterRef("pk"))
    name = Coalesce(NullIf(F("holder__first_name"), Value("")), F("holder__username"))
    chosen = queue.items(user).filter(pk__in=rows.order_by(*queue.order).values("pk")[:most]).order_by()
    place = Window(RowNumber(), order_by=[*queue.order])
    return chosen.values_list(Value(queue.key), place, "pk", queue.title, "since", Subquery(holder.values(who=name)[:1]))
