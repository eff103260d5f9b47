"""What a file's entries would do: each is new, changed, same or bad. Nothing is saved here.

A planned row is plain data, kept in `ImportBatch.rows` and carried out as it stands:
`{place, listing, slug, name, kind, outcome, document, base, changes, reasons, waits}`.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Max
from django.utils.translation import gettext as _

from conditions.editorial import State
from conditions.files import Faulty

from .. import document as documents
from .. import workflow
from ..completeness import missing
from ..document import references
from ..document.difference import difference
from ..models import Resource
from ..starter import KINDS
from .rows import BadCells, flat, nested, same_lines

SLUG = re.compile(r"[a-z0-9-]{1,80}")  # what may be asked of the database
SURROGATE = re.compile(r"[\ud800-\udfff]")
NEW, CHANGED, SAME, BAD = OUTCOMES = ("new", "changed", "same", "bad")


@dataclass(frozen=True)
class Stored:
    """A listing as it is now; `number`: of its latest revision; `waits`: whether a change of it is only proposed."""

    pk: int
    document: documents.Listing
    state: str
    number: int
    waits: bool


@dataclass
class Plan:
    """What one entry would do. `listing`: the id of a stored one, which stays when its slug changes; `base`: the revision on which the
    change was previewed; `waits`: it is only proposed, and a curator decides."""

    place: int
    slug: str
    name: str
    kind: str = ""
    outcome: str = BAD
    document: dict | None = None
    base: int = 0
    changes: list = field(default_factory=list)
    reasons: list = field(default_factory=list)
    waits: bool = False
    listing: int | None = None


def preview(entries, stored=None, shared=frozenset()):
    """Planned rows, as plain data, in the order of the entries. `stored`: their `stored_listings`, where the caller has them;
    `shared`: slugs that several entries may name."""
    places = defaultdict(list)
    for entry in entries:
        places[_slug(entry)].append(str(entry.place))
    stored = stored_listings(places) if stored is None else stored
    read = [_read(entry, stored.get(_slug(entry))) for entry in entries]
    known = _known([document for document, _reasons in read if document])
    plans = []
    for entry, (document, reasons) in zip(entries, read, strict=True):
        slug = _slug(entry)
        if slug and slug not in shared and len(places[slug]) > 1:
            where = {"slug": slug, "places": ", ".join(places[slug][:20])}
            reasons = [*reasons, _("the slug “%(slug)s” stands more than once, at %(places)s") % where]
        if document:
            reasons = [*reasons, *_objections(document, stored.get(slug), known)]
        plans.append(vars(_plan(entry, slug, document, reasons, stored.get(slug))))
    return plans


def _given(entry, name):
    """What the entry itself says of a field, if that is a text."""
    value = (entry.data if entry.row is None else entry.row).get(name)
    return value if isinstance(value, str) else ""


def _slug(entry):
    return _given(entry, "slug")


def stored_listings(slugs):
    """`{slug: Stored}` of the listings that are there."""
    listings = Resource.objects.filter(slug__in=[slug for slug in slugs if SLUG.fullmatch(slug)])
    facts = {one.slug: one for one in listings.only("slug", "state", "checked_on").annotate(number=Max("revisions__number"))}
    return {document.slug: _stored(facts[document.slug], document) for document in documents.of_many(listings)}


def _stored(listing, document):
    return Stored(listing.pk, document, listing.state, listing.number or 0, not workflow.takes_changes(listing))


def _read(entry, stored):
    """The listing document of an entry, or None, and what is wrong with the entry."""
    if entry.faults:
        return None, entry.faults
    kind = _given(entry, "kind")
    if stored and kind in KINDS and kind != stored.document.kind:
        kinds = {"old": stored.document.kind, "new": kind}
        return None, [_("“%(old)s” cannot become “%(new)s”: make a new listing with a slug of its own, and retire this one") % kinds]
    try:
        data = entry.data if entry.row is None else nested(_over(stored, entry.row))
        if not _is_whole(data):
            return None, [_("it holds a NUL, or half of a character")]
        return documents.enter(data, before=stored and stored.document), []
    except BadCells as bad:
        return None, bad.faults
    except Faulty as bad:
        return None, [fault.message for fault in bad.faults]
    except RecursionError:
        return None, [_("this is not a listing document")]


def _over(stored, row):
    """The row's cells over those of the stored listing: a column that the file leaves out stays as it is. So do mere line ends."""
    if stored is None:
        return row
    before = flat(stored.document)
    return before | {name: text for name, text in row.items() if same_lines(text) != same_lines(before[name])}


def _known(read):
    """`{what: names}` that listings may refer to: what is there, and what the same file brings."""
    found = references.find(read)
    for kind, what in (("organization", "provider"), ("therapy", "therapy")):
        found[what] |= {document.slug: document for document in read if document.kind == kind}
    return found


def _objections(document, stored, known):
    """Why a readable document would not be taken. One that changes nothing is always taken."""
    if stored and document == stored.document:
        return []
    reasons = [_("unknown %(what)s") % {"what": one} for one in references.unknown(document, known)]
    if stored and stored.state == State.PUBLISHED:
        reasons += [_("it is published, and %(lack)s") % {"lack": lack} for lack in missing(document)]
    return reasons


def _plan(entry, slug, document, reasons, stored):
    plan = Plan(place=entry.place, slug=shown(slug, most=80), name=shown(slug, most=80), reasons=[shown(one) for one in reasons[:20]])
    if document:
        plan.name, plan.kind = document.name, document.kind
    if reasons or document is None:
        return plan
    before = stored.document if stored else None
    plan.listing = stored.pk if stored else None
    if document == before:
        plan.outcome = SAME
        return plan
    plan.outcome = CHANGED if stored else NEW
    plan.document = document.model_dump(mode="json")
    plan.base = stored.number if stored else 0
    plan.changes = [[change.field, change.before, change.after] for change in difference(before, document)] if stored else []
    plan.waits = stored.waits if stored else False
    return plan


def shown(text, most=300):
    """What is quoted from a bad row, as far as a page and a database can take it."""
    text = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return text if len(text) <= most else f"{text[:most]}…"


def _is_whole(value):
    """Whether the texts in data hold neither a NUL nor half of a character (a surrogate), which no database takes."""
    match value:
        case str():
            return "\x00" not in value and not SURROGATE.search(value)
        case list():
            return all(map(_is_whole, value))
        case dict():
            return all(map(_is_whole, value)) and all(map(_is_whole, value.values()))
    return True
