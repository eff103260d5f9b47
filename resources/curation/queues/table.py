"""The queues, one row each. A queue is a question to the database: nothing has to be put into it, and what is done leaves by itself."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from ...models import Proposal
from ...models.roles import May
from . import listings, pages, proposals

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


def key_of(origin):
    return f"proposals-{origin}"


def _incoming(origin, label, what_for):
    return Queue(
        key=key_of(origin),
        label=label,
        what_for=what_for,
        items=proposals.of_origin(origin),
        why=proposals.said,
        order=("at", "pk"),
        may=May.DECIDE,
        listing="resource",
        title=proposals.about(),
        address=proposals.address,
    )


_TABLE = [
    Queue(
        key="sent-back",
        label=later("Sent back"),
        what_for=later("Drafts that an editor returned with a reason. Yours come first."),
        items=listings.sent_back,
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
        items=listings.overdue,
        why=listings.why_overdue,
    ),
    Queue(
        key="closed",
        label=later("Closed, says a check"),
        what_for=later("Families still see these, and whoever checked found them closed. Make sure, then retire them."),
        items=listings.said_closed,
        why=lambda item: item.note or _("Found closed"),
        order=("since", "pk"),
        may=May.RETIRE,
    ),
    Queue(
        key="links",
        label=later("Links that fail"),
        what_for=later("An address on the listing has failed on three days or more."),
        items=listings.broken_links,
        why=lambda item: item.broken,
        order=("since", "pk"),
    ),
    Queue(
        key="page-links",
        label=later("Links that fail on condition pages"),
        what_for=later("An address in the text or the sources has failed on three days or more."),
        items=pages.broken_links,
        why=lambda item: item.broken,
        order=("since", "pk"),
        listing=None,
        address=pages.address,
    ),
    _incoming(Origin.SUGGESTION, later("Suggested listings"), later("Somebody says that this is missing.")),
    _incoming(Origin.IMPORT, later("Partners’ spreadsheets"), later("Rows that would change a listing somebody has checked.")),
    _incoming(Origin.LINK, later("The link checker’s proposals"), later("Addresses that have moved.")),
    Queue(
        key="duplicates",
        label=later("Possible duplicates"),
        what_for=later("Two listings that may be one. Choose what stays, or say that they are two."),
        items=listings.duplicates,
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
        items=listings.in_review,
        why=lambda item: _("Submitted by %(who)s") % {"who": item.sent_by or "–"},
        order=("since", "pk"),
        may=May.PUBLISH,
    ),
    Queue(
        key="edits",
        label=later("Edits to apply"),
        what_for=later("Changes of therapies and of lines for urgent help. They need a second person: you."),
        items=listings.edits,
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
        items=listings.drafts,
        why=lambda item: _("Last saved by %(who)s") % {"who": item.saved_by or "–"},
    ),
    Queue(
        key="unconfirmed",
        label=later("Not yet confirmed with the provider"),
        what_for=later("Of the starter catalogue: found on a page, and nobody has asked yet. Drafts that wait for it come first."),
        items=listings.unverified,
        why=lambda item: item.waits_for or _("Found on its page"),
        order=(F("found_on").asc(nulls_first=True), "pk"),
    ),
]
QUEUES = {queue.key: queue for queue in _TABLE}


def seen_by(user):
    """The queues of somebody's day."""
    return [queue for queue in _TABLE if user.has_perm(queue.may.name_in_full)]
