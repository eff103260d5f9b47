"""Whether a listing like the one that is typed is there already: a warning, never a refusal."""

from dataclasses import dataclass

from ...models import Resource
from .. import duplicates
from ..duplicates.showing import reasons_in_words

FIELDS = {"phone": "phones", "page": "website", "domain": "website"}  # by what it is alike → beside which field it is said; else the name


@dataclass(frozen=True)
class Alike:
    """`field`: name, website or phones."""

    field: str
    why: str
    listing: Resource


def alike(fields, exclude_pk=None):
    """What speaks for it, by field, of each listing of the kind that is alike; see `duplicates.alike`."""
    return [
        Alike(FIELDS.get(what, "name"), reasons_in_words([[what, shared, points]])[0][0], listing)
        for listing, reasons in duplicates.alike(fields, exclude_pk)
        for what, shared, points in reasons
        if points > 0
    ]
