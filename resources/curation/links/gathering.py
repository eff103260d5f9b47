"""The addresses that families are sent to, and where each stands: brought up to date before each run."""

import html
import re

from django.db import transaction

from conditions.markdown import render
from conditions.models import Condition

from ... import document as documents
from ...models import Link, LinkHost, LinkUse, Resource
from .checking import host_of
from .guard import normal

Place = LinkUse.Place
BATCH = 200  # owners in one transaction
_LEADS = re.compile(r'href="(https?://[^"]+)"')
_MAY_LEAD = re.compile(r"://|\.(?:gov|org|edu)\b")  # most texts do not: they need not be rendered


def of_listing(document):
    """`{(address, place)}` of a listing document: what families see, and so no unconfirmed website."""
    found = {(document.website, Place.WEBSITE)} if document.website and "website" not in document.unconfirmed else set()
    found |= {(source.url, Place.SOURCE) for source in document.sources if source.url}
    texts = _texts(document.model_dump(exclude={"website", "email", "sources", "phones"}))
    return _normal(found | {(address, Place.TEXT) for text in texts for address in in_text(text)})


def of_condition(condition):
    """`{(address, place)}` of a condition's page; its sections and sources are prefetched."""
    found = {(source.url, Place.SOURCE) for source in condition.sources.all() if source.url}
    return _normal(found | {(address, Place.TEXT) for section in condition.sections.all() for address in in_text(section.body)})


def in_text(text):
    """Addresses that a page makes into links.

    >>> in_text("Apply at ssa.gov/benefits, or [write](https://example.org/?a=1&b=2).")
    ['https://ssa.gov/benefits', 'https://example.org/?a=1&b=2']
    """
    return [html.unescape(found) for found in _LEADS.findall(render(text))] if _MAY_LEAD.search(text) else []


def _texts(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


def _normal(found):
    return {(normal(address), place) for address, place in found}


def gather():
    """Bring the table of addresses in step with what is published; one that stands nowhere any more is forgotten."""
    listings = Resource.objects.published().order_by("pk")
    for some in _batches(listings):
        wanted = zip(some, documents.of_many(listings.filter(pk__in=some)))
        _keep("resource", some, {(pk, *use) for pk, document in wanted for use in of_listing(document)})
    pages = Condition.objects.with_pages().order_by("pk")
    for some in _batches(pages):
        wanted = pages.filter(pk__in=some).prefetch_related("sources", "sections")
        _keep("condition", some, {(page.pk, *use) for page in wanted for use in of_condition(page)})
    LinkUse.objects.filter(resource__isnull=False).exclude(resource__in=listings).delete()
    LinkUse.objects.filter(condition__isnull=False).exclude(condition__in=pages).delete()
    Link.objects.filter(uses=None).delete()
    name_hosts(Link.objects.filter(host=None))


@transaction.atomic
def gather_listing(listing, document):
    """The same for one listing, of which families see `document` (None: nothing). Returns its links that were not there before."""
    before = set(LinkUse.objects.filter(resource=listing).values_list("link", flat=True))
    _keep("resource", [listing], {(listing, *use) for use in of_listing(document)} if document else set())
    Link.objects.filter(pk__in=before, uses=None).delete()
    new = Link.objects.filter(uses__resource=listing).exclude(pk__in=before).distinct()
    name_hosts(new.filter(host=None))
    return new


def name_hosts(links):
    """Write down of which site each is."""
    of_host: dict[str, list[int]] = {}
    for pk, address in links.values_list("pk", "address"):
        of_host.setdefault(host_of(address)[:255], []).append(pk)
    LinkHost.objects.bulk_create([LinkHost(name=name) for name in sorted(of_host)], ignore_conflicts=True)
    hosts = dict(LinkHost.objects.filter(name__in=of_host).values_list("name", "pk"))
    named = [Link(pk=pk, host_id=hosts[name]) for name, pks in of_host.items() for pk in pks]
    Link.objects.bulk_update(named, ["host"], batch_size=BATCH)


def _batches(owners):
    keys = list(owners.values_list("pk", flat=True))
    return [keys[start : start + BATCH] for start in range(0, len(keys), BATCH)]


@transaction.atomic
def _keep(owner, keys, wanted):
    """Make the uses by these owners what `wanted` says: `{(owner's pk, address, place)}`."""
    uses = LinkUse.objects.filter(**{f"{owner}__in": keys}).values_list("pk", f"{owner}_id", "link__address", "place")
    there = {(owner_id, address, place): pk for pk, owner_id, address, place in uses}
    LinkUse.objects.filter(pk__in=[pk for use, pk in there.items() if use not in wanted]).delete()
    new = sorted(wanted - there.keys())
    Link.objects.bulk_create([Link(address=address) for address in sorted({address for _, address, _ in new})], ignore_conflicts=True)
    links = dict(Link.objects.filter(address__in={address for _, address, _ in new}).values_list("address", "pk"))
    made = [LinkUse(link_id=links[address], place=place, **{f"{owner}_id": pk}) for pk, address, place in new]
    LinkUse.objects.bulk_create(made, ignore_conflicts=True)  # a save and a run may come to the same listing at once
