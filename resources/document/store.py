"""Between listing documents and rows."""

from django.db import transaction

from conditions.models import Condition

from ..models import (
    Amount,
    Evidence,
    FinancialAid,
    LegalBasis,
    Location,
    Organization,
    Phone,
    Resource,
    Revision,
    SchoolAccommodation,
    Service,
    Source,
    Term,
    TherapyType,
)
from . import shape

# What is more than one column of the row; every other field has the same name and value in the document and in the row.
APART = {"format", "funding", "terms", "conditions", "sources", "phones", "locations", "evidence", *shape.KIND_PARTS}
BASE = [name for name in shape.Listing.model_fields if name not in APART]
MODELS = {"organization": Organization, "service": Service, "therapy": TherapyType, "school": SchoolAccommodation, "money": FinancialAid}
LINKS = {"provider", "therapies", "legal_basis", "amounts"}
PLAIN = {kind: [name for name in getattr(shape, kind.title()).model_fields if name not in LINKS] for kind in MODELS}


class UnknownReferences(ValueError):
    """Names of terms, conditions, providers or therapies that are not there."""

    def __init__(self, unknown):
        self.unknown = unknown
        super().__init__("unknown " + ", ".join(unknown))


def of(resource):
    """The listing document of a resource's rows."""
    specific = resource.specific
    data = {name: getattr(resource, name) for name in BASE}
    data["funding"] = {"status": resource.funding_status, "note": resource.funding_note}
    data["terms"] = _grouped(resource.terms.values_list("vocabulary", "slug"))
    data["conditions"] = list(resource.conditions.values_list("slug", flat=True))
    data["sources"] = _rows(resource.sources.all(), shape.Source)
    data["phones"] = _rows(resource.phones.select_related("source"), shape.Phone)
    data["locations"] = _rows(resource.locations.all(), shape.Location)
    if resource.kind in MODELS:
        data[resource.kind] = {name: getattr(specific, name) for name in PLAIN[resource.kind]} | _links_of(resource.kind, specific)
    if resource.kind == "therapy":
        rows = specific.evidence.select_related("condition").prefetch_related("sources")
        data["evidence"] = [_values(row, shape.Evidence) for row in rows]
    return shape.Listing.model_validate(data)


def _links_of(kind, specific):
    match kind:
        case "service":
            return {"provider": specific.provider.slug, "therapies": list(specific.therapies.values_list("slug", flat=True))}
        case "school":
            return {"legal_basis": _rows(specific.legal_basis.select_related("source"), shape.LegalBasis)}
        case "money":
            return {
                "provider": specific.provider.slug if specific.provider else None,
                "amounts": _rows(specific.amounts.select_related("source"), shape.Amount),
            }
    return {}


def _rows(queryset, form):
    return [_values(row, form) for row in queryset]


def _values(row, form):
    values = {name: getattr(row, name) for name in form.model_fields}
    if "source" in values:
        values["source"] = row.source.key if row.source else None
    if "sources" in values:
        values["sources"] = [source.key for source in row.sources.all()]
    if "condition" in values:
        values["condition"] = row.condition.slug
    return values


def _grouped(pairs):
    groups = {}
    for vocabulary, slug in pairs:
        groups.setdefault(vocabulary, []).append(slug)
    return groups


@transaction.atomic
def save(document, *, why, verb, by=None, by_name="", source="", resource=None, uuid=None):
    """Write a document's rows and the revision that records it; a new listing begins as a draft.

    Raises `UnknownReferences` where a term, condition, provider or therapy is not there. Nothing is written then.
    """
    links = _find(document)
    row = resource.specific if resource else MODELS.get(document.kind, Resource)(**({"uuid": uuid} if uuid else {}))
    if resource and resource.kind != document.kind:
        raise ValueError(f"a {resource.kind} cannot become a {document.kind}: make a new listing and retire this one")
    for name in BASE:
        setattr(row, name, getattr(document, name))
    row.funding_status, row.funding_note = document.funding.status, document.funding.note
    part = getattr(document, document.kind, None)
    for name in PLAIN.get(document.kind, []):
        setattr(row, name, getattr(part, name))
    if document.kind in ("service", "money"):
        row.provider = links["providers"].get(part.provider)
    row.save()
    base = row if document.kind == "guide" else row.resource_ptr
    _save_children(document, base, row, links)
    Revision.objects.write(
        resource=base, document=document.model_dump(mode="json"), verb=verb, why=why, by=by, by_name=by_name, source=source
    )
    return base


def _find(document):
    """The rows that the document names: terms, conditions, providers, therapies."""
    part = getattr(document, document.kind, None)
    wanted = [(vocabulary, slug) for vocabulary, slugs in document.terms.items() for slug in slugs]
    conditions = {*document.conditions, *(row.condition for row in document.evidence)}
    providers = {part.provider} - {None} if document.kind in ("service", "money") else set()
    therapies = set(part.therapies) if document.kind == "service" else set()
    found = {
        "terms": {(term.vocabulary, term.slug): term for term in Term.objects.filter(slug__in={slug for _, slug in wanted})},
        "conditions": Condition.objects.in_bulk(conditions, field_name="slug"),
        "providers": {row.slug: row for row in Organization.objects.filter(slug__in=providers)} if providers else {},
        "therapies": {row.slug: row for row in TherapyType.objects.filter(slug__in=therapies)} if therapies else {},
    }
    unknown = [f"term '{vocabulary}: {slug}'" for vocabulary, slug in wanted if (vocabulary, slug) not in found["terms"]]
    for what, names in (("condition", conditions), ("provider", providers), ("therapy", therapies)):
        group = found["therapies" if what == "therapy" else f"{what}s"]
        unknown += [f"{what} '{slug}'" for slug in sorted(names - group.keys())]
    if unknown:
        raise UnknownReferences(unknown)
    return found


def _save_children(document, base, row, links):
    base.terms.set(links["terms"][vocabulary, slug] for vocabulary, slugs in document.terms.items() for slug in slugs)
    base.conditions.set(links["conditions"][slug] for slug in document.conditions)
    sources = {source.key: source for source in _replace(Source, "resource", base, document.sources)}
    _replace(Phone, "resource", base, document.phones, sources)
    _replace(Location, "resource", base, document.locations)
    match document.kind:
        case "service":
            row.therapies.set(links["therapies"][slug] for slug in document.service.therapies)
        case "school":
            _replace(LegalBasis, "school", row, document.school.legal_basis, sources)
        case "money":
            _replace(Amount, "aid", row, document.money.amounts, sources)
        case "therapy":
            _save_evidence(row, document.evidence, links["conditions"], sources)


def _replace(model, owner, row, shapes, sources=None):
    """Put the given children in place of those that are there; they keep their order."""
    model.objects.filter(**{owner: row}).delete()
    fresh = []
    for position, one in enumerate(shapes):
        values = one.model_dump() | {owner: row, "position": position}
        if "source" in values:
            values["source"] = sources.get(one.source)
        fresh.append(model(**values))
    return model.objects.bulk_create(fresh)


def _save_evidence(therapy, rows, conditions, sources):
    """Update in place what stays, so that the day it was checked is kept."""
    stored = {(row.condition_id, row.applies_to): row for row in therapy.evidence.all()}
    for one in rows:
        evidence = stored.pop((conditions[one.condition].pk, one.applies_to), None) or Evidence(therapy=therapy)
        for name, value in one.model_dump(exclude={"condition", "sources"}).items():
            setattr(evidence, name, value)
        evidence.condition = conditions[one.condition]
        evidence.save()
        evidence.sources.set(sources[key] for key in one.sources)
    for gone in stored.values():
        gone.delete()
