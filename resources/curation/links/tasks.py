"""What a worker does (`manage.py db_worker`), and how it is asked to. The addresses' table stays the truth: a task says where to look.

Each site names the one task that is to ask it, and a task asks those sites alone that still name it: so a double press, a task that
was taken up again and two workers ask nobody twice. A worker that was killed leaves its task "running": see `take_up_again`.
"""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult

from ...models import Link, LinkHost
from . import turns
from .gathering import gather, name_hosts
from .running import run

Status = TaskResultStatus
AT_ONCE = 20  # sites of one task, all asked at once: it lasts about a minute, so that somebody who waits is not behind a whole night's run
OF_A_SITE = 20  # addresses; what is left goes into another task
SOON, LATER = 10, 0  # a person waits; the night's run
KEPT = timedelta(days=14)


@transaction.atomic
def ask_now(links):
    """Somebody waits for the answer: these links are due, and come first. Without a worker the next `check_links` asks them."""
    today = timezone.localdate()
    Link.objects.filter(pk__in=links.values("pk"), next_on__gt=today).update(next_on=today)
    if settings.LINK_WORKER:
        ask(links, SOON)


@transaction.atomic
def ask(links, priority):
    """Hand the sites of these links, which are due, to the worker; those that wait in its queue already stay where they are."""
    take_up_again()
    name_hosts(links.filter(host=None))
    hosts = list(LinkHost.objects.select_for_update().filter(pk__in=links.values("host")).order_by("pk"))
    # Read once the rows are locked: what another process handed out meanwhile is seen.
    tasks = DBTaskResult.objects.in_bulk({host.task_id for host in hosts if host.task_id})
    wanting = [host.pk for host in hosts if not _stands(tasks.get(host.task_id), priority)]
    for start in range(0, len(wanting), AT_ONCE):
        some = wanting[start : start + AT_ONCE]
        asked = ask_sites.using(priority=priority).enqueue(some)
        LinkHost.objects.filter(pk__in=some).update(task=asked.id)


def _stands(task, priority):
    return task is not None and (task.status == Status.RUNNING or (task.status == Status.READY and task.priority >= priority))


def take_up_again():
    """Put back into the queue what a worker began that shows no sign of life any more."""
    begun = timezone.now() - turns.AT_WORK
    tasks = set(LinkHost.objects.filter(task__status=Status.RUNNING, task__started_at__lt=begun).values_list("task", flat=True))
    dead = [task for task in tasks if not turns.is_anybody_at(LinkHost.objects.filter(task=task))]
    DBTaskResult.objects.filter(pk__in=dead, status=Status.RUNNING).update(status=Status.READY)


@task(takes_context=True)
def ask_sites(context, hosts):
    """Ask what is due of these sites, as far as they still name this task."""
    take_up_again()
    mine = LinkHost.objects.filter(pk__in=hosts, task=context.task_result.id)
    turns.begin(mine)
    due = Link.objects.due(timezone.localdate()).filter(host__in=mine).order_by("host", "address")
    some, faults = _some(due), 0
    for answer in run(some):
        faults += answer.is_fault
    _hand_on(mine, context.task_result.task.priority, go_on=not faults)
    if faults:
        raise RuntimeError(f"The program itself failed at {faults} addresses; they stay due.")


def _some(due):
    """The first addresses of each site."""
    of_site: dict[int, list[str]] = {}
    for host, address in due.values_list("host", "address"):
        of_site.setdefault(host, []).append(address)
    return [address for addresses in of_site.values() for address in addresses[:OF_A_SITE]]


@transaction.atomic
def _hand_on(mine, priority, *, go_on):
    """These sites wait for this task no longer. What is due still, or again since somebody pressed meanwhile, goes into another."""
    done = list(mine.select_for_update().order_by("pk").values_list("pk", flat=True))
    LinkHost.objects.filter(pk__in=done).update(task=None)
    left = Link.objects.due(timezone.localdate()).filter(host__in=done)
    if go_on and left.exists():
        ask(left, priority)


@task
def ask_all_due():
    """A whole run: what is published is read anew, and all that is due is handed out."""
    gather()
    ask(Link.objects.due(timezone.localdate()), LATER)


def start_run():
    """Hand a whole run to the worker; False where one waits already."""
    take_up_again()
    tidy()
    if DBTaskResult.objects.filter(task_path=ask_all_due.module_path, status=Status.READY).exists():
        return False
    ask_all_due.enqueue()
    return True


def tidy():
    """Forget what is over: tasks that ended or were cut off long ago, and sites to which nothing leads."""
    long_ago = timezone.now() - KEPT
    DBTaskResult.objects.filter(finished_at__lt=long_ago).delete()
    DBTaskResult.objects.filter(status=Status.RUNNING, started_at__lt=long_ago).delete()
    LinkHost.objects.filter(links=None, free_at__lt=long_ago).delete()
