"""A page as families would see it: the real page of rows that are written for a moment and taken back."""

from django.db import transaction
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions import document as documents
from conditions.document import store
from conditions.editorial import State
from conditions.models import Condition

from ...finder.condition import context_of


def preview(request, condition, document):
    """`condition`: a row, or a new one with a slug alone."""
    with transaction.atomic():
        row = Condition.objects.filter(pk=condition.pk).first() or Condition(slug=condition.slug)
        store.write(document, row)
        try:
            documents.refuse_unfit(document, row)
            store.write_parents(document, row)
        except documents.Unfit:
            pass  # the editor says it; the rest of the page can be seen
        _publish(row)
        lacks = [lack.sentence for lack in documents.lacks(document)]
        response = render(request, "work/conditions/preview.html", context_of(row) | {"lacks": lacks})
        transaction.set_rollback(True)
    return response


def _publish(row):
    """As published, with something in place of what is missing. A page that is shown already needs no writing, nor the index to follow."""
    if row.has_page:
        return
    today = timezone.localdate()
    row.page_state = State.PUBLISHED
    row.reviewer, row.funding = row.reviewer or _("(no reviewer yet)"), row.funding or _("(not said yet)")
    row.reviewed_on, row.next_review_on = row.reviewed_on or today, row.next_review_on or today
    row.save()
