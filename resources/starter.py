"""The starter catalogue on disk: `terms.yaml` and a folder of listing documents a kind (docs/catalogue.md)."""

import uuid
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from django.db import transaction

from conditions.files import Document, Faulty, gather, read_text
from conditions.models import Condition
from conditions.shapes import Line, Shape, TermSlug, short

from . import document as documents
from . import workflow
from .completeness import missing
from .models import Organization, Resource, Revision, Term, TherapyType

ROOT = Path(__file__).parent / "catalogue"
# A listing's uuid is made from its kind and slug in this namespace, so that every copy of the catalogue agrees.
NAMESPACE = uuid.UUID("5f0c3a0e-8a4b-5d27-9d5e-2f6f5b7d1c11")
KINDS = ("organization", "therapy", "service", "school", "money", "guide")  # what others name comes first


class Starter(Shape):
    """About the listing, and not part of it."""

    state: Literal["draft", "published"]
    found_on: date | None = None
    waits_for: Line = ""


class TermShape(Shape):
    slug: TermSlug
    label: Annotated[str, short(100)]
    group: Annotated[str, short(20)] = ""
    definition: Annotated[str, short(200)] = ""
    needs: list[TermSlug] = []


class TermsShape(Shape):
    """`terms.yaml`: every vocabulary of `Term.Vocabulary`."""

    need: list[TermShape]
    stage: list[TermShape]
    audience: list[TermShape]
    offer: list[TermShape]
    language: list[TermShape]
    format: list[TermShape]
    cost: list[TermShape]
    area: list[TermShape]


@dataclass
class Entry:
    file: Document
    starter: Starter
    listing: documents.Listing

    @property
    def uuid(self):
        return uuid.uuid5(NAMESPACE, f"{self.listing.kind}/{self.listing.slug}")


@dataclass
class Catalogue:
    terms: dict[str, list[TermShape]]
    entries: list[Entry]


def read(root=ROOT):
    """The whole catalogue, checked against itself and the conditions in the database; raises `Faulty` with every fault."""
    terms = _read_terms(root / "terms.yaml")
    offers = {term.slug: term.needs for term in terms["offer"]}
    entries, faults = gather(listing_files(root), lambda path: read_entry(path, offers))
    faults += _faults_between(entries, terms)
    if faults:
        raise Faulty(faults)
    return Catalogue(terms, entries)


def listing_files(root=ROOT):
    return [path for kind in KINDS for path in sorted((root / kind).glob("*.yaml"))]


def _read_terms(path):
    document = Document(path, read_text(path))
    terms = dict(document.read(TermsShape))
    faults = [
        document.fault(f"'{slug}' stands twice in '{vocabulary}'", vocabulary)
        for vocabulary, rows in terms.items()
        for slug, times in Counter(term.slug for term in rows).items()
        if times > 1
    ]
    needs = {term.slug for term in terms["need"]}
    for place, offer in enumerate(terms["offer"]):
        faults += [document.fault(f"unknown need '{need}'", "offer", place) for need in offer.needs if need not in needs]
    if faults:
        raise Faulty(faults)
    return terms


def read_entry(path, offers=None):
    """One file as an `Entry`; `offers`: offer → needs that it meets, added to the listing."""
    file = Document(path, read_text(path))
    data = dict(file.data)
    if not isinstance(data.get("starter"), dict):
        raise Faulty(
            [file.fault("the block 'starter' is missing: it says whether the listing is published and when it was found", "starter")]
        )
    starter = file.read(Starter, data.pop("starter"), at=("starter",))
    listing = _with_needs(documents.enter(data, lambda place, message: file.fault(message, *place)), offers or {})
    faults = []
    if (listing.kind, listing.slug) != (path.parent.name, path.stem):
        faults.append(file.fault(f"expected the file {listing.kind}/{listing.slug}.yaml", "slug"))
    if starter.state == "published":
        faults += [file.fault(f"cannot be published: {lack}", "starter", "state") for lack in missing(listing)]
        if not starter.found_on:
            faults.append(file.fault("cannot be published: 'found_on' is missing", "starter"))
    elif not starter.waits_for:
        faults.append(file.fault("a draft says in 'waits_for' what must be confirmed", "starter"))
    if faults:
        raise Faulty(faults)
    return Entry(file, starter, listing)


def _with_needs(listing, offers):
    """The listing with the needs that its offers meet, by the one table in terms.yaml."""
    met = {need for offer in listing.terms.get("offer", []) for need in offers.get(offer, [])}
    if not met:
        return listing
    needs = sorted(met.union(listing.terms.get("need", [])))
    return listing.model_copy(update={"terms": dict(sorted((listing.terms | {"need": needs}).items()))})


def _faults_between(entries, terms):
    """What one file says that another, or the database, does not know."""
    known = {vocabulary: {term.slug for term in rows} for vocabulary, rows in terms.items()}
    conditions = set(Condition.objects.values_list("slug", flat=True))
    taken = dict(Resource.objects.values_list("slug", "uuid"))
    organizations = {e.listing.slug for e in entries if e.listing.kind == "organization"} | set(
        Organization.objects.values_list("slug", flat=True)
    )
    therapies = {e.listing.slug for e in entries if e.listing.kind == "therapy"} | set(TherapyType.objects.values_list("slug", flat=True))
    faults, first = [], {}
    for entry in entries:
        file, listing = entry.file, entry.listing
        if listing.slug in first:
            faults.append(file.fault(f"the slug '{listing.slug}' is taken by {first[listing.slug]}", "slug"))
        first[listing.slug] = file.path
        if taken.get(listing.slug, entry.uuid) != entry.uuid:
            faults.append(file.fault(f"the slug '{listing.slug}' is taken by another listing in the database", "slug"))
        for vocabulary, slugs in listing.terms.items():
            faults += [
                file.fault(f"unknown term '{vocabulary}: {slug}'", "terms", vocabulary)
                for slug in set(slugs) - known.get(vocabulary, set())
            ]
        faults += [file.fault(f"unknown condition '{slug}'", "conditions") for slug in set(listing.conditions) - conditions]
        faults += [
            file.fault(f"unknown condition '{row.condition}'", "evidence") for row in listing.evidence if row.condition not in conditions
        ]
        part = listing.service or listing.money
        if part and part.provider and part.provider not in organizations:
            faults.append(file.fault(f"unknown organization '{part.provider}'", listing.kind, "provider"))
        if listing.service:
            faults += [
                file.fault(f"unknown therapy '{slug}'", "service", "therapies") for slug in set(listing.service.therapies) - therapies
            ]
    return faults


@transaction.atomic
def load(catalogue, progress=lambda rows: rows):
    """Write terms and listings. What a curator has changed since the last load is left as it is.

    Returns a `Counter` of new, changed and same, and the listings that were left alone.
    """
    load_terms(catalogue.terms)
    counts, kept = Counter(), []
    rows = {row.uuid: row for row in Resource.objects.filter(uuid__in=[entry.uuid for entry in catalogue.entries])}
    loads = Revision.objects.filter(verb__in=workflow.LOADED.values()).order_by("number")
    last = {revision.resource_id: revision for revision in loads}
    for entry in progress(catalogue.entries):
        row = rows.get(entry.uuid)
        if row and _touched(row, last.get(row.pk)):
            kept.append(row)
        elif row and _stands(row, entry):
            counts["same"] += 1
        else:
            counts["changed" if row else "new"] += 1
            workflow.load(document=entry.listing, starter=entry.starter, uuid=entry.uuid, resource=row)
    return counts, kept


def _touched(row, last_load):
    """Whether anybody has changed the listing, or moved it to another state, since it was loaded."""
    if not last_load or last_load.verb != workflow.LOADED.get(row.state):
        return True
    return documents.of(row) != documents.read(last_load.document)


def _stands(row, entry):
    starter = entry.starter
    return (
        documents.of(row) == entry.listing
        and row.state == starter.state
        and (row.found_on, row.waits_for) == (starter.found_on, starter.waits_for)
    )


def load_terms(terms):
    """Write the vocabularies: `{vocabulary: [TermShape, …]}`."""
    for vocabulary, rows in terms.items():
        for position, row in enumerate(rows):
            values = row.model_dump(exclude={"slug", "needs"}) | {"position": position}
            Term.objects.update_or_create(vocabulary=vocabulary, slug=row.slug, defaults=values)
    needs = {term.slug: term for term in Term.objects.filter(vocabulary=Term.Vocabulary.NEED)}
    for row in terms["offer"]:
        Term.objects.get(vocabulary=Term.Vocabulary.OFFER, slug=row.slug).needs.set(needs[slug] for slug in row.needs)
