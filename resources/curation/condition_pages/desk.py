"""All about one condition: its state, what is missing, what waits, and its history; and the verbs that move it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions import document as documents
from conditions.editorial import State
from conditions.models import Condition, ConditionEdit

from ... import workflow
from ...doors import only
from ...models.roles import May
from ...workflow import pages
from ..sent import number
from . import preview as previews
from .differences import differences
from .listing import SOON

STEPS_A_PAGE = 10
DONE: dict[str, tuple[Callable, object]] = {
    "submit": (pages.submit, later("Submitted. An editor who did not write it publishes it or sends it back.")),
    "send_back": (pages.send_back, later("Sent back as a draft, with your reason in its history.")),
    "publish": (pages.publish, later("Published: families see it now.")),
    "retire": (pages.retire, later("Retired: families no longer see the text. The condition and the help for it stay.")),
    "reopen": (pages.reopen, later("Reopened as a draft. Mend it, then submit it.")),
}


@only(May.EDIT)
def desk(request, slug):
    condition = get_object_or_404(Condition, slug=slug)
    refused = None
    if request.method == "POST":
        try:
            messages.success(request, _carry_out(request, condition))
            return redirect("condition_desk", slug)
        except workflow.Refused as why:
            typed = {name: request.POST.get(name, "") for name in ("verb", "number", "edit", "why")}
            condition.refresh_from_db()
            refused = typed | {"sentence": str(why), "key": f"{typed['verb']}{typed['number'] or typed['edit']}"}
    return render(request, "work/conditions/desk.html", _context(request, condition, refused), status=400 if refused else 200)


def _carry_out(request, condition):
    """Do what was asked, on the text that the person has read and no other; returns what to say."""
    verb, said = request.POST.get("verb", ""), {"by": request.user, "why": request.POST.get("why", "")}
    base = number(request.POST, "base")
    if verb in DONE:
        do, done = DONE[verb]
        do(condition=condition, base=base, **said)
        return done
    if verb == "restore":
        waiting = pages.restore(condition=condition, number=number(request.POST, "number"), base=base, **said)
        return _("It waits below for a second person; families still read the text as it was.") if waiting else _("Brought back.")
    if verb not in ("apply", "decline"):
        raise Http404
    edit = get_object_or_404(ConditionEdit, pk=number(request.POST, "edit"), condition=condition)
    if verb == "apply":
        pages.apply(edit=edit, base=base, **said)
        return _("Applied: families see it now.")
    pages.decline(edit=edit, **said)
    return _("Declined. The page stays as it was.")


def _context(request, condition, refused):
    start = (max(number(request.GET, "page"), 1) - 1) * STEPS_A_PAGE
    revisions = list(condition.revisions.all()[start : start + STEPS_A_PAGE + 1])
    read = {one.number: documents.read(one.document) for one in revisions}
    document, newest = documents.now(condition, None if start else revisions)
    edits = condition.edits.filter(state=ConditionEdit.State.WAITING).select_related("by")
    today = timezone.localdate()
    return {
        "condition": condition,
        "document": document,
        "refused": refused,
        "may": {may.name.lower(): request.user.has_perm(may.name_in_full) for may in May},
        "lacks": documents.lacks(document) if document.sections and condition.page_state != State.PUBLISHED else [],
        "is_author": condition.page_state == State.IN_REVIEW and request.user.pk in pages.authors(condition),
        "edits": [_waiting(edit, document, newest) for edit in edits],
        "steps": [(one, differences(read.get(one.number - 1), read[one.number])) for one in revisions[:STEPS_A_PAGE]],
        "newest": newest,
        "newer": start // STEPS_A_PAGE,
        "older": start // STEPS_A_PAGE + 2 if len(revisions) > STEPS_A_PAGE else 0,
        "today": today,
        "soon": today + SOON,
    }


def _waiting(edit, document, newest):
    return {
        "edit": edit,
        "changes": differences(document, documents.read(edit.document)),
        "is_stale": bool(newest and newest != edit.base),
    }


@only(May.EDIT)
def preview(request, slug):
    """The page as it would be: `?edit=` a waiting edit, `?revision=` an earlier one, else what is there now."""
    condition = get_object_or_404(Condition, slug=slug)
    if edit := number(request.GET, "edit"):
        document = documents.read(get_object_or_404(condition.edits, pk=edit).document)
    elif step := number(request.GET, "revision"):
        document = documents.read(get_object_or_404(condition.revisions, number=step).document)
    else:
        document = documents.of(condition)
    return previews.preview(request, condition, document)
