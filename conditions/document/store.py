"""Between condition documents and rows. What a vocabulary imported is neither read nor lost: people's own stands beside it, and wins."""

from django.db import transaction
from django.db.models import Case, CharField, F, Q, Value, When
from django.utils.translation import gettext as _

from ..kinship import kin
from ..models import Condition, ConditionCode, ConditionName, ConditionRevision, ConditionSource, GeneLink, Kinship, Section
from ..names import fold
from ..shapes import NameShape, Source
from .shape import CodeShape, ConditionDocument, GeneShape, ReviewShape

HEAD = ("name", "summary", "kind")
REVIEW = tuple(ReviewShape.model_fields)
SOURCE = tuple(Source.model_fields)
START = "start"  # verb of the revision that keeps what was there before the first change by people
_NO = Value("", output_field=CharField())


class Unfit(Exception):
    """A document that cannot be saved as it is: `field` and a sentence that says what to do."""

    def __init__(self, field, sentence):
        self.field = field
        super().__init__(sentence)


def of(condition):
    """The condition document of a condition's rows, in three queries."""
    rows = rows_of(condition)
    return ConditionDocument(
        **{name: getattr(condition, name) for name in HEAD},
        names=[NameShape(name=name, kind=kind, language=language) for name, kind, language, *_ in rows["name", False]],
        codes=[CodeShape(system=system, code=code, checked=bool(checked)) for system, code, checked, *_ in rows["code", False]],
        genes=[GeneShape(**dict(zip(GeneShape.model_fields, row))) for row in rows["gene", False]],
        parents=[slug for slug, *_ in rows["parent", False]],
        sections=dict(condition.sections.values_list("kind", "body")),
        sources=[Source(**row) for row in condition.sources.values(*SOURCE)],
        review=ReviewShape(**{name: getattr(condition, name) for name in REVIEW}),
    )


def imported(condition):
    """What stands beside the document: `{"names": […], "codes": […], "parents": […]}`, each as people read it."""
    rows = rows_of(condition)
    codes = [f"{ConditionCode.System(system).label} {code}" for system, code, *_ in rows["code", True]]
    return {
        "names": sorted(name for name, *_ in rows["name", True]),
        "codes": sorted(codes),
        "parents": sorted(name for _slug, name, *_ in rows["parent", True]),
    }


def rows_of(condition):
    """All names, codes, genes and parents at once: `{(what, is it imported): [texts, …]}`."""
    checked = Case(When(checked=True, then=Value("yes")), default=_NO)
    names = condition.names.order_by().values_list(Value("name"), "origin", "name", "kind", "language", _NO, _NO, _NO)
    codes = condition.codes.order_by().values_list(Value("code"), "origin", "system", "code", checked, _NO, _NO, _NO)
    genes = condition.genes.order_by().values_list(Value("gene"), _NO, *(F(name) for name in GeneShape.model_fields))
    parents = condition.parent_links.order_by().values_list(Value("parent"), "origin", "parent__slug", "parent__name", _NO, _NO, _NO, _NO)
    found: dict[tuple[str, bool], list[tuple]] = {(what, own): [] for what in ("name", "code", "gene", "parent") for own in (True, False)}
    for what, origin, *texts in names.union(codes, genes, parents, all=True):
        found[what, bool(origin)].append(tuple(texts))
    return found


@transaction.atomic
def save(document, *, condition, why, verb, by=None, by_name="", source=""):
    """Write a document's rows and the revision that records it. `condition`: its row, or a new one with nothing but a slug.

    Raises `Unfit` where a parent is not there or would close a circle. Nothing is written then.
    """
    refuse_unfit(document, condition)
    begin(condition)
    write(document, condition)
    write_parents(document, condition)
    record(condition, document, verb=verb, why=why, by=by, by_name=by_name, source=source)
    return condition


def begin(condition):
    """What was there before the first change is kept as the first revision."""
    if condition.pk and not condition.revisions.exists():
        start = condition.origin or _("catalogue files")
        record(condition, of(condition), verb=START, by_name=start, why=_("As it was before the first change."))


def record(condition, document, **said):
    return ConditionRevision.objects.write(condition=condition, document=document.model_dump(mode="json"), **said)


def write(document, condition):
    """The rows of all but kinship. What is the same is not written, so that no process reads all names anew for a text."""
    before = of(condition) if condition.pk else None
    _write_head(document, condition)
    if not before or before.names != document.names or before.name != document.name:
        names = [ConditionName(**row.model_dump(), folded=fold(row.name)[:300]) for row in document.names]
        taken = {condition.folded, *(row.folded for row in names)}
        _replace(condition.names, names, condition, Q(origin="") | Q(folded__in=taken))
    if not before or before.codes != document.codes:
        own = Q(origin="")
        for row in document.codes:
            own |= Q(system=row.system, code=row.code)
        _replace(condition.codes, [ConditionCode(**row.model_dump()) for row in document.codes], condition, own)
    if not before or before.genes != document.genes:
        _replace(condition.genes, [GeneLink(**row.model_dump()) for row in document.genes], condition)
    if not before or (before.sections, before.sources) != (document.sections, document.sources):
        _write_page(document, condition)


def _write_head(document, condition):
    """What people have saved is people's own; the name under which a vocabulary brought it stays as another name."""
    values = {name: getattr(document, name) for name in HEAD} | document.review.model_dump() | {"origin": "", "replaced_by": None}
    if condition.pk and condition.origin and fold(condition.name) != fold(document.name):
        kept = {"name": condition.name, "origin": condition.origin}
        condition.names.get_or_create(folded=fold(condition.name)[:300], defaults=kept)
    if condition.pk and all(getattr(condition, name) == value for name, value in values.items()):
        return
    for name, value in values.items():
        setattr(condition, name, value)
    condition.save()


def _write_page(document, condition):
    condition.sections.all().delete()
    sources = [ConditionSource(**row.model_dump(), position=place) for place, row in enumerate(document.sources)]
    by_key = {source.key: source for source in _replace(condition.sources, sources, condition)}
    for kind, body in document.sections.items():
        section = Section.objects.create(condition=condition, kind=kind, body=body)
        section.sources.set([by_key[key] for key in document.cited(kind) if key in by_key])


def _replace(related, rows, condition, old=None):
    """Write rows in place of `old` ones, which is all where nothing is said."""
    related.filter(old or Q()).delete()
    for row in rows:
        row.condition = condition
    return related.bulk_create(rows)


def write_parents(document, condition):
    wanted = {parent.pk: parent for parent in Condition.objects.filter(slug__in=document.parents)}
    condition.parent_links.filter(origin="").exclude(parent__in=wanted).delete()
    condition.parent_links.filter(parent__in=wanted).exclude(origin="").update(origin="")
    there = set(condition.parent_links.values_list("parent_id", flat=True))
    Kinship.objects.bulk_create(Kinship(child=condition, parent=parent) for pk, parent in wanted.items() if pk not in there)


def refuse_unfit(document, condition, above=()):
    """Raise `Unfit` where a parent is not there or would close a circle. `above`: the parents and all above them, where they are known."""
    parents = document.parents
    known = {relative.slug for relative in above}
    if not known.issuperset(parents):
        known = {relative.slug for relative in kin(parents).ancestors}
    if unknown := [slug for slug in parents if slug not in known]:
        raise Unfit("parents", _("There is no condition “%(slug)s”.") % {"slug": unknown[0]})
    if condition.slug not in known:
        return
    for slug in parents:
        lines = {relative.slug: relative.name for relative in kin([slug]).ancestors}
        if condition.slug in lines:
            words = {"parent": lines[slug], "child": condition.name or condition.slug}
            if slug == condition.slug:
                raise Unfit("parents", _("%(child)s cannot be a kind of itself.") % words)
            raise Unfit("parents", _("%(parent)s already lies under %(child)s: this would close a circle.") % words)
