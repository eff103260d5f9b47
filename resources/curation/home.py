"""Where a working day begins."""

from django.db.models import F, TextField
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from ..doors import only
from ..models import Draft, ResourceKind, SavedView
from ..models.roles import May
from . import done
from .listings.saved import address
from .queues.overview import lots
from .queues.views import begun

MOST = 20  # drafts


@only(May.EDIT)
def home(request):
    found = lots(request.user)
    context = {
        "lots": [lot for lot in found if lot.count],
        "empty": [lot.queue for lot in found if not lot.count],
        "begun": {key for key, passed in begun(request).items() if passed},
        "own": [lot for lot in found if lot.own],
        "drafts": _unsaved(request.user),
        "views": [(view.name, address(view.query)) for view in SavedView.objects.filter(owner=request.user)],
        "tally": done.tally(request.user, timezone.localdate()),
    }
    return render(request, "work/home.html", context)


def _unsaved(user):
    """`(name, address)` of what they typed into the editor and have not saved, the latest first."""
    named = Coalesce(F("resource__name"), KT("data__name__0"), output_field=TextField())
    rows = Draft.objects.filter(by=user).values_list(named, "kind", "resource")[:MOST]
    return [(name or ResourceKind(kind).label, _editor(kind, listing)) for name, kind, listing in rows]


def _editor(kind, listing):
    return reverse("listing_edit", args=[listing]) if listing else reverse("listing_create", args=[kind])
