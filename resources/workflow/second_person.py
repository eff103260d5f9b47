"""Texts that no one person makes public alone: a therapy's, and those to which families turn in danger."""

from django.utils.translation import gettext as _

from conditions.verbs import WRITING

from .. import document as documents
from ..models import Term

URGENT = (Term.Vocabulary.OFFER, "urgent_help")  # the one mark of an urgent listing: a term, so that every door that sets terms sets it


def two_persons(*texts):
    """What it is that takes two persons, in a few words; empty where one is enough.

    `texts`: documents of one listing, such as what it says and what it would say; None among them is nothing. Whether a listing is
    urgent is itself no one person's decision: so it counts where any of them is.
    """
    told = [text for text in texts if text]
    if any(text.kind == "therapy" for text in told):
        return _("A therapy")
    vocabulary, slug = URGENT
    if any(slug in text.terms.get(vocabulary, ()) for text in told):
        return _("A line for urgent help")
    return ""


def hinders_publishing(resource, document, person):
    """What it is that another must publish, since `person` wrote of it; empty where they may."""
    if person.pk not in authors(resource):
        return ""
    return two_persons(document) or two_persons(*(documents.read(one.document) for one in _since_published(resource)))


def authors(resource):
    """Ids of the people who wrote since the listing was last published."""
    last = _published(resource)
    return set(resource.revisions.filter(number__gt=last, verb__in=WRITING).values_list("by_id", flat=True))


def _since_published(resource):
    """What families last read, and every step since: a mark that was taken off on the way still counts."""
    return resource.revisions.filter(number__gte=_published(resource))


def _published(resource):
    return resource.revisions.filter(verb="publish").values_list("number", flat=True).first() or 0
