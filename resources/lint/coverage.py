"""What the catalogue covers and how fresh and readable it is: for `manage.py report_catalogue` and the staff's page."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date
from statistics import median

from django.db.models import Count, Exists, OuterRef, Q

from conditions.editorial import OwnerKind, State
from conditions.kinship import above
from conditions.lint import reading
from conditions.models import Condition, ConditionSource, Kinship

from ..finder.criteria import YEAR
from ..models import Phone, Resource, ResourceKind, Source
from . import gaps, texts

MOST_GRADED = 1_000  # listings: grading reads every word


@dataclass(frozen=True)
class Table:
    """Rows of short texts and numbers under a title; the first column names the row."""

    title: str
    columns: tuple[str, ...]
    rows: list[tuple]
    note: str = ""


def report(today=None):
    """All tables of the report. A share is a whole percentage."""
    today = today or date.today()
    grades = _grades()
    return [_conditions(today, grades), _by_kind(today), _sources(today), _reading(grades), _per_condition(grades)]


def _conditions(today, grades):
    pages = Condition.objects.with_pages()
    overdue, unread = pages.filter(next_review_on__lt=today).count(), pages.filter(reviewer__icontains="not yet").count()
    rows = [
        ("Conditions", Condition.objects.count()),
        ("with a caregiver page", pages.count()),
        ("pages whose review is overdue", overdue),
        ("pages that no clinician has read", unread),
        ("pages above grade 8", sum(grade > 8 for kind, _place, grade in grades if kind == "page")),
    ]
    return Table("Conditions", ("", "number"), rows)


def _by_kind(today):
    listings = Resource.objects.order_by().values("kind")
    shown = Q(state=State.PUBLISHED)
    year = today - YEAR
    phone = Exists(Phone.objects.public().filter(resource=OuterRef("pk")))
    source = Exists(Source.objects.filter(resource=OuterRef("pk")))
    counts = listings.annotate(
        published=Count("pk", filter=shown),
        drafts=Count("pk", filter=Q(state=State.DRAFT)),
        sourced=Count("pk", filter=shown & source),
        phoned=Count("pk", filter=shown & phone),
        checked=Count("pk", filter=shown & Q(checked_on__gte=year)),
        fresh=Count("pk", filter=shown & (Q(checked_on__gte=year) | Q(checked_on=None, found_on__gte=year))),
        overdue=Count("pk", filter=shown & Q(next_check_on__lt=today)),
    )
    by_kind = {row["kind"]: row for row in counts}
    names = ("published", "drafts", "sourced", "phoned", "fresh", "checked", "overdue")
    rows = [(label, *(by_kind.get(kind, {}).get(name, 0) for name in names)) for kind, label in ResourceKind.choices]
    rows = [("All", *(sum(column) for column in list(zip(*rows))[1:])), *rows]
    columns = (
        "",
        "published",
        "drafts",
        "with source",
        "with a cited phone",
        "seen or checked this year",
        "checked with provider this year",
        "check overdue",
    )
    return Table(
        "Listings",
        columns,
        [(name, published, drafts, *(_share(one, published) for one in rest[:-1]), rest[-1]) for name, published, drafts, *rest in rows],
    )


def _share(part, whole):
    return f"{100 * part // whole}%" if whole else "–"


def _sources(today):
    of_listings = Source.objects.filter(resource__state=State.PUBLISHED).order_by()
    stale = Q(seen_on__lt=today - gaps.STALE)
    counts = defaultdict(lambda: [0, 0])
    for rows in (of_listings, ConditionSource.objects.filter(condition__page_state=State.PUBLISHED).order_by()):
        for kind, number, old in rows.values_list("owner_kind").annotate(all=Count("pk"), old=Count("pk", filter=stale)):
            counts[kind][0] += number
            counts[kind][1] += old
    rows = [(label, *counts[kind]) for kind, label in OwnerKind.choices if kind in counts]
    return Table("Sources by owner", ("", "sources", "not looked at for a year"), sorted(rows, key=lambda row: -row[1]))


def _grades():
    """`(kind, place, grade)` of every published page, and of listings where there are not too many."""
    with_listings = Resource.objects.published().count() <= MOST_GRADED
    reader = texts.Reader.of_database()
    found = texts.of_database(with_listings)
    return [(text.kind, text.place, _grade(reader, "\n\n".join(passage.text for passage in text.passages))) for text in found]


def _grade(reader, text):
    return reading.grade(texts.Passage("", text).blocks, reader.mask)[0]


def _reading(grades):
    by_kind = defaultdict(list)
    for kind, _place, grade in grades:
        by_kind[kind].append(grade)
    rows = [
        (kind, len(values), f"{median(values):.1f}", f"{max(values):.1f}", sum(value > 8 for value in values))
        for kind, values in by_kind.items()
    ]
    note = "" if len(by_kind) > 1 else "Too many listings to grade each on this page: run manage.py lint_text --database."
    return Table(
        "Reading grade (Flesch-Kincaid, glossary words and names masked)", ("", "texts", "median", "hardest", "above 8"), rows, note
    )


def _per_condition(grades):
    """Conditions with a page: what a family finds for them, their own listings and those of their ancestors and for everybody."""
    parents, tagged, kinds = defaultdict(set), defaultdict(set), {}
    for child, parent in Kinship.objects.values_list("child", "parent"):
        parents[child].add(parent)
    for pk, kind, condition in Resource.objects.published().order_by().values_list("pk", "kind", "conditions"):
        kinds[pk] = kind
        tagged[condition].add(pk)
    grade_of = {place.removeprefix("conditions/"): grade for kind, place, grade in grades if kind == "page"}
    rows = []
    for condition in Condition.objects.with_pages():
        near = {condition.pk} | above(parents, condition.pk)
        found = set().union(tagged[None], *(tagged[one] for one in near))
        by_kind = Counter(kinds[pk] for pk in found)
        rows.append(
            (
                condition.name,
                len(tagged[condition.pk]),
                len(found),
                *(by_kind[kind] for kind in ResourceKind.values),
                f"{grade_of[condition.slug]:.1f}",
                str(condition.next_review_on),
            )
        )
    return Table("Conditions with pages", ("", "own listings", "all found", *map(str, ResourceKind.labels), "grade", "next review"), rows)
