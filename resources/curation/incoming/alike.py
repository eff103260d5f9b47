"""What a suggestion resembles: listings that are there, and suggestions that were turned down ("do not list")."""

import re

from django.db.models import Q

from ...document.keys import host
from ...models import Proposal
from .. import duplicates

MOST = 10
_ADDRESS = re.compile(r"https?://\S+")


def _named(proposal):
    """`(name, host)` of what is suggested; the words of a suggestion begin with its name."""
    if proposal.document:
        return proposal.document["name"], host(proposal.document.get("website", ""))
    address = _ADDRESS.search(proposal.note)
    return proposal.note.partition("\n")[0].strip(), host(address[0]) if address else ""


def listings_like(proposal):
    """Listings that are like what is suggested, whatever their kind and state."""
    name, site = _named(proposal)
    numbers = [phone["number"] for phone in (proposal.document or {}).get("phones", [])]
    return [listing for listing, _reasons in duplicates.alike({"name": name, "website": site, "phones": numbers})]


def turned_down_like(proposal):
    """Suggestions of the same name or site that were turned down, newest first."""
    name, site = _named(proposal)
    same = Q(document__name__iexact=name) | Q(note__istartswith=f"{name}\n") | (Q(note__icontains=site) if site else Q(pk=None))
    declined = Proposal.objects.filter(origin=Proposal.Origin.SUGGESTION, state=Proposal.State.DECLINED).filter(same)
    candidates = declined.exclude(pk=proposal.pk).select_related("decided_by").order_by("-decided_at")[: MOST * 5]
    return [one for one in candidates if _named(one)[0].casefold() == name.casefold() or (site and _named(one)[1] == site)][:MOST]
