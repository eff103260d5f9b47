"""The queues, one row each. A queue is a question to the database: nothing has to be put into it, and what is done leaves by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, Left, NullIf, Replace, StrIndex, Substr, Trim, TruncDate
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions.editorial import State
from conditions.models import Condition
from conditions.verbs import MOVING

from ... import workflow
from ...finder.pieces import FOUND_AT_PROVIDER
from ...models import Check, DuplicatePair, Edit, LinkUse, Proposal, Resource, Revision
from ...models.link import BROKEN_AFTER
from ...models.roles import May
from . import pages

DAY = "F j, Y"
Origin = Proposal.Origin


@dataclass(frozen=True)
class Queue:
    """`items(user)`: rows of one model, in which `since` is the day from which each waits. Those of listings need no more than that."""

    key: str
    label: str | Promise
    what_for: str | Promise
    items: Callable[[Any], QuerySet]
    why: Callable[[Any], str]
    order: tuple = ("next_check_on", "pk")
    may: May = May.EDIT
    listing: str | None = ""  # the way from a row to its listing: "", or "resource"; None where the queue is not of listings
    title: Any = F("name")
    address: Callable[[Any], str] = lambda item: reverse("desk", args=[item.pk])

    def part(self, name):
        """The look-up of a listing's field from a row.

        >>> QUEUES["edits"].part("kind")
        'resource__kind'
        """
        return f"{self.listing}__{name}" if self.listing else name


def _last_check(field):
    return Subquery(Check.objects.filter(resource=OuterRef("pk")).order_by("-asked_at", "-pk").values(field)[:1])


def _closed():
    return Check.objects.last_said(Check.Outcome.CLOSED).values("resource")


def _resting():
    """Nobody answered today or yesterday: asked again no sooner than two days later."""
    yesterday = timezone.make_aware(datetime.combine(timezone.localdate() - timedelta(days=1), time.min))
    return Check.objects.last_said(Check.Outcome.NO_ANSWER).filter(asked_at__gte=yesterday).values("resource")


def _overdue(user):
    rows = Resource.objects.overdue(timezone.localdate()).exclude(pk__in=_closed()).exclude(pk__in=_resting())
    return rows.annotate(since=F("next_check_on"), ended=_last_check("outcome"), asked_at=_last_check("asked_at"))


def _why_overdue(item):
    said = _("Due %(day)s") % {"day": date_format(item.next_check_on, DAY)}
    if item.ended != Check.Outcome.NO_ANSWER:
        return said
    return _("%(due)s; tried on %(day)s") % {"due": said, "day": date_format(timezone.localtime(item.asked_at), DAY)}


def _said_closed(user):
    return Resource.objects.filter(pk__in=_closed()).annotate(since=TruncDate(_last_check("asked_at")), note=_last_check("note"))


def _last(field, **which):
    """Of the listing's latest revision of that kind."""
    return Subquery(Revision.objects.filter(resource=OuterRef("pk"), **which).order_by("-number").values(field)[:1])


def _last_was_sent_back():
    moved_since = Revision.objects.filter(resource=OuterRef("resource"), number__gt=OuterRef("number"), verb__in=MOVING)
    return Revision.objects.filter(~Exists(moved_since), verb="send_back").values("resource")


def _sent_back(user):
    mine = Case(When(sent_to=user.pk, then=Value(0)), default=Value(1))
    rows = Resource.objects.filter(state=State.DRAFT, pk__in=_last_was_sent_back())
    said = {"sent_to": _last("by", verb="submit"), "reason": _last("why", verb="send_back"), "sent_by": _last("by_name", verb="send_back")}
    return rows.annotate(since=TruncDate(_last("at", verb="send_back")), **said).annotate(rank=mine)


def _drafts(user):
    rows = Resource.objects.filter(state=State.DRAFT, waits_for="").exclude(pk__in=_last_was_sent_back())
    return rows.annotate(since=TruncDate(_last("at")), saved_by=_last("by_name"))


def _in_review(user):
    return Resource.objects.filter(state=State.IN_REVIEW).annotate(
        since=TruncDate(_last("at", verb="submit")), sent_by=_last("by_name", verb="submit")
    )


def _unverified(user):
    loaded = Revision.objects.filter(verb__in=workflow.LOADED.values()).values("resource")
    shown = Q(state=State.PUBLISHED, kind__in=FOUND_AT_PROVIDER, checked_on=None)
    waits = Q(state=State.DRAFT) & ~Q(waits_for="")
    rows = Resource.objects.filter(shown | waits, pk__in=loaded).exclude(pk__in=_closed()).exclude(pk__in=_resting())
    return rows.exclude(pk__in=Resource.objects.overdue(timezone.localdate()).values("pk")).annotate(since=F("found_on"))


def _broken_links(user):
    broken = LinkUse.objects.filter(link__days_failed__gte=BROKEN_AFTER)
    first = broken.filter(resource=OuterRef("pk")).order_by("link__failing_since", "link")
    rows = Resource.objects.published().filter(pk__in=broken.filter(resource__isnull=False).values("resource"))
    return rows.annotate(since=Subquery(first.values("link__failing_since")[:1]), broken=Subquery(first.values("link__address")[:1]))


def _edits(user):
    rows = Edit.objects.filter(state=Edit.State.WAITING).exclude(by=user)
    return rows.select_related("resource", "by").annotate(since=TruncDate("at"))


def _duplicates(user):
    return DuplicatePair.objects.open().select_related("first", "second").annotate(since=TruncDate("found_at"))


def _proposals(origin):
    return lambda user: Proposal.objects.open().filter(origin=origin).select_related("resource").annotate(since=TruncDate("at"))


def _about():
    """A proposal's name: of its listing, of the condition whose page it is about, the page's address, or the first line of its words."""
    slug = Replace(Replace(OuterRef("page"), Value("/conditions/")), Value("/"))
    condition = Condition.objects.filter(slug=slug).values("name")[:1]
    of_page = Case(When(page__startswith="/conditions/", then=Subquery(condition)))
    line = Left(Substr("note", 1, StrIndex(Concat("note", Value("\n")), Value("\n")) - 1), 90)
    named = [F("resource__name"), KT("document__name"), of_page, NullIf(F("page"), Value("")), NullIf(Trim(line), Value(""))]
    return Coalesce(*named, Value("–"), output_field=TextField())


def _said(proposal):
    return ": ".join(filter(None, [str(proposal.get_problem_display()) if proposal.problem else "", proposal.note]))


def _proposal_address(proposal):
    return reverse("proposal", args=[proposal.pk])


def key_of(origin):
    return f"proposals-{origin}"


def _incoming(origin, label, what_for):
    return Queue(
        key=key_of(origin),
        label=label,
        what_for=what_for,
        items=_proposals(origin),
        why=_said,
        order=("at", "pk"),
        may=May.DECIDE,
        listing="resource",
        title=_about(),
        address=_proposal_address,
    )


_TABLE = [
    Queue(
        key="sent-back",
        label=later("Sent back"),
        what_for=later("Drafts that an editor returned with a reason. Yours come first."),
        items=_sent_back,
        why=lambda item: f"{item.sent_by}: {item.reason}",
        order=("rank", "since", "pk"),
    ),
    Queue(
        key="page-sent-back",
        label=later("Condition pages sent back"),
        what_for=later("Drafts of condition pages that an editor returned with a reason. Yours come first."),
        items=pages.sent_back,
        why=lambda item: f"{item.sent_by}: {item.reason}",
        order=("rank", "since", "pk"),
        listing=None,
        address=pages.address,
    ),
    _incoming(Origin.READER, later("Readers’ reports"), later("A family says that something is wrong.")),
    _incoming(Origin.PROVIDER, later("Providers’ answers"), later("A provider looked at its own listing.")),
    Queue(
        key="overdue",
        label=later("Overdue checks"),
        what_for=later("Families see these, and nobody has asked the provider for a year. Call, then record it."),
        items=_overdue,
        why=_why_overdue,
    ),
    Queue(
        key="closed",
        label=later("Closed, says a check"),
        what_for=later("Families still see these, and whoever checked found them closed. Make sure, then retire them."),
        items=_said_closed,
        why=lambda item: item.note or _("Found closed"),
        order=("since", "pk"),
        may=May.RETIRE,
    ),
    Queue(
        key="links",
        label=later("Links that fail"),
        what_for=later("An address on the listing has failed on three days or more."),
        items=_broken_links,
        why=lambda item: item.broken,
        order=("since", "pk"),
    ),
    _incoming(Origin.SUGGESTION, later("Suggested listings"), later("Somebody says that this is missing.")),
    _incoming(Origin.IMPORT, later("Partners’ spreadsheets"), later("Rows that would change a listing somebody has checked.")),
    _incoming(Origin.LINK, later("The link checker’s proposals"), later("Addresses that have moved.")),
    Queue(
        key="duplicates",
        label=later("Possible duplicates"),
        what_for=later("Two listings that may be one. Choose what stays, or say that they are two."),
        items=_duplicates,
        why=lambda pair: pair.second.name,
        order=("-score", "pk"),
        may=May.DECIDE,
        listing="first",
        title=F("first__name"),
        address=lambda pair: reverse("compare", args=[pair.pk]),
    ),
    Queue(
        key="review",
        label=later("In review"),
        what_for=later("Ready to be read by a second person, and published or sent back."),
        items=_in_review,
        why=lambda item: _("Submitted by %(who)s") % {"who": item.sent_by or "–"},
        order=("since", "pk"),
        may=May.PUBLISH,
    ),
    Queue(
        key="edits",
        label=later("Edits to apply"),
        what_for=later("Changes of therapies that need a second person: you."),
        items=_edits,
        why=lambda item: f"{item.by.get_full_name() or item.by.get_username()}: {item.why}",
        order=("at", "pk"),
        may=May.PUBLISH,
        listing="resource",
        title=F("resource__name"),
        address=lambda item: reverse("desk", args=[item.resource_id]),
    ),
    Queue(
        key="page-edits",
        label=later("Edits of condition pages"),
        what_for=later("Changes of medical text that need a second person: you."),
        items=pages.edits,
        why=lambda item: f"{item.by.get_full_name() or item.by.get_username()}: {item.why}",
        order=("at", "pk"),
        may=May.PUBLISH,
        listing=None,
        title=F("condition__name"),
        address=lambda item: f"{pages.address(item.condition)}#edit-{item.pk}",
    ),
    Queue(
        key="page-review",
        label=later("Condition pages in review"),
        what_for=later("Ready to be read by somebody who did not write them, and published or sent back."),
        items=pages.in_review,
        why=lambda item: _("Submitted by %(who)s") % {"who": item.sent_by or "–"},
        order=("since", "pk"),
        may=May.PUBLISH,
        listing=None,
        address=pages.address,
    ),
    Queue(
        key="page-overdue",
        label=later("Condition pages to look through"),
        what_for=later("Families read these, and the day of their next review has passed."),
        items=pages.overdue,
        why=lambda item: _("Due %(day)s") % {"day": date_format(item.next_review_on)},
        order=("next_review_on", "pk"),
        listing=None,
        address=pages.address,
    ),
    Queue(
        key="drafts",
        label=later("Drafts"),
        what_for=later(
            "Begun, and not yet submitted for review. Drafts of the starter catalogue stand in “Not yet confirmed with the provider”."
        ),
        items=_drafts,
        why=lambda item: _("Last saved by %(who)s") % {"who": item.saved_by or "–"},
    ),
    Queue(
        key="unconfirmed",
        label=later("Not yet confirmed with the provider"),
        what_for=later("Of the starter catalogue: found on a page, and nobody has asked yet. Drafts that wait for it come first."),
        items=_unverified,
        why=lambda item: item.waits_for or _("Found on its page"),
        order=(F("found_on").asc(nulls_first=True), "pk"),
    ),
]
QUEUES = {queue.key: queue for queue in _TABLE}


def seen_by(user):
    """The queues of somebody's day."""
    return [queue for queue in _TABLE if user.has_perm(queue.may.name_in_full)]
