"""Listings as cards: a few queries for a whole page of them."""

from django.db.models import Q

from ..models import Evidence, Phone, Resource, ResourceKind
from .words import marked

# What a card shows, and a feed's entry. A listing has twenty columns more, most of them long.
SHOWN = ("uuid", "slug", "kind", "name", "summary", "coverage", "alert", "first_step", "eligibility", "found_on", "checked_on")


def cards(ids, nearest=None, ancestors=(), by_name=(), stems=frozenset()):
    """Listings in the order of `ids`, each with its public phones, the condition by which it was found (`near`), and a therapy's `label`.

    `nearest(id)`: that condition; `ancestors`: the asked condition's, nearest first, for the labels; `by_name`: ids of listings
    that come after them, of which the page shows no more than the name; `stems`: the words asked, marked in `marked_summary`.
    """
    ids, only_names = [*ids, *by_name], set(by_name)
    rows = Resource.objects.select_related("therapytype").in_bulk(ids)
    found = [rows[pk] for pk in ids if pk in rows]
    whole = [row for row in found if row.pk not in only_names]
    add_phones(whole)
    labels = _labels([row.pk for row in whole if row.kind == ResourceKind.THERAPY], [one.id for one in ancestors])
    for row in whole:
        row.near = nearest(row.pk) if nearest else None
        row.marked_summary = marked(row.summary, stems) if stems else row.summary
        row.label = labels.get(row.pk)
    return found


def _labels(therapies, conditions):
    """Each therapy's evidence for the nearest of `conditions`."""
    if not therapies or not conditions:
        return {}
    place = {pk: number for number, pk in enumerate(conditions)}
    rows = Evidence.objects.filter(therapy__in=therapies, condition__in=conditions).order_by()
    nearest_last = sorted(rows, key=lambda row: (place[row.condition_id], row.applies_to), reverse=True)
    return {row.therapy_id: row for row in nearest_last}


def add_phones(resources):
    """Give each resource its `public_phones`, and the `dead_phones` that its text may still name, in one query for all."""
    for resource in resources:
        resource.public_phones, resource.dead_phones = [], []
    by_id = {resource.pk: resource for resource in resources}
    known = Q(source__isnull=False) | Q(dead_on__isnull=False)
    for phone in Phone.objects.filter(known, resource__in=resources) if resources else ():
        owner = by_id[phone.resource_id]
        (owner.dead_phones if phone.dead_on else owner.public_phones).append(phone)
