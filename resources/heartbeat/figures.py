"""The figures: how old what we know is, what is open, what was done. Each costs one query, whatever the number of listings."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case, Count, F, When
from django.db.models.functions import TruncDate, TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State

from .. import workflow
from ..models import Check, Proposal, Resource, Revision

YEAR = timedelta(days=365)
MONTHS = 12
BANDS = [
    (90, _("3 months or less")),
    (182, _("3 to 6 months")),
    (365, _("6 to 12 months")),
    (730, _("1 to 2 years")),
    (None, _("Over 2 years")),
]


def median(counted):
    """The middle of `(value, how often)`; of two in the middle the lower. None where there is nothing.

    >>> median([(9, 1), (1, 2), (3, 1)])
    1
    """
    rows = sorted(counted)
    middle = (sum(count for _value, count in rows) + 1) // 2
    for value, count in rows:
        middle -= count
        if middle <= 0:
            return value
    return None


@dataclass
class Ages:
    """Of the published listings. `checked` and `found` are the days, each with how many listings: never mixed."""

    checked: Counter
    found: Counter
    undated: int
    today: date

    @property
    def total(self):
        return self.checked.total() + self.found.total() + self.undated

    @property
    def checked_lately(self):
        return self._lately(self.checked)

    @property
    def found_lately(self):
        return self._lately(self.found)

    @property
    def old(self):
        return self.total - self.checked_lately - self.found_lately - self.undated

    def _lately(self, days):
        return sum(count for day, count in days.items() if day >= self.today - YEAR)

    @property
    def median(self):
        """In days, from the check with the provider, else from the day on which it was found."""
        return median((age, count) for age, count in self._ages().items())

    def _ages(self):
        return Counter({(self.today - day).days: count for day, count in (self.checked + self.found).items()})

    @property
    def bands(self):
        """`[(label, how many listings)]`, from young to old."""
        counts = [0] * len(BANDS)
        for age, count in self._ages().items():
            counts[next(place for place, (most, _label) in enumerate(BANDS) if most is None or age <= most)] += count
        return [(label, count) for (_most, label), count in zip(BANDS, counts)]


def ages(today):
    """A listing that was checked with its provider ages from that day; any other from the day on which it was found."""
    found_only = Case(When(checked_on=None, then=F("found_on")))
    checked, found, undated = Counter(), Counter(), 0
    rows = Resource.objects.published().order_by().values_list("checked_on", found_only).annotate(n=Count("pk"))
    for checked_on, found_on, count in rows:
        if checked_on:
            checked[checked_on] += count
        elif found_on:
            found[found_on] += count
        else:
            undated += count
    return Ages(checked, found, undated, today)


def by_state():
    """`{state: how many listings}`, all states named."""
    return {state.value: 0 for state in State} | dict(Resource.objects.order_by().values_list("state").annotate(n=Count("pk")))


def open_proposals(today):
    """`(how many are open, median days that they have waited)`."""
    days = Counter(dict(Proposal.objects.open().order_by().values_list(TruncDate("at")).annotate(n=Count("pk"))))
    return days.total(), median(((today - day).days, count) for day, count in days.items())


def checks_by_month(today):
    """`[(first day of the month, how many checks)]` of the last twelve, the latest last."""
    months = [today.replace(day=1)]
    while len(months) < MONTHS:
        months.insert(0, (months[0] - timedelta(days=1)).replace(day=1))
    start = timezone.make_aware(datetime(months[0].year, months[0].month, 1))
    rows = Check.objects.filter(at__gte=start).order_by().values_list(TruncMonth("at")).annotate(n=Count("pk"))
    counts = {at.date(): count for at, count in rows}
    return [(month, counts.get(month, 0)) for month in months]


def last_load():
    """When the starter catalogue was last loaded; None where it never was."""
    return Revision.objects.filter(verb__in=workflow.LOADED.values()).order_by("-pk").values_list("at", flat=True).first()
