"""The parts of a query that were understood."""

from dataclasses import dataclass, field

from conditions.table import Known


@dataclass(frozen=True)
class Part:
    """Words that were understood: `asks` is parameter → values. `condition`: the one that is meant, with others of that name.

    `usual`: the usual words for a need that was put in others.
    """

    words: str
    places: frozenset[int]
    asks: dict[str, tuple[str, ...]]
    condition: Known | None = None
    others: tuple[Known, ...] = ()
    is_mended: bool = False
    usual: str = ""


@dataclass
class Understood:
    """`rest`: plain words that are still looked for. `unclear`: words that name several conditions, of which none was chosen.

    `is_spanish`: whether some of the words are Spanish.
    """

    words: list[str]
    parts: list[Part] = field(default_factory=list)
    unclear: list[Part] = field(default_factory=list)
    rest: str = ""
    is_spanish: bool = False

    @property
    def conditions(self):
        return [part.condition for part in self.parts if part.condition]

    def asked(self, name):
        """Values of a parameter, in the order of the words."""
        return tuple(dict.fromkeys(value for part in self.parts for value in part.asks.get(name, ())))


def choose(candidates):
    """The condition that a name means, or None where that is not clear; and the others. `candidates`: pairs of condition and rank."""
    best = min(rank for _, rank in candidates)
    conditions = tuple(dict.fromkeys(condition for condition, _ in candidates))
    few = {condition for condition, rank in candidates if rank == best}
    chosen = few.pop() if len(few) == 1 else None
    return chosen, tuple(one for one in conditions if one != chosen)


def ages(years):
    """The life stages of somebody of that age, as slugs.

    >>> ages(3), ages(19), ages(64)
    (('3-5',), ('16-22', 'adult'), ('adult', 'older_adult'))
    """
    bounds = {
        "0-3": (0, 2),
        "3-5": (3, 5),
        "6-11": (6, 11),
        "12-15": (12, 15),
        "16-22": (16, 22),
        "adult": (18, 130),
        "older_adult": (60, 130),
    }
    return tuple(slug for slug, (first, last) in bounds.items() if first <= years <= last)
