"""The page of a call, and what one tap records."""

import re
from datetime import UTC, datetime

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from conditions.editorial import State

from ... import document as documents
from ... import workflow
from ...doors import only
from ...models import Check, Edit, Phone, Resource
from ...models.roles import May
from . import answers
from .call import MOST_REPORTS, CallForm

Outcome = Check.Outcome
TAPS = (Outcome.NO_ANSWER, Outcome.NUMBER_DEAD, Outcome.CLOSED)
WORKS = "works"
NUMBERS = ("phones", "sources")  # of a document: what these hold is no text that families dial from


def _form(listing, phones, data=None):
    reports = listing.proposals.open().filter(document__isnull=True)[:MOST_REPORTS]
    dead = list(dict.fromkeys(phone.number for phone in phones if phone.dead_on))
    return answers.of(listing, CallForm, data, reports=list(reports), dead=dead)


@only(May.CHECK)
def check(request, pk):
    """A tap is `outcome` or `outcome:number`. On the page of a call it takes along what was typed; on the desk there is nothing typed."""
    listing = get_object_or_404(Resource, pk=pk)
    phones, data = list(listing.phones.all()), request.POST if request.method == "POST" else None
    tap, _colon, number = request.POST.get("tap", "").replace("\x00", "").partition(":")
    if tap and (tap not in TAPS or "how" not in data):
        return _tap(request, listing, tap, number[:200])
    if tap:
        data = data.copy()
        data["outcome"], data["number"] = tap, number
    form = _form(listing, phones, data)
    if form.is_bound and form.is_valid():
        if form.overtaken:
            form = form.on_what_is_now()
        elif _recorded(request, listing, form, number):
            return redirect("desk", pk)
    context = {"listing": listing, "form": form, "phones": phones, "checks": listing.checks.select_related("by")[:5]}
    return render(request, "work/checking/check.html", context, status=400 if form.is_bound else 200)


def _recorded(request, listing, form, number=""):
    """Whether the workflow took it; else the form says why. `number`: the one whose button was pressed."""
    said = {name: form.cleaned_data.get(name, "") for name in ("how", "outcome", "whom")}
    said["number"] = number or form.cleaned_data.get("number", "")
    said["asked_at"] = form.cleaned_data["asked_at"]  # None: now
    try:
        said |= {"note": form.said, "document": form.patched, "base": form.base, "works": form.works, "opened": _opened(request)}
        made = workflow.check(resource=listing, by=request.user, **said)
    except workflow.Refused as why:
        form.add_error(None, str(why))
        return False
    waits = bool(form.changes) and listing.state == State.PUBLISHED and workflow.two_persons(form.now, form.patched)
    messages.success(request, _told(listing, made, bool(form.changes), waits))
    return True


def _tap(request, listing, tap, number):
    try:
        if tap == WORKS:
            workflow.number_works(resource=listing, by=request.user, number=number, opened=_opened(request))
            messages.success(request, _("%(number)s works: families see it again. No date has moved.") % {"number": number})
            return redirect("desk", listing.pk)
        if tap not in TAPS:
            raise workflow.Refused(_("There is no such outcome: choose one on the page."))
        made = workflow.check(resource=listing, by=request.user, how=Check.How.CALL, outcome=tap, number=number, opened=_opened(request))
    except workflow.Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _told(listing, made))
    return redirect("desk", listing.pk)


def _opened(request):
    """When the form was shown, by which a second tap is known; None where it does not say."""
    sent = request.POST.get("opened", "")
    return datetime.fromtimestamp(float(sent), UTC) if re.fullmatch(r"[0-9]{1,11}\.[0-9]{1,6}", sent) else None


def _told(listing, made, edited=False, waits=False):
    """What was done, and what comes next. A check stays: what was wrong is put right by another."""
    said = {
        Outcome.CONFIRMED: _("Recorded: all of it is right. The next check is due in a year."),
        Outcome.CHANGED: _("Recorded, and your changes are in the listing. The next check is due in a year.")
        if edited
        else _("Recorded. Now write what changed into the listing. The next check is due in a year."),
        Outcome.NO_ANSWER: _("Recorded: no answer. It stays due; try again on another day."),
        Outcome.NUMBER_DEAD: _dead(listing, made.number),
        Outcome.CLOSED: _("Recorded: it has closed. It has left the queue of overdue checks; families see it until an editor retires it."),
    }[made.outcome]
    if waits:
        said = _("Recorded. Your changes wait for a second person; the checked-on date stays until they are public and confirmed.")
    elif made.confirms and listing.edits.filter(state=Edit.State.WAITING).exists():
        said = _("Recorded. The checked-on date stays as it is while a change waits for a second person.")
    if made.outcome == Outcome.NUMBER_DEAD and made.number:
        return format_html("{} {}", said, _("Was that wrong? Press “That was a slip” below."))
    return format_html("{} {}", said, _("Was that wrong? Record another check: the latest counts."))


def _dead(listing, number):
    """What is done about a dead number, and where the listing's text still names it."""
    if not number:
        return _("Recorded: the number is dead. The listing has no number of its own; look whether its text names one.")
    said = _("Recorded: %(number)s is dead, and no longer among the phone numbers that families see. Now look for the right one.")
    phone, texts = Phone(number=number), documents.fields(documents.of(listing))
    left = [name for name, text in texts.items() if name not in NUMBERS and phone.is_named_in(f"{text}")]
    if not left:
        return said % {"number": number}
    still = _("The first step still names it:") if "first_step" in left else _("The listing’s text still names it:")
    link = format_html('<a href="{}">{}</a>', reverse("listing_edit", args=[listing.pk]), _("write another in the editor"))
    return format_html("{} <strong>{}</strong> {}.", said % {"number": number}, still, link)
