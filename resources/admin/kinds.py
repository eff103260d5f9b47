"""The listing admins, one a kind, and one over all kinds."""

from django.contrib import admin
from django.shortcuts import redirect
from django.urls import reverse

from ..models import (
    Amount,
    FinancialAid,
    Guide,
    LegalBasis,
    Organization,
    Resource,
    SchoolAccommodation,
    Service,
    TherapyType,
)
from ..models.resource import SPECIFIC
from .listing import EvidenceInline, ListingAdmin, LocationInline, OwnSources, PhoneInline, SourceInline


class LegalBasisInline(OwnSources, admin.TabularInline):
    model = LegalBasis
    extra = 0


class AmountInline(OwnSources, admin.TabularInline):
    model = Amount
    extra = 0


@admin.register(Organization)
class OrganizationAdmin(ListingAdmin):
    kind = "organization"
    part = ("legal_name", "identifiers", "year_founded")
    search_fields = [*ListingAdmin.search_fields, "legal_name", "identifiers"]


@admin.register(Service)
class ServiceAdmin(ListingAdmin):
    kind = "service"
    part = ("provider", "schedule", "capacity", "therapies")
    autocomplete_fields = [*ListingAdmin.autocomplete_fields, "provider", "therapies"]


@admin.register(TherapyType)
class TherapyTypeAdmin(ListingAdmin):
    kind = "therapy"
    part = (
        *("form", "what_it_is", "how_it_works", "benefits", "harms", "without_it", "quality_of_life", "alternatives", "unknowns"),
        *("time_and_cost", "who_gives_it", "questions", "red_flags", "red_flag_reason"),
    )
    inlines = [EvidenceInline, SourceInline]


@admin.register(SchoolAccommodation)
class SchoolAccommodationAdmin(ListingAdmin):
    kind = "school"
    part = ("form", "need_met", "looks_like", "practice_is_ours", "how_to_ask", "whom_to_ask", "evidence_to_bring", "clock", "if_refused")
    inlines = [LegalBasisInline, PhoneInline, SourceInline]


@admin.register(FinancialAid)
class FinancialAidAdmin(ListingAdmin):
    kind = "money"
    part = ("form", "provider", "steps", "clock", "if_refused")
    autocomplete_fields = [*ListingAdmin.autocomplete_fields, "provider"]
    inlines = [AmountInline, PhoneInline, SourceInline]


@admin.register(Guide)
class GuideAdmin(ListingAdmin):
    kind = "guide"
    inlines = [SourceInline]


@admin.register(Resource)
class ResourceAdmin(ListingAdmin):
    """All kinds in one list; a row opens in the admin of its kind."""

    list_display = ["name", "kind", *ListingAdmin.list_display[1:]]
    list_filter = ["kind", *ListingAdmin.list_filter]
    inlines = [PhoneInline, LocationInline, SourceInline]

    def has_add_permission(self, request):
        return False

    def change_view(self, request, object_id, form_url="", extra_context=None):
        listing = self.get_object(request, object_id)
        if listing is None:
            return super().change_view(request, object_id, form_url, extra_context)
        return redirect(reverse(f"admin:resources_{SPECIFIC.get(listing.kind, 'guide')}_change", args=[listing.pk]))
