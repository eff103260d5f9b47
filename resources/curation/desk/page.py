"""A listing's desk: its state, what is missing, what can be done with it now; and the listing as a family sees it."""

from collections.abc import Callable

from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ... import document as documents
from ... import workflow
from ...completeness import missing
from ...doors import only
from ...finder.listing import listing_context, whole
from ...models import Edit, Proposal, Resource
from ...models.roles import May
from .steps import STEPS, StepForm, open_steps, waiting

NEWEST = 5  # steps of the history that stand on the desk
DECISIONS: dict[str, tuple[Callable, Promise]] = {
    "apply": (workflow.apply, _("Applied: families see it now.")),
    "decline": (workflow.decline, _("Declined. The listing stays as it was.")),
}


@only(May.EDIT)
def desk(request, pk):
    """GET: the desk. POST: a step of the listing, or a decision on a waiting edit."""
    if request.method == "POST":
        return _act(request, pk)
    return show(request, _listing(pk))


def _listing(pk):
    """With `has_incoming` and `has_edits`, so that only a listing with proposals or waiting edits asks for them."""
    incoming = Proposal.objects.open().filter(resource=OuterRef("pk"))
    edits = Edit.objects.filter(resource=OuterRef("pk"), state=Edit.State.WAITING)
    return get_object_or_404(Resource.objects.annotate(has_incoming=Exists(incoming), has_edits=Exists(edits)), pk=pk)


def show(request, listing, refused=None, status=200):
    """`refused`: the form whose step was not carried out, with what was typed; its `edit` says to which edit it belongs."""
    newest = list(listing.revisions.select_related("by")[:NEWEST])
    current, number = documents.now(listing, newest)
    lacks = missing(current)
    edits = listing.edits.filter(state=Edit.State.WAITING).select_related("by")
    waits = [waiting(edit, current, number, request.user) for edit in (edits if listing.has_edits else ())]
    form = StepForm(initial={"base": number})
    if refused:
        form = form if refused.edit else refused.read_again(number)
        for one in waits:
            one["form"] = refused.read_again(number) if refused.edit == one["edit"].pk else one["form"]
    steps, hindrance = open_steps(listing, current, request.user, lacks)
    context = {
        "listing": listing,
        "two_persons": workflow.two_persons(current),
        "lacks": lacks,
        "edits": waits,
        "steps": steps,
        "needed": next((step.needed for step in steps if step.needed), ""),
        "hindrance": hindrance,
        "newest": newest,
        "form": form,
        "refused": refused,
    }
    return render(request, "work/desk/desk.html", context, status=status)


def _act(request, pk):
    verb, edit = request.POST.get("verb", ""), request.POST.get("edit", "")
    edit = int(edit) if edit.isdecimal() and len(edit) < 19 else 0
    form = StepForm(request.POST, auto_id=f"id_edit{edit}_%s" if edit else "id_%s")
    form.edit = edit
    if form.is_valid():
        try:
            done = _carry_out(request, pk, verb, edit, **form.cleaned_data)
        except workflow.Refused as why:
            needs_reason = not form.cleaned_data["why"] and type(why) is workflow.Refused
            form.add_error("why" if needs_reason else None, str(why))
        else:
            messages.success(request, done)
            return redirect("desk", pk)
    return show(request, _listing(pk), refused=form, status=400)


@transaction.atomic
def _carry_out(request, pk, verb, edit, why, base):
    """One verb, on the text that the person has read and no other."""
    listing = get_object_or_404(Resource.objects.select_for_update(), pk=pk)
    workflow.refuse_stale(listing, base)
    if verb in DECISIONS:
        carry_out, done = DECISIONS[verb]
        carry_out(edit=get_object_or_404(listing.edits, pk=edit), by=request.user, why=why)
        return done
    step = next((step for step in STEPS if step.verb == verb), None)
    if step is None:
        raise Http404
    step.carry_out(resource=listing, by=request.user, why=why)
    return step.done


@only(May.EDIT)
def preview(request, pk):
    """The listing as families would see it, whatever its state."""
    listing = whole(Resource.objects.filter(pk=pk))
    if listing is None:
        raise Http404
    return render(request, f"resources/{listing.kind}.html", listing_context(listing))
