"""Actions on chosen listings: the workspace's acts, on the admin's own page that asks first."""

from django.contrib import admin
from django.contrib.admin import helpers
from django.template.response import TemplateResponse

from ..curation.listings.acts import ACTS, ask, report


def _action(one):
    """An admin action: a page that confirms with the act's form, then the act on each listing."""

    @admin.action(description=one.label)
    def act(modeladmin, request, queryset):
        form = ask(one, queryset, request.POST if "confirmed" in request.POST else None)
        if not form.is_bound or not form.is_valid():
            context = modeladmin.admin_site.each_context(request) | {
                "title": one.label,
                "form": form,
                "listings": queryset.order_by("name")[:200],
                "count": queryset.count(),
                "action": one.name,
                "chosen": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
                "select_across": request.POST.get("select_across", "0"),
                "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
                "opts": modeladmin.model._meta,
            }
            return TemplateResponse(request, "admin/resources/action.html", context)
        report(request, one, queryset, form.cleaned_data)
        return None

    act.__name__ = one.name
    act.allowed_permissions = [one.may.value]
    return act


ACTIONS = [_action(act) for act in ACTS]
