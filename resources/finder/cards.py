"""Listings as cards: a few queries for a whole page of them, and none for those that are kept."""

from django.db.models import Q
from django.urls import get_script_prefix
from django.utils.translation import get_language

from ..models import Evidence, Phone, Resource, ResourceKind
from .card import Card

# What a card shows. A listing has twenty columns more, most of them long.
SHOWN = ("slug", "kind", "name", "summary", "coverage", "alert", "first_step", "eligibility", "found_on", "checked_on")


def kept_cards(index, ids):
    """`{id: Card}` of what is listed among `ids`. Cards that were made before are kept for as long as the listing stays as it is."""

    def make(missing):
        found = Resource.objects.select_related("therapytype").only(*SHOWN, "therapytype__red_flag_reason").filter(pk__in=missing)
        add_phones(rows := list(found.order_by()))
        return {row.pk: Card.of(row) for row in rows}

    return index.kept(ids, make, get_language(), get_script_prefix())


def cards(ids, nearest=None):
    """Listings in the order of `ids`, each with its public phones, and the condition by which it was found (`near`): `nearest(id)`."""
    rows = Resource.objects.select_related("therapytype").in_bulk(ids)
    found = [rows[pk] for pk in ids if pk in rows]
    add_phones(found)
    for row in found:
        row.near = nearest(row.pk) if nearest else None
    return found


def labels(shown, ancestors):
    """Id of each therapy among the cards → its evidence for the nearest of `ancestors`, which come nearest first."""
    therapies = [card.pk for card in shown if card.kind == ResourceKind.THERAPY]
    if not therapies or not ancestors:
        return {}
    place = {one.id: number for number, one in enumerate(ancestors)}
    rows = Evidence.objects.filter(therapy__in=therapies, condition__in=place).order_by()
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
