"""Conditions in the admin: names, codes, genes and kinship inline; pages and their sections with their sources."""

from django import forms
from django.contrib import admin
from django.db import models
from django.utils.translation import gettext_lazy as _

from .glossary.models import GlossarySource, GlossaryTerm
from .models import Condition, ConditionCode, ConditionName, ConditionSource, GeneLink, Kinship, Section, SectionKind


class NameInline(admin.TabularInline):
    model = ConditionName
    extra = 0


class CodeInline(admin.TabularInline):
    model = ConditionCode
    extra = 0


class GeneInline(admin.StackedInline):
    model = GeneLink
    extra = 0
    classes = ["collapse"]


class ParentInline(admin.TabularInline):
    model = Kinship
    fk_name = "child"
    verbose_name, verbose_name_plural = _("parent"), _("is a kind of")
    autocomplete_fields = ["parent"]
    extra = 0


class SourceInline(admin.StackedInline):
    model = ConditionSource
    extra = 0
    classes = ["collapse"]


class SectionInline(admin.StackedInline):
    """The urgent card of a published page takes two persons: one writes the catalogue file, another reviews the commit."""

    model = Section
    extra = 0
    classes = ["collapse"]
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}

    def get_formset(self, request, obj=None, **kwargs):
        self.condition = obj
        return super().get_formset(request, obj, **kwargs)

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(kind=SectionKind.GET_HELP_NOW)

    def formfield_for_dbfield(self, field, request, **kwargs):
        formfield = super().formfield_for_dbfield(field, request, **kwargs)
        if field.name == "kind":
            formfield.choices = [pair for pair in formfield.choices if pair[0] != SectionKind.GET_HELP_NOW]
        if field.name == "sources":
            formfield.queryset = ConditionSource.objects.filter(condition=self.condition.pk if self.condition else None)
        return formfield


@admin.register(Condition)
class ConditionAdmin(admin.ModelAdmin):
    list_display = ["name", "kind", "page_state", "reviewed_on", "next_review_on"]
    list_filter = ["kind", "page_state", ("origin", admin.EmptyFieldListFilter), "next_review_on"]
    search_fields = ["name", "slug", "names__name", "codes__code", "genes__symbol"]
    search_help_text = _("Name, other name, short name, code or gene")
    prepopulated_fields = {"slug": ["name"]}
    inlines = [NameInline, CodeInline, GeneInline, ParentInline, SourceInline, SectionInline]
    show_full_result_count = False
    save_on_top = True
    fieldsets = [
        (None, {"fields": ("name", "slug", "summary", "kind")}),
        (_("The page"), {"fields": ("page_state", "reviewer", "reviewed_on", "next_review_on", "funding")}),
    ]

    def get_readonly_fields(self, request, obj=None):
        return ["slug"] if obj else []

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def save_related(self, request, form, formsets, change):
        """What a person has touched is people's own: a later load of a vocabulary leaves it alone."""
        super().save_related(request, form, formsets, change)
        for formset in formsets:
            touched = [row.pk for row in (*formset.new_objects, *(row for row, _ in formset.changed_objects))]
            if touched and hasattr(formset.model, "origin"):
                formset.model.objects.filter(pk__in=touched).update(origin="")
        if any(part.has_changed() for part in (form, *formsets)):
            Condition.objects.filter(pk=form.instance.pk).update(origin="")

    def get_view_on_site_url(self, obj=None):
        return obj.get_absolute_url() if obj and obj.pk else None


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
