"""Listings as cards: a few queries for a whole page of them."""

from django.db.models import Case, IntegerField, OuterRef, Subquery, Value, When

from ..models import Evidence, Phone, Resource
from .words import marked


def cards(ids, nearest=None, ancestors=(), by_name=(), stems=frozenset()):
    """Listings in the order of `ids`, each with its public phones, the condition by which it was found (`near`), and a therapy's `label`.

    `nearest(id)`: that condition; `ancestors`: the asked condition's, nearest first, for the labels; `by_name`: ids of listings
    that come after them, of which the page shows no more than the name; `stems`: the words asked, marked in `marked_summary`.
    """
    ids = [*ids, *by_name]
    rows = _with_labels(Resource.objects.select_related("therapytype"), [one.id for one in ancestors]).in_bulk(ids)
    found = [rows[pk] for pk in ids if pk in rows]
    add_phones([row for row in found if row.pk not in set(by_name)])
    for row in found:
        row.near = nearest(row.pk) if nearest else None
        row.marked_summary = marked(row.summary, stems) if stems else row.summary
        row.label = Evidence(level=row.level, standing=row.standing) if getattr(row, "level", None) else None
    return found


def _with_labels(rows, conditions):
    """Each therapy with level and standing of its evidence for the nearest of `conditions`."""
    if not conditions:
        return rows
    place = Case(*(When(condition_id=pk, then=Value(number)) for number, pk in enumerate(conditions)), output_field=IntegerField())
    labels = Evidence.objects.filter(therapy=OuterRef("pk"), condition__in=conditions).order_by(place, "applies_to")
    return rows.annotate(level=Subquery(labels.values("level")[:1]), standing=Subquery(labels.values("standing")[:1]))


def add_phones(resources):
    """Give each resource its `public_phones`, in one query for all."""
    by_resource: dict[int, list[Phone]] = {}
    for phone in Phone.objects.public().filter(resource__in=resources) if resources else ():
        by_resource.setdefault(phone.resource_id, []).append(phone)
    for resource in resources:
        resource.public_phones = by_resource.get(resource.pk, [])
