"""Deciding on one proposal: take some of it or all, decline it, or say that it was looked into."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from conditions.editorial import State

from ... import workflow
from ...doors import only
from ...models import CheckRequest, Proposal
from ...models.roles import May
from ..sent import number
from .alike import listings_like, turned_down_like
from .comparison import Comparison
from .forms import AcceptForm, DeclineForm, LookedForm
from .queue import after, query_of

FORMS = {"accept": AcceptForm, "decline": DeclineForm, "looked": LookedForm}


@only(May.DECIDE)
def decide(request, pk):
    rows = Proposal.objects.select_related("resource", "decided_by", "by").with_documents()
    proposal = get_object_or_404(rows, pk=pk)
    comparison = Comparison(proposal)
    if request.method != "POST":
        return _page(request, proposal, comparison)
    verb = request.POST.get("verb")
    if verb not in FORMS:
        raise Http404
    form = _form(verb, proposal, comparison, request.POST)
    if form.is_valid():
        try:
            done = DO[verb](request, proposal, form)
        except workflow.WrongStep as why:  # somebody else decided, or the button was pressed twice
            messages.error(request, str(why))
            return redirect("proposal", pk)
        except workflow.Refused as why:  # a listing that moved on in between is shown as it is now, beside the answers as given
            proposal = get_object_or_404(rows, pk=pk)
            comparison = Comparison(proposal)
            form = _form(verb, proposal, comparison, request.POST)
            form.is_valid()
            form.add_error(None, str(why))
        else:
            return _onward(request, proposal, done)
    return _page(request, proposal, comparison, {verb: form})


def _form(verb, proposal, comparison, data=None):
    more = {"proposal": proposal, "comparison": comparison} if verb == "accept" else {}
    return FORMS[verb](data, prefix=None if verb == "accept" else verb, **more)


def _page(request, proposal, comparison, bad=None):
    """The proposal with its forms; `bad`: `{verb: form}` of the one that did not go through, as it was filled in."""
    is_open = proposal.state == Proposal.State.OPEN
    is_suggestion = is_open and proposal.origin == Proposal.Origin.SUGGESTION
    context = {
        "proposal": proposal,
        "comparison": comparison,
        "is_open": is_open,
        "forms": {verb: _form(verb, proposal, comparison) for verb in FORMS} | (bad or {}),
        "bad": next(iter((bad or {}).values()), None),
        "query": query_of(request),
        "alike": listings_like(proposal) if is_suggestion else [],
        "turned_down": turned_down_like(proposal) if is_suggestion else [],
        "two_persons": _two_persons(proposal, comparison.current, comparison.proposed),
        "to_record": _to_record(proposal, request.user),
        # A sender wrote the page's address: it is a link only where it stays on this site.
        "is_page": proposal.page.startswith("/") and url_has_allowed_host_and_scheme(proposal.page, allowed_hosts=None),
    }
    return render(request, "work/incoming/decide.html", context, status=400 if bad else 200)


def _to_record(proposal, person):
    """The link to the provider whose answer this is, where it waits to be recorded as a check."""
    if proposal.origin != Proposal.Origin.PROVIDER or proposal.state == Proposal.State.OPEN or not person.has_perm(May.CHECK.name_in_full):
        return None
    return CheckRequest.objects.to_record().filter(answer=proposal).first()


def _two_persons(proposal, *texts):
    """What it is that a second person must apply, once it is accepted; empty where nobody must."""
    listing = proposal.resource
    return workflow.two_persons(*texts) if listing and listing.state == State.PUBLISHED else ""


def _accept(request, proposal, form):
    base = number(request.POST, "seen")
    given = {"document": form.document, "base": base, "partly": not form.takes_all, "why": form.cleaned_data["why"]}
    try:
        workflow.accept(proposal=proposal, by=request.user, **given)
    except IntegrityError as error:
        raise workflow.Stale(_("Somebody made a listing with this address in between. Change the slug.")) from error
    if proposal.resource is None:
        return _("Accepted: it is a draft now. Complete it and submit it.")
    if _two_persons(proposal, form.comparison.current, form.document):
        return _("Accepted: it waits for a second person, then families see it.")
    return _("Accepted.") if form.takes_all else _("Accepted in part.")


def _looked(request, proposal, form):
    workflow.accept(proposal=proposal, by=request.user, why=form.cleaned_data["why"])
    return _("Kept as looked into.")


def _decline(request, proposal, form):
    workflow.turn_down(proposal=proposal, by=request.user, why=form.reason, ground=form.cleaned_data["ground"])
    return _("Declined, with your reason.")


DO = {"accept": _accept, "looked": _looked, "decline": _decline}


def _onward(request, proposal, done):
    """To the draft that was made, or to the next of the queue, with a word on what happened and what is next."""
    new, upcoming = proposal.resource is None, after(proposal, request.GET)
    proposal.refresh_from_db()
    query = query_of(request)
    address = reverse("proposal", args=[upcoming.pk]) + query if upcoming else reverse("proposals") + query
    if new and proposal.resource:
        words = _("Next in the queue: %(about)s") % {"about": upcoming.about} if upcoming else _("Nothing else is open.")
        messages.success(request, format_html('{} <a href="{}">{}</a>', done, address, words))
        return redirect("desk", proposal.resource.pk)
    about = format_html('<a href="{}{}">{}</a>', reverse("proposal", args=[proposal.pk]), query, proposal.about)
    if _to_record(proposal, request.user):
        messages.success(request, _("%(what)s One step is left: record the answer as a check.") % {"what": done})
        return redirect(reverse("proposal", args=[proposal.pk]) + query)
    left = _("Here is the next.") if upcoming else _("Nothing else is open here.")
    messages.success(request, format_html("{}: {} {}", about, done, left))
    return redirect(address)
