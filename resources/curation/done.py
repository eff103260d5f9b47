"""What somebody did on a day, from what the verbs left behind."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db.models import BigIntegerField, Case, F, TextField, Value, When
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

    @property
    def label(self):
        return label_of(self.verb)


def deeds(user, day):
    """`Deed`s of a day, the latest first. What came of a proposal or a check is counted once, as that."""
    start, end = (timezone.make_aware(datetime.combine(one, time.min)) for one in (day, day + timedelta(days=1)))
    own = {"by": user, "at__gte": start, "at__lt": end}
    decided = {"decided_by": user, "decided_at__gte": start, "decided_at__lt": end}
    asked = Case(When(outcome__in=ASKING, then=F("outcome")), default=Value("check"))
    parts = [
        _part(Revision.objects.filter(**own).exclude(verb__in=ASKING).exclude(source__startswith="proposal "), F("verb"), "at", F("why")),
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
    found = [Deed(*values) for values in parts[0].union(*parts[1:], all=True)]
    outcomes = dict(Check.Outcome.choices)
    for deed in found:
        deed.note = outcomes.get(deed.note, deed.note) if deed.verb in ASKING else deed.note
    return sorted(found, key=lambda deed: deed.at, reverse=True)


def _part(rows, verb, at, note, title=F("resource__name")):  # noqa: B008 an expression is never changed
    return rows.order_by().values_list(verb, at, "resource", title, note, Value(""))


def _of_page(rows, verb, at, note):
    no_listing = Value(None, output_field=BigIntegerField())
    return rows.order_by().values_list(verb, at, no_listing, "condition__name", note, "condition__slug")


def _of_edits(model, own, decided, part):
    """Edits that were written, and others' that were declined."""
    yield part(model.objects.filter(**own), Value("waiting"), "at", F("why"))
    yield part(model.objects.filter(state=model.State.DECLINED, **decided), Value("declined"), "decided_at", F("reason"))


def tally(found):
    """`[(label, how often)]`, the most frequent first."""
    return Counter(deed.label for deed in found).most_common()


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
