"""A listing's own page, one canonical address a kind."""

from django.db.models import Prefetch, prefetch_related_objects
from django.http import Http404
from django.shortcuts import redirect, render

from conditions.editorial import State

from ..models import Amount, Evidence, FinancialAid, LegalBasis, Merge, Resource, ResourceKind, Service
from ..models.resource import KIND_OF_PATH

OWN = ("organization", "service__provider", "therapytype", "schoolaccommodation", "financialaid__provider")
SHARED = ("sources", "phones", "locations", "terms", "conditions")
# What each kind's page shows beside the fields that all share.
RELATED = {
    ResourceKind.ORGANIZATION: [],
    ResourceKind.SERVICE: ["therapies"],
    ResourceKind.THERAPY: [Prefetch("evidence", Evidence.objects.select_related("condition").prefetch_related("sources"))],
    ResourceKind.SCHOOL: [Prefetch("legal_basis", LegalBasis.objects.select_related("source"))],
    ResourceKind.MONEY: [Prefetch("amounts", Amount.objects.select_related("source"))],
    ResourceKind.GUIDE: [],
}


def resource_page(request, path, slug):
    kind = KIND_OF_PATH[path]
    listing = whole(Resource.objects.published().filter(kind=kind, slug=slug))
    if listing is None:
        return _lead_on(slug)
    return render(request, f"resources/{kind}.html", listing_context(listing))


def whole(listings):
    """The first of a queryset as the row of its own kind, with all that its page shows; None where there is none. Eight queries at most."""
    found = listings.select_related(*OWN).first()
    if found is None:
        return None
    prefetch_related_objects([found.specific], *SHARED, *RELATED[found.kind])
    return found.specific


def _lead_on(slug):
    """From the address of a listing that was merged to the one that holds what it said."""
    heir = Merge.objects.heir_of(slug)
    if heir is None:
        raise Http404("There is no published listing at this address.")
    answer = redirect(heir, permanent=True)
    answer["Cache-Control"] = "max-age=3600"  # a browser keeps a permanent redirect for ever, and a merge can be undone
    return answer


def listing_context(listing):
    """What the templates of a listing ask for; `listing` is the row of its own kind. Only what families may see is in the lists."""
    provided = _provided(listing) if listing.kind == ResourceKind.ORGANIZATION else []
    return {
        "listing": listing,
        "phones": [phone for phone in listing.phones.all() if phone.is_public],
        "dead_phones": [phone for phone in listing.phones.all() if phone.dead_on],
        "dead_in_first_step": [phone for phone in listing.phones.all() if phone.dead_on and phone.is_named_in(listing.first_step)],
        "terms": by_vocabulary(listing.terms.all()),
        "amounts": [amount for amount in _all(listing, "amounts") if amount.source],
        "services": [one for one in provided if one.kind == ResourceKind.SERVICE],
        "aid": [one for one in provided if one.kind == ResourceKind.MONEY],
        "therapies": [one for one in _all(listing, "therapies") if one.state == State.PUBLISHED],
        "is_preview": listing.state != State.PUBLISHED,
        "is_red_flag": bool(getattr(listing, "red_flag_reason", "")),
    }


def _all(listing, relation):
    return getattr(listing, relation).all() if hasattr(listing, relation) else []


def _provided(organization):
    """Its services and aid, in one query that walks no more listings than these."""
    services, aid = (model.objects.order_by().filter(provider=organization.pk).values("pk") for model in (Service, FinancialAid))
    return Resource.objects.published().filter(pk__in=services.union(aid))


def by_vocabulary(terms):
    """Labels of a listing's terms: `{vocabulary: [label, …]}`."""
    groups = {}
    for term in terms:
        groups.setdefault(term.vocabulary, []).append(term.label)
    return groups
