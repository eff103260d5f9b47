"""The engine by itself, in a process of its own: `python -m tests.benchmarks.engine` prints what it measured as JSON.

DATABASE_URL names a database that `seed_benchmark` has filled.
"""

import json
import os
import sys
import time
from datetime import date
from statistics import median

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caregiver_finder.settings")
PAGE = 20
CHANGED = 1_000


def main(rounds=5):
    django.setup()
    from conditions.kinship import kin
    from resources import starter
    from resources.synthetic.tables import world

    from .questions import questions

    asked = questions(world(starter.read()))
    relatives = {question: kin([value for name, value in question.params if name == "condition"]) for question in set(asked)}
    before = memory()
    index, load = timed(first_index)
    figures = {
        "load_ms": load[0],
        "memory_mb": memory() - before,
        "stamp_ms": median(timed(first_index)[1][0] for _ in range(100)),
        "kin_ms": median(timed(kin, [slug_of(asked)])[1][0] for _ in range(50)),
        "listings": len(index.version.alive),
        "conditions": len(index.version.conditions),
        "answers": measure(index, asked, relatives, rounds),
        "apply_ms": apply_changes(),
        "questions": [
            {"kind": one.kind, "params": one.params, "ancestors": [relative.slug for relative in relatives[one].ancestors]} for one in asked
        ],
    }
    json.dump(figures, sys.stdout)


def first_index():
    from resources.finder.index import Index

    return Index.load()


def slug_of(asked):
    return next(value for question in asked for name, value in question.params if name == "condition")


def measure(index, asked, relatives, rounds):
    """`{kind: [[wall ms, CPU ms], …]}` of the count, the ids of a page and all facets."""
    from django.http import QueryDict

    from resources.finder.parameters import Parameters

    made = {}
    for _ in range(rounds):
        for question in asked:
            criteria = Parameters(QueryDict(question.query), vocabularies=index.vocabularies).criteria
            made.setdefault(question.kind, []).append(timed(answer, index, criteria, relatives[question])[1])
    return made


def answer(index, criteria, kin_):
    found = index.answer(criteria, kin_)
    return len(found.ids), found.ids[:PAGE], found.counts


def apply_changes():
    """Milliseconds in which the index takes in a thousand changed listings, the newest; the change is rolled back."""
    from django.db import transaction

    from resources.models import Resource

    with transaction.atomic():
        some = Resource.objects.order_by("-pk").values("pk")[:CHANGED]
        Resource.objects.filter(pk__in=list(some.values_list("pk", flat=True))).update(found_on=date(2026, 10, 31))
        took = timed(first_index)[1][0]
        transaction.set_rollback(True)
    return took


def timed(call, *arguments):
    """What `call` gives, and `[wall ms, CPU ms]`."""
    wall, cpu = time.perf_counter_ns(), time.thread_time_ns()
    made = call(*arguments)
    return made, [(time.perf_counter_ns() - wall) / 1e6, (time.thread_time_ns() - cpu) / 1e6]


def memory():
    """Resident MB of this process."""
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
