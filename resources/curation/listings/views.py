"""The list of listings, and what is done with those chosen in it."""

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ...doors import only
from ...models import Resource, SavedView
from ...models.roles import May
from . import acts, saved
from .counting import MOST, MOST_OF_A_VIEW, PAGE, Pages, counts
from .filters import HIDDEN_AT_FIRST, LATEST, ListingFilter, asked, chips, fill_selects


@only(May.EDIT)
@require_safe
def listings(request):
    query = asked(request.GET)
    found = ListingFilter(query, queryset=Resource.objects.all(), request=request)
    views = list(SavedView.objects.seen_by(request.user).select_related("owner"))
    tabs = saved.tabs(views, query.urlencode(), request.user)
    counted = tabs[: saved.COUNTED]
    questions = [(found.qs, MOST), *((saved.listings_of(tab, request), MOST_OF_A_VIEW) for tab in counted)]
    number, *numbers = counts(questions, request.user)
    for tab, tab_number in zip(counted, numbers):
        tab.number = tab_number
    fill_selects(found.form)
    page = Pages(found.qs.values_list("pk", flat=True), number).get_page(request.GET.get("page"))
    current = next((view for view in views if view.query == query.urlencode()), None)
    context = {
        "form": found.form,
        "query": query.urlencode(),
        "chips": chips(found.form, query),
        "hidden_at_first": HIDDEN_AT_FIRST,
        "is_open": any(name in query for name in HIDDEN_AT_FIRST),
        "tabs": tabs,
        "current": current if current and saved.may_change(current, request.user) else None,
        "may_share": saved.may_share(request.user),
        "page": page,
        "rows": rows(list(page)),
        "acts": acts.open_to(request.user),
    }
    return render(request, "work/listings/listings.html", context)


def rows(keys):
    """Listings in this order, each with who last changed it and when: read for one page alone."""
    read = Resource.objects.only("name", "slug", "kind", "state", "found_on", "checked_on", "next_check_on", "waits_for")
    found = read.annotate(changed_by=LATEST.values("by_name")[:1], changed_at=LATEST.values("at")[:1]).in_bulk(keys)
    return [found[key] for key in keys if key in found]


@only(May.EDIT)
@require_POST
def chosen(request):
    """One verb on several listings: the page that asks, then the verb; back to the same list."""
    query = asked(QueryDict(request.POST.get("query", ""))).urlencode()
    act = next((one for one in acts.open_to(request.user) if one.name == request.POST.get("act")), None)
    keys = [int(one) for one in request.POST.getlist("listing")[:PAGE] if one.isdecimal() and len(one) < 19]
    listings = Resource.objects.filter(pk__in=keys)
    if not (act and listings):
        messages.error(request, _("Tick at least one listing, and choose what to do with it."))
        return redirect(saved.address(query))
    form = acts.ask(act, listings, request.POST if "confirmed" in request.POST else None)
    if not form.is_valid():
        context = {"act": act, "form": form, "chosen": listings, "query": query, "back": saved.address(query)}
        return render(request, "work/listings/chosen.html", context, status=400 if form.is_bound else 200)
    acts.report(request, act, listings, form.cleaned_data)
    return redirect(saved.address(query))
