"""Filters of the listing changelist. What they ask is the workspace's too: `resources/curation/listings/narrowing.py`."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..curation.listings import narrowing
from ..models import Term


class AgeFilter(admin.SimpleListFilter):
    title = _("age of the check")
    parameter_name = "age"

    def lookups(self, request, model_admin):
        return narrowing.AGES.items()

    def queryset(self, request, queryset):
        return queryset.filter(narrowing.of_age(self.value())) if self.value() in narrowing.AGES else queryset


class MissingFilter(admin.SimpleListFilter):
    title = _("missing parts")
    parameter_name = "missing"

    def lookups(self, request, model_admin):
        return narrowing.MISSING.items()

    def queryset(self, request, queryset):
        return queryset.filter(narrowing.lacking(self.value())) if self.value() in narrowing.MISSING else queryset


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
        return queryset.filter(narrowing.about(self.value())) if self.value() else queryset


def term_filter(vocabulary):
    """A filter by the words of one vocabulary."""

    class TermFilter(admin.SimpleListFilter):
        title = Term.Vocabulary(vocabulary).label
        parameter_name = vocabulary

        def lookups(self, request, model_admin):
            return list(Term.objects.filter(vocabulary=vocabulary).values_list("slug", "label"))

        def queryset(self, request, queryset):
            return queryset.filter(narrowing.tagged_with(vocabulary, self.value())) if self.value() else queryset

    return TermFilter
