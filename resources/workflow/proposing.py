"""What comes from outside: proposed by anybody, decided by a curator. Nothing proposed is live."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Proposal
from ..models.roles import May
from .refusals import WrongStep
from .rules import latest, reason, require
from .writing import create, edit

State = Proposal.State


@transaction.atomic
def propose(*, origin, resource=None, document=None, base=None, **said):
    """Keep what was proposed. `said`: `note`, `problem`, `page`, `batch`, `by`. Asks no permission: the door it came by does.

    `base`: the revision on which the document was written; None: the latest.
    """
    data = document.model_dump(mode="json") if document else None
    if base is None:
        base = latest(resource) if resource else 0
    return Proposal.objects.create(origin=origin, resource=resource, document=data, base=base, **said)


@transaction.atomic
def accept(*, proposal, by, why, document=None, base=0, partly=False):
    """Carry out a proposal: all, or as much of it as `document` holds, written on revision `base`.

    Without a document it is only marked as looked into. Returns the listing, if there is one.
    Raises what `create` and `edit` raise; what takes two persons waits for the second as any edit does.
    """
    proposal = _open(proposal, by)
    source = f"proposal {proposal.pk}: {proposal.origin}"  # the corrections log reads it
    if document and proposal.resource:
        edit(resource=proposal.resource, document=document, by=by, why=why, base=base, source=source)
    elif document:
        proposal.resource = create(document=document, by=by, why=why, source=source)
    _decide(proposal, State.PARTLY if partly else State.ACCEPTED, by, reason(why))
    return proposal.resource


@transaction.atomic
def turn_down(*, proposal, by, why, ground=""):
    """Leave a proposal uncarried, with a reason. `ground`: a `Proposal.Ground`, by which a later one like it finds this decision."""
    proposal = _open(proposal, by)
    proposal.ground = ground
    _decide(proposal, State.DECLINED, by, reason(why))


def _open(proposal, by):
    require(by, May.DECIDE)
    proposal = Proposal.objects.select_for_update(of=("self",)).select_related("resource").get(pk=proposal.pk)
    if proposal.state != State.OPEN:
        who = {"state": proposal.get_state_display(), "who": proposal.decided_by or _("nobody")}
        raise WrongStep(_("This was already decided: %(state)s, by %(who)s.") % who)
    return proposal


def _decide(proposal, state, by, why):
    proposal.state, proposal.decided_by, proposal.decided_at, proposal.reason = state, by, timezone.now(), why
    proposal.save(update_fields=["state", "decided_by", "decided_at", "ground", "reason", "resource"])
