"""Vocabularies, reports, and what is written by verbs alone and only read here."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Check, Edit, ImportedRow, Partner, PartnerRow, ProblemReport, Revision, SignIn, Spreadsheet, Term


class ReadOnly(admin.ModelAdmin):
    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ["label", "vocabulary", "slug", "group"]
    list_filter = ["vocabulary"]
    search_fields = ["label", "slug"]
    autocomplete_fields = ["parent", "needs"]


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ["resource", "number", "verb", "by_name", "at", "why"]
    list_filter = ["verb", "at"]
    search_fields = ["resource__name", "by_name", "why"]
    list_select_related = ["resource"]
    show_full_result_count = False


@admin.register(Check)
class CheckAdmin(ReadOnly):
    list_display = ["resource", "outcome", "how", "by", "at"]
    list_filter = ["outcome", "how", "at"]
    search_fields = ["resource__name", "note"]
    list_select_related = ["resource", "by"]


@admin.register(Edit)
class EditAdmin(ReadOnly):
    list_display = ["resource", "state", "by", "at", "why", "decided_by"]
    list_filter = ["state", "at"]
    search_fields = ["resource__name", "why"]
    list_select_related = ["resource", "by", "decided_by"]


@admin.register(SignIn)
class SignInAdmin(ReadOnly):
    list_display = ["user", "at", "succeeded", "how"]
    list_filter = ["succeeded", "how", "at"]
    list_select_related = ["user"]


@admin.register(Partner)
class PartnerAdmin(admin.ModelAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Spreadsheet)
class SpreadsheetAdmin(ReadOnly):
    list_display = ["name", "partner", "by", "uploaded_at", "confirmed_by", "done", "finished_at"]
    list_filter = ["partner", "uploaded_at"]
    search_fields = ["name"]
    list_select_related = ["partner", "by", "confirmed_by"]
    fields = [
        "name",
        "partner",
        "by",
        "uploaded_at",
        "confirmed_by",
        "done",
        "finished_at",
        "why",
        "encoding",
        "delimiter",
        "heading_row",
        "mapping",
        "constants",
        "notes",
        "counts",
    ]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content", "vanished")


@admin.register(PartnerRow)
class PartnerRowAdmin(ReadOnly):
    list_display = ["key", "partner", "resource", "seen"]
    list_filter = ["partner"]
    search_fields = ["key", "resource__name"]
    list_select_related = ["partner", "resource", "seen__partner"]
    show_full_result_count = False


@admin.register(ImportedRow)
class ImportedRowAdmin(ReadOnly):
    list_display = ["place", "outcome", "resource", "reason", "spreadsheet"]
    list_filter = ["outcome"]
    search_fields = ["resource__name", "reason"]
    list_select_related = ["resource", "spreadsheet__partner"]
    show_full_result_count = False


@admin.register(ProblemReport)
class ProblemReportAdmin(admin.ModelAdmin):
    list_display = ["problem", "resource", "page", "reported_at", "handled_at"]
    list_filter = ["problem", ("handled_at", admin.EmptyFieldListFilter), "reported_at"]
    search_fields = ["message", "resource__name"]
    list_select_related = ["resource"]
    readonly_fields = ["resource", "page", "problem", "message", "reported_at"]
    actions = ["mark_handled"]

    def has_add_permission(self, request):
        return False

    @admin.action(description=_("Mark as handled"), permissions=["change"])
    def mark_handled(self, request, queryset):
        queryset.filter(handled_at=None).update(handled_at=timezone.now())
