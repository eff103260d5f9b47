"""What the staff's index page says of the house: how many listings in which state, and how old their checks are."""

from datetime import timedelta

from django import template
from django.utils import timezone

from conditions.editorial import State

from ..heartbeat import figures
from ..models import Edit, Link, Proposal, Resource

register = template.Library()
SOON = timedelta(days=60)


@register.simple_tag
def house():
    """`{states, overdue, soon, checked, found, edits, proposals, links}` in a few queries, from the figures of `/status/`."""
    today = timezone.localdate()
    ages, counts = figures.ages(today), figures.by_state()
    return {
        "states": [(state, state.label.partition(":")[0], counts[state.value]) for state in State],
        "overdue": Resource.objects.overdue(today).count(),
        "soon": Resource.objects.published().filter(next_check_on__range=(today, today + SOON)).count(),
        "checked": ages.checked_lately,
        "found": ages.found_lately,
        "edits": Edit.objects.filter(state=Edit.State.WAITING).count(),
        "proposals": Proposal.objects.open().count(),
        "links": Link.objects.broken().count(),
    }
