"""A listing as families would see it, from a document that is not saved."""

from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ... import document as documents
from ...finder.listing import listing_context
from ...models import Resource


class NotShown(Exception):
    """Why there is nothing to show: a list of sentences."""


def previewed(request, document, listing, terms):
    """The page's HTML: the families' own page, drawn from rows that nobody saves. `terms`: all that there are."""
    if not (listing and listing.slug == document.slug) and Resource.objects.filter(slug=document.slug).exists():
        raise NotShown([_("Another listing has this address. Choose another for this one.")])
    try:
        shown = documents.unsaved(document, listing, terms)
    except documents.UnknownReferences as unknown:
        raise NotShown([_("It names what is not there: %(names)s.") % {"names": ", ".join(unknown.unknown)}]) from unknown
    context = listing_context(shown) | {"is_preview": True, "is_typed": True}
    return render_to_string(f"resources/{shown.kind}.html", context, request)
