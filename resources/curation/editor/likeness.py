"""Whether a listing like this is there already: a simple, exact look before saving. A warning, never a refusal."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils.translation import gettext as _
from rapidfuzz import fuzz

from conditions.names import fold

from ...models import Phone, Resource

MOST = 5
LOOKED_AT = 5_000  # rows that share a word or an ending
SAME_NAME = 90  # of 100


@dataclass(frozen=True)
class Alike:
    """`field`: name, website or phones."""

    field: str
    why: str
    listing: Resource


def alike(fields, exclude_pk=None):
    """Listings with the same phone, website or nearly the same name, in two queries at most.

    `fields`: `{"name": …, "website": …, "phones": [number, …]}`, each of which may be left out.
    """
    wanted = {digits(number) for number in fields.get("phones", ()) if len(digits(number)) >= 7}
    return [*_by_phone(wanted, exclude_pk), *_by_row(fold(fields.get("name", "")), host(fields.get("website", "")), exclude_pk)]


def _by_phone(wanted, exclude_pk):
    if not wanted:
        return []
    endings = Q()
    for number in wanted:
        endings |= Q(number__endswith=number[-4:])
    rows = Phone.objects.filter(endings).exclude(resource=exclude_pk).select_related("resource")[:LOOKED_AT]
    same = {row.resource_id: row for row in rows if digits(row.number) in wanted}
    return [Alike("phones", _("the same phone, %(number)s") % {"number": row.number}, row.resource) for row in same.values()][:MOST]


def _by_row(name, domain, exclude_pk):
    words = sorted(name.split(), key=len)[-2:]
    shared = Q()
    for word in words:
        shared |= Q(name__icontains=word)
    if domain:
        shared |= Q(website__icontains=domain)
    if not shared:
        return []
    found = []
    rows = Resource.objects.filter(shared).exclude(pk=exclude_pk).only("pk", "name", "kind", "state", "website").order_by("pk")
    for one in rows[:LOOKED_AT]:
        if name and fuzz.ratio(fold(one.name), name) >= SAME_NAME:
            found.append(Alike("name", _("nearly the same name"), one))
        elif domain and host(one.website) == domain:
            found.append(Alike("website", _("the same website, %(domain)s") % {"domain": domain}, one))
    return found[:MOST]


def digits(number):
    """
    >>> digits("+1 (763) 555-0120"), digits("763-555-0120 ext. 4")
    ('7635550120', '7635550120')
    """
    plain = re.sub(r"\D", "", re.split(r"(?i)ext|x\d", number)[0])
    return plain.removeprefix("1") if len(plain) == 11 else plain


def host(address):
    """
    >>> host("https://www.Example.org/about"), host("no address")
    ('example.org', '')
    """
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
