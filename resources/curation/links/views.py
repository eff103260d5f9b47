"""The room of links: all that fail, a listing's own, and asking them again at once."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from ...doors import only
from ...models import Link, LinkUse, Resource
from ...models.roles import May
from ...public_forms import is_over_limit
from . import waiting
from .tasks import ask_now, start_run

PAGE = 50
ASKED, NOTED = later("Asked; the answer comes here in a minute."), later("Noted: it is asked in the next run, at night.")


@only(May.EDIT)
def links(request):
    """GET: what fails, the longest first. POST: ask one of them again (`link`)."""
    if request.method == "POST":
        pk = request.POST.get("link", "")
        known = pk.isascii() and pk.isdigit() and len(pk) < 19
        return _ask(request, Link.objects.filter(pk=pk if known else None), request.get_full_path())
    uses = LinkUse.objects.select_related("resource", "condition").order_by("pk")
    failing = Link.objects.filter(days_failed__gt=0).order_by("-days_failed", "failing_since", "address")
    page = Paginator(failing.select_related("host__task").prefetch_related(Prefetch("uses", uses)), PAGE).get_page(request.GET.get("page"))
    results = dict(Link.objects.order_by().values_list("result").annotate(Count("pk")))
    context = {
        "page": page,
        "wait": waiting.of(page),
        "rows": [(link, waiting.is_asked(link)) for link in page],
        "results": [(label, results.get(result, 0)) for result, label in Link.Result.choices],
        "is_any_asked": bool(results.keys() - {Link.Result.NEW}),
        "has_worker": settings.LINK_WORKER,
    }
    return render(request, "work/links/links.html", context)


def of_listing(listing):
    """The listing's links, those that fail first, each with the places where it stands; and what they wait for."""
    uses = listing.link_uses.select_related("link__host__task").order_by("-link__days_failed", "link__address", "place")
    places: dict[Link, list] = {}
    for use in uses:
        places.setdefault(use.link, []).append(use.get_place_display())
    return {"links": list(places.items()), "wait": waiting.of(places)}


@only(May.EDIT)
@require_POST
def ask_of_listing(request, pk):
    get_object_or_404(Resource, pk=pk)
    return _ask(request, Link.objects.filter(uses__resource=pk), f"{reverse('desk', args=[pk])}#links")


def _ask(request, links, back):
    above = redirect(back.partition("#")[0])  # where the page says what was not done
    if not links.exists():
        messages.info(request, _("This address stands nowhere any more: nothing is left to ask."))
        return above
    if is_over_limit(request, "ask_links"):
        messages.error(request, _("That was often. Please press again in ten minutes; what fails is asked every night anyway."))
        return above
    ask_now(links)
    messages.success(request, ASKED if settings.LINK_WORKER else NOTED)
    return redirect(back)


@only(May.PUBLISH)
@require_POST
def run(request):
    """Start what else the night starts. Without a worker nothing would take it up."""
    if not settings.LINK_WORKER:
        messages.error(request, _("Nothing asks sites by day here: whoever keeps the server can start “manage.py check_links”."))
    elif start_run():
        messages.success(request, _("Started: all that is due is asked now, one request a second at each site. What fails stands below."))
    else:
        messages.info(request, _("A run is waiting to begin already."))
    return redirect("links")
