"""A listing's history: every step with who, when and why; one revision whole; and bringing one back."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from conditions.editorial import State

from ... import document as documents
from ... import workflow
from ...completeness import missing
from ...document.difference import difference
from ...doors import only
from ...models import Resource
from ...models.roles import May
from .changes import step_by_step
from .steps import StepForm, may

PAGE = 20


@only(May.EDIT)
@require_safe
def history(request, pk):
    listing = get_object_or_404(Resource, pk=pk)
    page = Paginator(listing.revisions.all(), PAGE).get_page(request.GET.get("page"))
    first = max(page.start_index() - 1, 0)
    steps = step_by_step(list(listing.revisions.all()[first : first + PAGE + 1]))[:PAGE]
    return render(request, "work/desk/whole_history.html", {"listing": listing, "page": page, "steps": steps})


@only(May.EDIT)
def revision(request, pk, number):
    """GET: the revision whole, and what has changed since. POST: bring it back, as a new revision."""
    listing = get_object_or_404(Resource, pk=pk)
    one = get_object_or_404(listing.revisions, number=number)
    last = listing.revisions.first()
    form = StepForm(request.POST if request.method == "POST" else None, initial={"base": last.number})
    if form.is_valid():
        try:
            waits = _restore(listing, number, request.user, **form.cleaned_data)
        except workflow.Refused as why:
            form.add_error(None if form.cleaned_data["why"] else "why", str(why))
            form.read_again(last.number)
        else:
            messages.success(request, _said(number, last, waits))
            return redirect("desk", pk)
    document, current = documents.read(one.document), documents.read(last.document)
    changes = difference(document, current)
    lacks = missing(document) if listing.state == State.PUBLISHED else []
    context = {
        "listing": listing,
        "revision": one,
        "last": last,
        "parts": difference(None, document),
        "changes": changes,
        "lacks": lacks,
        "may_restore": bool(changes) and not lacks and may(request.user, May.RESTORE),
        "form": form,
    }
    return render(request, "work/desk/revision.html", context, status=400 if form.is_bound else 200)


@transaction.atomic
def _restore(listing, number, by, why, base):
    workflow.refuse_stale(Resource.objects.select_for_update().get(pk=listing.pk), base)
    return workflow.restore(resource=listing, number=number, by=by, why=why)


def _said(number, last, waits):
    if waits:
        return _("The text of revision %(number)s waits for a second person, who applies it here.") % {"number": number}
    return _("The text of revision %(number)s is back, as revision %(new)s.") % {"number": number, "new": last.number + 1}
