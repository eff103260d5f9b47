"""For editors: who holds what, who did how much, what has waited longest."""

from collections import defaultdict
from datetime import timedelta
from itertools import groupby

from django.contrib.auth.models import User
from django.db.models import Count, F, Q, Value
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as later

from conditions.verbs import WRITING

from ..doors import only
from ..heartbeat.figures import median
from ..models import Check, Proposal, Revision
from ..models.roles import May
from .queues import overview
from .queues.errands import name_of
from .queues.table import QUEUES

WEEK, MONTH = timedelta(days=7), timedelta(days=30)
DEEDS = {"checked": later("Checks"), "edited": later("Edits"), "decided": later("Proposals decided")}


@only(May.PUBLISH)
def team(request):
    now = timezone.now()
    context = {
        "lots": overview.lots(request.user, own=False),
        "deeds": DEEDS.values(),
        "people": _people(request.user, now),
        "decided": _time_to_decide(now - 3 * MONTH),
    }
    return render(request, "work/team.html", context)


def _people(user, now):
    """`[{name, held: [(queue, how many)], done: [(last 7 days, last 30 days)]}]`: whoever may work here, and whoever has."""
    held, did = defaultdict(list), defaultdict(dict)
    for queue, person, count in overview.held(user):
        held[person].append((QUEUES[queue].label, count))
    for deed, person, week, month in _deeds(now):
        did[person][deed] = (week, month)
    people = (
        User.objects.filter(Q(is_active=True, groups__isnull=False) | Q(pk__in=[*held, *did])).distinct().order_by("first_name", "username")
    )
    return [{"name": name_of(one), "held": held[one.pk], "done": [did[one.pk].get(deed, (0, 0)) for deed in DEEDS]} for one in people]


def _deeds(now):
    """`(deed, person's id, in the last 7 days, in the last 30)`."""

    def part(deed, rows, who, at):
        rows = rows.filter(**{f"{at}__gte": now - MONTH, f"{who}__isnull": False}).order_by().values(deed=Value(deed), who=F(who))
        week = Count("pk", filter=Q(**{f"{at}__gte": now - WEEK}))
        return rows.annotate(week=week, month=Count("pk")).values_list("deed", "who", "week", "month")

    checked = part("checked", Check.objects.all(), "by", "at")
    edited = part("edited", Revision.objects.filter(verb__in=WRITING), "by", "at")
    return checked.union(edited, part("decided", Proposal.objects.all(), "decided_by", "decided_at"), all=True)


def _time_to_decide(since):
    """`[(origin, how many were decided, median days)]` of late."""
    decided = Proposal.objects.filter(decided_at__gte=since).order_by("origin").values_list("origin", "at", "decided_at")
    labels = dict(Proposal.Origin.choices)
    found = []
    for origin, rows in groupby(decided, key=lambda row: row[0]):
        days = [(end - start).days for _origin, start, end in rows]
        found.append((labels[origin], len(days), median((day, 1) for day in days)))
    return found
