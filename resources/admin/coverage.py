from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from ..lint.coverage import report


def coverage(request):
    """The report on the catalogue, for staff."""
    if not request.user.has_perm("resources.view_resource"):
        raise PermissionDenied
    context = admin.site.each_context(request) | {"title": _("What the catalogue covers"), "tables": report()}
    return TemplateResponse(request, "admin/resources/coverage.html", context)
