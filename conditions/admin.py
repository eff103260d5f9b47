"""Conditions in the admin: only looked at, since the workspace writes them with a revision; and the glossary."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .glossary.models import GlossarySource, GlossaryTerm
from .models import Condition, ConditionCode, ConditionEdit, ConditionName, ConditionRevision, GeneLink, Kinship


class ReadOnly:
    """Written by verbs alone (docs/adr/0028)."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class NameInline(ReadOnly, admin.TabularInline):
    model = ConditionName
    fields = ["name", "kind", "language", "origin"]
    readonly_fields = ["origin"]


class CodeInline(ReadOnly, admin.TabularInline):
    model = ConditionCode
    fields = ["system", "code", "checked", "origin"]
    readonly_fields = ["origin"]


class GeneInline(ReadOnly, admin.TabularInline):
    model = GeneLink


class ParentInline(ReadOnly, admin.TabularInline):
    model = Kinship
    fk_name = "child"
    verbose_name, verbose_name_plural = _("parent"), _("is a kind of")
    fields = ["parent", "origin"]
    readonly_fields = ["origin"]


@admin.register(Condition)
class ConditionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["name", "kind", "page_state", "reviewed_on", "next_review_on"]
    list_filter = ["kind", "page_state", ("origin", admin.EmptyFieldListFilter), "next_review_on"]
    search_fields = ["name", "slug", "names__name", "codes__code", "genes__symbol"]
    search_help_text = _("Name, other name, short name, code or gene")
    inlines = [NameInline, CodeInline, GeneInline, ParentInline]
    show_full_result_count = False
    readonly_fields = ["origin", "replaced_by", "workspace"]
    fieldsets = [
        (None, {"fields": ("workspace", "name", "slug", "summary", "kind", "origin", "replaced_by")}),
        (_("The page"), {"fields": ("page_state", "reviewer", "reviewed_on", "next_review_on", "funding")}),
    ]

    @admin.display(description=_("to change it"))
    def workspace(self, obj):
        return format_html('<a href="{}">{}</a>', reverse("condition_desk", args=[obj.slug]), _("Open it in the workspace"))

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and obj.pk else None


@admin.register(ConditionRevision)
class ConditionRevisionAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["condition", "number", "verb", "by_name", "at", "why"]
    list_filter = ["verb", "at"]
    search_fields = ["condition__name", "by_name", "why"]
    list_select_related = ["condition"]
    show_full_result_count = False


@admin.register(ConditionEdit)
class ConditionEditAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["condition", "state", "by", "at", "why", "decided_by"]
    list_filter = ["state", "at"]
    search_fields = ["condition__name", "why"]
    list_select_related = ["condition", "by", "decided_by"]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(admin.ModelAdmin):
    list_display = ["term", "plain", "topic", "source"]
    list_filter = ["topic"]
    list_select_related = ["source"]
    search_fields = ["term", "plain", "means"]
    prepopulated_fields = {"slug": ["term"]}
    autocomplete_fields = ["source"]


@admin.register(GlossarySource)
class GlossarySourceAdmin(admin.ModelAdmin):
    list_display = ["title", "publisher", "owner_kind", "seen_on"]
    list_filter = ["owner_kind"]
    search_fields = ["title", "publisher", "key"]
