"""Where a working day begins."""

from django.shortcuts import render
from django.utils import timezone

from ..doors import only
from ..models.roles import May
from . import done
from .queues.overview import lots


@only(May.EDIT)
def home(request):
    found = lots(request.user)
    context = {
        "lots": [lot for lot in found if lot.count],
        "empty": [lot.queue for lot in found if not lot.count],
        "own": [lot for lot in found if lot.own],
        "tally": done.tally(request.user, timezone.localdate()),
    }
    return render(request, "work/home.html", context)
