"""How likely two listings are one, from what they are recognized by (`document/keys.py`). Pure functions; the weights are all here."""

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import product

from rapidfuzz import fuzz

from ...models import MatchKey
from .names import alikeness, weight

Kind = MatchKey.Kind
ASK = 50  # of 100, from which a person is asked
WARN = 30  # from which the editor is told while typing: one shared phone is enough

# For: what two listings share is worth so many points.
NAME = 60  # the same name; nothing for one that is only half alike
BY_ALIAS = 0.7  # of those points for each of the two that only goes by that name too: "SSI" stands for more than one programme
POINTS = {Kind.PHONE: 30, Kind.PAGE: 25, Kind.EMAIL: 15, Kind.DOMAIN: 10, Kind.STREET: 15, Kind.CODE: 50}
SAME_PROVIDER = 0.2  # of those points: services of one provider share its phone and site
# Against: legitimate neighbours.
OTHER_TOWN = 40  # the same name elsewhere: a branch
OTHER_CONTACTS = 10  # each has a phone, or a site, of its own
OTHER_PROVIDER = 30  # two organizations that call a service the same
HALF, SAME = 0.6, 0.95  # alikeness of names from which they count, and count in full
HALF_OF_SIBLINGS = 0.85  # programmes of one provider: "Camp" and "Camp weekend" are two
FEW = 2  # listings that may share a phone or site before it says less


@dataclass(frozen=True)
class Marks:
    """What one listing is recognized by, by kind of key."""

    keys: dict = field(default_factory=dict)

    @classmethod
    def of(cls, pairs):
        """
        >>> Marks.of([("town", "austin tx"), ("word", "ataxia")])["town"]
        frozenset({'austin tx'})
        """
        groups = defaultdict(set)
        for kind, key in pairs:
            groups[kind].add(key)
        return cls({kind: frozenset(keys) for kind, keys in groups.items()})

    def __getitem__(self, kind):
        return self.keys.get(kind, frozenset())


def compare(one, other, counts):
    """Score from 0 to 100 and its reasons, `[[what, the shared thing, points], …]`. `counts[kind, key]`: listings that have the key.

    >>> home = [("name", "ataxia help"), ("word", "ataxia"), ("word", "help")]
    >>> here, there = Marks.of([*home, ("town", "austin tx")]), Marks.of([*home, ("town", "dallas tx")])
    >>> compare(here, here, {})
    (60, [['name', 'ataxia help', 60]])
    >>> compare(here, there, {})
    (20, [['name', 'ataxia help', 60], ['other_town', 'austin tx / dallas tx', -40]])
    >>> line = Marks.of([*home, ("phone", "8005550100")])
    >>> compare(line, line, {})[0], compare(line, line, {("phone", "8005550100"): 20})[0]
    (90, 63)
    """
    is_sibling = bool(one[Kind.PROVIDER] & other[Kind.PROVIDER])
    points, name = _names(one, other, counts, HALF_OF_SIBLINGS if is_sibling else HALF)
    reasons = [["name", name, points]] if points else []
    for kind, worth in POINTS.items():
        if shared := _shared(kind, one, other):
            rarest = min(counts.get((kind, key), FEW) for key in shared)
            worth *= min(1, FEW / rarest) * (SAME_PROVIDER if is_sibling else 1)
            reasons.append([kind.value, min(shared), round(worth)])
    if Kind.PAGE in {kind for kind, *_ in reasons}:  # the page says it all
        reasons = [reason for reason in reasons if reason[0] != Kind.DOMAIN]
    reasons += _against(one, other, has_name=points > NAME / 2)
    return min(100, max(0, sum(worth for *_, worth in reasons))), reasons


def _names(one, other, counts, half):
    """The most points that any two of their names are worth, and the shorter of those two."""
    weights = {word: weight(counts.get((Kind.WORD, word), 1)) for word in one[Kind.WORD] | other[Kind.WORD]}

    def points(a, b):
        likeness = alikeness(a.split(), b.split(), weights.__getitem__)
        return NAME * min(1, max(0, (likeness - half) / (SAME - half)))

    return max(
        (
            (round(points(a, b) * BY_ALIAS ** [mine, theirs].count(Kind.ALIAS)), min(a, b, key=len))
            for mine, theirs in product((Kind.NAME, Kind.ALIAS), repeat=2)
            for a, b in product(one[mine], other[theirs])
        ),
        default=(0, ""),
    )


def _shared(kind, one, other):
    """What both have of a kind: streets nearly, the rest exactly.

    >>> _shared(Kind.STREET, Marks.of([("street", "12 main st")]), Marks.of([("street", "12 main street suite 4")]))
    {'12 main st'}
    """
    if kind != Kind.STREET:
        return one[kind] & other[kind]
    return {a for a in one[kind] for b in other[kind] if a.split()[0] == b.split()[0] and fuzz.token_set_ratio(a, b) >= 80}


def _against(one, other, has_name):
    """What tells them apart, where their names do not."""
    if not has_name:
        return

    def differ(kind):
        return one[kind] and other[kind] and not one[kind] & other[kind]

    def both(kind):
        return f"{min(one[kind])} / {min(other[kind])}"

    if differ(Kind.TOWN):
        yield ["other_town", both(Kind.TOWN), -OTHER_TOWN]
    if differ(Kind.PROVIDER):
        yield ["other_provider", both(Kind.PROVIDER), -OTHER_PROVIDER]
    for kind in (Kind.PHONE, Kind.DOMAIN):
        if differ(kind):
            yield [f"other_{kind.value}", both(kind), -OTHER_CONTACTS]
