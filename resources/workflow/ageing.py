"""What nobody confirmed for too long is no longer shown."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.editorial import State

from .. import document as documents
from ..models import Resource, Revision
from .refusals import WrongStep
from .rules import locked

GRACE = timedelta(days=180)  # after the day on which the next check was due
HOUSE = "age_listings"


def too_old():
    """Published listings whose next check has been due for longer than the days of grace, the oldest first."""
    return Resource.objects.published().filter(next_check_on__lt=timezone.localdate() - GRACE).order_by("next_check_on", "pk")


@transaction.atomic
def age(*, resource):
    """Published → retired, by the house and nobody in person. Whoever confirms it may reopen it."""
    resource = locked(resource)
    if not too_old().filter(pk=resource.pk).exists():
        raise WrongStep(_("It was checked or retired meanwhile."))
    days = (timezone.localdate() - resource.dated_on).days
    resource.state = State.RETIRED
    resource.save(update_fields=["state"])
    document = documents.of(resource).model_dump(mode="json")
    why = _("Not checked for %(days)s days.") % {"days": days}
    Revision.objects.write(resource=resource, document=document, verb="age", why=why, by_name=HOUSE)
    return resource
