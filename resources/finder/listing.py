"""A listing's own page, one canonical address a kind."""

from django.http import Http404
from django.shortcuts import render

from ..models import Resource, ResourceKind
from ..models.resource import KIND_OF_PATH, SPECIFIC

# What each kind's page shows beside the fields that all share.
RELATED = {
    ResourceKind.ORGANIZATION: ["services", "aid"],
    ResourceKind.SERVICE: ["therapies", "provider"],
    ResourceKind.THERAPY: ["evidence__condition", "evidence__sources"],
    ResourceKind.SCHOOL: ["legal_basis__source"],
    ResourceKind.MONEY: ["amounts__source", "provider"],
    ResourceKind.GUIDE: [],
}


def resource_page(request, path, slug):
    kind = KIND_OF_PATH[path]
    model = Resource._meta.get_field(SPECIFIC[kind]).related_model if kind in SPECIFIC else Resource
    shared = ["sources", "phones__source", "locations", "terms", "conditions"]
    listing = model.objects.published().filter(kind=kind, slug=slug).prefetch_related(*shared, *RELATED[kind]).first()
    if listing is None:
        raise Http404("There is no published listing at this address.")
    return render(request, f"resources/{kind}.html", listing_context(listing))


def listing_context(listing):
    """What the templates of a listing ask for; `listing` is the row of its own kind."""
    return {
        "listing": listing,
        "phones": [phone for phone in listing.phones.all() if phone.source],
        "terms": by_vocabulary(listing.terms.all()),
        "is_red_flag": bool(getattr(listing, "red_flag_reason", "")),
    }


def by_vocabulary(terms):
    """Labels of a listing's terms: `{vocabulary: [label, …]}`."""
    groups = {}
    for term in terms:
        groups.setdefault(term.vocabulary, []).append(term.label)
    return groups
