"""What a saved listing changes among the addresses: a new one is asked at once, one that stands nowhere any more is forgotten.

Heard from the history, where every verb writes: an edit, a proposal, a merge and a publication need not know of links.
"""

from django.conf import settings
from django.db import transaction

from conditions.editorial import State

from ... import document as documents
from ...models import Resource
from .gathering import gather_listing
from .tasks import ask_now


def hear(sender, instance, created, **kwargs):
    """For `post_save` of a Revision. A load or an import by a program waits for the night."""
    if created and instance.by_id:
        transaction.on_commit(lambda: follow(instance.resource_id), robust=True)


def follow(listing):
    """`listing`: its id."""
    row = Resource.objects.get(pk=listing)
    shown = documents.now(row).document if row.state == State.PUBLISHED else None
    new = gather_listing(listing, shown)
    if settings.LINK_WORKER and new.exists():
        ask_now(new)
