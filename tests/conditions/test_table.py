"""Names in memory: whatever wrote, and however it ended, the next question knows it."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from conditions import stamp, table
from conditions.models import Condition, ConditionCode, ConditionName, GeneLink
from conditions.search import search
from tests.factories import ConditionFactory, ConditionNameFactory

pytestmark = pytest.mark.django_db


def slugs(text):
    return [match.condition.slug for match in search(text, mend=False) if match.is_exact]


def queries(text):
    with CaptureQueriesContext(connection) as asked:
        search(text)
    return len(asked)


def test_one_query_where_nothing_has_changed():
    ConditionFactory(slug="ataxia")
    search("ataxia")
    assert queries("ataxia") == 1
    assert queries("atacksia") == 1


@pytest.fixture
def known():
    condition = ConditionFactory(slug="one", name="Zed")
    search("warm")
    return condition


def by_name(condition):
    ConditionName.objects.bulk_create([ConditionName(condition=condition, name="New", folded="new")])


def by_update(condition):
    Condition.objects.filter(pk=condition.pk).update(name="New", folded="new")


def by_code(condition):
    ConditionCode.objects.create(condition=condition, system="omim", code="213000")


def by_gene(condition):
    GeneLink.objects.create(condition=condition, symbol="NEW")


def by_hand(condition):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE conditions_condition SET folded = 'new', name = 'New' WHERE id = %s", [condition.pk])


@pytest.mark.parametrize("write", [by_name, by_update, by_code, by_gene, by_hand])
def test_whatever_writes_shows_in_the_next_question(write, known):
    write(known)
    assert slugs("213000" if write is by_code else "new") == ["one"]


def test_what_is_deleted_or_retired_is_found_no_more(known):
    other = ConditionNameFactory(condition=known, name="Why")
    assert slugs("why") == ["one"]
    other.delete()
    assert slugs("why") == []
    Condition.objects.update(page_state="retired", origin="mondo 2026-05-05")
    assert slugs("zed") == []


def test_a_condition_whose_page_people_retired_is_still_found(known):
    Condition.objects.update(page_state="retired")
    assert slugs("zed") == ["one"]


def test_what_was_rolled_back_is_forgotten(known):
    with transaction.atomic():
        by_name(known)
        assert slugs("new") == ["one"]
        transaction.set_rollback(True)
    assert slugs("new") == []


@pytest.mark.django_db(transaction=True)
def test_what_another_connection_commits_shows_and_not_before(known):
    """The other one writes through its own connection, as another process would."""
    from threading import Event, Thread

    wrote, read = Event(), Event()

    def write():
        with transaction.atomic():
            if connection.vendor == "postgresql":  # SQLite's readers and its one writer are told apart by files in tests
                by_name(known)
            wrote.set()
            read.wait(10)
            if connection.vendor != "postgresql":
                by_name(known)
        connection.close()

    other = Thread(target=write)
    other.start()
    wrote.wait(10)
    assert slugs("new") == []
    read.set()
    other.join()
    assert slugs("new") == ["one"]


@pytest.mark.django_db(transaction=True)
def test_of_two_writers_that_end_in_another_order_than_they_began_none_is_lost(known):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite's writers take turns")
    from threading import Event, Thread

    began, end = Event(), Event()

    def slow():
        with transaction.atomic():
            ConditionName.objects.create(condition=known, name="Slow")
            began.set()
            end.wait(10)
        connection.close()

    writer = Thread(target=slow)
    writer.start()
    began.wait(10)
    ConditionName.objects.create(condition=known, name="Quick")
    assert (slugs("quick"), slugs("slow")) == (["one"], [])
    end.set()
    writer.join()
    assert (slugs("quick"), slugs("slow")) == (["one"], ["one"])


def test_a_row_that_gives_way_to_another_is_seen_too(known):
    """INSERT OR IGNORE has a conflict rule of its own, which triggers inherit on SQLite."""
    before = stamp.current()
    ConditionCode.objects.bulk_create([ConditionCode(condition=Condition.objects.first(), system="omim", code="1")], ignore_conflicts=True)
    assert stamp.current() != before


def test_triggers_stand_on_every_table_that_is_read_and_may_be_installed_again():
    stamp.install()
    before = stamp.current()
    stamp.install()
    assert before and stamp.current() != before
    catalogue = {"sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'stamp_%'"}
    catalogue["postgresql"] = "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE 'stamp_%'"
    with connection.cursor() as cursor:
        cursor.execute(catalogue[connection.vendor])
        assert {row[0] for row in cursor.fetchall()} == set(stamp.WATCHED)


def test_old_tokens_are_swept(known):
    if connection.vendor == "sqlite":
        pytest.skip("SQLite keeps one row")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO conditions_stamp (token) SELECT 1 FROM generate_series(1, 5000)")
    for _ in range(1200):
        Condition.objects.filter(pk=0).update(name="nobody")
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM conditions_stamp")
        assert cursor.fetchone()[0] < 5000
    assert slugs("zed") == ["one"]


def test_names_that_begin_so_and_words_that_begin_so():
    for name in ("Ataxia", "Atrophy", "Late ataxia", "Zed"):
        ConditionFactory(name=name, slug=name.lower().replace(" ", "-"))
    known = table.table()
    assert [entry.name for entry in known.beginning_with("at")] == ["Ataxia", "Atrophy"]
    assert {entry.name for entry in known.beginning(["at"])} == {"Ataxia", "Atrophy", "Late ataxia"}
    assert {entry.name for entry in known.beginning(["at", "la"])} == {"Late ataxia"}
