"""The page of a call, and what one tap records."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from conditions.editorial import State

from ... import workflow
from ...doors import only
from ...models import Check, Resource
from ...models.roles import May
from . import answers
from .call import MOST_REPORTS, CallForm

Outcome = Check.Outcome
TAPS = (Outcome.NO_ANSWER, Outcome.NUMBER_DEAD, Outcome.CLOSED)


def _form(listing, data=None):
    reports = listing.proposals.open().filter(document__isnull=True)[:MOST_REPORTS]
    return answers.of(listing, CallForm, data, reports=list(reports))


@only(May.CHECK)
def check(request, pk):
    listing = get_object_or_404(Resource, pk=pk)
    if "tap" in request.POST:
        return _tap(request, listing)
    form = _form(listing, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if form.overtaken:
            form = form.on_what_is_now()
        elif _recorded(request, listing, form):
            return redirect("desk", pk)
    context = {"listing": listing, "form": form, "phones": listing.phones.all(), "checks": listing.checks.select_related("by")[:5]}
    return render(request, "work/checking/check.html", context, status=400 if form.is_bound else 200)


def _recorded(request, listing, form):
    """Whether the workflow took it; else the form says why."""
    said = {name: form.cleaned_data.get(name, "") for name in ("how", "outcome", "whom", "number")}
    said["asked_at"] = form.cleaned_data["asked_at"]  # None: now
    try:
        made = workflow.check(resource=listing, by=request.user, note=form.said, document=form.patched, base=form.base, **said)
    except workflow.Refused as why:
        form.add_error(None, str(why))
        return False
    messages.success(request, _told(listing, made, bool(form.changes)))
    return True


def _tap(request, listing):
    outcome, number = request.POST["tap"], request.POST.get("number", "").replace("\x00", "")[:200]
    try:
        if outcome not in TAPS:
            raise workflow.Refused(_("There is no such outcome: choose one on the page."))
        made = workflow.check(resource=listing, by=request.user, how=Check.How.CALL, outcome=outcome, number=number)
    except workflow.Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _told(listing, made))
    return redirect("desk", listing.pk)


def _told(listing, made, edited=False):
    """What was done, and what comes next. A check stays: what was wrong is put right by another."""
    waits = edited and listing.kind in workflow.TWO_PERSONS and listing.state == State.PUBLISHED
    said = {
        Outcome.CONFIRMED: _("Recorded: all of it is right. The next check is due in a year."),
        Outcome.CHANGED: _("Recorded, and your changes are in the listing. The next check is due in a year.")
        if edited
        else _("Recorded. Now write what changed into the listing. The next check is due in a year."),
        Outcome.NO_ANSWER: _("Recorded: no answer. It stays due; try again on another day."),
        Outcome.NUMBER_DEAD: _("Recorded: %(number)s is dead, and families no longer see it. Now look for the right one.")
        % {"number": made.number or _("the number")},
        Outcome.CLOSED: _("Recorded: it has closed. It has left the queue of overdue checks; families see it until an editor retires it."),
    }[made.outcome]
    if waits:
        said = _("Recorded. Your changes wait for a second person.")
    return f"{said} {_('Was that wrong? Record another check: the latest counts.')}"
