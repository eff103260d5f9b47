"""Vocabularies, and what is written by verbs alone and only read here."""

from django.contrib import admin

from conditions.admin import ReadOnly as WrittenByVerbs

from ..models import (
    Check,
    CheckRequest,
    Draft,
    DuplicatePair,
    Edit,
    Errand,
    ImportedRow,
    Merge,
    Partner,
    PartnerRow,
    Proposal,
    Revision,
    SavedView,
    SignIn,
    Spreadsheet,
    Term,
)


class ReadOnly(WrittenByVerbs, admin.ModelAdmin):
    pass


@admin.register(Term)
class TermAdmin(admin.ModelAdmin):
    list_display = ["label", "vocabulary", "slug", "group"]
    list_filter = ["vocabulary"]
    search_fields = ["label", "slug"]
    autocomplete_fields = ["parent", "needs"]

    def get_readonly_fields(self, request, obj=None):
        return ["vocabulary", "slug"] if obj else []  # listing documents name a term by these

    def has_delete_permission(self, request, obj=None):
        """One that a listing carries stays: taken away, the listing would say something else, and no second person was asked."""
        return super().has_delete_permission(request, obj) and obj is not None and not obj.resources.exists()


@admin.register(Revision)
class RevisionAdmin(ReadOnly):
    list_display = ["resource", "number", "verb", "by_name", "at", "why"]
    list_filter = ["verb", "at"]
    search_fields = ["resource__name", "by_name", "why"]
    list_select_related = ["resource"]
    show_full_result_count = False


@admin.register(Check)
class CheckAdmin(ReadOnly):
    list_display = ["resource", "outcome", "how", "whom", "by", "asked_at"]
    list_filter = ["outcome", "how", "asked_at"]
    search_fields = ["resource__name", "note"]
    list_select_related = ["resource", "by"]


@admin.register(CheckRequest)
class CheckRequestAdmin(ReadOnly):
    list_display = ["resource", "sent_by", "sent_at", "reminded_at", "withdrawn_at", "answered_at", "said"]
    list_filter = ["said", "sent_at"]
    search_fields = ["resource__name"]
    list_select_related = ["resource", "sent_by"]


@admin.register(Edit)
class EditAdmin(ReadOnly):
    list_display = ["resource", "state", "by", "at", "why", "decided_by"]
    list_filter = ["state", "at"]
    search_fields = ["resource__name", "why"]
    list_select_related = ["resource", "by", "decided_by"]


@admin.register(Errand)
class ErrandAdmin(ReadOnly):
    list_display = ["queue", "item", "holder", "held_since", "snoozed_until", "snoozed_by", "reason"]
    list_filter = ["queue", "snoozed_until"]
    list_select_related = ["holder", "snoozed_by"]


@admin.register(DuplicatePair)
class DuplicatePairAdmin(ReadOnly):
    list_display = ["__str__", "score", "state", "decided_by", "decided_at", "why"]
    list_filter = ["state", "decided_at"]
    search_fields = ["first__name", "second__name", "why"]
    list_select_related = ["first", "second", "decided_by"]


@admin.register(Merge)
class MergeAdmin(ReadOnly):
    list_display = ["loser", "winner", "by", "at", "why", "undone_by", "undone_at"]
    list_filter = [("undone_at", admin.EmptyFieldListFilter), "at"]
    search_fields = ["loser__name", "winner__name", "why"]
    list_select_related = ["loser", "winner", "by", "undone_by"]


@admin.register(Draft)
class DraftAdmin(ReadOnly):
    """What people typed and have not saved; the staff may clear away what somebody left behind."""

    list_display = ["__str__", "kind", "by", "base", "began_at", "saved_at"]
    list_filter = ["kind", "saved_at"]
    list_select_related = ["resource", "by"]
    has_delete_permission = admin.ModelAdmin.has_delete_permission


@admin.register(SignIn)
class SignInAdmin(ReadOnly):
    list_display = ["user", "at", "succeeded", "how"]
    list_filter = ["succeeded", "how", "at"]
    list_select_related = ["user"]


@admin.register(SavedView)
class SavedViewAdmin(admin.ModelAdmin):
    list_display = ["name", "owner", "shared", "query"]
    list_filter = ["shared"]
    search_fields = ["name", "owner__username"]
    list_select_related = ["owner"]
    autocomplete_fields = ["owner"]


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


@admin.register(Proposal)
class ProposalAdmin(ReadOnly):
    list_display = ["about", "origin", "problem", "at", "state", "decided_by", "decided_at"]
    list_filter = ["state", "origin", "problem", "ground", "at"]
    search_fields = ["note", "resource__name"]
    list_select_related = ["resource", "decided_by"]
    show_full_result_count = False
