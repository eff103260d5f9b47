"""Turns at a site, agreed by all processes in the table of hosts. A booked turn is also the sign that somebody is at work there."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ...models import LinkHost

AT_WORK = timedelta(minutes=2)  # between two turns of a living worker: the longest pause and the longest request, twice


@transaction.atomic
def book(host, pause):
    """Take the host's next free turn. Returns the seconds until then."""
    now = timezone.now()
    row, _made = LinkHost.objects.select_for_update().get_or_create(name=host[:255])
    turn = max(now, row.free_at or now)
    LinkHost.objects.filter(pk=row.pk).update(free_at=turn + timedelta(seconds=pause))
    return (turn - now).total_seconds()


@transaction.atomic
def begin(hosts):
    """Say that somebody is at work, before the first turn. Held in the order of `tasks.ask`, so that neither waits for the other."""
    now = timezone.now()
    held = list(hosts.select_for_update().order_by("pk").values_list("pk", flat=True))
    LinkHost.objects.filter(pk__in=held).exclude(free_at__gt=now).update(free_at=now)


def is_anybody_at(hosts):
    """Whether one of these hosts has had a turn just now."""
    return hosts.filter(free_at__gt=timezone.now() - AT_WORK).exists()
