"""Invented listings into the database and out of it again, in bulk and beside the workflow: they have no history."""

from collections import defaultdict

from django.core.management.color import no_style
from django.db import connections, models, transaction

from conditions.editorial import OwnerKind, State
from conditions.models import Condition

from ..changes import unwatched
from ..models import (
    DuplicatePair,
    FinancialAid,
    Location,
    MatchKey,
    Organization,
    Phone,
    Resource,
    SchoolAccommodation,
    Service,
    Source,
    Term,
    TherapyType,
)
from .listings import FIRST_UUID, LAST_UUID, TODAY, World, invented

CHUNK = 5_000  # listings a transaction
OWN_TABLES = {
    "organization": Organization,
    "service": Service,
    "therapy": TherapyType,
    "school": SchoolAccommodation,
    "money": FinancialAid,
}
FORMS = {"therapy": TherapyType.Form.THERAPY, "school": SchoolAccommodation.Form.ACCOMMODATION, "money": FinancialAid.Form.PUBLIC_BENEFIT}
TAGS, ABOUT = Resource.terms.through, Resource.conditions.through
PARTS = (Phone, Source, Location, TAGS, ABOUT)  # they point at a listing by `resource_id`
MODELS = (Resource, *OWN_TABLES.values(), *PARTS)


def world(catalogue, most=None, using="default"):
    """What the invented listings are tagged with: the database's conditions, `most` of them, by the catalogue's habits."""
    examples = defaultdict(list)
    for entry in catalogue.entries:
        examples[entry.listing.kind].append((entry.listing.terms, len(entry.listing.conditions)))
    names = dict(Condition.objects.using(using).order_by("pk").values_list("slug", "name")[:most])
    words = {vocabulary: [term.slug for term in catalogue.terms[vocabulary]] for vocabulary in ("language", "area")}
    return World(dict(examples), names, words["language"], words["area"])


def all_invented(using="default"):
    return Resource.objects.using(using).filter(uuid__range=(FIRST_UUID, LAST_UUID))


def seed(world, size, using="default", progress=lambda numbers: numbers):
    """Write the first `size` invented listings. What is half-written after an interruption, `remove` takes away."""
    base = (Resource.objects.using(using).aggregate(last=models.Max("pk"))["last"] or 0) + 1
    keys = _Keys(using, base)
    with unwatched(using):
        rows = defaultdict(list)
        for number in progress(range(size)):
            _add_rows(rows, invented(world, number), keys)
            if number % CHUNK == CHUNK - 1 or number == size - 1:
                _write(rows, using)
                rows.clear()
        _renew_sequences(using)
    _analyze(using)


def remove(using="default"):
    """Take every invented listing away; returns how many there were. Raises IntegrityError where something else now points at one."""
    found = all_invented(using)
    count = found.count()
    with unwatched(using), transaction.atomic(using=using):
        pks = found.values("pk")
        _delete(DuplicatePair.objects.using(using).filter(models.Q(first__in=pks) | models.Q(second__in=pks)))
        for model in (MatchKey, Phone, Source, Location, TAGS, ABOUT):
            _delete(model.objects.using(using).filter(resource__in=pks))
        for model in reversed(OWN_TABLES.values()):
            _delete(model.objects.using(using).filter(resource_ptr__in=pks))
        _delete(found)
    return count


def _delete(rows):
    """Without a look at what hangs on each row: the database itself refuses what must not be."""
    rows._raw_delete(rows.db)


class _Keys:
    """Primary keys of what listings point at; `base`: that of the first listing."""

    def __init__(self, using, base):
        self.base = base
        self.terms = {(term.vocabulary, term.slug): term.pk for term in Term.objects.using(using)}
        self.conditions = dict(Condition.objects.using(using).values_list("slug", "pk"))
        self.source = (Source.objects.using(using).aggregate(last=models.Max("pk"))["last"] or 0) + 1


def _add_rows(rows, listing, keys):
    """Append `{column: value}` of a listing to the lists by model; a column that is left out has its default."""
    pk, source = keys.base + listing.number, keys.source + listing.number
    common = ("uuid", "slug", "kind", "name", "summary", "description", "first_step", "eligibility", "coverage", "found_on", "checked_on")
    rows[Resource].append({"id": pk, "state": State.PUBLISHED} | {name: getattr(listing, name) for name in common})
    if listing.kind in OWN_TABLES:
        provider = {"provider_id": keys.base + listing.provider} if listing.provider is not None else {}
        form = {"form": FORMS[listing.kind]} if listing.kind in FORMS else {}
        rows[OWN_TABLES[listing.kind]].append({"resource_ptr_id": pk} | provider | form)
    about = {"key": "about", "title": "About us", "publisher": listing.name, "owner_kind": OwnerKind.CHARITY, "supports": "What it does."}
    rows[Source].append({"id": source, "resource_id": pk, "seen_on": TODAY} | about)
    rows[Phone] += [{"resource_id": pk, "number": number, "source_id": source} for number in listing.phones]
    if listing.place:
        rows[Location].append({"resource_id": pk, "city": listing.place[0], "region": listing.place[1]})
    rows[TAGS] += [{"resource_id": pk, "term_id": keys.terms[term]} for term in listing.terms]
    rows[ABOUT] += [{"resource_id": pk, "condition_id": keys.conditions[slug]} for slug in listing.conditions]


def _write(rows, using):
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        for model in MODELS:
            if rows[model]:
                _write_table(cursor, model, rows[model])


def _write_table(cursor, model, rows):
    """By COPY on PostgreSQL, by a prepared statement on SQLite. Rows of a table have the same columns."""
    given = rows[0].keys()
    fields = [field for field in model._meta.local_concrete_fields if field.attname in given or not field.primary_key]
    defaults = {field.attname: field.get_default() for field in fields}
    columns = ", ".join(cursor.db.ops.quote_name(field.column) for field in fields)
    values = ([field.get_db_prep_save(row.get(field.attname, defaults[field.attname]), cursor.db) for field in fields] for row in rows)
    table = cursor.db.ops.quote_name(model._meta.db_table)
    if cursor.db.vendor == "postgresql":
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)
    else:
        places = ", ".join(["%s"] * len(fields))
        cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", values)  # noqa: S608


def _renew_sequences(using):
    """The next listing of a person gets a key after ours."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), MODELS):
            cursor.execute(statement)


def _analyze(using):
    """Both planners choose by statistics that a large load has made stale."""
    with connections[using].cursor() as cursor:
        cursor.execute("ANALYZE")
