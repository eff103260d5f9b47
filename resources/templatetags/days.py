"""Days and times as the workspace says them: in full, and how far off; times in the one zone of the house, which is named."""

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

register = template.Library()
WEEK, MONTH, YEAR = 7, 30.44, 365.25


@register.filter
def due(value):
    """“November 24, 2026 (in 3 days)”, for a day on which something is due; nothing for nothing."""
    if not value:
        return ""
    day = _day(value)
    said, full = date_format(day, "F j, Y"), date_format(day, "l, F j, Y")
    far = away((day - timezone.localdate()).days)
    return format_html('<time datetime="{}" title="{}">{} ({})</time>', day.isoformat(), full, said, far)


@register.filter
def moment(value):
    """“Nov 24, 2026, 3:05 PM”, with the zone on top of it."""
    if not value:
        return ""
    at = timezone.localtime(value)
    full = date_format(at, "l, F j, Y, g:i A T")
    return format_html('<time datetime="{}" title="{}">{}</time>', at.isoformat(timespec="minutes"), full, date_format(at, "M j, Y, g:i A"))


@register.simple_tag
def zone():
    """“New York time (EST)”: that of every time on the page."""
    city = timezone.get_current_timezone_name().rpartition("/")[2].replace("_", " ")
    return _("%(city)s time (%(short)s)") % {"city": city, "short": date_format(timezone.localtime(), "T")}


def away(days):
    """How far off a day is, in words.

    >>> [away(days) for days in (-400, -45, -1, 0, 1, 3, 21)]
    ['13 months ago', '6 weeks ago', 'yesterday', 'today', 'tomorrow', 'in 3 days', 'in 3 weeks']
    """
    if abs(days) <= 1:
        return {-1: _("yesterday"), 0: _("today"), 1: _("tomorrow")}[days]
    number = abs(days)
    if number < 2 * WEEK:
        long = ngettext("%(n)d day", "%(n)d days", number) % {"n": number}
    elif number < 2 * MONTH:
        long = ngettext("%(n)d week", "%(n)d weeks", round(number / WEEK)) % {"n": round(number / WEEK)}
    elif number < 2 * YEAR:
        long = ngettext("%(n)d month", "%(n)d months", round(number / MONTH)) % {"n": round(number / MONTH)}
    else:
        long = ngettext("%(n)d year", "%(n)d years", round(number / YEAR)) % {"n": round(number / YEAR)}
    return (_("in %(long)s") if days > 0 else _("%(long)s ago")) % {"long": long}


def _day(value):
    return timezone.localdate(value) if hasattr(value, "hour") else value
