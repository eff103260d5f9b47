"""What waits of listings, of their edits and of pairs of them: rows for the table of queues."""

from datetime import datetime, time, timedelta

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from conditions.editorial import State
from conditions.verbs import MOVING

from ... import workflow
from ...finder.pieces import FOUND_AT_PROVIDER
from ...models import Check, DuplicatePair, Edit, LinkUse, Resource, Revision
from ...models.link import BROKEN_AFTER

DAY = "F j, Y"


def _last_check(field):
    return Subquery(Check.objects.filter(resource=OuterRef("pk")).order_by("-asked_at", "-pk").values(field)[:1])


def _closed():
    return Check.objects.last_said(Check.Outcome.CLOSED).values("resource")


def _resting():
    """Nobody answered today or yesterday: asked again no sooner than two days later."""
    yesterday = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), time.min))
    return Check.objects.last_said(Check.Outcome.NO_ANSWER).filter(asked_at__gte=yesterday).values("resource")


def overdue(user):
    rows = Resource.objects.overdue(timezone.localdate()).exclude(pk__in=_closed()).exclude(pk__in=_resting())
    return rows.annotate(since=F("next_check_on"), ended=_last_check("outcome"), asked_at=_last_check("asked_at"))


def why_overdue(item):
    """When somebody last asked: the day on which it was due follows from the column of days."""
    if item.checked_on:
        said = _("Last confirmed on %(day)s") % {"day": date_format(item.checked_on, DAY)}
    else:
        said = _("Never confirmed; found on its page on %(day)s") % {"day": date_format(item.found_on, DAY)}
    if item.ended != Check.Outcome.NO_ANSWER:
        return said
    return _("%(said)s; tried on %(day)s") % {"said": said, "day": date_format(timezone.localtime(item.asked_at), DAY)}


def said_closed(user):
    return Resource.objects.filter(pk__in=_closed()).annotate(since=TruncDate(_last_check("asked_at")), note=_last_check("note"))


def _last(field, **which):
    """Of the listing's latest revision of that kind."""
    return Subquery(Revision.objects.filter(resource=OuterRef("pk"), **which).order_by("-number").values(field)[:1])


def _last_was_sent_back():
    moved_since = Revision.objects.filter(resource=OuterRef("resource"), number__gt=OuterRef("number"), verb__in=MOVING)
    return Revision.objects.filter(~Exists(moved_since), verb="send_back").values("resource")


def sent_back(user):
    mine = Case(When(sent_to=user.pk, then=Value(0)), default=Value(1))
    rows = Resource.objects.filter(state=State.DRAFT, pk__in=_last_was_sent_back())
    said = {"sent_to": _last("by", verb="submit"), "reason": _last("why", verb="send_back"), "sent_by": _last("by_name", verb="send_back")}
    return rows.annotate(since=TruncDate(_last("at", verb="send_back")), **said).annotate(rank=mine)


def drafts(user):
    rows = Resource.objects.filter(state=State.DRAFT, waits_for="").exclude(pk__in=_last_was_sent_back())
    return rows.annotate(since=TruncDate(_last("at")), saved_by=_last("by_name"))


def in_review(user):
    return Resource.objects.filter(state=State.IN_REVIEW).annotate(
        since=TruncDate(_last("at", verb="submit")), sent_by=_last("by_name", verb="submit")
    )


def unverified(user):
    """Each row is asked by itself, in the order of `found_on`: the first ones are there before all have been looked at."""
    loaded = Exists(Revision.objects.filter(resource=OuterRef("pk"), verb__in=workflow.LOADED.values()))
    in_time = Q(next_check_on=None) | Q(next_check_on__gte=timezone.localdate())
    shown = Q(in_time, state=State.PUBLISHED, kind__in=FOUND_AT_PROVIDER, checked_on=None)
    waits = Q(state=State.DRAFT) & ~Q(waits_for="")
    is_due = Case(When(shown | waits, then=True), default=False)
    rows = Resource.objects.filter(is_due, loaded).exclude(pk__in=_closed()).exclude(pk__in=_resting())
    return rows.annotate(since=F("found_on"))


def broken_links(user):
    broken = LinkUse.objects.filter(link__days_failed__gte=BROKEN_AFTER)
    first = broken.filter(resource=OuterRef("pk")).order_by("link__failing_since", "link")
    rows = Resource.objects.published().filter(pk__in=broken.filter(resource__isnull=False).values("resource"))
    return rows.annotate(since=Subquery(first.values("link__failing_since")[:1]), broken=Subquery(first.values("link__address")[:1]))


def edits(user):
    rows = Edit.objects.filter(state=Edit.State.WAITING).exclude(by=user)
    return rows.select_related("resource", "by").annotate(since=TruncDate("at"))


def duplicates(user):
    return DuplicatePair.objects.open().select_related("first", "second").annotate(since=TruncDate("found_at"))
