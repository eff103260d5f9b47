"""The page on which a person says how a file is read, and what its columns mean."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render

from ... import workflow
from ...doors import only
from ...models import Spreadsheet
from ...models.roles import May
from ...transfer.sheets import Unreadable
from . import grid, guessing, planning, steps
from .forms import LayoutForm, MappingForm

SAMPLES = 3


@only(May.IMPORT)
def columns(request, pk):
    """How the file is read and what its columns mean. POST: read it otherwise, or go on to the preview."""
    try:
        return _columns(request, pk)
    except workflow.WrongStep as why:
        messages.error(request, str(why))
        return redirect("spreadsheets")


def _columns(request, pk):
    one = get_object_or_404(Spreadsheet.objects.select_related("partner"), pk=pk)
    if one.confirmed_at:
        return redirect("spreadsheet", pk)
    rereads = request.POST.get("verb") == "read"
    layout = LayoutForm(request.POST if rereads else None, initial=_layout(one), is_workbook=grid.is_workbook(one.name))
    if layout.is_valid() and (why := _reread(one, layout.cleaned_data)):
        layout.add_error(None, why)
    elif layout.is_valid():
        return redirect("spreadsheet_columns", pk)
    headings, rows, why = _first_rows(one)
    form = MappingForm(
        request.POST if request.method == "POST" and not rereads else None, headings=headings, initial=_guessed(one, headings, rows)
    )
    if headings and form.is_valid():
        try:
            _plan(one, form)
        except Unreadable as unreadable:
            why = str(unreadable)
        else:
            return redirect("spreadsheet", pk)
    samples = [[cells[number] for _place, cells in rows if cells[number]][:SAMPLES] for number in range(len(headings))]
    context = {
        "sheet": one,
        "layout": layout,
        "form": form,
        "columns": list(zip(form.columns, samples)),
        "rows": rows[:SAMPLES],
        "why": why,
    }
    wrong = layout if layout.errors else form
    return render(request, "work/spreadsheets/columns.html", context | {"wrong": wrong}, status=400 if wrong.errors or why else 200)


def _layout(one):
    return {"encoding": one.encoding, "delimiter": one.delimiter, "heading_row": one.heading_row}


def _reread(one, layout):
    """Keep how the file is to be read; returns why it cannot be, else an empty text."""
    was = _layout(one)
    for name, value in layout.items():
        setattr(one, name, value)
    try:
        planning.contents(one, grid.LOOKED_AT)
    except Unreadable as why:
        for name, value in was.items():
            setattr(one, name, value)
        return str(why)
    one.mapping = []
    with transaction.atomic():
        steps.undecided(one)
        one.save(update_fields=[*layout, "mapping"])
    return ""


def _first_rows(one):
    """`(headings, rows, why not)`."""
    try:
        return *planning.contents(one, grid.LOOKED_AT), ""
    except Unreadable as why:
        return [], [], str(why)


def _guessed(one, headings, rows):
    """What was chosen for this file, else what is remembered of the partner or most likely."""
    if [heading for heading, _target in one.mapping] == headings:
        targets = [target for _heading, target in one.mapping]
    else:
        samples = [[cells[number] for _place, cells in rows] for number in range(len(headings))]
        targets = guessing.guess(headings, samples, one.partner.mapping)
    return (one.constants or one.partner.constants) | {f"column_{number}": target for number, target in enumerate(targets)}


def _plan(one, form):
    one.mapping, one.constants = form.mapping, form.constants
    planning.plan(one)
