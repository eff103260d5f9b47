"""A listing's own page, one canonical address a kind."""

from django.http import Http404
from django.shortcuts import redirect, render

from conditions.editorial import State

from ..models import Merge, Resource, ResourceKind
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
    listing = whole(kind).published().filter(slug=slug).first()
    if listing is None:
        return _lead_on(slug)
    return render(request, f"resources/{kind}.html", listing_context(listing))


def whole(kind):
    """Listings of a kind, each the row of its own kind, with all that its page shows."""
    model = Resource._meta.get_field(SPECIFIC[kind]).related_model if kind in SPECIFIC else Resource
    shared = ["sources", "phones__source", "locations", "terms", "conditions"]
    return model.objects.filter(kind=kind).prefetch_related(*shared, *RELATED[kind])


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
    return {
        "listing": listing,
        "phones": [phone for phone in listing.phones.all() if phone.is_public],
        "dead_phones": [phone for phone in listing.phones.all() if phone.dead_on],
        "dead_in_first_step": [phone for phone in listing.phones.all() if phone.dead_on and phone.is_named_in(listing.first_step)],
        "terms": by_vocabulary(listing.terms.all()),
        "amounts": [amount for amount in _all(listing, "amounts") if amount.source],
        "services": _published(listing, "services"),
        "aid": _published(listing, "aid"),
        "therapies": _published(listing, "therapies"),
        "is_preview": listing.state != State.PUBLISHED,
        "is_red_flag": bool(getattr(listing, "red_flag_reason", "")),
    }


def _all(listing, relation):
    return getattr(listing, relation).all() if hasattr(listing, relation) else []


def _published(listing, relation):
    return [one for one in _all(listing, relation) if one.state == State.PUBLISHED]


def by_vocabulary(terms):
    """Labels of a listing's terms: `{vocabulary: [label, …]}`."""
    groups = {}
    for term in terms:
        groups.setdefault(term.vocabulary, []).append(term.label)
    return groups
