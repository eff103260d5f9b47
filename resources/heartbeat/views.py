"""`/status/`: how true the catalogue is today, for anybody who wonders whether to trust it. Nothing of any person."""

from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control

from ..models import Link, Resource
from . import charts, figures

KEPT = 300  # seconds that browsers and caches between may keep it


@cache_control(public=True, max_age=KEPT)
def status(request):
    today = timezone.localdate()
    ages = figures.ages(today)
    months = [(date_format(month, "F Y"), date_format(month, "M")[:3], count) for month, count in figures.checks_by_month(today)]
    shares = [(_("Checked with the provider"), ages.checked_lately), (_("Only found on a page"), ages.found_lately), (_("Older"), ages.old)]
    open_count, waited = figures.open_proposals(today)
    context = {
        "today": today,
        "ages": ages,
        "shares": [(label, count, _share(count, ages.total)) for label, count in shares],
        "share_chart": charts.bars(shares, ages.total),
        "bands": ages.bands,
        "band_chart": charts.bars(ages.bands, ages.total),
        "months": months,
        "month_chart": charts.columns([(short, count) for _long, short, count in months]),
        "overdue": Resource.objects.overdue(today).count(),
        "broken": Link.objects.broken().count(),
        "open": open_count,
        "waited": waited,
        "last_load": figures.last_load(),
    }
    return render(request, "status/status.html", context)


def _share(part, whole):
    """In percent, never rounded up to all or down to none.

    >>> _share(999, 1000), _share(1, 1000), _share(1, 2), _share(0, 0)
    (99, 1, 50, 0)
    """
    if part in (0, whole):
        return 100 if part else 0
    return min(max(round(100 * part / whole), 1), 99)
