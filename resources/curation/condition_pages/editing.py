"""The page on which a condition is edited: save, preview, check, add and take away rows, each by a button that needs no JavaScript."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from conditions import document as documents
from conditions.editorial import State
from conditions.files import Faulty
from conditions.models import Condition, ConditionEdit, SectionKind

from ... import workflow
from ...doors import only
from ...models.roles import May
from ...workflow import pages
from ..sent import number
from .checking import checked
from .differences import differences, label_of
from .editor import Editor, kinds_in, rows_in
from .preview import preview


@only(May.EDIT)
def edit(request, slug):
    condition = get_object_or_404(Condition, slug=slug)
    if request.method == "POST":
        return _answer(request, condition)
    document, newest = documents.now(condition)
    said = {"base": newest}
    changes = []
    if waiting := number(request.GET, "edit"):
        waiting = get_object_or_404(condition.edits, pk=waiting, by=request.user)
        proposed = documents.read(waiting.document)
        changes, document = differences(document, proposed), proposed
        said = {"base": waiting.base, "edit": waiting.pk, "why": waiting.why}
    return _page(request, condition, Editor.of(document, said, address=request.path), changes=changes)


@only(May.EDIT)
def new(request):
    condition = Condition()
    if request.method == "POST":
        return _answer(request, condition)
    return _page(request, condition, Editor.typed(request.GET, is_new=True, address=request.path))


def _answer(request, condition):
    data, options = request.POST, {"is_new": not condition.pk, "address": request.path}
    verb, _dash, what = data.get("do", "save").partition("-")
    if verb == "save":
        return _save(request, condition, Editor.sent(data, **options))
    if verb == "add":
        return _page(request, condition, Editor.typed(data, add=what, **options))
    if verb == "remove":
        part, _dash, place = what.partition("-")
        place = int(place[:4]) if place.isascii() and place.isdigit() else -1
        return _page(request, condition, Editor.typed(data, remove=(part, place), **options), removed=part)
    if verb == "check" and what:
        return _one_section(request, what)
    if verb not in ("check", "preview"):
        raise Http404
    editor = Editor.sent(data, saving=False, **options)
    document = _judged(editor, condition)
    if verb == "preview" and document:
        return preview(request, condition if condition.pk else Condition(slug=editor.head.cleaned_data["slug"]), document)
    before = documents.of(condition) if condition.pk else None
    changes = differences(before, document) if document else []
    texts = {kind: data[f"section-{kind}"] for kind in kinds_in(data)}
    found = checked(texts, _keys(data))
    return _page(request, condition, editor, changes=changes, checks=found, is_checked=True, status=200 if document else 400)


def _judged(editor, condition):
    """The document that was sent, or None where something is to be mended, which stands at its field."""
    document = editor.document()
    if not document:
        return None
    if not condition.pk and Condition.objects.filter(slug=(slug := editor.head.cleaned_data["slug"])).exists():
        editor.head.add_error("slug", _("There is a condition with the address “%(slug)s” already.") % {"slug": slug})
    try:
        documents.refuse_unfit(document, condition, editor.head.above)
    except documents.Unfit as unfit:
        editor.head.add_error("parents", str(unfit))
    for lack in documents.lacks(document) if condition.page_state == State.PUBLISHED else ():
        editor.say(lack)
    return None if editor.errors else document


def _save(request, condition, editor):
    document = _judged(editor, condition)
    if not document:
        return _page(request, condition, editor, status=400)
    said = editor.head.cleaned_data
    try:
        return _saved(request, condition, document, said)
    except pages.ChangedSince as since:
        return _changed_meanwhile(request, condition, document, said, since.revision)
    except workflow.Refused as why:
        editor.head.add_error(None, str(why))
        return _page(request, condition, editor, status=400)


def _saved(request, condition, document, said):
    if not condition.pk:
        condition = pages.create(slug=said["slug"], document=document, by=request.user, why=said["why"])
        messages.success(request, _("Made as a draft. Add what is missing, then submit it."))
        return redirect("condition_desk", condition.slug)
    earlier = ConditionEdit.objects.filter(pk=said["edit"] or 0, condition=condition).first()
    waiting = pages.edit(
        condition=condition, document=document, by=request.user, why=said["why"], base=said["base"] or 0, instead_of=earlier
    )
    done = _("Saved. It waits below for a second person; families still read the text as it was.") if waiting else _("Saved.")
    messages.success(request, done)
    return redirect("condition_desk", condition.slug)


def _changed_meanwhile(request, condition, document, said, newest):
    """Nothing is saved: the form comes back with what others changed taken in, and what both changed as it was typed."""
    theirs = documents.read(newest.document)
    before = documents.at(condition, max(said["base"] or 0, 1)) or theirs
    try:
        both, conflicts = documents.merged(before, document, theirs)
    except Faulty:  # each is whole, and the two together are not, such as two sources of one key
        both, conflicts = document, ["sources"]
    editor = Editor.of(both, {"base": newest.number, "edit": said["edit"], "why": said["why"]}, address=request.path)
    between = {"by": newest, "changes": differences(before, theirs), "conflicts": [label_of(field) for field in conflicts]}
    return _page(request, condition, editor, between=between, changes=differences(theirs, both), status=409)


def _one_section(request, kind):
    """What the lint says of one section, as a piece of the page."""
    if kind not in SectionKind.values:
        raise Http404
    found = checked({kind: request.POST.get(f"section-{kind}", "")}, _keys(request.POST))
    return render(request, "work/conditions/checked.html", {"checked": found.get(kind)})


def _keys(data):
    return [row["key"].strip() for row in rows_in(data, "sources")]


def _page(request, condition, editor, checks=None, status=200, **context):
    sections = [{"kind": kind, "field": field, "checked": (checks or {}).get(kind)} for kind, field in editor.head.sections]
    context |= {
        "condition": condition,
        "editor": editor,
        "sections": sections,
        "imported": documents.imported(condition) if condition.pk else {},
    }
    return render(request, "work/conditions/edit.html", context, status=status)
