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
    is_kept = not drafts.is_ghost(by=sitting.person, listing=sitting.listing, data=data) and bool(sitting.keep(data))
    return JsonResponse({"saved": is_kept}, status=200 if is_kept else 409)


def draft(request, sitting, data):
    if not (kept := sitting.keep(data)):
        return advised(request, sitting, sitting.sheet(data), status=409)
    said = _("Draft saved at %(time)s. Nobody else sees it yet.") % {"time": time_format(timezone.localtime(kept.saved_at), "g:i A")}
    return advised(request, sitting, sitting.sheet(data), said=said)


def look(request, sitting, data):
    sitting.keep(data)
    return advised(request, sitting, sitting.sheet(data), is_read=True)


def add(request, sitting, data, name=""):
    _known(sitting, name)
    place = rows.add(name, data)
    sitting.keep(data)
    return _again(request, sitting, _focused(sitting.sheet(data), name, place))


def remove(request, sitting, data, name="", place=""):
    _known(sitting, name)
    rows.remove(name, data, _number(place))
    sitting.keep(data)
    return _again(request, sitting, sitting.sheet(data), focus=f"add-{name}", said=_("Taken away. Nothing is saved yet."))


def lift(request, sitting, data, name="", place=""):
    _known(sitting, name)
    return _moved(request, sitting, data, name, rows.lift(name, data, _number(place)), "lift")


def lower(request, sitting, data, name="", place=""):
    _known(sitting, name)
    return _moved(request, sitting, data, name, rows.lower(name, data, _number(place)), "lower")


def _moved(request, sitting, data, name, place, verb):
    """The button that moved the row keeps the focus at its new place, so that it can be pressed again."""
    sitting.keep(data)
    sheet = sitting.sheet(data)
    sheet.rows[name].open_at(place)
    places = rows.places(name, data)
    ends = {"lift": ("lower", places[0]), "lower": ("lift", places[-1])} if places else {}
    verb = ends[verb][0] if verb in ends and place == ends[verb][1] else verb
    where = {"one": rows.ROWS[name][1], "n": places.index(place) + 1 if place in places else 1, "all": len(places)}
    said = _("%(one)s %(n)d of %(all)d now. Nothing is saved yet.") % where
    return _again(request, sitting, sheet, focus=f"{verb}-{name}-{place}", said=said)


def pick(request, sitting, data, name="", line="", slug=""):
    """Put a slug in place of a line that named nothing we know."""
    bound = _field(sitting.sheet(data), name)
    if not isinstance(bound.field, Named):
        raise Http404
    lines = bound.field.parted(bound.value())
    if _number(line) < len(lines):
        lines[_number(line)] = slug.replace("\x00", "")
        data.setlist(name, ["\n".join(lines)])
    sitting.keep(data)
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
    sitting.keep(data)
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
    sitting.keep(data)
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
    for form in sheet.rows[name].open_at(place):
        next(iter(form.fields.values())).widget.attrs["autofocus"] = True
    return sheet


ACTS = {
    "autosave": autosave,
    "draft": draft,
    "look": look,
    "add": add,
    "remove": remove,
    "lift": lift,
    "lower": lower,
    "pick": pick,
    "beside": beside,
    "difference": show_difference,
    "preview": preview,
    "save": save,
    "save-anyway": save_anyway,
}
