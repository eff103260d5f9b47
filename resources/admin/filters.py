"""Filters of the listing changelist: each is one condition on the rows, without a join that multiplies them."""

from datetime import timedelta

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.names import fold

from ..models import Phone, Resource, Source, Term


class AgeFilter(admin.SimpleListFilter):
    title = _("age of the check")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return [
            ("overdue", _("Check overdue")),
            ("soon", _("Due within 60 days")),
            ("found", _("Only found, never checked with the provider")),
            ("checked", _("Checked with the provider within 12 months")),
            ("undated", _("No date at all")),
        ]

    def queryset(self, request, queryset):
        today = timezone.localdate()
        match self.value():
            case "overdue":
                return queryset.filter(next_check_on__lt=today)
            case "soon":
                return queryset.filter(next_check_on__range=(today, today + timedelta(days=60)))
            case "found":
                return queryset.filter(checked_on=None, found_on__isnull=False)
            case "checked":
                return queryset.filter(checked_on__gte=today - timedelta(days=365))
            case "undated":
                return queryset.filter(checked_on=None, found_on=None)
        return queryset


class MissingFilter(admin.SimpleListFilter):
    title = _("missing parts")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return [
            ("phone", _("No phone that families see")),
            ("source", _("No source")),
            ("first_step", _("No first step")),
            ("eligibility", _("Not said who can use it")),
            ("conditions", _("No condition: for everybody")),
            ("website", _("No confirmed website")),
        ]

    def queryset(self, request, queryset):
        match self.value():
            case "phone":
                return queryset.filter(~Exists(Phone.objects.public().filter(resource=OuterRef("pk"))))
            case "source":
                return queryset.filter(~Exists(Source.objects.filter(resource=OuterRef("pk"))))
            case "first_step" | "eligibility" as field:
                return queryset.filter(**{field: ""})
            case "conditions":
                return queryset.filter(~Exists(Resource.conditions.through.objects.filter(resource=OuterRef("pk"))))
            case "website":
                return queryset.filter(Q(website="") | Q(unconfirmed__contains="website"))
        return queryset


class ConditionFilter(admin.SimpleListFilter):
    """A text field, not a list: there may be thousands of conditions."""

    title = _("condition")
    parameter_name = "condition"
    template = "admin/text_filter.html"

    def lookups(self, request, model_admin):
        return [("", "")]

    def has_output(self):
        return True

    def choices(self, changelist):
        kept = {name: value for name, value in changelist.get_filters_params().items() if name != self.parameter_name}
        yield {"kept": [(name, one) for name, values in kept.items() for one in (values if isinstance(values, list) else [values])]}

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        tagged = Resource.conditions.through.objects.filter(resource=OuterRef("pk"))
        named = Q(condition__slug=self.value()) | Q(condition__folded=fold(self.value())) | Q(condition__names__folded=fold(self.value()))
        return queryset.filter(Exists(tagged.filter(named)))


def term_filter(vocabulary):
    """A filter by the words of one vocabulary."""

    class TermFilter(admin.SimpleListFilter):
        title = Term.Vocabulary(vocabulary).label
        parameter_name = vocabulary

        def lookups(self, request, model_admin):
            return list(Term.objects.filter(vocabulary=vocabulary).values_list("slug", "label"))

        def queryset(self, request, queryset):
            if not self.value():
                return queryset
            tagged = Resource.terms.through.objects.filter(resource=OuterRef("pk"), term__vocabulary=vocabulary, term__slug=self.value())
            return queryset.filter(Exists(tagged))

    return TermFilter
