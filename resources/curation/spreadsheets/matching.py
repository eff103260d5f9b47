"""Which listing of ours a line is: by the partner's own key, by our slug, else by its name with its domain or phone, exactly."""

from collections import defaultdict

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.text import slugify
from django.utils.translation import gettext as _

from conditions.names import fold

from ...models import PartnerRow, Phone, Resource
from .cleaning import dialled, domain
from .targets import PHONE

TRIES = 4  # of a slug with a number after it, each a query for all
LONGEST_STEM = 70


def known_rows(partner):
    """`{key: (resource id, slug, kind, what it said)}` of the rows that the partner sent before."""
    rows = PartnerRow.objects.filter(partner=partner).values_list("key", "resource_id", "resource__slug", "resource__kind", "said")
    return {key: rest for key, *rest in rows}


def matched(lines, known):
    """`{place: (slug, kind, said before)}` of the lines that are a listing of ours. A line that may be several gets a fault."""
    found = {line.place: tuple(known[line.key][1:]) for line in lines if line.key in known}
    given = {line.said["slug"]: line for line in lines if line.place not in found and line.said.get("slug")}
    for slug, kind in Resource.objects.filter(slug__in=given).values_list("slug", "kind"):
        found[given[slug].place] = (slug, kind, {})
    rest = [line for line in lines if line.place not in found and line.name and "slug" not in line.said]
    named = _named(rest)
    for line in rest:
        fits = [(slug, kind, {}) for slug, kind, reached in named[fold(line.name)] if kind == line.kind and reached & _reached(line.said)]
        if len(fits) == 1:
            found[line.place] = fits[0]
        elif fits:
            slugs = ", ".join(slug for slug, *_rest in fits[:5])
            line.faults.append(_("several of our listings fit: %(slugs)s. Say which in a column “Our slug”.") % {"slugs": slugs})
    return found


def _reached(said):
    numbers = {dialled(number) for number in said.get(PHONE, "").split("\n")}
    return ({domain(said.get("website", ""))} | numbers) - {""}


def _named(lines):
    """`{folded name: [(slug, kind, domains and phones)]}` of our listings that have the name of a line."""
    names = {line.name for line in lines}
    rows = Resource.objects.annotate(lower=Lower("name")).filter(Q(lower__in={name.lower() for name in names}) | Q(name__in=names))
    rows = list(rows.values_list("pk", "slug", "kind", "name", "website")) if names else []
    phones = defaultdict(set)
    for pk, number in Phone.objects.filter(resource__in=[pk for pk, *_rest in rows]).values_list("resource", "number"):
        phones[pk].add(dialled(number))
    found = defaultdict(list)
    for pk, slug, kind, name, website in rows:
        found[fold(name)].append((slug, kind, ({domain(website)} | phones[pk]) - {""}))
    return found


def fresh_slugs(lines):
    """`{place: slug}` for new listings: made of the name, and taken by nobody."""
    stems = {line.place: slugify(line.said.get("slug") or line.name)[:LONGEST_STEM].strip("-") or "listing" for line in lines}
    given: dict[int, str] = {}
    used: set[str] = set()
    waiting = list(stems)
    for turn in range(TRIES):
        tried = {place: _next(stems[place] if turn < TRIES - 1 else f"{stems[place]}-p{place}", used) for place in waiting}
        taken = set(Resource.objects.filter(slug__in=list(tried.values())).values_list("slug", flat=True))
        given |= {place: slug for place, slug in tried.items() if slug not in taken}
        waiting = [place for place, slug in tried.items() if slug in taken]
        if not waiting:
            return given
    return given | {place: tried[place] for place in waiting}


def _next(stem, used):
    number, slug = 1, stem
    while slug in used:
        number += 1
        slug = f"{stem}-{number}"
    used.add(slug)
    return slug
