"""Between listing documents and rows."""

from django.db import transaction
from django.db.models import Prefetch

from ..models import (
    Amount,
    Evidence,
    LegalBasis,
    Location,
    MatchKey,
    Phone,
    Resource,
    Revision,
    Source,
)
from . import shape
from .filling import BASE, MODELS, PLAIN, children, fill, label, phones
from .keys import keys_of
from .references import named

CITATIONS = {"source", "sources", "condition"}


def of(resource):
    """The listing document of a resource's rows."""
    [document] = of_many(Resource.objects.filter(pk=resource.pk))
    return document


def of_many(resources, batch=500):
    """The listing documents of a queryset, in its order: a dozen queries for each batch, whatever the listings hold."""
    keys = list(resources.values_list("pk", flat=True))
    for start in range(0, len(keys), batch):
        some = keys[start : start + batch]
        rows = _whole().in_bulk(some)
        yield from (_document(rows[key]) for key in some)


def _whole():
    """Listings with all that their documents hold."""
    listings = Resource.objects.select_related(
        "organization", "service__provider", "therapytype", "schoolaccommodation", "financialaid__provider"
    )
    evidence = Evidence.objects.select_related("condition").prefetch_related("sources")
    return listings.prefetch_related(
        *("terms", "conditions", "sources", "phones", "locations"),
        *("service__therapies", "schoolaccommodation__legal_basis", "financialaid__amounts", Prefetch("therapytype__evidence", evidence)),
    )


def _document(resource):
    specific, citing = resource.specific, {source.pk: source.key for source in resource.sources.all()}
    data = {name: getattr(resource, name) for name in BASE}
    data["funding"] = {"status": resource.funding_status, "note": resource.funding_note}
    data["terms"] = _grouped((term.vocabulary, term.slug) for term in resource.terms.all())
    data["conditions"] = [condition.slug for condition in resource.conditions.all()]
    data["sources"] = _rows(resource.sources, shape.Source, citing)
    data["phones"] = _rows(resource.phones, shape.Phone, citing)
    data["locations"] = _rows(resource.locations, shape.Location, citing)
    if resource.kind in MODELS:
        data[resource.kind] = {name: getattr(specific, name) for name in PLAIN[resource.kind]} | _links_of(resource.kind, specific, citing)
    if resource.kind == "therapy":
        data["evidence"] = _rows(specific.evidence, shape.Evidence, citing)
    return shape.Listing.model_validate(data)


def _links_of(kind, specific, citing):
    match kind:
        case "service":
            return {"provider": specific.provider.slug, "therapies": [therapy.slug for therapy in specific.therapies.all()]}
        case "school":
            return {"legal_basis": _rows(specific.legal_basis, shape.LegalBasis, citing)}
        case "money":
            provider = specific.provider.slug if specific.provider else None
            return {"provider": provider, "amounts": _rows(specific.amounts, shape.Amount, citing)}
    return {}


def _rows(related, form, citing):
    return [_values(row, form, citing) for row in related.all()]


def _values(row, form, citing):
    """`citing`: the keys of the listing's own sources by their ids, so that a citation takes no query."""
    values = {name: getattr(row, name) for name in form.model_fields if name not in CITATIONS}
    if "source" in form.model_fields:
        values["source"] = row.source_id and (citing.get(row.source_id) or row.source.key)
    if "sources" in form.model_fields:
        values["sources"] = [source.key for source in row.sources.all()]
    if "condition" in form.model_fields:
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
    links = named(document)
    row = resource.specific if resource else MODELS.get(document.kind, Resource)(**({"uuid": uuid} if uuid else {}))
    fill(row, document, links)
    row.save()
    base = row if document.kind == "guide" else row.resource_ptr
    _save_children(document, base, row, links)
    Revision.objects.write(
        resource=base, document=document.model_dump(mode="json"), verb=verb, why=why, by=by, by_name=by_name, source=source
    )
    return base


def _save_children(document, base, row, links):
    base.terms.set(links["term"][vocabulary, slug] for vocabulary, slugs in document.terms.items() for slug in slugs)
    base.conditions.set(links["condition"][slug] for slug in document.conditions)
    sources = {source.key: source for source in _replace(Source, "resource", base, document.sources)}
    rows = phones(base, document, sources)  # which reads the old ones
    base.phones.all().delete()
    Phone.objects.bulk_create(rows)
    _replace(Location, "resource", base, document.locations)
    save_keys({base.pk: keys_of(document)})
    match document.kind:
        case "service":
            row.therapies.set(links["therapy"][slug] for slug in document.service.therapies)
        case "school":
            _replace(LegalBasis, "school", row, document.school.legal_basis, sources)
        case "money":
            _replace(Amount, "aid", row, document.money.amounts, sources)
        case "therapy":
            _save_evidence(row, document.evidence, links["condition"], sources)


def save_keys(keys):
    """Put what listings are recognized by in place: `{pk: {(kind, key)}}`. What has not changed is not written."""
    stored = {(row.resource_id, row.kind, row.key): row.pk for row in MatchKey.objects.filter(resource__in=keys)}
    wanted = {(pk, *one) for pk, found in keys.items() for one in found}
    if gone := [stored[one] for one in stored.keys() - wanted]:
        MatchKey.objects.filter(pk__in=gone).delete()
    MatchKey.objects.bulk_create(MatchKey(resource_id=pk, kind=kind, key=key) for pk, kind, key in sorted(wanted - stored.keys()))


def _replace(model, owner, row, shapes, sources=None):
    """Put the given children in place of those that are there; they keep their order."""
    model.objects.filter(**{owner: row}).delete()
    return model.objects.bulk_create(children(model, owner, row, shapes, sources))


def _save_evidence(therapy, rows, conditions, sources):
    """Update in place what stays, so that the day it was checked is kept."""
    stored = {(row.condition_id, row.applies_to): row for row in therapy.evidence.all()}
    for one in rows:
        evidence = stored.pop((conditions[one.condition].pk, one.applies_to), None) or Evidence(therapy=therapy)
        label(evidence, one, conditions)
        evidence.save()
        evidence.sources.set(sources[key] for key in one.sources)
    for gone in stored.values():
        gone.delete()
