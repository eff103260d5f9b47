"""What every verb asks first, and what it leaves behind."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import document as documents
from ..models import Resource, Revision
from .refusals import NotAllowed, Refused, Stale, WrongStep

CHECK_EVERY = timedelta(days=365)


def latest(resource):
    """The number of the listing's latest revision; 0 where it has none."""
    return resource.revisions.values_list("number", flat=True).first() or 0


def require(user, may):
    if not (user.is_active and user.has_perm(may.name_in_full)):
        raise NotAllowed(_("Your role does not allow this. Ask an editor."))


def reason(why):
    """As it is kept: no database holds a NUL."""
    if not (kept := why.replace("\x00", "").strip()):
        raise Refused(_("Say why, in a few words: it is kept in the history."))
    return kept


def locked(resource):
    """The row as it is now, held until the transaction ends."""
    return Resource.objects.select_for_update().get(pk=resource.pk)


def refuse_stale(resource, base):
    """Raise Stale, naming who saved, where the listing is no longer at revision `base`."""
    last = resource.revisions.first()
    if last and last.number != base:
        who = {"who": last.by_name, "number": last.number}
        raise Stale(
            _("%(who)s saved this listing in between (revision %(number)s). Open it again to see the change, then repeat yours.") % who
        )


def role_of(user):
    """The role that a page names; the person's name stays in the history."""
    return user.groups.values_list("name", flat=True).first() or _("Staff")


def waiting(edit):
    """An edit of a listing or of a condition as it is now, held until the transaction ends. Raises WrongStep where it was decided."""
    edit = type(edit).objects.select_for_update(of=("self",)).select_related("by").get(pk=edit.pk)
    if edit.state != edit.State.WAITING:
        raise WrongStep(_("This edit was already decided: %(state)s.") % {"state": edit.get_state_display()})
    return edit


def decide(edit, state, by, why):
    edit.state, edit.decided_by, edit.decided_at, edit.reason = state, by, timezone.now(), why
    edit.save(update_fields=["state", "decided_by", "decided_at", "reason"])


def record(resource, by, verb, why):
    Revision.objects.write(resource=resource, document=documents.of(resource).model_dump(mode="json"), verb=verb, why=why, by=by)
