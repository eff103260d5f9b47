"""What is kept of a check: one row an address, rewritten. Nothing here touches a listing."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from ...models import Link

WEEK, DAY = timedelta(days=7), timedelta(days=1)
Result = Link.Result


@transaction.atomic
def record(*, address, outcome, at):
    """Keep what came of asking `address` at the time `at`. Several failures on one day count as one; a success clears them.

    An address that works, or cannot be checked, is asked again in a week; one that fails, the next day.
    """
    link = Link.objects.select_for_update().filter(address=address).first()
    if link is None:  # forgotten in between
        return None
    today = timezone.localdate(at)
    link.result, link.reason, link.status = outcome.result, outcome.reason, outcome.status
    link.final_address, link.checked_at = outcome.final, at
    if outcome.result == Result.WORKS:
        link.days_failed, link.failing_since, link.last_failed_on = 0, None, None
    if outcome.result == Result.FAILS and link.last_failed_on != today:
        link.days_failed += 1
        link.failing_since, link.last_failed_on = link.failing_since or today, today
    link.next_on = today + (DAY if link.days_failed else WEEK)
    link.save()
    return link
