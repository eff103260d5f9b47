"""Recording that somebody asked the provider."""

from django.db import transaction
from django.utils import timezone

from ..models import Check
from ..models.roles import May
from .rules import CHECK_EVERY, locked, record, require, role_of


@transaction.atomic
def check(*, resource, by, how, outcome, note=""):
    """Record that somebody asked the provider. A confirmation moves the checked-on date; nothing else does."""
    require(by, May.CHECK)
    resource = locked(resource)
    made = Check.objects.create(resource=resource, by=by, how=how, outcome=outcome, note=note)
    if made.confirms:
        resource.checked_on = timezone.localdate()
        resource.checked_by = role_of(by)
        resource.checked_how = made.get_how_display()
        resource.next_check_on = resource.checked_on + CHECK_EVERY
        resource.save(update_fields=["checked_on", "checked_by", "checked_how", "next_check_on"])
    record(resource, by, "check", f"{made.get_outcome_display()}. {note}".strip())
    return made
