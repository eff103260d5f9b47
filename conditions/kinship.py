"""Who lies under whom: walks along the graph in one query, and the refusal of cycles."""

from dataclasses import dataclass, replace
from graphlib import CycleError, TopologicalSorter

from django.db import connection

# Recursive queries, the same on SQLite and PostgreSQL.
# UNION (not UNION ALL) and the bound end a walk even where a cycle slipped in by hand.
_WALKS = """
WITH RECURSIVE seed(id) AS (SELECT id FROM conditions_condition WHERE slug IN ({slugs})),
up(id, distance) AS (
    {start}
    UNION
    SELECT link.parent_id, up.distance + 1 FROM conditions_kinship link JOIN up ON link.child_id = up.id WHERE up.distance < 40
),
down(id, distance) AS (
    SELECT id, 0 FROM seed
    UNION
    SELECT link.child_id, down.distance + 1 FROM conditions_kinship link JOIN down ON link.parent_id = down.id WHERE down.distance < 40
),
above(id, distance) AS (SELECT id, MIN(distance) FROM up GROUP BY id),
below(id, distance) AS (SELECT id, -MIN(distance) FROM down GROUP BY id HAVING MIN(distance) > 0),
near(id, distance) AS (
    SELECT below.id, below.distance FROM below JOIN conditions_condition c ON c.id = below.id
    ORDER BY CASE c.page_state WHEN 'published' THEN 0 ELSE 1 END, below.distance DESC, c.name, c.id LIMIT {most}
)
SELECT c.id, c.slug, c.name, c.kind, c.page_state, above.distance,
       (SELECT COUNT(*) FROM conditions_kinship link WHERE link.parent_id = c.id)
FROM above JOIN conditions_condition c ON c.id = above.id
UNION ALL SELECT c.id, c.slug, c.name, c.kind, c.page_state, near.distance, 0 FROM near JOIN conditions_condition c ON c.id = near.id
UNION ALL SELECT id, '', '', '', '', distance, 0 FROM below
"""


MOST_NARROWER = 200  # types that are read with their names: a class of diseases has thousands
UMBRELLA = 8  # a group with more kinds than this, such as "rare disease", says little about a family's own condition


@dataclass(frozen=True)
class Relative:
    """A condition near another: `distance` 0 is itself, above 0 an ancestor, below 0 a narrower type. `breadth`: an ancestor's children."""

    id: int
    slug: str
    name: str
    kind: str
    page_state: str
    distance: int
    breadth: int

    def __str__(self):
        return self.name

    @property
    def nearness(self):
        """Sorts the nearest first: conditions by their steps, then wide umbrella groups from the smaller to the wider."""
        is_umbrella = self.kind == "group" and self.distance > 0 and self.breadth > UMBRELLA
        return (is_umbrella, self.breadth if is_umbrella else abs(self.distance), self.name)


@dataclass(frozen=True)
class Kin:
    """Ancestors (with the conditions themselves, nearest first) and narrower types of some conditions.

    `narrower` are the first `MOST_NARROWER`, those with pages among them; `below` has the ids of all.
    """

    ancestors: tuple[Relative, ...] = ()
    narrower: tuple[Relative, ...] = ()
    below: frozenset[int] = frozenset()

    @property
    def all(self):
        return (*self.ancestors, *self.narrower)

    @property
    def types(self):
        """The next narrower conditions only."""
        return [relative for relative in self.narrower if relative.distance == -1]

    @property
    def asked(self):
        return [relative for relative in self.ancestors if relative.distance == 0]


def kin(slugs):
    """The `Kin` of the conditions with these slugs, in one query; unknown slugs are passed over."""
    slugs = list(slugs)
    return _walked(slugs, "SELECT id, 0 FROM seed", []) if slugs else Kin()


def kin_with(condition, parents):
    """The `Kin` that a condition would have with these parents, in one query; as it is where they do not fit."""
    parents = list(parents)
    start = f"SELECT id, 1 FROM conditions_condition WHERE slug IN ({_places(parents)})"  # noqa: S608
    found = _walked([condition.slug], start, parents)
    slugs = {one.slug for one in found.ancestors}
    if condition.slug in slugs or not slugs.issuperset(parents):
        return kin([condition.slug])
    own = Relative(condition.pk, condition.slug, condition.name, condition.kind, condition.page_state, 0, len(found.types))
    return replace(found, ancestors=tuple(sorted([own, *found.ancestors], key=lambda one: one.nearness)))


def _places(values):
    return ", ".join(["%s"] * len(values)) or "NULL"


def _walked(slugs, start, more):
    """`start`: where the walk up begins, with the values that it asks for in `more`."""
    with connection.cursor() as cursor:
        cursor.execute(_WALKS.format(slugs=_places(slugs), start=start, most=MOST_NARROWER), [*slugs, *more])
        rows = cursor.fetchall()
    relatives = sorted((Relative(*row) for row in rows if row[1]), key=lambda relative: relative.nearness)
    above = {relative.id for relative in relatives if relative.distance >= 0}
    return Kin(
        tuple(relative for relative in relatives if relative.distance >= 0),
        tuple(relative for relative in relatives if relative.distance < 0 and relative.id not in above),
        frozenset(row[0] for row in rows if not row[1]) - above,
    )


def cycle_in(parents):
    """The first circle in `{child: [parents]}` as a list of names, or None.

    >>> cycle_in({"atrophy": ["ataxia"], "ataxia": ["atrophy"]})
    ['atrophy', 'ataxia', 'atrophy']
    >>> cycle_in({"joubert": ["hypoplasia"]}) is None
    True
    """
    try:
        TopologicalSorter(parents).prepare()
    except CycleError as found:
        return found.args[1]
    return None


def above(parents, start):
    """All that lies above `start` in `{child: {parents}}`, without itself.

    >>> sorted(above({"a": {"b"}, "b": {"c"}}, "a"))
    ['b', 'c']
    """
    found, todo = set(), [start]
    while todo:
        new = parents.get(todo.pop(), set()) - found
        found |= new
        todo += new
    return found
