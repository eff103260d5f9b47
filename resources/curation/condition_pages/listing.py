"""The list of conditions: those with a page first of all, and any of the others by a name that somebody types."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State
from conditions.models import Condition, ConditionEdit, Section
from conditions.names import typed
from conditions.search import search

from ...doors import only
from ...models.roles import May

A_PAGE = 50
MOST_FOUND = 100
SOON = timedelta(days=90)  # before its day a review is worth planning
PAGES, ALL = "pages", "all"


def _filters():
    """Key → what it is called, and which conditions it shows; in their order."""
    today = timezone.localdate()
    shown = Q(page_state=State.PUBLISHED)
    return {
        PAGES: (_("Pages"), shown | Q(page_state=State.IN_REVIEW) | Q(has_text=True)),
        "overdue": (_("Review overdue"), shown & Q(next_review_on__lt=today)),
        "due": (_("Review due soon"), shown & Q(next_review_on__range=(today, today + SOON))),
        "waiting": (_("Wait for a second person"), Q(waits=True) | Q(page_state=State.IN_REVIEW)),
        "drafts": (_("Drafts"), Q(page_state=State.DRAFT, has_text=True)),
        "retired": (_("Retired"), Q(page_state=State.RETIRED, origin="")),
        ALL: (_("All conditions"), Q()),
    }


@only(May.EDIT)
def conditions(request):
    asked, filters = typed(request.GET.get("q", "")), _filters()
    show = request.GET.get("show") if request.GET.get("show") in filters else ALL if asked else PAGES
    rows = Condition.objects.annotate(
        has_text=Exists(Section.objects.filter(condition=OuterRef("pk"))),
        waits=Exists(ConditionEdit.objects.filter(condition=OuterRef("pk"), state=ConditionEdit.State.WAITING)),
    )
    counts = rows.aggregate(**{key: Count("pk", filter=which) for key, (_label, which) in filters.items() if key != ALL})
    chosen = rows.filter(filters[show][1]).order_by("name", "pk")
    page = Paginator(_found(asked, chosen) if asked else chosen, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "show": show,
        "filters": [(key, label, counts.get(key)) for key, (label, _which) in filters.items()],
        "page": page,
        "today": timezone.localdate(),
        "soon": timezone.localdate() + SOON,
    }
    return render(request, "work/conditions/list.html", context)


def _found(asked, rows):
    """Those that are called so, the likeliest first."""
    slugs = [match.condition.slug for match in search(asked, MOST_FOUND)]
    by_slug = {row.slug: row for row in rows.filter(slug__in=slugs)}
    return [by_slug[slug] for slug in slugs if slug in by_slug]
