"""Actions on chosen listings: each asks first, then reports listing by listing what it did."""

from django.contrib import admin, messages
from django.contrib.admin import helpers
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import document as documents
from .. import workflow
from ..models import Edit
from ..models.roles import May
from .forms import CheckForm, ReasonForm, TagForm


def _action(name, label, form_class, may, carry_out):
    """An admin action: a page that confirms with `form_class`, then `carry_out(listing, user, answers)` for each listing."""

    @admin.action(description=label)
    def act(modeladmin, request, queryset):
        form = form_class(request.POST if "confirmed" in request.POST else None)
        if not form.is_bound or not form.is_valid():
            context = modeladmin.admin_site.each_context(request) | {
                "title": label,
                "form": form,
                "listings": queryset.order_by("name")[:200],
                "count": queryset.count(),
                "action": name,
                "chosen": request.POST.getlist(helpers.ACTION_CHECKBOX_NAME),
                "select_across": request.POST.get("select_across", "0"),
                "checkbox_name": helpers.ACTION_CHECKBOX_NAME,
                "opts": modeladmin.model._meta,
            }
            return TemplateResponse(request, "admin/resources/action.html", context)
        report(request, queryset, lambda listing: carry_out(listing, request.user, form.cleaned_data))
        return None

    act.__name__ = name
    act.allowed_permissions = [may.value]
    return act


def report(request, listings, carry_out):
    """Carry out one verb on each listing; say how many it did, and by name why any was left as it is."""
    done, waiting, refused = 0, 0, []
    for listing in listings:
        try:
            outcome = carry_out(listing)
        except workflow.Refused as why:
            refused.append(f"{listing.name}: {why}")
        else:
            waiting += isinstance(outcome, Edit)
            done += not isinstance(outcome, Edit)
    if done:
        messages.success(request, ngettext("%(n)d listing done.", "%(n)d listings done.", done) % {"n": done})
    if waiting:
        text = ngettext("%(n)d change waits for a second person.", "%(n)d changes wait for a second person.", waiting)
        messages.info(request, text % {"n": waiting})
    for line in refused:
        messages.error(request, line)


def _retag(listing, user, answers):
    document = documents.of(listing)
    terms = {vocabulary: set(slugs) for vocabulary, slugs in document.terms.items()}
    for term in answers["add_terms"]:
        terms.setdefault(term.vocabulary, set()).add(term.slug)
    for term in answers["remove_terms"]:
        terms.get(term.vocabulary, set()).discard(term.slug)
    conditions = (set(document.conditions) | set(answers["add_conditions"])) - set(answers["remove_conditions"])
    changed = document.model_dump(mode="json") | {
        "terms": {vocabulary: sorted(slugs) for vocabulary, slugs in terms.items()},
        "conditions": sorted(conditions),
    }
    changed = documents.read(changed)
    if changed == document:
        raise workflow.Refused(_("already so"))
    return workflow.edit(resource=listing, document=changed, by=user, why=answers["why"], base=workflow.latest(listing))


def _check(listing, user, answers):
    workflow.check(resource=listing, by=user, how=answers["how"], outcome=answers["outcome"], note=answers["note"])


def _by_reason(verb):
    def carry_out(listing, user, answers):
        verb(resource=listing, by=user, why=answers["why"])

    return carry_out


ACTIONS = [
    _action("submit", _("Submit for review"), ReasonForm, May.SUBMIT, _by_reason(workflow.submit)),
    _action("send_back", _("Send back to draft"), ReasonForm, May.SEND_BACK, _by_reason(workflow.send_back)),
    _action("publish", _("Publish"), ReasonForm, May.PUBLISH, _by_reason(workflow.publish)),
    _action("retire", _("Retire: no longer show"), ReasonForm, May.RETIRE, _by_reason(workflow.retire)),
    _action("reopen", _("Reopen a retired listing as a draft"), ReasonForm, May.RESTORE, _by_reason(workflow.reopen)),
    _action("check", _("Record a check with the provider"), CheckForm, May.CHECK, _check),
    _action("retag", _("Add or take away conditions and terms"), TagForm, May.EDIT, _retag),
]
