"""What a suggestion resembles: listings that are there, and suggestions that were turned down ("do not list")."""

import re
from urllib.parse import urlsplit

from django.db.models import Q

from ...models import Phone, Proposal, Resource

MOST = 10
DIGITS = 10  # of a US number, without the country's
_ADDRESS = re.compile(r"https?://\S+")


def host(address):
    """The name of a site, by which two addresses are of one owner.

    >>> host("https://WWW.Example.org:443/contact")
    'example.org'
    >>> host("http://[broken")
    ''
    """
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def digits(number):
    return re.sub(r"\D", "", number)[-DIGITS:]


def _named(proposal):
    """`(name, host)` of what is suggested; the words of a suggestion begin with its name."""
    if proposal.document:
        return proposal.document["name"], host(proposal.document.get("website", ""))
    address = _ADDRESS.search(proposal.note)
    return proposal.note.partition("\n")[0].strip(), host(address[0]) if address else ""


def listings_like(proposal):
    """Listings of the same name, site or phone, whatever their state."""
    name, site = _named(proposal)
    same = Q(name__iexact=name) | (Q(website__icontains=site) if site else Q(pk=None))
    rows = Resource.objects.filter(same)[: MOST * 5]
    found = [one for one in rows if one.name.casefold() == name.casefold() or host(one.website) == site]
    numbers = {digits(phone["number"]) for phone in (proposal.document or {}).get("phones", [])} - {""}
    ends = Q(pk=None)
    for number in numbers:
        ends |= Q(number__endswith=number[-4:])
    phones = Phone.objects.filter(ends).select_related("resource")[: MOST * 50] if numbers else []
    found += [phone.resource for phone in phones if digits(phone.number) in numbers]
    return list(dict.fromkeys(found))[:MOST]


def turned_down_like(proposal):
    """Suggestions of the same name or site that were turned down, newest first."""
    name, site = _named(proposal)
    same = Q(document__name__iexact=name) | Q(note__istartswith=f"{name}\n") | (Q(note__icontains=site) if site else Q(pk=None))
    declined = Proposal.objects.filter(origin=Proposal.Origin.SUGGESTION, state=Proposal.State.DECLINED).filter(same)
    candidates = declined.exclude(pk=proposal.pk).select_related("decided_by").order_by("-decided_at")[: MOST * 5]
    return [one for one in candidates if _named(one)[0].casefold() == name.casefold() or (site and _named(one)[1] == site)][:MOST]
