"""A page as families would see it: the families' own page, drawn from rows that nobody saves."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions import document as documents
from conditions.editorial import State

from ...finder.condition import context_of


def preview(request, condition, document):
    """`condition`: a row, or a new one with a slug alone."""
    row, relatives = documents.unsaved(document, condition)
    _publish(row)
    lacks = [lack.sentence for lack in documents.lacks(document)]
    return render(request, "work/conditions/preview.html", context_of(row, relatives) | {"lacks": lacks})


def _publish(row):
    """As published, with something in place of what is missing."""
    today = timezone.localdate()
    row.page_state = State.PUBLISHED
    row.reviewer, row.funding = row.reviewer or _("(no reviewer yet)"), row.funding or _("(not said yet)")
    row.reviewed_on, row.next_review_on = row.reviewed_on or today, row.next_review_on or today
