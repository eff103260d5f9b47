"""Views: filters under a name, on top of the list with how many listings each has."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from ...doors import only
from ...models import Resource, SavedView
from ...models.roles import May
from .counting import MOST_OF_A_VIEW
from .filters import ListingFilter
from .forms import ViewForm

ALWAYS = [
    (later("All"), ""),
    (later("All drafts"), "state=draft"),
    (later("In review"), "state=in_review"),
    (later("Check overdue"), "state=published&age=overdue"),
]
COUNTED = 16  # views: more are shown without a number, since each is a question to the database


@dataclass
class Tab:
    name: str
    query: str
    is_current: bool
    owner: str = ""
    number: int | None = None

    @property
    def count(self):
        return "" if self.number is None else f"{MOST_OF_A_VIEW:,}+" if self.number > MOST_OF_A_VIEW else f"{self.number:,}"


def tabs(views, query, by):
    """The views that everybody has, one's own, then what others share."""
    made = [Tab(str(name), one, one == query) for name, one in ALWAYS]
    for view in sorted(views, key=lambda view: view.owner_id != by.pk):
        owner = "" if view.owner_id == by.pk else view.owner.get_full_name() or view.owner.username
        made.append(Tab(view.name, view.query, view.query == query, owner))
    return made


def listings_of(tab, request):
    return ListingFilter(QueryDict(tab.query), queryset=Resource.objects.all(), request=request).qs


def may_share(person):
    return person.has_perm(May.PUBLISH.name_in_full)


def may_change(view, person):
    """One's own; an editor also what is shared, since its owner may have left."""
    return view.owner_id == person.pk or (view.shared and may_share(person))


def address(query):
    return reverse("listings") + (f"?{query}" if query else "")


@only(May.EDIT)
@require_POST
def keep(request):
    form = ViewForm(request.POST, instance=SavedView(owner=request.user), may_share=may_share(request.user))
    if not form.is_valid():
        return render(request, "work/listings/view.html", {"form": form}, status=400)
    view = form.save()
    messages.success(request, _("Kept. “%(name)s” stands on top of the list, with its number.") % {"name": view.name})
    return redirect(address(view.query))


@only(May.EDIT)
def view(request, pk):
    """Rename, share or delete."""
    one = get_object_or_404(SavedView.objects.seen_by(request.user), pk=pk)
    if not may_change(one, request.user):
        messages.error(request, _("Only its owner or an editor changes a shared view. Keep the filters under a name of your own."))
        return redirect(address(one.query))
    if request.POST.get("verb") == "delete":
        one.delete()
        messages.success(request, _("The view “%(name)s” is deleted. No listing has changed.") % {"name": one.name})
        return redirect("listings")
    form = ViewForm(request.POST or None, instance=one, may_share=may_share(request.user))
    if not form.is_valid():
        return render(request, "work/listings/view.html", {"form": form, "view": one}, status=400 if form.is_bound else 200)
    messages.success(request, _("Saved as “%(name)s”.") % {"name": form.save().name})
    return redirect(address(one.query))
