"""What somebody did on a day, from what the verbs left behind."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.db.models import Count, F, Max, Min, TextField, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as later

from ..doors import only
from ..models import Check, Edit, Proposal, Revision
from ..models.roles import May

PAGE = 50
COLUMNS = ("deed", "moment", "about", "title", "said", "times")
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
    times: int = 1

    @property
    def label(self):
        return VERBS.get(self.verb, self.verb.replace("_", " ").capitalize())


def deeds(user, day):
    """Rows of a day, the latest first, for a `Deed` each. What came of a proposal or a check is counted once, as that.

    An import's rows, which have its reason in common, are one.
    """
    single, imported = _parts(user, day)
    first = {"about": Min("resource"), "title": Min("resource__name")}
    rows = imported.order_by().values(deed=Value("import"), moment=Max("at"), **first, said=F("why")).annotate(times=Count("pk"))
    return _union(part.values_list(*COLUMNS) for part in (rows, *(part.annotate(times=Value(1)) for part in single))).order_by("-moment")


def _union(queries):
    first, *others = queries
    return first.union(*others, all=True)


def _parts(user, day):
    """`(queries of single deeds, revisions of imports)`."""
    start = timezone.make_aware(datetime.combine(day, time.min))
    within = (start, timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min)))
    revisions = Revision.objects.filter(by=user, at__gte=within[0], at__lt=within[1]).exclude(source__startswith="proposal ")
    checks = Check.objects.filter(by=user, at__gte=within[0], at__lt=within[1])
    decided = {"decided_by": user, "decided_at__gte": within[0], "decided_at__lt": within[1]}
    written = Edit.objects.filter(by=user, at__gte=within[0], at__lt=within[1])
    parts = [
        _part(revisions.exclude(verb__in=("check", "import")), F("verb"), "at", F("why")),
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
    return parts, revisions.filter(verb="import")


def _part(rows, verb, at, note, title=F("resource__name")):  # noqa: B008 an expression is never changed
    return rows.order_by().values(deed=verb, moment=F(at), about=F("resource"), title=title, said=note)


def tally(user, day):
    """`[(label, how often)]`, the most frequent first: counted by the database, however much there was."""
    single, imported = _parts(user, day)
    parts = (*single, imported.annotate(deed=Value("import")))
    counts = _union(part.order_by().values("deed").annotate(n=Count("pk")).values_list("deed", "n") for part in parts)
    return [(VERBS.get(verb, verb), count) for verb, count in sorted(counts, key=lambda row: -row[1]) if count]


def _read(rows):
    outcomes = dict(Check.Outcome.choices)
    found = [Deed(*values) for values in rows]
    for deed in found:
        deed.note = outcomes.get(deed.note, deed.note) if deed.verb == "check" else deed.note
    return found


@only(May.EDIT)
def done(request):
    today = timezone.localdate()
    day = min(_day(request.GET.get("day", "")) or today, today)
    page = Paginator(deeds(request.user, day), PAGE).get_page(request.GET.get("page"))
    context = {"day": day, "page": page, "deeds": _read(page), "tally": tally(request.user, day), "query": f"day={day}"}
    days = {"before": day - timedelta(days=1), "after": day + timedelta(days=1), "is_today": day == today}
    return render(request, "work/done.html", context | days)


def _day(text):
    """A day as an address has it; none where it cannot be read, or nobody was here yet."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= 2000 else None
