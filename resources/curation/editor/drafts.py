"""What a person typed and has not saved, kept so that a closed tab loses nothing; and who else is writing."""

from datetime import timedelta

from django.db import transaction
from django.http import QueryDict
from django.utils import timezone

from ...models import Draft
from ..sent import number
from . import rows

NOT_KEPT = {"csrfmiddlewaretoken", "do"}
TAB = ("tab", "seen")  # which page it was typed on, and the draft that was there when the page was made
CHANGES_TEXT = ("edit", "apply", "restore", "import", "merge", "unmerge")
LATELY = timedelta(minutes=30)


def typed(posted):
    """What was sent, without what is not content; the database holds no NUL."""
    made = QueryDict(mutable=True)
    for name, values in posted.lists():
        if name not in NOT_KEPT:
            made.setlist(name.replace("\x00", ""), [value.replace("\x00", "") for value in values])
    return made


@transaction.atomic
def keep(*, by, kind, listing, data, known):
    """Keep it as the person's one draft of this listing, or of a new one of this kind. None where another tab of theirs has kept one.

    `known`: theirs as it was read just now. Where it still is so, as nearly always, one query more is enough.
    """
    if is_elsewhere(known, data):
        return None
    values = {"data": dict(data.lists()), "base": number(data, "base")}
    owned = {"resource": listing, "by": by} if listing else {"resource": None, "by": by, "kind": kind}
    values |= {"kind": kind, "saved_at": timezone.now()}
    if known and Draft.objects.filter(pk=known.pk, saved_at=known.saved_at).update(**values):
        return Draft(**owned | values)
    if is_elsewhere(_of(kind, listing).filter(by=by).select_for_update(of=("self",)).first(), data):
        return None
    return Draft.objects.update_or_create(**owned, defaults=values)[0]


def is_ghost(*, by, listing, data):
    """Whether this was typed before the writer's own save, and came after it: kept, it would stand over what was saved."""
    base = number(data, "base")
    return bool(listing) and listing.revisions.filter(number__gt=base, by=by, verb="edit").exists()


def drop(*, by, kind, listing):
    _of(kind, listing).filter(by=by).delete()


def is_elsewhere(draft, data):
    """Whether the draft was typed on another page than `data`, and after that page was made: then neither may take the other's place."""
    return bool(draft) and draft.data.get("tab", [""])[0] != data.get("tab", "") and stamp(draft) != data.get("seen", "")


def stamp(draft):
    """By which a page says which draft it has seen."""
    return draft.saved_at.isoformat() if draft else ""


def mine_and_others(*, by, kind, listing):
    """The person's own draft, or None; and the drafts that others have of this listing."""
    if not listing:
        return _of(kind, None).filter(by=by).first(), []
    found = list(_of(kind, listing).select_related("by"))
    return next((one for one in found if one.by_id == by.pk), None), [one for one in found if one.by_id != by.pk]


def restored(draft):
    data = QueryDict(mutable=True)
    for name, values in draft.data.items():
        if name not in TAB:
            data.setlist(name, values)
    if "money-steps" in data:  # of before each step had a row
        rows.put("steps", data, data.pop("money-steps")[0].splitlines())
    return data


def saved_lately(revisions, by):
    """Of the latest revisions, those in which others changed the text a short while ago, since the person's own last change."""
    since, found = timezone.now() - LATELY, []
    for one in texts_of(revisions):
        if one.by_id == by.pk or one.at <= since:
            break
        found.append(one)
    return found


def texts_of(revisions):
    """Those that changed what the listing says: a check, a step or the loading of the starter catalogue does not."""
    return [one for one in revisions if one.verb in CHANGES_TEXT]


def _of(kind, listing):
    return Draft.objects.filter(resource=listing) if listing else Draft.objects.filter(resource=None, kind=kind)
