"""The rows that a document says, before anybody keeps them: `store` writes them, `unsaved` only shows them."""

from ..models import FinancialAid, Organization, Phone, SchoolAccommodation, Service, TherapyType
from . import shape

# What is more than one column of the row; every other field has the same name and value in the document and in the row.
APART = {"format", "funding", "terms", "conditions", "sources", "phones", "locations", "evidence", *shape.KIND_PARTS}
BASE = [name for name in shape.Listing.model_fields if name not in APART]
MODELS = {"organization": Organization, "service": Service, "therapy": TherapyType, "school": SchoolAccommodation, "money": FinancialAid}
LINKS = {"provider", "therapies", "legal_basis", "amounts"}
PLAIN = {kind: [name for name in getattr(shape, kind.title()).model_fields if name not in LINKS] for kind in MODELS}


def fill(row, document, links):
    """Give the row of a listing's own kind the document's columns. `links`: as `references.named`."""
    if row.kind and row.kind != document.kind:
        raise ValueError(f"a {row.kind} cannot become a {document.kind}: make a new listing and retire this one")
    for name in BASE:
        setattr(row, name, getattr(document, name))
    row.funding_status, row.funding_note = document.funding.status, document.funding.note
    part = getattr(document, document.kind, None)
    for name in PLAIN.get(document.kind, []):
        setattr(row, name, getattr(part, name))
    if document.kind in ("service", "money"):
        row.provider = links["provider"].get(part.provider)


def children(model, owner, row, shapes, sources=None):
    """Rows that belong to a listing, in their order. `sources`: its own, by their keys."""
    made = []
    for position, one in enumerate(shapes):
        values = one.model_dump() | {owner: row, "position": position}
        if "source" in values:
            values["source"] = sources.get(one.source)
        made.append(model(**values))
    return made


def phones(listing, document, sources):
    """A number that was found dead stays so: an edit confirms nothing."""
    dead = dict(listing.phones.filter(dead_on__isnull=False).values_list("number", "dead_on")) if document.phones else {}
    made = children(Phone, "resource", listing, document.phones, sources)
    for phone in made:
        phone.dead_on = dead.get(phone.number)
    return made


def label(evidence, one, conditions):
    """Give an evidence label its columns."""
    for name, value in one.model_dump(exclude={"condition", "sources"}).items():
        setattr(evidence, name, value)
    evidence.condition = conditions[one.condition]
