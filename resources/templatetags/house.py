"""What the staff's index page says of the house: how many listings in which state, and how old their checks are."""

from datetime import timedelta

from django import template
from django.db.models import Count, Q
from django.utils import timezone

from conditions.editorial import State

from ..models import Edit, Link, Proposal, Resource

register = template.Library()


@register.simple_tag
def house():
    """`{states, published, overdue, soon, checked, found, edits, proposals, links}` in four queries."""
    today = timezone.localdate()
    shown = Q(state=State.PUBLISHED)
    year_ago = today - timedelta(days=365)
    counts = Resource.objects.aggregate(
        **{state.value: Count("pk", filter=Q(state=state)) for state in State},
        overdue=Count("pk", filter=shown & Q(next_check_on__lt=today)),
        soon=Count("pk", filter=shown & Q(next_check_on__range=(today, today + timedelta(days=60)))),
        checked=Count("pk", filter=shown & Q(checked_on__gte=year_ago)),
        found=Count("pk", filter=shown & Q(checked_on=None, found_on__gte=year_ago)),
    )
    return counts | {
        "states": [(state, state.label.partition(":")[0], counts[state.value]) for state in State],
        "edits": Edit.objects.filter(state=Edit.State.WAITING).count(),
        "proposals": Proposal.objects.open().count(),
        "links": Link.objects.broken().count(),
    }
