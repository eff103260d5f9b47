"""Verbs on several listings: each asks first, then says listing by listing what it did. The workspace's and the admin's alike."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.contrib import messages
from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from ... import document as documents
from ... import workflow
from ...models import Edit, Resource
from ...models.roles import May
from .forms import BasesField, CheckForm, ReasonForm, TagForm


@dataclass(frozen=True)
class Act:
    """`carry_out(listing, user, answers)`: the listing’s row as it is now, held; the answers of `form`."""

    name: str
    label: Promise
    form: type[forms.Form]
    may: May
    carry_out: Callable


def ask(act, listings, data=None):
    """The form of the page that asks, or of its answer: it holds which revision of each listing the person decides on."""
    return act.form(data, initial={"bases": BasesField.of(listings)} if data is None else {})


def report(request, act, listings, answers):
    """Carry out one verb on each listing; say how many it did, and by name why any was left as it is."""
    done, waiting, refused = 0, 0, []
    for listing in listings:
        try:
            outcome = _carry_out(act, listing, request.user, answers)
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


@transaction.atomic
def _carry_out(act, listing, user, answers):
    """On the text that was there when the page asked, and no other; held, so that what is read here is what is changed."""
    listing = Resource.objects.select_for_update().get(pk=listing.pk)
    workflow.refuse_stale(listing, answers["bases"].get(listing.pk, 0))
    return act.carry_out(listing, user, answers)


def _retag(listing, user, answers):
    base = workflow.latest(listing)
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
    return workflow.edit(resource=listing, document=changed, by=user, why=answers["why"], base=base)


def _check(listing, user, answers):
    workflow.check(resource=listing, by=user, how=answers["how"], outcome=answers["outcome"], note=answers["note"])


def _by_reason(verb):
    def carry_out(listing, user, answers):
        verb(resource=listing, by=user, why=answers["why"])

    return carry_out


ACTS = [
    Act("submit", _("Submit for review"), ReasonForm, May.SUBMIT, _by_reason(workflow.submit)),
    Act("send_back", _("Send back to draft"), ReasonForm, May.SEND_BACK, _by_reason(workflow.send_back)),
    Act("publish", _("Publish"), ReasonForm, May.PUBLISH, _by_reason(workflow.publish)),
    Act("retire", _("Retire: no longer show"), ReasonForm, May.RETIRE, _by_reason(workflow.retire)),
    Act("reopen", _("Reopen a retired listing as a draft"), ReasonForm, May.RESTORE, _by_reason(workflow.reopen)),
    Act("check", _("Record a check with the provider"), CheckForm, May.CHECK, _check),
    Act("retag", _("Add or take away conditions and terms"), TagForm, May.EDIT, _retag),
]


def open_to(person):
    """Those that somebody's role allows."""
    return [act for act in ACTS if person.has_perm(act.may.name_in_full)]
