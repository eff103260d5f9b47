"""What the index is derived from, read from the database. A listing with all its tags and texts is one row, the same on both databases."""

import json
from dataclasses import dataclass, field
from datetime import date

from django.db import connections

CHUNK = 2_000  # listings that a build reads at a time

_LISTING = """
SELECT 'listing' AS what, r.id AS key, {array}(
    r.kind, r.name, r.also_known_as, r.coverage, COALESCE(r.checked_on, r.found_on), r.checked_on,
    EXISTS (SELECT 1 FROM resources_phone p WHERE p.resource_id = r.id AND p.source_id IS NOT NULL AND p.dead_on IS NULL),
    {terms}, {conditions}, {points}, r.summary, r.description, o.name,
    t.what_it_is, t.how_it_works, t.benefits, a.need_met, a.looks_like, a.how_to_ask, m.steps){text} AS data
FROM resources_resource r
LEFT JOIN resources_service s ON s.resource_ptr_id = r.id
LEFT JOIN resources_financialaid m ON m.resource_ptr_id = r.id
LEFT JOIN resources_therapytype t ON t.resource_ptr_id = r.id
LEFT JOIN resources_schoolaccommodation a ON a.resource_ptr_id = r.id
LEFT JOIN resources_resource o ON o.id = COALESCE(s.provider_id, m.provider_id)
WHERE r.state = 'published' AND r.id {which}
"""
_CONDITION = """
SELECT 'condition', c.id, {array}(c.name, {names}, {genes}){text}
FROM conditions_condition c WHERE {which}
"""
_TERM = "SELECT 'term', t.id, {array}(t.vocabulary, t.position, t.label, t.slug, t.\"group\"){text} FROM resources_term t WHERE {which}"
_LOG = "SELECT 'log', COALESCE(seq, 0), {array}(id, token, what, key){text} FROM changed"

# A service's words hold its provider's name: with the provider the service has changed.
_CHANGED_LISTINGS = """IN (
    SELECT key FROM changed WHERE what = 'listing'
    UNION SELECT s.resource_ptr_id FROM changed JOIN resources_service s ON s.provider_id = changed.key WHERE changed.what = 'listing'
    UNION SELECT m.resource_ptr_id FROM changed JOIN resources_financialaid m ON m.provider_id = changed.key WHERE changed.what = 'listing'
)"""
# One statement, and so one moment: what it reads of listings fits the entries of the log that it reads.
_SINCE = f"""
WITH changed AS (SELECT id, seq, token, what, key FROM resources_change WHERE seq >= %s OR seq IS NULL)
{_LOG}
UNION ALL {_LISTING.replace("{which}", _CHANGED_LISTINGS)}
UNION ALL {_CONDITION.replace("{which}", "c.id IN (SELECT key FROM changed WHERE what = 'condition')")}
UNION ALL {_TERM.replace("{which}", "EXISTS (SELECT 1 FROM changed WHERE what = 'term')")}
"""
# The same of everything, up to the first chunk of listings.
_BEGINNING = f"""
WITH changed AS (
    SELECT id, seq, token, what, key FROM resources_change
    WHERE seq IS NULL OR seq = (SELECT MAX(seq) FROM resources_change)
)
{_LOG}
UNION ALL SELECT * FROM ({_LISTING.replace("{which}", "> 0 ORDER BY r.id LIMIT %s")}) listings
UNION ALL {_CONDITION.replace("{which}", "1 = 1")}
UNION ALL {_TERM.replace("{which}", "1 = 1")}
"""
_STAMPS = """
SELECT * FROM (SELECT 'newest', seq, token FROM resources_change WHERE seq IS NOT NULL ORDER BY seq DESC LIMIT 1) newest
UNION ALL SELECT * FROM (SELECT 'own', 0, token FROM resources_change WHERE seq IS NULL ORDER BY id DESC LIMIT 1) own
UNION ALL SELECT 'known', seq, token FROM resources_change WHERE seq IN ({known})
UNION ALL SELECT 'known', NULL, token FROM resources_change WHERE seq IS NULL AND token IN ({own})
"""
_LISTS = {
    "terms": ("x.term_id", "resources_resource_terms x WHERE x.resource_id = r.id"),
    "conditions": ("x.condition_id", "resources_resource_conditions x WHERE x.resource_id = r.id"),
    "names": ("x.name", "conditions_conditionname x WHERE x.condition_id = c.id"),
    # Where it is: by its own coordinates, else by the middle of its ZIP.
    "points": (
        "{array}(COALESCE(x.latitude, z.latitude), COALESCE(x.longitude, z.longitude))",
        "resources_location x LEFT JOIN resources_place z ON z.code = SUBSTR(x.postal_code, 1, 5) AND x.country IN ('US', '') "
        "WHERE x.resource_id = r.id AND COALESCE(x.latitude, z.latitude) IS NOT NULL AND COALESCE(x.longitude, z.longitude) IS NOT NULL",
    ),
    "genes": ("x.symbol", "conditions_genelink x WHERE x.condition_id = c.id"),
}


def _sql(vendor, statement):
    array, many = ("json_array", "json((SELECT json_group_array({}) FROM {}))") if vendor == "sqlite" else _POSTGRESQL
    lists = {name: many.format(value.format(array=array), rows) for name, (value, rows) in _LISTS.items()}
    return statement.format(array=array, text="" if vendor == "sqlite" else "::text", **lists)


_POSTGRESQL = ("json_build_array", "(SELECT json_agg({}) FROM {})")


@dataclass(frozen=True)
class Stamp:
    """The last entry of the log: `seq` and `token` of what is committed, `own`: token of what the reader's own transaction wrote beside it.

    Where there is no such entry, 0. Without any entry nothing can be told apart.
    """

    seq: int = 0
    token: int = 0
    own: int = 0


class Listing:
    """One published listing, as the index takes it in."""

    __slots__ = ("pk", "kind", "name", "names", "coverage", "dated", "confirmed", "has_phone", "terms", "conditions", "points", "texts")

    def __init__(self, pk, data):
        self.pk = pk
        self.kind, self.name, also, self.coverage, dated, confirmed, phone, terms, conditions, points, *texts = json.loads(data)
        self.names = f"{self.name} {also}"
        self.dated, self.confirmed, self.has_phone = date.fromisoformat(dated).toordinal(), bool(confirmed), bool(phone)
        self.terms, self.conditions, self.points = terms or [], conditions or [], points or []
        self.texts = " ".join(text for text in texts if text)


@dataclass
class News:
    """What one moment shows: `log` entries as tuples (seq or 0, id, token, what, key), and the rows that go with them.

    `conditions`: id → all names and genes; `terms`: pairs of id and `[vocabulary, position, label, slug, group]`.
    """

    log: list = field(default_factory=list)
    listings: list[Listing] = field(default_factory=list)
    conditions: dict[int, str] = field(default_factory=dict)
    terms: list = field(default_factory=list)


def _text(data):
    """All names and genes of a condition."""
    name, names, genes = json.loads(data)
    return " ".join([name, *(names or []), *(genes or [])])


def _query(using, statement, params=()):
    with connections[using].cursor() as cursor:
        cursor.execute(_sql(cursor.db.vendor, statement), params)
        return cursor.fetchall()


def stamps(using, known):
    """The newest `Stamp`, and which of the `known` ones the log still holds, in one cheap query."""
    seqs, tokens = [stamp.seq for stamp in known], [stamp.own for stamp in known if stamp.own]
    statement = _STAMPS.replace("{known}", _places(seqs)).replace("{own}", _places(tokens))
    rows = _query(using, statement, [*seqs, *tokens])
    newest = {what: (seq, token) for what, seq, token in rows if what != "known"}
    there = {(seq, token) for _what, seq, token in rows} | {(None, 0)}
    standing = {stamp for stamp in known if {(stamp.seq, stamp.token), (None, stamp.own)} <= there}
    return Stamp(*newest.get("newest", (0, 0)), newest.get("own", (0, 0))[1]), standing


def _places(values):
    return ", ".join(["%s"] * len(values)) or "NULL"


def since(using, stamp):
    """The `News` of what was committed after `stamp`, the stamp's own entry among it, and of what this transaction wrote."""
    return _news(_query(using, _SINCE, [stamp.seq]))


def beginning(using):
    """The `News` of everything, with the newest entry of the log. Where there are more listings than a chunk, of these the first."""
    return _news(_query(using, _BEGINNING, [CHUNK]))


def listings_after(using, last):
    """Every published `Listing` with a greater id, read in chunks."""
    statement = _LISTING.replace("{which}", "> %s ORDER BY r.id LIMIT %s")
    while rows := _query(using, statement, [last, CHUNK]):
        for _what, last, data in rows:
            yield Listing(last, data)


def _news(rows):
    made = News()
    for what, key, data in rows:
        match what:
            case "log":
                made.log.append((key, *json.loads(data)))
            case "listing":
                made.listings.append(Listing(key, data))
            case "condition":
                made.conditions[key] = _text(data)
            case "term":
                made.terms.append((key, json.loads(data)))
    return made


def count(using):
    """How many listings are published."""
    return _query(using, "SELECT COUNT(*) FROM resources_resource WHERE state = 'published'")[0][0]
