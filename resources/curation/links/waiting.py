"""What is told to somebody who waits for an answer."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ...models import LinkHost
from . import turns
from .tasks import take_up_again

Status = TaskResultStatus
PATIENCE = timedelta(minutes=3)
# Nobody waits; the worker has it; no worker begins; the next run at night.
NOTHING, ASKED, IDLE, TONIGHT = "", "asked", "idle", "tonight"


@dataclass(frozen=True)
class Wait:
    state: str = NOTHING
    since: datetime | None = None


def is_due(link):
    return link.next_on is None or link.next_on <= timezone.localdate()


def is_asked(link):
    """Whether a task stands for it; read with `host__task`."""
    return is_due(link) and bool(link.host and link.host.task and link.host.task.status in (Status.READY, Status.RUNNING))


def of(links):
    """What these links wait for."""
    tasks = [link.host.task for link in links if is_asked(link)]
    if not tasks:
        return Wait(TONIGHT if any(map(is_due, links)) else NOTHING)
    if any(task.status == Status.RUNNING for task in tasks):
        take_up_again()  # a killed worker's: nobody else may come by before the night
    return Wait(IDLE if is_nobody_at_work() else ASKED, min(task.enqueued_at for task in tasks))


def is_nobody_at_work():
    """Whether what was handed to the worker has waited for minutes, and nothing is being asked."""
    long_ago = timezone.now() - PATIENCE
    if not DBTaskResult.objects.filter(status=Status.READY, enqueued_at__lt=long_ago).exists():
        return False
    begun = DBTaskResult.objects.filter(status=Status.RUNNING, started_at__gt=long_ago).exists()
    return not begun and not turns.is_anybody_at(LinkHost.objects.all())
