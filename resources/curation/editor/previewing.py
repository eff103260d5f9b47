"""A listing as families would see it, from a document that is not saved."""

from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from ... import document as documents
from ...finder.listing import listing_context
from ...models import Resource


class NotShown(Exception):
    """Why there is nothing to show: a list of sentences."""


def previewed(request, document, listing):
    """The page's HTML. The document is written, drawn and taken back, so that it is the real page and nothing else."""
    try:
        with transaction.atomic():
            row = documents.save(document, resource=listing, verb="preview", why="preview", by=request.user)
            shown = Resource.objects.get(pk=row.pk)
            context = listing_context(shown.specific) | {"is_preview": True, "is_typed": True}
            html = render_to_string(f"resources/{shown.kind}.html", context, request)
            transaction.set_rollback(True)
    except documents.UnknownReferences as unknown:
        raise NotShown([_("It names what is not there: %(names)s.") % {"names": ", ".join(unknown.unknown)}]) from unknown
    except IntegrityError as error:
        if "slug" not in str(error):
            raise
        raise NotShown([_("Another listing has this address. Choose another for this one.")]) from error
    return html
