"""The bar above an item that was opened from a queue."""

from django import template

from ..curation.queues.table import QUEUES
from ..curation.queues.views import IN_HAND

register = template.Library()


@register.simple_tag(takes_context=True)
def queue_in_hand(context):
    """The queue through which somebody goes, one by one, on the pages of the item in hand; None elsewhere."""
    request = context.get("request")
    in_hand = getattr(request, "session", {}).get(IN_HAND) or {}
    is_here = in_hand and request.path.startswith(tuple(in_hand["addresses"]))
    return QUEUES.get(in_hand["item"][0]) if is_here else None
