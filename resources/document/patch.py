"""A listing document by its fields, so that a person can take some of a change and leave the rest.

A field is a key of the document, or of its kind's part by a dotted name: `phones`, `service.schedule`. A list is one field.
"""

from conditions import merging

from .entering import enter
from .shape import KIND_PARTS, Listing


def fields(document: Listing | None) -> dict:
    """`{field: plain value}` in the document's own order; none of nothing."""
    if document is None:
        return {}
    made = {}
    for name, value in document.model_dump(mode="json").items():
        if name not in KIND_PARTS:
            made[name] = value
        elif value is not None:
            made |= {f"{name}.{inner}": one for inner, one in value.items()}
    return made


def changed(before: Listing | None, after: Listing) -> list[str]:
    """The fields in which two documents differ, in the document's own order."""
    old = fields(before)
    return [name for name, value in fields(after).items() if name not in old or old[name] != value]


def patched(document: Listing, values: dict, fault=None) -> Listing:
    """The document with these fields' values in place. Raises `conditions.files.Faulty` where the whole no longer holds together.

    `fault(place, message)` makes each fault, as for `read`.
    """
    return enter(overlaid(document, values), fault, before=document)


def overlaid(document: Listing, values: dict) -> dict:
    """The document's plain data with these fields' values in place, whether or not the whole holds together."""
    data = document.model_dump(mode="json")
    for name, value in values.items():
        part, dot, inner = name.partition(".")
        if dot:
            data[part][inner] = value
        else:
            data[part] = value
    return data


def merged(base: Listing | None, mine: Listing, theirs: Listing) -> merging.Merged:
    """What two people made of `base`, field by field."""
    return merging.merged(fields(base), fields(mine), fields(theirs))
