"""Which listing of ours a line is: by the partner's own key, by our slug, else by its name with its domain or phone, exactly.

A listing that was merged into another stands for that one, for as long as the merge stands.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext as _

from conditions.names import fold, free_slug, slugged

from ...document.keys import host, phone
from ...models import Merge, PartnerRow, Phone, Resource
from ...models.merge import LONGEST_CHAIN
from .targets import PHONE

TRIES = 4  # of a slug with a number after it, each a query for all
LONGEST_STEM = 70


@dataclass(frozen=True)
class Match:
    """`own`: the listing that the row is or was; `slug`: of that one, or of what it was merged into; `said`: the row last time."""

    own: int
    said: dict = field(default_factory=dict)
    slug: str = ""


def known_rows(partner):
    """`{key: Match}` of the rows that the partner sent before."""
    rows = PartnerRow.objects.filter(partner=partner).values_list("key", "resource_id", "said")
    return {key: Match(pk, said) for key, pk, said in rows}


def matched(lines, known):
    """`{place: Match}` of the lines that are a listing of ours. A line that may be several gets a fault."""
    found = {line.place: known[line.key] for line in lines if line.key in known}
    given = {line.said["slug"]: line for line in lines if line.place not in found and line.said.get("slug")}
    for pk, slug in Resource.objects.filter(slug__in=given).values_list("pk", "slug") if given else []:
        found[given[slug].place] = Match(pk)
    rest = [line for line in lines if line.place not in found and line.name and "slug" not in line.said]
    named = _named(rest)
    heirs = _heirs({one.own for one in found.values()} | {pk for rows in named.values() for pk, *_rest in rows})
    slugs = dict(Resource.objects.filter(pk__in=set(heirs.values())).values_list("pk", "slug")) if heirs else {}
    for line in rest:
        fits = [pk for pk, kind, reached in named[fold(line.name)] if kind == line.kind and reached & _reached(line.said)]
        several = sorted({slugs[heirs[pk]] for pk in fits})
        if len(several) == 1:
            found[line.place] = Match(fits[0])
        elif fits:
            some = ", ".join(several[:5])
            line.faults.append(_("several of our listings fit: %(slugs)s. Say which in a column “Our slug”.") % {"slugs": some})
    return {place: replace(match, slug=slugs[heirs[match.own]]) for place, match in found.items()}


def _heirs(pks):
    """`{pk: pk}` of each listing and the one that it is now part of: itself, or the end of the merges that stand."""
    heirs = {pk: pk for pk in pks}
    for _step in range(LONGEST_CHAIN if heirs else 0):
        merges = dict(Merge.objects.standing().filter(loser__in=set(heirs.values())).values_list("loser", "winner"))
        if not merges:
            break
        heirs = {pk: merges.get(heir, heir) for pk, heir in heirs.items()}
    return heirs


def brought_together(found):
    """Slugs that several rows may name: they were listings of their own before those were merged."""
    own = defaultdict(list)
    for match in found.values():
        own[match.slug].append(match.own)
    return {slug for slug, pks in own.items() if len(pks) > 1 and len(set(pks)) == len(pks)}


def _reached(said):
    numbers = {phone(number) for number in said.get(PHONE, "").split("\n")}
    return ({host(said.get("website", ""))} | numbers) - {""}


def _named(lines):
    """`{folded name: [(pk, kind, domains and phones)]}` of our listings that have the name of a line."""
    names = {line.name for line in lines}
    rows = Resource.objects.annotate(lower=Lower("name")).filter(Q(lower__in={name.lower() for name in names}) | Q(name__in=names))
    rows = list(rows.values_list("pk", "kind", "name", "website")) if names else []
    phones = defaultdict(set)
    for pk, number in Phone.objects.filter(resource__in=[pk for pk, *_rest in rows]).values_list("resource", "number"):
        phones[pk].add(phone(number))
    found = defaultdict(list)
    for pk, kind, name, website in rows:
        found[fold(name)].append((pk, kind, ({host(website)} | phones[pk]) - {""}))
    return found


def fresh_slugs(lines):
    """`{place: slug}` for new listings: made of the name, and taken by nobody."""
    stems = {line.place: slugged(line.said.get("slug") or line.name, LONGEST_STEM) or "listing" for line in lines}
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
    slug = free_slug(stem, used.__contains__, otherwise="listing")
    used.add(slug)
    return slug
