"""The editor's pages. A button's value says what to do: `save`, `add:phones`, `pick:conditions:0:ataxia`."""

from inspect import signature

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from ...doors import only
from ...models import Draft, Resource, ResourceKind
from ...models.roles import May
from . import drafts
from .acts import ACTS
from .pages import page
from .sitting import Sitting

ABOUT = {
    ResourceKind.ORGANIZATION: _("A charity, a support group, an agency"),
    ResourceKind.SERVICE: _("A programme or a clinic that an organization runs"),
    ResourceKind.THERAPY: _("A kind of treatment, with how well it was tested"),
    ResourceKind.SCHOOL: _("Help in class, or a right at school"),
    ResourceKind.MONEY: _("A benefit, a grant, an insurance right"),
    ResourceKind.GUIDE: _("How to judge or find something"),
}


@only(May.EDIT)
def listing_new(request):
    begun = {one.kind: one for one in Draft.objects.filter(by=request.user, resource=None)}
    choices = [{"kind": kind, "about": about, "draft": begun.get(kind)} for kind, about in ABOUT.items()]
    return render(request, "work/editor/new.html", {"choices": choices})


@only(May.EDIT)
def listing_create(request, kind):
    if kind not in ResourceKind:
        raise Http404
    return _answer(request, Sitting(request.user, kind))


@only(May.EDIT)
def listing_edit(request, pk):
    listing = get_object_or_404(Resource, pk=pk)
    return _answer(request, Sitting(request.user, listing.kind, listing))


def _answer(request, sitting):
    if request.method != "POST":
        return page(request, sitting, sitting.sheet(sitting.opened()), draft=sitting.drafts[0])
    act, *on = request.POST.get("do", "look").split(":")
    if act == "discard":
        drafts.drop(**sitting.whose)
        messages.success(request, _("Your draft is gone. The listing is as it was."))
        return redirect(request.path)
    try:
        carry_out = ACTS[act]
        signature(carry_out).bind(request, sitting, request.POST, *on)
    except (KeyError, TypeError) as unknown:  # no button of ours says that
        raise Http404 from unknown
    return carry_out(request, sitting, drafts.typed(request.POST), *on)
