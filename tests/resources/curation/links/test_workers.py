"""Workers in processes of their own, on a real database: two of them, and one that is killed."""

import json
import os
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from resources.curation.links import tasks
from resources.models import Link, LinkHost

from .sites import serving

pytestmark = pytest.mark.django_db(transaction=True)
ROOT = Path(__file__).parents[4]


@pytest.fixture
def site(settings):
    settings.LINK_WORKER = True
    with serving() as made:
        settings.LINKS_TEST_SERVERS = [("127.0.0.1", made.port), ("::1", made.port)]
        yield made


@pytest.fixture
def worker(site, settings):
    """`worker()`: one more, which ends when nothing is left; `worker(batch=False)`: which waits for more."""
    started = []

    def start(*options):
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.resources.curation.links.worker_settings",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "TEST_SERVERS": json.dumps(settings.LINKS_TEST_SERVERS),
        }
        command = [sys.executable, "manage.py", "db_worker", "--no-reload", "--no-startup-delay", "--interval", "0.1", *options]
        started.append(subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True))
        return started[-1]

    yield start
    for one in started:
        one.kill()
        one.communicate()


def ask(*addresses):
    Link.objects.bulk_create(Link(address=address) for address in addresses)
    for link in Link.objects.all():  # a task for each, where their sites differ
        tasks.ask_now(Link.objects.filter(pk=link.pk))


def until(holds, seconds=40):
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.05)


def test_two_workers_ask_each_once_and_each_site_once_a_second(site, worker):
    one, other = f"http://127.0.0.1:{site.port}", f"http://localhost:{site.port}"
    ask(f"{one}/a", f"{one}/b", f"{other}/to?{one}/c", f"{other}/to?{one}/d")
    assert DBTaskResult.objects.count() == 2
    for each in [worker("--batch"), worker("--batch")]:
        _, said = each.communicate(timeout=60)
        assert each.returncode == 0, said
    assert set(Link.objects.values_list("result", flat=True)) == {"works"}
    assert max(Counter(page for page in site.asked if page[2] != "/robots.txt").values()) == 1
    assert len({worker for task in DBTaskResult.objects.all() for worker in task.worker_ids}) == 2
    for host in {host for host, _ in site.moments}:
        moments = [moment for name, moment in site.moments if name == host]
        assert moments[-1] - moments[0] > len(moments) - 1.5  # turns are a second apart; a busy machine may be late for one


def test_what_a_killed_worker_had_in_hand_is_asked_by_the_next(site, worker):
    one = f"http://127.0.0.1:{site.port}"
    ask(f"{one}/1", f"{one}/hang", f"{one}/z")
    killed = worker()
    until(lambda: len(site.pages()) >= 2)
    killed.kill()
    killed.wait()
    [task] = DBTaskResult.objects.all()
    assert (task.status, Link.objects.filter(result="works").count()) == ("RUNNING", 1)  # what had come is kept

    ago = timezone.now() - timedelta(minutes=5)
    DBTaskResult.objects.update(started_at=ago)
    LinkHost.objects.update(free_at=ago)
    Link.objects.filter(address__contains="hang").delete()
    tasks.ask_now(Link.objects.filter(address=f"{one}/z"))
    worker("--batch").communicate(timeout=60)
    assert set(Link.objects.values_list("result", flat=True)) == {"works"}
    assert [path for _, path in site.pages()].count("/1") == 1
