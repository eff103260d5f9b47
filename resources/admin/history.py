"""A listing's revisions with readable differences, waiting edits, restore, and the preview of a draft."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from .. import document as documents
from .. import workflow
from ..curation.desk.changes import step_by_step
from ..curation.sent import number
from ..document.difference import difference
from ..finder.listing import listing_context, whole
from ..models import Edit, Resource
from ..models.roles import May


def revisions(request, pk, admin):
    """GET: the history. POST: restore a revision, or apply or decline a waiting edit."""
    listing = get_object_or_404(admin.get_queryset(request), pk=pk)
    if not admin.has_view_permission(request, listing):
        raise PermissionDenied
    if request.method == "POST":
        try:
            _carry_out(request, Resource.objects.get(pk=pk))
        except workflow.Refused as why:
            messages.error(request, str(why))
        return redirect(request.path)
    context = admin.admin_site.each_context(request) | {
        "title": _("History of %(name)s") % {"name": listing.name},
        "listing": listing,
        "opts": admin.model._meta,
        "steps": steps(listing),
        "edits": _waiting(listing),
        "may_restore": request.user.has_perm(May.RESTORE.name_in_full),
        "may_publish": request.user.has_perm(May.PUBLISH.name_in_full),
    }
    return TemplateResponse(request, "admin/resources/revisions.html", context)


def steps(listing, most=100):
    """The latest revisions, each with its changes from the one before: `{revision, changes}`."""
    return step_by_step(list(listing.revisions.all()[: most + 1]))[:most]


def _waiting(listing):
    """The edits that wait for a second person, each with its changes: `{edit, changes}`."""
    edits = list(listing.edits.filter(state=Edit.State.WAITING))
    now = documents.now(Resource.objects.get(pk=listing.pk)).document if edits else None
    return [{"edit": edit, "changes": difference(now, documents.read(edit.document))} for edit in edits]


def _carry_out(request, listing):
    verb, why = request.POST.get("verb"), request.POST.get("why", "")
    if verb == "restore":
        waiting = workflow.restore(resource=listing, number=number(request.POST, "number"), by=request.user, why=why)
        done = _("Saved. It waits for a second person.") if waiting else _("Restored, as a new revision.")
    elif verb in ("apply", "decline"):
        edit = get_object_or_404(Edit, pk=number(request.POST, "edit"), resource=listing)
        done = _("Applied: families see it now.") if verb == "apply" else _("Declined. The listing stays as it was.")
        (workflow.apply if verb == "apply" else workflow.decline)(edit=edit, by=request.user, why=why)
    else:
        raise Http404
    messages.success(request, done)


def preview(request, pk, admin):
    """A listing as families would see it, whatever its state."""
    listing = get_object_or_404(admin.get_queryset(request), pk=pk)
    if not admin.has_view_permission(request, listing):
        raise PermissionDenied
    return TemplateResponse(request, f"resources/{listing.kind}.html", listing_context(whole(Resource.objects.filter(pk=pk))))
