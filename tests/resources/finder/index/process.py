"""A process of its own for `test_processes.py`: `write SEED TIMES` changes the catalogue, `read` compares until its input ends."""

import os
import sys
from contextlib import contextmanager
from random import Random
from select import select

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
import django

django.setup()

from django.db import IntegrityError, OperationalError, connection, transaction  # noqa: E402
from django.http import QueryDict  # noqa: E402

from conditions.editorial import State  # noqa: E402
from conditions.models import Condition, ConditionName  # noqa: E402
from resources.finder.filters import ResourceFilter  # noqa: E402
from resources.finder.search import Search  # noqa: E402
from resources.models import Resource, Term  # noqa: E402

QUERIES = ["", "need=one", "kind=money&need=two", "condition=c1", "q=ramp", "q=zebra+grant&as=typed", "checked=year"]


def add(chance):
    number = chance.randrange(10**12)
    shown = {"state": State.PUBLISHED, "first_step": "x", "found_on": "2026-01-01"}
    (made,) = Resource.objects.bulk_create([Resource(slug=f"new-{number}", kind="money", name=f"Ramp {number}", summary="x", **shown)])
    made.terms.set(Term.objects.order_by("?")[: chance.randint(0, 3)])
    made.conditions.set(Condition.objects.order_by("?")[: chance.randint(0, 2)])


def turn(chance):
    """Some are published, others are not any more."""
    for state in (State.PUBLISHED, State.DRAFT):
        Resource.objects.filter(pk__in=some(chance)).update(state=state)


def rename(chance):
    with connection.cursor() as cursor:
        marks = some(chance)
        cursor.execute(f"UPDATE resources_resource SET name = %s WHERE id IN ({', '.join(['%s'] * len(marks))})", ["A zebra grant", *marks])  # noqa: S608


def retag(chance):
    for row in Resource.objects.filter(pk__in=some(chance)):
        row.terms.set(Term.objects.order_by("?")[:2])


def call(chance):
    """A condition has another name, and so other words find its listings."""
    ConditionName.objects.filter(name="Ramp zebra").delete()
    ConditionName.objects.bulk_create([ConditionName(condition=Condition.objects.order_by("?")[0], name="Ramp zebra", folded="ramp zebra")])


def remove(chance):
    Resource.objects.filter(pk__in=some(chance)[:1]).delete()


def some(chance):
    return sorted(chance.sample(list(Resource.objects.values_list("pk", flat=True)), 4))


def write(seed, times):
    chance, given_up = Random(seed), 0
    for _ in range(times):
        try:
            with transaction.atomic():
                for act in chance.choices([add, turn, rename, retag, call, remove], k=2):
                    act(chance)
                if chance.random() < 0.2:
                    transaction.set_rollback(True)
        except (OperationalError, IntegrityError) as error:  # two wait for each other, or both want the same name
            if not any(word in str(error) for word in ("deadlock", "condition_name_once", "foreign key")):
                raise
            given_up += 1
    sys.stdout.write(f"wrote {times - given_up}\n")


@contextmanager
def one_moment():
    """All reads inside see the same moment of the database."""
    with connection.cursor() as cursor:
        cursor.execute("BEGIN" if connection.vendor == "sqlite" else "BEGIN ISOLATION LEVEL REPEATABLE READ")
        yield
        cursor.execute("COMMIT")


def by_sql(query, index):
    return ResourceFilter(QueryDict(query), vocabularies=index.vocabularies).qs


def compare(query):
    with one_moment():
        search = Search(QueryDict(query))
        shown = sorted(search.answer.ids)
        right = sorted(by_sql(query, search.index).values_list("pk", flat=True))
        cards = {card.pk: (card.name, card.summary) for card in search.results}
        rows = {row.pk: (row.name, row.summary) for row in Resource.objects.filter(pk__in=cards)}
        counts = {value: len(by_sql(f"{query}&need={value}", search.index)) for value in ("one", "two")}
    if shown != right:
        sys.exit(f"{query}: the index says {shown}, the rows {right}")
    if cards != rows:
        sys.exit(f"{query}: the cards say {cards}, the rows {rows}")
    if "need" not in query and counts != {value: search.answer.counts["need"][value] for value in counts}:
        sys.exit(f"{query}: the index counts {search.answer.counts['need']}, the rows {counts}")


def read():
    rounds = 0
    while not select([sys.stdin], [], [], 0)[0]:
        for query in QUERIES:
            compare(query)
        rounds += 1
    for query in QUERIES:
        compare(query)
    sys.stdout.write(f"read {rounds}\n")


if __name__ == "__main__":
    write(*map(int, sys.argv[2:])) if sys.argv[1] == "write" else read()
