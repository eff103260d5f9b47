"""What a saved listing changes among the addresses: a new one is asked at once, one that stands nowhere any more is forgotten.

Heard from the history, where every verb writes: an edit, a proposal, a merge and a publication need not know of links.
"""

from django.conf import settings
from django.db import transaction

from conditions.editorial import State

from ... import document as documents
from ...models import Resource, Revision
from .gathering import gather_listing
from .tasks import ask_now


def hear(sender, instance, created, **kwargs):
    """For `post_save` of a Revision. A load or an import by a program waits for the night."""
    if created and instance.by_id:
        transaction.on_commit(lambda: follow(instance.resource_id), robust=True)


def follow(listing):
    """`listing`: its id. Its latest revision holds its text."""
    state = Resource.objects.values_list("state", flat=True).get(pk=listing)
    last = Revision.objects.filter(resource=listing).order_by("-number").first()
    shown = documents.read(last.document) if last and state == State.PUBLISHED else None
    new = gather_listing(listing, shown)
    if settings.LINK_WORKER and new.exists():
        ask_now(new)
