"""A document as the row of a listing with all that its page shows, as `save` would write it. Nothing is written."""

from itertools import count

from conditions.held import NOWHERE, hold

from ..models import Amount, Evidence, LegalBasis, Location, Resource, Source
from .filling import MODELS, children, fill, label, phones
from .references import named


def unsaved(document, resource=None, terms=None):
    """`resource`: the listing that the document would change; None: it would be a new one. `terms`: all, where the caller has them.

    Five queries at most. Raises `UnknownReferences`, as `save` does.
    """
    links = named(document, terms)
    row = MODELS.get(document.kind, Resource)(**_columns(resource))
    row.pk = row.id
    fill(row, document, links)
    sources = {one.key: one for one in _numbered(children(Source, "resource", row, document.sources))}
    held = {
        "terms": sorted(
            (links["term"][vocabulary, slug] for vocabulary, slugs in document.terms.items() for slug in slugs),
            key=lambda term: (term.vocabulary, term.position, term.label),
        ),
        "conditions": _by_name(links["condition"][slug] for slug in document.conditions),
        "sources": list(sources.values()),
        "phones": phones(row, document, sources),
        "locations": children(Location, "resource", row, document.locations),
    } | _of_kind(document, row, links, sources)
    row._prefetched_objects_cache = {}
    for relation, rows in held.items():
        hold(row, relation, rows)
    return row


def _columns(resource):
    """What a document leaves alone: its state and dates. All that is of its kind alone, the document has."""
    return {field.attname: getattr(resource, field.attname) for field in Resource._meta.concrete_fields} if resource else {"id": NOWHERE}


def _of_kind(document, row, links, sources):
    match document.kind:
        case "service":
            return {"therapies": _by_name(links["therapy"][slug] for slug in document.service.therapies)}
        case "school":
            return {"legal_basis": children(LegalBasis, "school", row, document.school.legal_basis, sources)}
        case "money":
            return {"amounts": children(Amount, "aid", row, document.money.amounts, sources)}
        case "therapy":
            return {"evidence": _labels(document.evidence, row, links["condition"], sources)}
    return {}


def _labels(shapes, therapy, conditions, sources):
    made = _numbered(Evidence(therapy=therapy) for _ in shapes)
    for evidence, one in zip(made, shapes):
        label(evidence, one, conditions)
        hold(evidence, "sources", [sources[key] for key in one.sources])
    return sorted(made, key=lambda evidence: (evidence.condition.name, evidence.applies_to))


def _by_name(rows):
    return sorted(rows, key=lambda row: (row.name, row.pk))


def _numbered(rows):
    """With numbers in place of ids, as whatever cites them asks for one."""
    numbers, made = count(1), list(rows)
    for row in made:
        row.pk = next(numbers)
    return made
