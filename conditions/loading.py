"""From checked catalogue files to rows. Running it again changes nothing; what files do not name, or staff have changed, is left alone."""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

from django.db import transaction

from .editorial import State
from .files import Fault, Faulty
from .kinship import cycle_in
from .models import Condition, ConditionCode, ConditionName, ConditionSource, GeneLink, Kinship, Section
from .names import fold


@transaction.atomic
def load(catalogue, progress=lambda rows: rows):
    """Write a whole `Catalogue`. What staff have changed since the last load is left as it is.

    Returns a `Counter` of new, changed and same, and the slugs that were left alone.
    """
    counts, kept, written = Counter(), [], {}
    rows = {condition.slug: condition for condition in Condition.objects.filter(slug__in=catalogue.conditions)}
    for slug, shape in progress(list(catalogue.conditions.items())):
        page = catalogue.pages.get(slug)
        condition = rows.get(slug)
        wanted = _wanted(shape, page, catalogue.parents.get(slug, []))
        stored = _stored(condition) if condition else None
        if stored == wanted:
            counts["same"] += 1
        elif condition and _fingerprint(stored) != condition.loaded:
            kept.append(slug)
        else:
            counts["changed" if condition else "new"] += 1
            rows[slug] = written[slug] = _write(condition or Condition(slug=slug), wanted)
    for slug, condition in written.items():
        _write_parents(condition, [rows[parent] for parent in catalogue.parents.get(slug, [])])
    _refuse_circle()
    return counts, kept


def _refuse_circle():
    """Parents kept from staff and parents from the files may close a circle that neither has alone."""
    parents: dict[str, list[str]] = {}
    for child, parent in Kinship.objects.values_list("child__slug", "parent__slug"):
        parents.setdefault(child, []).append(parent)
    if circle := cycle_in(parents):
        raise Faulty([Fault(Path("kinship in the database"), 0, f"it would run in a circle with what staff changed: {' → '.join(circle)}")])


def _fingerprint(values):
    """What a condition's rows say, in 64 letters, so that a later load sees whether anybody has changed them."""
    return sha256(json.dumps(values, default=str, sort_keys=True).encode()).hexdigest()


def _wanted(shape, page, parents):
    """The rows that the files ask for, as plain values: the same shape as `_stored`."""
    head = page.head if page else None
    return {
        "condition": {
            "name": shape.name,
            "summary": shape.summary,
            "kind": shape.kind,
            "page_state": State.PUBLISHED if page else State.DRAFT,
            "reviewer": head.reviewer if head else "",
            "reviewed_on": head.reviewed_on if head else None,
            "next_review_on": head.next_review_on if head else None,
            "funding": head.funding if head else "",
        },
        "parents": sorted(parents),
        "names": sorted((row.name, row.kind, row.language) for row in shape.names if fold(row.name) != fold(shape.name)),
        "codes": sorted((system, code, system not in shape.unchecked_codes) for system, codes in shape.codes.items() for code in codes),
        "genes": sorted((g.symbol, g.inheritance, g.change, g.causes, g.association, g.source) for g in shape.genes),
        "sources": [(key, *source.model_dump().values()) for key, source in head.sources.items()] if head else [],
        "sections": sorted((kind, body, tuple(sorted(page.cited(kind)))) for kind, body in page.sections.items()) if page else [],
    }


CONDITION_FIELDS = ("name", "summary", "kind", "page_state", "reviewer", "reviewed_on", "next_review_on", "funding")
NAME_FIELDS = ("name", "kind", "language")
CODE_FIELDS = ("system", "code", "checked")
GENE_FIELDS = ("symbol", "inheritance", "change", "causes", "association", "source")
SOURCE_FIELDS = ("key", "title", "publisher", "owner_kind", "url", "published", "seen_on", "supports")


def _stored(condition):
    return {
        "condition": {name: getattr(condition, name) for name in CONDITION_FIELDS},
        "parents": sorted(condition.parents.values_list("slug", flat=True)),
        "names": sorted(condition.names.values_list(*NAME_FIELDS)),
        "codes": sorted(condition.codes.values_list(*CODE_FIELDS)),
        "genes": sorted(condition.genes.values_list(*GENE_FIELDS)),
        "sources": list(condition.sources.values_list(*SOURCE_FIELDS)),
        "sections": sorted(
            (section.kind, section.body, tuple(sorted(source.key for source in section.sources.all())))
            for section in condition.sections.prefetch_related("sources")
        ),
    }


def _write(condition, wanted):
    for name, value in wanted["condition"].items():
        setattr(condition, name, value)
    condition.loaded = _fingerprint(wanted)
    condition.save()
    _replace(
        condition.names, (ConditionName(**dict(zip(NAME_FIELDS, row)), folded=fold(row[0])[:200]) for row in wanted["names"]), condition
    )
    _replace(condition.codes, (ConditionCode(**dict(zip(CODE_FIELDS, row))) for row in wanted["codes"]), condition)
    _replace(condition.genes, (GeneLink(**dict(zip(GENE_FIELDS, row))) for row in wanted["genes"]), condition)
    condition.sections.all().delete()
    sources = (ConditionSource(**dict(zip(SOURCE_FIELDS, row)), position=place) for place, row in enumerate(wanted["sources"]))
    cited = {source.key: source for source in _replace(condition.sources, sources, condition)}
    for kind, body, keys in wanted["sections"]:
        section = Section.objects.create(condition=condition, kind=kind, body=body)
        section.sources.set([cited[key] for key in keys])
    return condition


def _replace(related, rows, condition):
    related.all().delete()
    rows = list(rows)
    for row in rows:
        row.condition = condition
    return related.bulk_create(rows)


def _write_parents(condition, parents):
    condition.parent_links.all().delete()
    Kinship.objects.bulk_create(Kinship(child=condition, parent=parent) for parent in parents)
