"""From checked catalogue files to rows. Running it again changes nothing; what files do not name, or staff have changed, is left alone.

What a vocabulary has imported (`origin`) stands beside: it is no change by staff, and gives way to the files where they differ.
"""

from collections import Counter
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext as _

from . import document as documents
from .document import ConditionDocument, store
from .document.shape import CodeShape, ReviewShape
from .editorial import State
from .files import Fault, Faulty
from .kinship import cycle_in
from .models import Condition, ConditionCode, Kinship
from .names import fold
from .shapes import Source

CATALOGUE = "catalogue files"


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
        stored = (documents.of(condition), condition.page_state) if condition else None
        if condition and stored == wanted:
            counts["same"] += 1
            if condition.loaded != _fingerprint(*wanted):
                Condition.objects.filter(pk=condition.pk).update(loaded=_fingerprint(*wanted))
        elif condition and not condition.origin and _fingerprint(*stored) != condition.loaded:
            kept.append(slug)
        else:
            counts["changed" if condition else "new"] += 1
            rows[slug] = _write(condition or Condition(slug=slug), *wanted)
            written[slug] = wanted[0]
    for slug, document in written.items():
        store.write_parents(document, rows[slug])
        store.record(rows[slug], document, verb="load", by_name=CATALOGUE, why=_("What the catalogue’s files say."))
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


def _wanted(shape, page, parents):
    """What the files ask for: `(document, state of the page)`."""
    head = page.head if page else None
    document = ConditionDocument(
        name=shape.name,
        summary=shape.summary,
        kind=shape.kind,
        names=[row for row in shape.names if fold(row.name) != fold(shape.name)],
        codes=[
            CodeShape(system=system, code=code, checked=system not in shape.unchecked_codes)
            for system, codes in shape.codes.items()
            for code in codes
        ],
        genes=shape.genes,
        parents=parents,
        sections=page.sections if page else {},
        sources=[Source(key=key, **source.model_dump()) for key, source in head.sources.items()] if head else [],
        review=ReviewShape(**head.model_dump(include=set(ReviewShape.model_fields))) if head else ReviewShape(),
    )
    return document, State.PUBLISHED if page else State.DRAFT


def _fingerprint(document, state):
    """What a condition's rows say, in 64 letters, so that a later load sees whether anybody has changed them."""
    return sha256(f"{state} {document.model_dump_json()}".encode()).hexdigest()


def _write(condition, document, state):
    store.begin(condition)
    condition.page_state, condition.loaded = state, _fingerprint(document, state)
    if condition.pk:  # where the files have codes of a system, imported ones of that system give way
        condition.codes.exclude(origin="").filter(system__in={row.system for row in document.codes}).delete()
    store.write(document, condition)
    condition.save(update_fields=["page_state", "loaded"])
    return condition
