"""Import and export of listings: the changelist's buttons and actions, the upload, the preview and its confirmation."""

from collections import Counter

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from .. import document as documents
from .. import workflow
from ..document.difference import Change, difference
from ..models import ImportBatch
from ..models.roles import STAFF, May
from ..transfer import reading, writing
from ..transfer.confirm import NotConfirmed, confirm, keep
from ..transfer.preview import BAD, CHANGED, NEW, SAME

OUTCOMES = {
    BAD: gettext_lazy("Bad: cannot be imported"),
    CHANGED: gettext_lazy("Changed"),
    NEW: gettext_lazy("New, as a draft"),
    SAME: gettext_lazy("Same: nothing to do"),
}
ROWS_PER_PAGE = 50


class UploadForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("File"),
        max_length=200,
        widget=forms.FileInput(attrs={"accept": ",".join(reading.READERS)}),
        help_text=gettext_lazy(
            "CSV or XLSX with a row for each listing, or JSON with a list of listing documents. At most 10 MB and 5,000 listings."
        ),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        try:
            self.contents = reading.read(file.name, file.read(reading.MAX_BYTES + 1))
        except reading.Unreadable as why:
            raise ValidationError(str(why)) from why
        return file


class ConfirmForm(forms.Form):
    why = forms.CharField(
        label=gettext_lazy("Why this import"),
        max_length=500,
        help_text=gettext_lazy("Where the file comes from, and who made it. Kept in the history of each listing."),
    )


def urls(admin):
    """The addresses that a listing admin has for import and export."""
    info = (admin.opts.app_label, admin.opts.model_name)

    def of(address, view, name):
        return path(address, admin.admin_site.admin_view(view), {"admin": admin}, name="{}_{}_{}".format(*info, name))

    return [
        of("export/<str:form>/", export, "export"),
        of("import/", upload, "import"),
        of("import/<int:pk>/", preview, "import_preview"),
    ]


def export(request, form, admin):
    """All listings that the changelist's filters leave, on whatever page, as a file."""
    if not admin.has_view_permission(request):
        raise PermissionDenied
    if form not in writing.TYPES:
        raise Http404
    request.GET = request.GET.copy()
    request.GET.pop("p", None)
    try:
        listings = admin.get_changelist_instance(request).queryset
    except IncorrectLookupParameters:
        return redirect(_changelist(admin))
    return _download(request, form, listings, admin) or redirect(f"{_changelist(admin)}?{request.GET.urlencode()}")


def _download(request, form, listings, admin):
    """The file, or None where it cannot be written; the page says why."""
    try:
        content = writing.write(form, documents.of_many(listings))
    except writing.TooLong as why:
        messages.error(request, str(why))
        return None
    name = f"{admin.opts.model_name}-{timezone.localdate()}.{form}"
    return HttpResponse(content, content_type=writing.TYPES[form], headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _export_action(form, label):
    @admin.action(description=label, permissions=["view"])
    def act(modeladmin, request, queryset):
        return _download(request, form, queryset, modeladmin)

    act.__name__ = f"export_{form}"
    return act


EXPORTS = [
    _export_action("csv", gettext_lazy("Export as CSV")),
    _export_action("xlsx", gettext_lazy("Export as an XLSX workbook")),
    _export_action("json", gettext_lazy("Export as JSON documents")),
]


def upload(request, admin):
    """GET: the form. POST: read the file and lead to its preview; nothing is saved but the preview."""
    _require_import(request, admin)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        batch = keep(contents=form.contents, name=form.cleaned_data["file"].name, by=request.user)
        return redirect(_url(admin, "import_preview", batch.pk))
    context = admin.admin_site.each_context(request) | {"title": _("Import listings"), "form": form, "opts": admin.opts}
    return TemplateResponse(request, "admin/resources/import.html", context)


def preview(request, pk, admin):
    """GET: what the file would do. POST: do it, all or nothing."""
    _require_import(request, admin)
    batch = get_object_or_404(ImportBatch, pk=pk, spreadsheet=None)  # a partner's is confirmed in the workspace
    if batch.by_id != request.user.pk and not _is_staff(request.user):
        raise Http404
    form, refusals = ConfirmForm(request.POST or None), []
    if request.method == "POST" and form.is_valid():
        try:
            done = confirm(batch=batch, by=request.user, why=form.cleaned_data["why"])
        except NotConfirmed as refused:
            refusals = refused.refusals
        except workflow.Refused as refused:
            messages.error(request, str(refused))
            return redirect(request.path)
        else:
            _say(request, done)
            return redirect(_changelist(admin))
    return TemplateResponse(
        request, "admin/resources/import_preview.html", _shown(request, admin, batch) | {"form": form, "refusals": refusals}
    )


def _shown(request, admin, batch):
    counts = Counter(row["outcome"] for row in batch.rows)
    rows = sorted(batch.rows, key=lambda row: list(OUTCOMES).index(row["outcome"]))  # bad ones first, each group in the file's order
    page = Paginator(rows, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    return admin.admin_site.each_context(request) | {
        "title": _("Preview of %(name)s") % {"name": batch.name},
        "opts": admin.opts,
        "batch": batch,
        "counts": [(label, counts[outcome]) for outcome, label in OUTCOMES.items() if counts[outcome]],
        "bad": counts[BAD],
        "can_confirm": not batch.applied_at and not counts[BAD] and (counts[NEW] or counts[CHANGED]),
        "page": page,
        "rows": [{"row": row, "label": OUTCOMES[row["outcome"]], "changes": _changes(row)} for row in page],
    }


def _changes(row):
    """What would change; for a new listing, all that it holds."""
    if row["outcome"] == NEW:
        return difference(None, documents.read(row["document"]))
    return [Change(*change) for change in row["changes"]]


def _say(request, done):
    messages.success(request, _("Imported. New drafts: %(new)d. Changed: %(changed)d.") % {"new": done.new, "changed": done.changed})
    if done.proposed:
        text = ngettext(
            "%(n)d change of a published or checked listing is proposed: a curator decides, in the workspace under Incoming.",
            "%(n)d changes of published or checked listings are proposed: a curator decides, in the workspace under Incoming.",
            done.proposed,
        )
        messages.warning(request, text % {"n": done.proposed} + " " + _("Families still see the text as it was."))


def _require_import(request, admin):
    if not (admin.has_view_permission(request) and request.user.has_perm(May.IMPORT.name_in_full)):
        raise PermissionDenied


def _is_staff(user):
    return user.is_superuser or user.groups.filter(name=STAFF).exists()


def _changelist(admin):
    return _url(admin, "changelist")


def _url(admin, name, *args):
    return reverse(f"admin:{admin.opts.app_label}_{admin.opts.model_name}_{name}", args=args)
