"""The admin of a listing, whatever its kind: rows change only through `workflow`."""

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import transaction
from django.shortcuts import redirect
from django.urls import path
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from pydantic import ValidationError

from conditions.editorial import State

from .. import document as documents
from .. import workflow
from ..models import Evidence, Location, Phone, Resource, Source, Term
from ..models.roles import May
from . import history, transfer
from .actions import ACTIONS
from .filters import AgeFilter, ConditionFilter, MissingFilter, term_filter
from .forms import ListingForm

FACTS = ("state", "found_on", "checked_on", "checked_by", "checked_how", "next_check_on", "waits_for")


class OwnSources(InlineModelAdmin):
    """In a listing's inlines, only the listing's own sources can be cited."""

    def get_formset(self, request, obj=None, **kwargs):
        self.listing = obj
        return super().get_formset(request, obj, **kwargs)

    def formfield_for_dbfield(self, field, request, **kwargs):
        if field.remote_field and field.remote_field.model is Source:
            kwargs["queryset"] = Source.objects.filter(resource=self.listing.pk if self.listing else None)
            if field.many_to_many:
                kwargs["widget"] = forms.CheckboxSelectMultiple
        return super().formfield_for_dbfield(field, request, **kwargs)


class SourceInline(admin.StackedInline):
    model = Source
    extra = 0
    classes = ["collapse"]


class PhoneInline(OwnSources, admin.StackedInline):
    model = Phone
    extra = 0


class LocationInline(admin.StackedInline):
    model = Location
    extra = 0
    classes = ["collapse"]


class EvidenceInline(OwnSources, admin.StackedInline):
    model = Evidence
    extra = 0
    autocomplete_fields = ["condition"]


class ListingAdmin(admin.ModelAdmin):
    """What the admins of all kinds share. `part`: the fields of the kind itself; `kind`: which kind it makes."""

    form = ListingForm
    kind = ""
    part: tuple[str, ...] = ()
    list_display = ["name", "step", "checked_on", "found_on", "next_check_on"]
    list_filter = ["state", AgeFilter, MissingFilter, ConditionFilter, *map(term_filter, Term.Vocabulary.values)]
    search_fields = ["name", "also_known_as", "slug"]
    search_help_text = _("Name, other names, or slug")
    ordering = ["name"]
    list_per_page = 50
    show_full_result_count = False
    readonly_fields = [*FACTS, "history_link"]
    autocomplete_fields = ["conditions", "terms"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [PhoneInline, LocationInline, SourceInline]
    actions = [*ACTIONS, *transfer.EXPORTS]
    actions_on_bottom = True
    save_on_top = True
    change_form_template = "admin/resources/listing_form.html"
    change_list_template = "admin/resources/listing_changelist.html"

    def get_fieldsets(self, request, obj=None):
        plain = ("name", "slug", "also_known_as", "summary", "first_step", "eligibility", "not_eligible")
        reach = ("website", "email", "unconfirmed", "documents", "fees", "waiting", "coverage", "hsds_status", "alert")
        sets = [
            (None, {"fields": plain}),
            (_("How to reach and use it"), {"fields": reach}),
            (_("Found by"), {"fields": ("conditions", "terms")}),
            (_("Funding"), {"fields": ("funding_status", "funding_note")}),
            (_("More"), {"fields": ("description",)}),
            (_("State and checks"), {"fields": (*FACTS, "history_link")}),
        ]
        if self.part:
            sets.insert(1, (self.model._meta.verbose_name.capitalize(), {"fields": self.part}))
        if self.has_change_permission(request, obj):
            sets.append((_("For the history"), {"fields": ("why", "base")}))
        return sets

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change=change, **kwargs)
        return type(form.__name__, (form,), {"refused": getattr(request, "refused", "")})

    def get_queryset(self, request):
        queryset = super().get_queryset(request)
        return queryset.filter(kind=self.kind) if self.kind else queryset

    def get_readonly_fields(self, request, obj=None):
        fixed = ["slug"] if obj and obj.state != State.DRAFT else []
        return [*super().get_readonly_fields(request, obj), *fixed]

    def get_prepopulated_fields(self, request, obj=None):
        return {} if obj else self.prepopulated_fields

    def has_delete_permission(self, request, obj=None):
        return False  # a listing is retired: its history is kept

    @admin.display(description=_("state"), ordering="state")
    def step(self, obj):
        return obj.short_state

    @admin.display(description=_("history"))
    def history_link(self, obj):
        if not obj.pk:
            return "–"
        return format_html('<a href="revisions/">{}</a>', _("Revisions: see what changed, and bring one back"))

    # Saving: let Django write the form, read the document that this makes, take it all back, and hand the document to the workflow.

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except workflow.Refused as refused:
            request.refused = str(refused)
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request, obj, form, change):
        obj.kind = self.kind or obj.kind
        request.before_saving = transaction.savepoint()
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        try:
            document = documents.of(Resource.objects.get(pk=form.instance.pk))
        except ValidationError as error:
            raise workflow.Refused("; ".join(f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors())) from error
        transaction.savepoint_rollback(request.before_saving)
        why = form.cleaned_data["why"]
        if not change:
            made = workflow.create(document=document, by=request.user, why=why)
            form.instance.pk = form.instance.id = made.pk
            if hasattr(form.instance, "resource_ptr_id"):
                form.instance.resource_ptr_id = made.pk
            return
        listing = Resource.objects.get(pk=form.instance.pk)
        waiting = workflow.edit(resource=listing, document=document, by=request.user, why=why, base=form.cleaned_data["base"] or 0)
        request.is_waiting = bool(waiting)

    def response_change(self, request, obj):
        """Say what happened: changed, or waiting for a second person."""
        if getattr(request, "is_waiting", False):
            self.message_user(
                request, _("Your change is saved and waits for a second person. Families still see the text as it was."), "warning"
            )
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_revisions", obj.pk)
        return super().response_change(request, obj)

    def get_urls(self):
        info = (self.opts.app_label, self.opts.model_name)
        own = [
            path(
                "<int:pk>/revisions/", self.admin_site.admin_view(history.revisions), {"admin": self}, name="{}_{}_revisions".format(*info)
            ),
            path("<int:pk>/preview/", self.admin_site.admin_view(history.preview), {"admin": self}, name="{}_{}_preview".format(*info)),
        ]
        return own + transfer.urls(self) + super().get_urls()

    def get_view_on_site_url(self, obj=None):
        return super().get_view_on_site_url(obj) if obj and obj.state == State.PUBLISHED else None


def _may(permission):
    """`has_<codename>_permission` as the actions ask it."""

    def has(self, request):
        return request.user.has_perm(permission.name_in_full)

    return has


for one in May:
    setattr(ListingAdmin, f"has_{one.value}_permission", _may(one))
