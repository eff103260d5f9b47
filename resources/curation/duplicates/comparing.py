"""The two listings of a pair, side by side."""

from dataclasses import dataclass

from conditions.editorial import State

from ... import document as documents
from ... import workflow
from ...models import Resource
from . import blending

FIRST, SECOND, BOTH = "first", "second", "both"


@dataclass(frozen=True)
class Side:
    """One of the two: its document is what its revision of that number says."""

    listing: Resource
    document: documents.Listing
    number: int

    @classmethod
    def of(cls, listing):
        return cls(listing, *documents.now(listing))


def sides_of(pair):
    return {FIRST: Side.of(pair.first), SECOND: Side.of(pair.second)}


def stays(sides):
    """Which of the two stays, before anybody chooses: the published, the more complete, the older."""

    def rank(name):
        side = sides[name]
        filled = sum(1 for value in documents.fields(side.document).values() if value)
        return side.listing.state == State.PUBLISHED, filled, -side.listing.pk

    return max(sides, key=rank)


def kept_whole(sides, winner):
    """What it is whose text changes by a second person's hand alone, so that a merge leaves it; empty where a merge may change it."""
    if sides[winner].listing.state != State.PUBLISHED:
        return ""
    return workflow.two_persons(*(side.document for side in sides.values()))


def other(name):
    return SECOND if name == FIRST else FIRST


def defaults(sides, winner):
    """`{field: FIRST, SECOND or BOTH}`."""
    names = {blending.MINE: winner, blending.THEIRS: other(winner), blending.BOTH: BOTH}
    mine, theirs = sides[winner].document, sides[other(winner)].document
    return {field: names[choice] for field, choice in blending.choices(mine, theirs).items()}


def merged(sides, winner, chosen):
    """The document that the winner will hold; `chosen`: as `defaults`. Raises `conditions.files.Faulty`."""
    if kept_whole(sides, winner):
        return sides[winner].document
    names = {winner: blending.MINE, other(winner): blending.THEIRS, BOTH: blending.BOTH}
    return blending.blended(
        sides[winner].document, sides[other(winner)].document, {field: names[choice] for field, choice in chosen.items()}
    )
