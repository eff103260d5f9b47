"""What the history of a condition or a listing says, as documents. `read` makes one of plain data, `of` of the rows."""

from typing import Any, NamedTuple


class Now(NamedTuple):
    """What something says now, and the number of the revision that says so; 0 where no verb ever saved it."""

    document: Any
    number: int


def now(read, of, owner, revisions=None):
    """The latest revision holds it whole, in one query instead of a dozen; without one, the rows say it.

    `revisions`: the latest first, where the caller has them.
    """
    if revisions is None:
        revisions = owner.revisions.all()[:1]
    last = next(iter(revisions), None)
    return Now(read(last.document), last.number) if last else Now(of(owner), 0)


def at(read, owner, number, revisions=()):
    """The document of a revision; None where there is none. `revisions`: those that the caller has."""
    known = (one for one in revisions if one.number == number)
    revision = next(known, None) or owner.revisions.filter(number=number).first()
    return read(revision.document) if revision else None
