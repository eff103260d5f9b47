"""From checked catalogue files to rows. Running it again changes nothing; what files do not name, or staff have changed, is left alone.

What a vocabulary has imported (`origin`) stands beside: it is no change by staff, and gives way to the files where they differ.
"""

import json
from collections import Counter
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.db.models import Q

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
    _make_room(catalogue)
    rows = {condition.slug: condition for condition in Condition.objects.filter(slug__in=catalogue.conditions)}
    for slug, shape in progress(list(catalogue.conditions.items())):
        page = catalogue.pages.get(slug)
        condition = rows.get(slug)
        wanted = _wanted(shape, page, catalogue.parents.get(slug, []))
        stored = _stored(condition) if condition else None
        if stored == wanted:
            counts["same"] += 1
        elif condition and not condition.origin and _fingerprint(stored) != condition.loaded:
            kept.append(slug)
        else:
            counts["changed" if condition else "new"] += 1
            rows[slug] = written[slug] = _write(condition or Condition(slug=slug), wanted)
    for slug, condition in written.items():
        _write_parents(condition, [rows[parent] for parent in catalogue.parents.get(slug, [])])
    _refuse_circle()
    return counts, kept


def _make_room(catalogue):
    """An imported condition that the files describe, by its Mondo number, gets their slug; another that has the slug gives it up."""
    wanted = {code: slug for slug, shape in catalogue.conditions.items() for code in shape.codes.get("mondo", ())}
    slugs = set(Condition.objects.filter(slug__in=catalogue.conditions).values_list("slug", flat=True))
    imported = ConditionCode.objects.filter(system="mondo").exclude(condition__origin="").select_related("condition")
    for row in imported.filter(condition__slug__in=catalogue.conditions):
        if wanted.get(row.code) != row.condition.slug and row.condition.slug in slugs:
            slugs.discard(row.condition.slug)
            _rename(row.condition, f"{row.condition.slug[:70]}-{row.code}"[:80])
    for row in imported.filter(code__in=wanted):
        if (slug := wanted[row.code]) not in slugs:
            slugs.add(slug)
            _rename(row.condition, slug)


def _rename(condition, slug):
    condition.slug = slug
    condition.save(update_fields=["slug"])


def _refuse_circle():
    """Parents kept from staff and parents from the files may close a circle that neither has alone. Imported links give way."""
    links = {(child, parent): origin for child, parent, origin in Kinship.objects.values_list("child__slug", "parent__slug", "origin")}
    while circle := cycle_in(_parents(links)):
        around = list(zip(circle[1:], circle))
        imported = next((link for link in around if links[link]), None)
        if not imported:
            message = f"it would run in a circle with what staff changed: {' → '.join(circle)}"
            raise Faulty([Fault(Path("kinship in the database"), 0, message)])
        del links[imported]
        Kinship.objects.filter(child__slug=imported[0], parent__slug=imported[1]).delete()


def _parents(links):
    parents: dict[str, list[str]] = {}
    for child, parent in links:
        parents.setdefault(child, []).append(parent)
    return parents


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
        "parents": sorted(condition.parent_links.filter(origin="").values_list("parent__slug", flat=True)),
        "names": sorted(condition.names.filter(origin="").values_list(*NAME_FIELDS)),
        "codes": sorted(condition.codes.filter(origin="").values_list(*CODE_FIELDS)),
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
    condition.loaded, condition.origin, condition.replaced_by = _fingerprint(wanted), "", None
    condition.save()
    names = [ConditionName(**dict(zip(NAME_FIELDS, row)), folded=fold(row[0])[:300]) for row in wanted["names"]]
    own = Q(folded__in=[condition.folded, *(name.folded for name in names)])
    _replace(condition.names, names, condition, Q(origin="") | own)
    chosen = Q(system__in={row[0] for row in wanted["codes"]})
    _replace(condition.codes, [ConditionCode(**dict(zip(CODE_FIELDS, row))) for row in wanted["codes"]], condition, Q(origin="") | chosen)
    _replace(condition.genes, [GeneLink(**dict(zip(GENE_FIELDS, row))) for row in wanted["genes"]], condition)
    condition.sections.all().delete()
    sources = [ConditionSource(**dict(zip(SOURCE_FIELDS, row)), position=place) for place, row in enumerate(wanted["sources"])]
    cited = {source.key: source for source in _replace(condition.sources, sources, condition)}
    for kind, body, keys in wanted["sections"]:
        section = Section.objects.create(condition=condition, kind=kind, body=body)
        section.sources.set([cited[key] for key in keys])
    return condition


def _replace(related, rows, condition, old=None):
    """Write rows in place of `old` ones, which is all where nothing is said."""
    related.filter(old or Q()).delete()
    for row in rows:
        row.condition = condition
    return related.bulk_create(rows)


def _write_parents(condition, parents):
    condition.parent_links.filter(Q(origin="") | Q(parent__in=parents)).delete()
    Kinship.objects.bulk_create(Kinship(child=condition, parent=parent) for parent in parents)
