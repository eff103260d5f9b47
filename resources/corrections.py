"""The public corrections log: what changed in what families had already read, without the names of who changed it."""

import re
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions import document as pages
from conditions.editorial import State
from conditions.models import ConditionRevision
from conditions.verbs import PUBLISHING, UNSEEN

from . import document as documents
from .curation.condition_pages.differences import differences
from .document.difference import difference
from .models import Merge, Proposal, Revision

MOST = 50
NOT_FOUND = (State.DRAFT, State.IN_REVIEW)  # yet, or again: whoever publishes it decides what it says
OF_A_PAGE = ("apply", "retire")  # by these alone changes what families read of a condition
Origin = Proposal.Origin

_PROPOSED = re.compile(r"proposal \d+: (\w+)(; edit \d+ by .*)?")  # the edit: where it waited for a second person
# How families read where a correction came from; a name is never part of it.
CAME_FROM = {
    Origin.READER: later("A reader told us."),
    Origin.PROVIDER: later("The provider told us."),
    Origin.IMPORT: later("A partner’s list told us."),
    Origin.LINK: later("Our check of links found it."),
}
OWN = {
    "import": CAME_FROM[Origin.IMPORT],
    "restore": later("Taken back: an earlier text stands again."),
    "number_dead": later("Our own check."),
    "retire": later("Our own decision."),
    "merge": later("Our own decision."),
    "unmerge": later("Our own decision."),
    "age": "",
}


@dataclass
class Entry:
    at: datetime
    about: Any  # a listing or a condition
    said: str
    came_from: str = ""
    other: Any = None  # the listing in whose place this one stood

    @property
    def is_shown(self):
        return State.PUBLISHED in (getattr(self.about, "state", ""), getattr(self.about, "page_state", ""))


def came_from(revision):
    proposed = _PROPOSED.fullmatch(revision.source)
    return CAME_FROM.get(proposed and proposed[1]) or OWN.get(revision.verb, _("Our own edit."))


def corrections(request):
    found = sorted(chain(_of_listings(), _of_pages()), key=lambda entry: entry.at, reverse=True)
    return render(request, "about/corrections.html", {"log": found[:MOST]})


def _of_listings():
    """What was done to listings after families had first seen them."""
    earlier = Revision.objects.filter(resource=OuterRef("resource"))
    before = Subquery(earlier.filter(number=OuterRef("number") - 1).values("document")[:1])
    shown = Exists(earlier.filter(number__lt=OuterRef("number"), verb__in=PUBLISHING))
    # What is excluded asks no index: so the newest are read in their own order, and no more of them than needed.
    rows = Revision.objects.filter(shown).exclude(verb__in=UNSEEN).exclude(resource__state__in=NOT_FOUND)
    rows = rows.select_related("resource").annotate(before=before)
    newest = list(rows.order_by("-at", "-pk")[:MOST])
    merged = Merge.objects.filter(loser__in={one.resource_id for one in newest}, loser_state=State.PUBLISHED).select_related("winner")
    merges = list(merged.order_by("-at"))
    for one in newest:
        labels = _changed(one)
        merge = None if labels else next((merge for merge in merges if _was_of(merge, one)), None)
        if said := _said(one.verb, labels, merge):
            yield Entry(one.at, one.resource, said, came_from(one), merge and merge.winner)


def _changed(revision):
    """Names of the parts that changed, each once."""
    if revision.before is None:
        return []
    changes = difference(documents.read(revision.before), documents.read(revision.document))
    return list(dict.fromkeys(change.label.partition(" › ")[0] for change in changes))


def _was_of(merge, revision):
    """Whether this step took the listing away into another, or brought it back. Its row is written after the merge's and before its end."""
    if merge.loser_id != revision.resource_id or merge.at > revision.at:
        return False
    is_over = merge.undone_at is not None and merge.undone_at < revision.at
    return not is_over and (revision.verb == "merge" or (revision.verb == "unmerge" and merge.undone_at is not None))


def _said(verb, labels, merge):
    """What happened, in plain words; empty where families read the same as before."""
    if merge:
        return _("Taken down: it is the same as") if verb == "merge" else _("Shown again: it is not the same as")
    match verb:
        case "retire":
            return _("Taken down.")
        case "age":
            return _("Taken down: not confirmed for too long.")
        case "number_dead":
            return _("A phone number that no longer works is not shown any more.")
    return _("Changed: %(fields)s.") % {"fields": ", ".join(labels)} if labels else ""


def _of_pages():
    """What was changed on condition pages while families read them."""
    earlier = ConditionRevision.objects.filter(condition=OuterRef("condition"), number=OuterRef("number") - 1)
    rows = ConditionRevision.objects.filter(verb__in=OF_A_PAGE).exclude(condition__page_state__in=NOT_FOUND)
    for one in rows.select_related("condition").annotate(before=Subquery(earlier.values("document")[:1])).order_by("-at", "-pk")[:MOST]:
        changes = differences(pages.read(one.before), pages.read(one.document)) if one.before else []
        if said := _said(one.verb, [change.label for change in changes], None):
            yield Entry(one.at, one.condition, said, came_from(one))
