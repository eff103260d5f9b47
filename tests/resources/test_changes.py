"""Whatever writes to what the index is made of leaves an entry in the log, in its own transaction."""

import pytest
from django.core.management import call_command
from django.db import connection, models, transaction

from conditions.models import Condition, ConditionName, GeneLink
from resources import changes
from resources.models import Change, Phone, Resource, Term
from tests.factories import (
    ConditionFactory,
    ConditionNameFactory,
    MoneyFactory,
    OrganizationFactory,
    PhoneFactory,
    ResourceFactory,
    SchoolFactory,
    ServiceFactory,
    TermFactory,
    TherapyFactory,
)


def logged(act):
    """What `act` had logged: the set of (what, key)."""
    last = Change.objects.latest("pk").pk
    act()
    return set(Change.objects.filter(pk__gt=last).values_list("what", "key"))


def run(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def listing(db):
    return ResourceFactory(terms=[TermFactory()], conditions=[ConditionFactory()], phones=["988"])


WAYS = {
    "save": lambda row: row.save(),
    "update": lambda row: Resource.objects.filter(pk=row.pk).update(name="Another"),
    "bulk update": lambda row: Resource.objects.bulk_update([row], ["name"]),
    "SQL by hand": lambda row: run("UPDATE resources_resource SET state = 'draft' WHERE id = %s", row.pk),
    "a term more": lambda row: row.terms.add(TermFactory(slug="more")),
    "terms set": lambda row: row.terms.set([]),
    "a condition more": lambda row: row.conditions.add(Condition.objects.create(slug="more", name="More")),
    "links in bulk": lambda row: Resource.terms.through.objects.filter(resource=row).delete(),
    "links by SQL": lambda row: run("DELETE FROM resources_resource_conditions WHERE resource_id = %s", row.pk),
    "a phone less": lambda row: row.phones.all().delete(),
    "a phone hidden": lambda row: Phone.objects.update(source=None),
    "deleted": lambda row: row.delete(),
}


@pytest.mark.parametrize("way", WAYS)
def test_each_way_of_changing_a_listing_is_logged(way, listing):
    key = listing.pk
    assert ("listing", key) in logged(lambda: WAYS[way](listing))


def test_a_listing_that_takes_over_anothers_phone_or_words_is_logged_with_the_other(listing):
    other = ResourceFactory()
    both = {("listing", listing.pk), ("listing", other.pk)}
    assert both <= logged(lambda: Phone.objects.update(resource=other))
    assert both <= logged(lambda: Resource.terms.through.objects.update(resource=other))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no such statement")
def test_a_row_that_replaces_another_is_logged_with_it(listing):
    other, link = ResourceFactory(), Resource.terms.through.objects.get(resource=listing)
    statement = "INSERT OR REPLACE INTO resources_resource_terms (id, resource_id, term_id) VALUES (%s, %s, %s)"
    assert logged(lambda: run(statement, link.pk, other.pk, link.term_id)) == {("listing", listing.pk), ("listing", other.pk)}


@pytest.mark.parametrize("factory", [ServiceFactory, TherapyFactory, SchoolFactory, MoneyFactory])
def test_a_kinds_own_row_is_logged_too(db, factory):
    row = factory()
    table = row._meta.db_table
    column = next(field.column for field in row._meta.local_concrete_fields if field.column != "resource_ptr_id")
    assert logged(lambda: run(f"UPDATE {table} SET {column} = {column}")) >= {("listing", row.pk)}  # noqa: S608


def test_words_of_a_vocabulary_and_names_of_a_condition_are_logged(listing):
    term, condition = Term.objects.get(), Condition.objects.get()
    assert logged(lambda: Term.objects.update(label="Another")) == {("term", term.pk)}
    named = {("condition", condition.pk)}
    assert logged(lambda: Condition.objects.update(name="Another")) == named
    assert logged(lambda: ConditionNameFactory(condition=condition)) == named
    assert logged(lambda: ConditionName.objects.all().delete()) == named
    assert logged(lambda: GeneLink.objects.create(condition=condition, symbol="SMN1")) == named


def test_what_is_rolled_back_was_not_logged(listing):
    def fail():
        with transaction.atomic():
            listing.save()
            transaction.set_rollback(True)

    assert logged(fail) == set()


def test_each_entry_has_a_token_of_its_own(listing):
    OrganizationFactory.create_batch(5)
    tokens = list(Change.objects.values_list("token", flat=True))
    assert len(tokens) == len(set(tokens)) > 5


@pytest.mark.django_db(transaction=True)
def test_after_a_load_without_the_log_everything_counts_as_changed():
    with changes.unwatched():
        assert logged(lambda: PhoneFactory()) == set()
    assert Change.objects.latest("seq").what == "all"
    assert logged(lambda: ResourceFactory()) != set()


@pytest.mark.django_db(transaction=True)
def test_where_a_trigger_was_lost_migrate_puts_it_back_and_logs_all():
    assert logged(lambda: call_command("migrate", verbosity=0)) == set()
    table = "" if connection.vendor == "sqlite" else " ON resources_phone"
    run(f"DROP TRIGGER {changes.PREFIX}resources_phone_update{table}")
    assert logged(lambda: call_command("migrate", verbosity=0)) == {("all", 0)}
    phone = PhoneFactory()
    assert logged(lambda: Phone.objects.update(number="1")) == {("listing", phone.resource_id)}


@pytest.mark.django_db(transaction=True)
def test_a_migration_that_rebuilds_a_table_does_not_end_the_log():
    old = Phone._meta.get_field("number")
    longer = models.CharField(max_length=201)
    longer.set_attributes_from_name("number")
    longer.model = Phone
    with connection.schema_editor() as editor:
        editor.alter_field(Phone, old, longer, strict=False)
        editor.alter_field(Phone, longer, old, strict=False)
    call_command("migrate", verbosity=0)
    phone = PhoneFactory()
    assert logged(lambda: Phone.objects.update(number="1")) == {("listing", phone.resource_id)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite empties no table without deleting its rows")
def test_a_table_that_is_emptied_at_once_is_logged():
    assert ("all", 0) in logged(lambda: run("TRUNCATE resources_phone"))


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "postgresql", reason="on SQLite writers take turns")
def test_numbers_follow_the_commits_not_the_writes():
    """The transaction that writes first commits last: its entry comes last, or a reader in between would never see it."""
    first, second = ResourceFactory(), ResourceFactory()
    other = connection.copy()
    try:
        with transaction.atomic():
            first.save()
            with other.cursor() as cursor:
                cursor.execute("UPDATE resources_resource SET name = 'B' WHERE id = %s", [second.pk])
            assert Change.objects.filter(seq=None).count() == 1
    finally:
        other.close()
    assert list(Change.objects.order_by("-seq").values_list("key", flat=True)[:2]) == [first.pk, second.pk]
