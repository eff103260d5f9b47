"""What a queue's page shows of each item, in a few queries for the whole page."""

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Prefetch, Subquery
from django.utils import timezone

from conditions.models import Condition

from ...models import Errand, Phone, Term

PAGE = 50


@dataclass
class Row:
    item: Any
    title: str
    why: str
    days: int | None
    listing: Any
    errand: Errand | None
    phone: str

    @property
    def areas(self):
        return list(self.listing.areas) if self.listing else []

    @property
    def conditions(self):
        return list(self.listing.conditions.all()) if self.listing else []


def with_parts(rows, queue):
    """The queryset with what a row shows of its listing."""
    if queue.listing is None:
        return rows
    phones = Phone.objects.public().filter(resource=OuterRef(queue.part("pk")))
    areas = Term.objects.filter(vocabulary=Term.Vocabulary.AREA)
    return rows.annotate(phone=Subquery(phones.values("number")[:1])).prefetch_related(
        Prefetch(queue.part("conditions"), Condition.objects.only("name").order_by("name")),
        Prefetch(queue.part("terms"), areas, to_attr="areas"),
    )


def read(items, queue):
    """`Row`s of the items of one page."""
    found = Errand.objects.filter(queue=queue.key, item__in=[item.pk for item in items]).select_related("holder", "snoozed_by")
    errands = {errand.item: errand for errand in found}
    today = timezone.localdate()
    return [
        Row(
            item=item,
            title=item.title,
            why=queue.why(item),
            days=(today - item.since).days if item.since else None,
            listing=_listing_of(item, queue),
            errand=errands.get(item.pk),
            phone=getattr(item, "phone", None) or "",
        )
        for item in items
    ]


def _listing_of(item, queue):
    if queue.listing is None:
        return None
    return getattr(item, queue.listing) if queue.listing else item
