"""A change that a partner's list brings to a listing that is there."""

from django.db import transaction

from conditions.editorial import State

from ..models import Proposal
from ..models.roles import May
from .proposing import propose
from .rules import locked, reason, refuse_stale, require
from .writing import edit


def takes_changes(resource):
    """Whether an import may change it at once: a draft that nobody has checked with the provider. All else waits for a curator."""
    return resource.state == State.DRAFT and resource.checked_on is None


@transaction.atomic
def bring_change(*, resource, document, by, why, base, batch, source=""):
    """Edit a plain draft; propose the change of any other listing. Returns the `Proposal`, or None where it was edited. Raises Stale."""
    require(by, May.IMPORT)
    resource = locked(resource)
    if takes_changes(resource):
        edit(resource=resource, document=document, by=by, why=why, base=base, verb="import", source=source)
        return None
    refuse_stale(resource, base)
    return propose(
        origin=Proposal.Origin.IMPORT, resource=resource, document=document, by=by, batch=batch, note=f"{reason(why)} ({source})"[:4000]
    )
