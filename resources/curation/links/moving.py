"""A website that leads elsewhere for good is proposed as the listing's new address: nothing is changed until a curator accepts it."""

from urllib.parse import urlsplit

from django.db.models import Q

from conditions.files import Faulty

from ... import document as documents
from ... import workflow
from ...models import LinkUse, Proposal, Resource
from .guard import normal

State = Proposal.State


def is_same_owners(old, new):
    """Whether a host, but for www, is the other or a part of it: nobody else could have answered there.

    >>> is_same_owners("http://example.org/old", "https://help.example.org/new")
    True
    >>> is_same_owners("http://example.org/", "https://example.com/")
    False
    """
    one, other = ((urlsplit(address).hostname or "").removeprefix("www.") for address in (old, new))
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def has_moved(link):
    """Whether the new address is worth a look. One that gained a query holds a session or a campaign, which is no address."""
    if link.result != link.Result.WORKS or not link.final_address or ("?" in link.final_address and "?" not in link.address):
        return False
    return link.is_only_https or is_same_owners(link.address, link.final_address)


def propose_moves(link):
    """Propose the new address for each listing whose website this is; not while a proposal is open, nor what was turned down once."""
    if not has_moved(link):
        return []
    uses = Resource.objects.published().filter(link_uses__link=link, link_uses__place=LinkUse.Place.WEBSITE)
    settled = Q(state=State.OPEN) | Q(state=State.DECLINED, document__website=link.final_address)
    known = Proposal.objects.filter(settled, origin=Proposal.Origin.LINK).values("resource")
    made = [_propose(listing, link) for listing in uses.exclude(pk__in=known)]
    return [one for one in made if one]


def _propose(listing, link):
    base, now = workflow.latest(listing), documents.of(listing)
    try:
        moved = documents.patched(now, {"website": link.final_address})
    except Faulty:  # longer than a listing can hold: the link stays among those that have moved
        return None
    if normal(now.website) != link.address or moved == now:  # edited since the addresses were gathered
        return None
    return workflow.propose(origin=Proposal.Origin.LINK, resource=listing, document=moved, base=base)
