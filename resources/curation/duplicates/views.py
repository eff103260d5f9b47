"""The queue of possible duplicates, two of them side by side, and the way back from a merge."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from conditions.editorial import State
from conditions.files import Faulty

from ... import workflow
from ...document.difference import difference
from ...document.labels import label
from ...doors import only
from ...models import DuplicatePair, Merge, Resource
from ...models.roles import May
from . import blending
from .comparing import FIRST, SECOND, kept_whole, merged, other, sides_of, stays
from .finding import reasons_now, refresh
from .forms import ApartForm, MergeForm
from .showing import lines, reasons_in_words

A_PAGE = 50


@only(May.DECIDE)
def queue(request):
    """`?decided=1`: what was decided, to look back or to take back."""
    is_decided = "decided" in request.GET
    pairs = DuplicatePair.objects.decided() if is_decided else DuplicatePair.objects.open()
    page = Paginator(pairs, A_PAGE).get_page(request.GET.get("page"))
    rows = [(pair, reasons_in_words(pair.reasons)) for pair in page]
    return render(request, "work/duplicates/queue.html", {"page": page, "rows": rows, "is_decided": is_decided})


@only(May.DECIDE)
def compare(request, pk):
    """GET: both side by side. POST: what `do` names."""
    pair = get_object_or_404(DuplicatePair.objects.select_related("first", "second", "decided_by"), pk=pk)
    if request.method != "POST":
        return _show(request, pair)
    do = request.POST.get("do")
    if do not in DO:
        raise Http404
    try:
        return DO[do](request, pair)
    except workflow.Refused as why:
        messages.error(request, str(why))
        apart = ApartForm(initial={"why": request.POST.get("apart-why", "")})
        return _show(request, pair, ask=do == "merge", apart=apart, status=409)


def _show(request, pair, *, ask=False, apart=None, status=200):
    """`ask`: the merge as it was filled in, with what is wrong."""
    sides = sides_of(pair)
    # What is shown is what is there now, so that is what the next press rests on.
    bases = {f"{name}_base": str(side.number) for name, side in sides.items()}
    form = MergeForm(request.POST.dict() | bases if ask else None, sides=sides, winner=stays(sides))
    winner, loser = sides[form.winner], sides[other(form.winner)]
    context = {
        "pair": pair,
        "sides": sides,
        "reasons": reasons_in_words(reasons_now(pair)),
        "form": form,
        "apart": apart or ApartForm(),
        "winner": winner.listing,
        "kept_whole": kept_whole(sides, form.winner),
        "same": [(label(name), "\n".join(lines(value))) for name, value in blending.same(winner.document, loser.document).items()],
        "may_merge": request.user.has_perm(May.MERGE.name_in_full),
    }
    try:
        context["changes"] = difference(winner.document, merged(sides, form.winner, form.chosen))
    except Faulty as fault:
        context["fault"] = str(fault)
    return render(request, "work/duplicates/compare.html", context, status=status)


def _preview(request, pair):
    return _show(request, pair, ask=True)


def _merge(request, pair):
    sides = sides_of(pair)
    form = MergeForm(request.POST, sides=sides, winner=stays(sides))
    if not form.is_valid():
        return _show(request, pair, ask=True, status=400)
    winner, loser = sides[form.winner].listing, sides[other(form.winner)].listing
    bases = {FIRST: form.cleaned_data["first_base"], SECOND: form.cleaned_data["second_base"]}
    try:
        document = merged(sides, form.winner, form.chosen)
    except Faulty as fault:
        raise workflow.Refused(_("These choices do not fit together: %(fault)s") % {"fault": fault}) from fault
    workflow.merge(
        winner=winner,
        loser=loser,
        document=document,
        by=request.user,
        why=form.cleaned_data["why"],
        base=bases[form.winner],
        loser_base=bases[other(form.winner)],
    )
    winner.refresh_from_db()
    refresh(winner)
    said = _("Merged: “{loser}” is now part of {winner}, and its address leads there. It can be undone on that page.")
    link = format_html('<a href="{}">{}</a>', reverse("desk", args=[winner.pk]), winner.name)
    messages.success(request, format_html(said, loser=loser.name, winner=link))
    return redirect("duplicates")


def _apart(request, pair):
    form = ApartForm(request.POST)
    if not form.is_valid():
        return _show(request, pair, apart=form, status=400)
    workflow.keep_apart(pair=pair, by=request.user, why=form.cleaned_data["why"])
    messages.success(request, _("Kept apart: “%(first)s” and “%(second)s” are never asked about again.") % _names(pair))
    return redirect("duplicates")


def _branches(request, pair):
    workflow.keep_apart(pair=pair, by=request.user, why=request.POST.get("apart-why", "")[:500], are_branches=True)
    messages.success(request, _("Kept as branches of one organization: “%(first)s” and “%(second)s”.") % _names(pair))
    return redirect("duplicates")


def _again(request, pair):
    workflow.ask_again(pair=pair, by=request.user)
    messages.success(request, _("The question is open again."))
    return redirect("compare", pair.pk)


def _names(pair):
    return {"first": pair.first, "second": pair.second}


DO = {"preview": _preview, "merge": _merge, "apart": _apart, "branches": _branches, "again": _again}


@only(May.MERGE)
@require_POST
def undo(request, pk):
    merge = get_object_or_404(Merge.objects.select_related("winner", "loser"), pk=pk)
    try:
        since = workflow.unmerge(merge=merge, by=request.user, why=request.POST.get("why", ""))
    except workflow.Refused as why:
        messages.error(request, str(why))
        return redirect("desk", merge.winner_id)
    for one in Resource.objects.filter(pk__in=[merge.winner_id, merge.loser_id]):
        refresh(one)
    names = {"winner": merge.winner, "loser": merge.loser}
    if merge.loser_state == State.PUBLISHED != Resource.objects.get(pk=merge.loser_id).state:
        text = _("Undone: “%(loser)s” is back as a draft, since its text was changed after the merge. Look through it, then publish it.")
        messages.warning(request, text % names)
    else:
        messages.success(request, _("Undone: “%(loser)s” is back as it was, at its own address.") % names)
    if since:
        fields = ", ".join(change.label for change in since)
        messages.warning(
            request,
            _("“%(winner)s” was changed since the merge (%(fields)s), so its text stays as it is: look whether it fits.")
            % (names | {"fields": fields}),
        )
    return redirect("desk", merge.loser_id)
