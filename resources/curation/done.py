"""What somebody did on a day, from what the verbs left behind."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.paginator import Paginator
from django.db.models import BigIntegerField, Case, Count, F, Max, Min, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as later

from conditions.models import ConditionEdit, ConditionRevision
from conditions.verbs import ASKING, VERBS

from ..doors import only
from ..models import Check, Edit, Proposal, Revision
from ..models.roles import May

PAGE = 50
COLUMNS = ("the_deed", "the_moment", "the_about", "the_title", "the_said", "the_page", "times")
# What leaves no revision under the name of who did it.
OTHERS = {"waiting": later("Edit written, waits"), "declined": later("Edit declined"), "proposal": later("Proposal decided")}


def label_of(verb):
    return OTHERS.get(verb) or (VERBS[verb].deed if verb in VERBS else verb)


@dataclass
class Deed:
    verb: str
    at: datetime
    listing: int | None
    title: str
    note: str
    condition: str = ""  # the slug of a condition, where it is no listing
    times: int = 1

    @property
    def label(self):
        return label_of(self.verb)


def deeds(user, day):
    """Rows of a day, the latest first, for a `Deed` each. What came of a proposal or a check is counted once, as that.

    An import's rows, which have its reason in common, are one.
    """
    single, imported = _parts(user, day)
    first = {"the_about": Min("resource"), "the_title": Min("resource__name"), "the_page": Value("")}
    rows = imported.order_by().values(the_deed=Value("import"), the_moment=Max("at"), **first, the_said=F("why"))
    parts = [rows.annotate(times=Count("pk")), *(part.annotate(times=Value(1)) for part in single)]
    return _union(part.values_list(*COLUMNS) for part in parts).order_by("-the_moment")


def _union(queries):
    first, *others = queries
    return first.union(*others, all=True)


def _parts(user, day):
    """`(queries of single deeds, revisions of imports)`."""
    start, end = (timezone.make_aware(datetime.combine(one, time.min)) for one in (day, day + timedelta(days=1)))
    own = {"by": user, "at__gte": start, "at__lt": end}
    decided = {"decided_by": user, "decided_at__gte": start, "decided_at__lt": end}
    asked = Case(When(outcome__in=ASKING, then=F("outcome")), default=Value("check"))
    revisions = Revision.objects.filter(**own).exclude(verb__in=ASKING).exclude(source__startswith="proposal ")
    parts = [
        _part(revisions.exclude(verb="import"), F("verb"), "at", F("why")),
        _part(Check.objects.filter(**own), asked, "at", F("outcome")),
        *_of_edits(Edit, own, decided, _part),
        _of_page(ConditionRevision.objects.filter(**own), F("verb"), "at", F("why")),
        *_of_edits(ConditionEdit, own, decided, _of_page),
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
    return _named(rows, deed=verb, moment=F(at), about=F("resource"), title=title, said=note, page=Value(""))


def _of_page(rows, verb, at, note):
    no_listing = Value(None, output_field=BigIntegerField())
    title, page = F("condition__name"), F("condition__slug")
    return _named(rows, deed=verb, moment=F(at), about=no_listing, title=title, said=note, page=page)


def _named(rows, **columns):
    """Proposals have a field `page` already, hence two steps."""
    return rows.order_by().values(**{f"the_{name}": value for name, value in columns.items()})


def _of_edits(model, own, decided, part):
    """Edits that were written, and others' that were declined."""
    yield part(model.objects.filter(**own), Value("waiting"), "at", F("why"))
    yield part(model.objects.filter(state=model.State.DECLINED, **decided), Value("declined"), "decided_at", F("reason"))


def tally(user, day):
    """`[(label, how often)]`, the most frequent first: counted by the database, however much there was."""
    single, imported = _parts(user, day)
    parts = (*single, imported.annotate(the_deed=Value("import")))
    counts = _union(part.order_by().values("the_deed").annotate(n=Count("pk")).values_list("the_deed", "n") for part in parts)
    total = Counter()
    for verb, count in counts:
        total[label_of(verb)] += count
    return [(label, count) for label, count in total.most_common() if count]


def _read(rows):
    outcomes = dict(Check.Outcome.choices)
    found = [Deed(*values) for values in rows]
    for deed in found:
        deed.note = outcomes.get(deed.note, deed.note) if deed.verb in ASKING else deed.note
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
