"""Vocabularies, reports, and what is written by verbs alone and only read here."""

from django.contrib import admin
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..models import Check, CheckRequest, Edit, ProblemReport, Revision, SignIn, Term


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


@admin.register(SignIn)
class SignInAdmin(ReadOnly):
    list_display = ["user", "at", "succeeded", "how"]
    list_filter = ["succeeded", "how", "at"]
    list_select_related = ["user"]


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
