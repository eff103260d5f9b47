"""The public corrections log: what changed in listings that families had already seen, without the names of who changed it."""

import re

from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State

from . import document as documents
from .document.difference import difference
from .models import Proposal, Revision

MOST = 50
Origin = Proposal.Origin
# Verbs after which families may read something else than before.
SEEN = ("edit", "apply", "restore", "import", "retire", "age", "load_published")
TAKEN_DOWN = ("retire", "age")


_PROPOSED = re.compile(r"proposal \d+: (\w+)")
# How families read where a correction came from; a name is never part of it.
CAME_FROM = {
    Origin.READER: _("A reader told us."),
    Origin.PROVIDER: _("The provider told us."),
    Origin.IMPORT: _("A partner’s list told us."),
    Origin.LINK: _("Our check of links found it."),
}


def came_from(revision):
    proposed = _PROPOSED.fullmatch(revision.source)
    return CAME_FROM.get(proposed and proposed[1]) or (CAME_FROM[Origin.IMPORT] if revision.verb == "import" else _("Our own check."))


def corrections(request):
    revisions = Revision.objects.filter(verb__in=SEEN, number__gt=1, resource__state__in=(State.PUBLISHED, State.RETIRED))
    newest = list(revisions.select_related("resource").order_by("-at", "-pk")[:MOST])
    before = {
        (one.resource_id, one.number): one
        for one in Revision.objects.filter(resource__in={one.resource_id for one in newest}, number__in={one.number - 1 for one in newest})
    }
    log = [
        {"revision": one, "fields": _fields(before.get((one.resource_id, one.number - 1)), one), "came_from": came_from(one)}
        for one in newest
    ]
    return render(
        request, "about/corrections.html", {"log": [entry for entry in log if entry["fields"] or entry["revision"].verb in TAKEN_DOWN]}
    )


def _fields(before, after):
    """Names of the parts that changed, each once."""
    if before is None:
        return []
    changes = difference(documents.read(before.document), documents.read(after.document))
    return list(dict.fromkeys(change.label.partition(" › ")[0] for change in changes))
