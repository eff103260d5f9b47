"""The pages of a spreadsheet's way. A file stands in one of four states: to be mapped, previewed, being carried out, done."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from conditions.names import slugged

from ... import document as documents
from ... import workflow
from ...document.difference import Change, difference
from ...doors import only
from ...models import ImportedRow, Spreadsheet
from ...models.roles import May
from ...transfer.preview import BAD, CHANGED, NEW, SAME
from . import reports, steps
from .forms import ConfirmForm, UploadForm

OUTCOMES = {BAD: later("Bad"), CHANGED: later("Changed"), NEW: later("New"), SAME: later("Same")}
ROWS_PER_PAGE, FILES_PER_PAGE, VANISHED_SHOWN = 50, 25, 50


def _spreadsheets():
    return Spreadsheet.objects.select_related("partner", "by").defer("content")


@only(May.IMPORT)
def spreadsheets(request):
    """GET: earlier files. POST: a new one, which leads to its columns."""
    form = UploadForm(request.POST if request.method == "POST" else None, request.FILES or None)
    if form.is_valid():
        steps.forget_old()
        made = _uploaded(form, request.user)
        return redirect("spreadsheet_columns", made.pk)
    page = Paginator(_spreadsheets(), FILES_PER_PAGE).get_page(request.GET.get("page"))
    context = {"form": form, "page": page}
    return render(request, "work/spreadsheets/list.html", context, status=400 if form.is_bound else 200)


def _uploaded(form, by):
    name = form.cleaned_data["file"].name[:200]
    return Spreadsheet.objects.create(partner=form.sender(), name=name, content=form.content, by=by, **form.layout)


@only(May.IMPORT)
def template(request, form):
    if form not in reports.FORMS:
        raise Http404
    return _download(reports.template(form), form, "caregiver-finder-template")


@only(May.IMPORT)
def spreadsheet(request, pk):
    """What the file would do, and its confirmation; once done, what became of it."""
    one = get_object_or_404(_spreadsheets().select_related("batch", "confirmed_by"), pk=pk)
    if not one.batch:
        return redirect("spreadsheet_columns", pk)
    if one.finished_at:
        return _result(request, one)
    if one.confirmed_at:
        return redirect("spreadsheet_progress", pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial={"batch": one.batch_id})
    if form.is_valid():
        try:
            steps.confirm(spreadsheet=one, by=request.user, **form.cleaned_data)
        except workflow.Refused as refused:
            messages.error(request, str(refused))
            return redirect("spreadsheet", pk)
        return redirect("spreadsheet_progress", pk)
    return render(request, "work/spreadsheets/preview.html", _shown(request, one) | {"form": form}, status=400 if form.is_bound else 200)


def _shown(request, one):
    show = request.GET.get("show", "")
    rows = [row for row in one.batch.rows if show not in OUTCOMES or row["outcome"] == show]
    rows.sort(key=lambda row: list(OUTCOMES).index(row["outcome"]))  # bad ones first, each group in the file's order
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return _whole(one) | {
        "page": page,
        "show": show if show in OUTCOMES else "",
        "filters": [(outcome, label, one.counts[outcome]) for outcome, label in OUTCOMES.items() if one.counts.get(outcome)],
        "bad": one.counts.get(BAD, 0),
        "waits": sum(row.get("waits", False) for row in one.batch.rows),
        "rows": [{"row": row, "label": OUTCOMES[row["outcome"]], "changes": _changes(row)} for row in page],
    }


def _whole(one):
    return {"sheet": one, "vanished": one.vanished[:VANISHED_SHOWN], "vanished_more": max(0, len(one.vanished) - VANISHED_SHOWN)}


def _changes(row):
    """What would change; for a new listing, all that it holds."""
    if row["outcome"] == NEW:
        return [change for change in difference(None, documents.read(row["document"])) if change.after]
    return [Change(*change) for change in row["changes"]]


def _result(request, one):
    rows = one.imported.select_related("resource")
    counts = Counter(dict(rows.order_by().values_list("outcome").annotate(Count("pk"))))
    show = request.GET.get("show", "")
    page = Paginator(rows.filter(outcome=show) if show in counts else rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    filters = [(outcome, label, counts[outcome]) for outcome, label in ImportedRow.Outcome.choices if counts[outcome]]
    context = {"page": page, "show": show if show in counts else "", "filters": filters, "bad": one.counts.get(BAD, 0)}
    return render(request, "work/spreadsheets/result.html", _whole(one) | context)


@only(May.IMPORT)
def progress(request, pk):
    """Do the next step and say how far it is; the page asks for itself again until all is done.

    A GET that acts: it only goes on with what a person has confirmed, and a step that is asked for twice is done once.
    """
    one = get_object_or_404(_spreadsheets(), pk=pk)
    if not one.confirmed_at:
        return redirect("spreadsheet", pk)
    was_done = one.finished_at
    one = steps.step(pk)
    if one.finished_at:
        if not was_done:
            messages.success(request, _("All rows are done. Below is what became of each."))
        return redirect("spreadsheet", pk)
    context = {"sheet": one, "percent": 100 * one.done // one.good}
    response = render(request, "work/spreadsheets/progress.html", context)
    response.headers["Refresh"] = "1"
    return response


@only(May.IMPORT)
def report(request, pk, form):
    one = get_object_or_404(_spreadsheets().select_related("batch"), pk=pk, confirmed_at__isnull=False)
    if form not in reports.FORMS:
        raise Http404
    content = reports.report(form, one, lambda listing: request.build_absolute_uri(reverse("desk", args=[listing])))
    return _download(content, form, f"report-{one.partner.slug}-{timezone.localdate(one.uploaded_at)}")


@only(May.IMPORT)
def bad_rows(request, pk):
    one = get_object_or_404(_spreadsheets().select_related("batch"), pk=pk, batch__isnull=False)
    return _download(reports.bad_rows(one), "csv", f"to-mend-{one.partner.slug}-{slugged(one.name, 60)}")


@only(May.IMPORT)
@require_POST
def discard(request, pk):
    one = get_object_or_404(_spreadsheets().select_related("batch"), pk=pk, confirmed_at=None)
    try:
        steps.discard(spreadsheet=one)
    except workflow.WrongStep as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("“%(name)s” was taken away. Nothing of it was imported.") % {"name": one.name})
    return redirect("spreadsheets")


def _download(content, form, name):
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'}
    return HttpResponse(content, content_type=reports.content_type(form), headers=headers)
