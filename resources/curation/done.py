"""What somebody did on a day, from what the verbs left behind."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import F, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as later

from ..doors import only
from ..models import Check, Edit, Proposal, Revision
from ..models.roles import May

VERBS = {
    "check": later("Checked"),
    "create": later("Written"),
    "edit": later("Edited"),
    "restore": later("Restored"),
    "import": later("Imported"),
    "submit": later("Submitted"),
    "send_back": later("Sent back"),
    "publish": later("Published"),
    "retire": later("Retired"),
    "reopen": later("Reopened"),
    "apply": later("Edit applied"),
    "waiting": later("Edit written, waits"),
    "declined": later("Edit declined"),
    "proposal": later("Proposal decided"),
}


@dataclass
class Deed:
    verb: str
    at: datetime
    listing: int | None
    title: str
    note: str

    @property
    def label(self):
        return VERBS.get(self.verb, self.verb.replace("_", " ").capitalize())


def deeds(user, day):
    """`Deed`s of a day, the latest first. What came of a proposal or a check is counted once, as that."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    within = (start, timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)))
    revisions = Revision.objects.filter(by=user, at__gte=within[0], at__lt=within[1])
    checks = Check.objects.filter(by=user, at__gte=within[0], at__lt=within[1])
    decided = {"decided_by": user, "decided_at__gte": within[0], "decided_at__lt": within[1]}
    written = Edit.objects.filter(by=user, at__gte=within[0], at__lt=within[1])
    parts = [
        _part(revisions.exclude(verb="check").exclude(source__startswith="proposal "), F("verb"), "at", F("why")),
        _part(checks, Value("check"), "at", F("outcome")),
        _part(written, Value("waiting"), "at", F("why")),
        _part(Edit.objects.filter(state=Edit.State.DECLINED, **decided), Value("declined"), "decided_at", F("reason")),
        _part(
            Proposal.objects.filter(**decided),
            Value("proposal"),
            "decided_at",
            F("reason"),
            Coalesce(F("resource__name"), KT("document__name"), F("page"), output_field=TextField()),
        ),
    ]
    found = [Deed(*values) for values in parts[0].union(*parts[1:], all=True)]
    outcomes = dict(Check.Outcome.choices)
    for deed in found:
        deed.note = outcomes.get(deed.note, deed.note) if deed.verb == "check" else deed.note
    return sorted(found, key=lambda deed: deed.at, reverse=True)


def _part(rows, verb, at, note, title=F("resource__name")):  # noqa: B008 an expression is never changed
    return rows.order_by().values_list(verb, at, "resource", title, note)


def tally(found):
    """`[(label, how often)]`, the most frequent first."""
    return [(VERBS.get(verb, verb), count) for verb, count in Counter(deed.verb for deed in found).most_common()]


@only(May.EDIT)
def done(request):
    today = timezone.localdate()
    day = min(_day(request.GET.get("day", "")) or today, today)
    found = deeds(request.user, day)
    context = {"day": day, "deeds": found, "tally": tally(found), "before": day - timedelta(days=1), "is_today": day == today}
    return render(request, "work/done.html", context | {"after": day + timedelta(days=1)})


def _day(text):
    """A day as an address has it; none where it cannot be read, or nobody was here yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 2000 else None
