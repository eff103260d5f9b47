"""The bar above an item that was opened from a queue."""

from django import template

from ..curation.queues.table import QUEUES
from ..curation.queues.views import IN_HAND

register = template.Library()


@register.simple_tag(takes_context=True)
def queue_in_hand(context):
    """The queue through which somebody goes, one by one; None for whoever does not."""
    session = getattr(context.get("request"), "session", {})
    return QUEUES.get((session.get(IN_HAND) or {}).get("key"))
