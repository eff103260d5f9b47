"""What the editor's buttons do, but for saving (see `saving`). Whatever was typed is kept as a draft on the way."""

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from ...document.difference import difference
from . import drafts, rows, texts
from .beside import alike_to, likeness_of, put_beside
from .fields import Named
from .pages import advised, page
from .previewing import NotShown, previewed
from .saving import save, save_anyway
from .sheet import row_names


def autosave(request, sitting, data):
    if drafts.is_ghost(by=sitting.person, listing=sitting.listing, data=data):
        return JsonResponse({"saved": False}, status=409)
    drafts.keep(**sitting.whose, data=data)
    return JsonResponse({"saved": True})


def draft(request, sitting, data):
    kept = drafts.keep(**sitting.whose, data=data)
    said = _("Draft saved at %(time)s. Nobody else sees it yet.") % {"time": time_format(timezone.localtime(kept.saved_at))}
    return advised(request, sitting, sitting.sheet(data), said=said)


def look(request, sitting, data):
    drafts.keep(**sitting.whose, data=data)
    return advised(request, sitting, sitting.sheet(data), said=_("Read. What we noticed stands beside the fields."))


def add(request, sitting, data, name=""):
    _known(sitting, name)
    place = rows.add(name, data)
    drafts.keep(**sitting.whose, data=data)
    return _again(request, sitting, _focused(sitting.sheet(data), name, place))


def remove(request, sitting, data, name="", place=""):
    _known(sitting, name)
    rows.remove(name, data, _number(place))
    drafts.keep(**sitting.whose, data=data)
    return _again(request, sitting, sitting.sheet(data), focus=f"add-{name}", said=_("Taken away. Nothing is saved yet."))


def lift(request, sitting, data, name="", place=""):
    _known(sitting, name)
    above = rows.lift(name, data, _number(place))
    drafts.keep(**sitting.whose, data=data)
    return _again(request, sitting, _focused(sitting.sheet(data), name, above))


def pick(request, sitting, data, name="", line="", slug=""):
    """Put a slug in place of a line that named nothing we know."""
    bound = _field(sitting.sheet(data), name)
    if not isinstance(bound.field, Named):
        raise Http404
    lines = bound.field.parted(bound.value())
    if _number(line) < len(lines):
        lines[_number(line)] = slug.replace("\x00", "")
        data.setlist(name, ["\n".join(lines)])
    drafts.keep(**sitting.whose, data=data)
    sheet = sitting.sheet(data)
    _field(sheet, name).field.widget.attrs["autofocus"] = True
    return _again(request, sitting, sheet)


def beside(request, sitting, data, name=""):
    """What stands beside one field, for htmx."""
    sheet = sitting.sheet(data)
    bound = _field(sheet, name)
    findings = texts.findings(sheet, only=name) if texts.reads(sheet.kind, name) else {}
    put_beside(sheet, findings, alike_to(sheet, sitting.listing, sitting.document) if likeness_of(bound) else ())
    return render(request, "work/editor/beside.html", {"field": bound})


def show_difference(request, sitting, data):
    drafts.keep(**sitting.whose, data=data)
    sheet = sitting.sheet(data, judged=True)
    document = sheet.document()
    if document is None:
        return advised(request, sitting, sheet, status=400)
    return advised(
        request,
        sitting,
        sheet,
        is_compared=True,
        changes=difference(sitting.document, document, {one.slug: one.label for one in sheet.terms}),
    )


def preview(request, sitting, data):
    """As a family would see it, in a window of its own; the form stays where it is."""
    drafts.keep(**sitting.whose, data=data)
    sheet = sitting.sheet(data, judged=True)
    document = sheet.document()
    try:
        if document is None:
            raise NotShown([*sheet.faults, *(error for bound in sheet.visible_fields for error in bound.errors)])
        return HttpResponse(previewed(request, document, sitting.listing, sheet.terms))
    except NotShown as reasons:
        return render(request, "work/editor/not_shown.html", {"reasons": reasons.args[0]}, status=400)


def _again(request, sitting, sheet, **notes):
    """The page with the lint's advice alone: a row that comes or goes does not look for listings that are alike."""
    return page(request, sitting, sheet, findings=texts.findings(sheet), **notes)


def _known(sitting, name):
    if name not in row_names(sitting.kind):
        raise Http404


def _number(text):
    if not (text.isascii() and text.isdigit() and len(text) < 7):
        raise Http404
    return int(text)


def _field(sheet, name):
    for form in sheet.forms:
        for bound in form:
            if bound.html_name == name:
                return bound
    raise Http404


def _focused(sheet, name, place):
    for form in sheet.rows[name].forms:
        if form.place == place:
            form.is_new = True
            next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    return sheet


ACTS = {
    "autosave": autosave,
    "draft": draft,
    "look": look,
    "add": add,
    "remove": remove,
    "lift": lift,
    "pick": pick,
    "beside": beside,
    "difference": show_difference,
    "preview": preview,
    "save": save,
    "save-anyway": save_anyway,
}
