"""Two listings that are one: merged, and apart again; or kept apart for good."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.editorial import State

from .. import document as documents
from ..completeness import missing
from ..document.difference import difference
from ..models import DuplicatePair, Merge, Resource
from ..models.roles import May
from .refusals import NotAllowed, Refused, WrongStep
from .rules import latest, locked, reason, record, refuse_stale, require
from .second_person import two_persons
from .writing import edit

Pair = DuplicatePair.State


@transaction.atomic
def merge(*, winner, loser, document, by, why, base, loser_base):
    """`loser` goes into `winner`, which then says what `document` says. Returns the `Merge`, by which it can be undone.

    `base`, `loser_base`: the revisions of both on which this was chosen. Raises what `edit` raises.
    What referred to the loser now refers to the winner; checks, reports and history stay with the loser, which is retired.
    """
    require(by, May.MERGE)
    why = reason(why)
    winner, loser = _both(winner, loser)
    _refuse_unequal(winner, loser)
    refuse_stale(loser, loser_base)
    before = documents.of(winner)
    _write(winner, document, by, why, base, loser)
    made = Merge.objects.create(
        loser=loser,
        winner=winner,
        by=by,
        why=why,
        loser_state=loser.state,
        before=before.model_dump(mode="json"),
        number=latest(winner),
        moved=_move_references(loser, winner, by, why),
    )
    _set_state(loser, State.RETIRED, by, "merge", _("Merged into “%(name)s”. %(why)s") % {"name": winner.name, "why": why})
    _settle_pairs(winner, loser, by, why)
    return made


def _both(winner, loser):
    """Both rows, locked in the order of their keys, so that two people who merge at once do not wait for each other."""
    rows = {pk: locked(Resource(pk=pk)) for pk in sorted({winner.pk, loser.pk})}
    return rows[winner.pk], rows[loser.pk]


def _refuse_unequal(winner, loser):
    if winner.pk == loser.pk or winner.kind != loser.kind:
        raise WrongStep(_("Only two listings of one kind can be merged."))
    for one in (winner, loser):
        if one.state == State.RETIRED:
            raise WrongStep(_("“%(name)s” is retired: there is nothing to merge.") % {"name": one.name})
    if loser.state == State.PUBLISHED != winner.state:
        raise WrongStep(_("Families see “%(name)s”: let that one stay.") % {"name": loser.name})


def _write(winner, document, by, why, base, loser):
    """The chosen document, by the ordinary way of an edit. One that changes nothing needs no second person."""
    refuse_stale(winner, base)
    if document == (before := documents.of(winner)):
        record(winner, by, "merge", why)
        return
    if winner.state == State.PUBLISHED and (what := two_persons(before, document, documents.of(loser))):
        raise NotAllowed(
            _("%(what)s needs a second person. Edit “%(name)s” first and have it applied; then merge and keep all of its text.")
            % {"what": what, "name": winner.name}
        )
    edit(resource=winner, document=document, by=by, why=why, base=base, verb="merge", source=f"merged with {loser.slug}")


def _move_references(loser, winner, by, why):
    """Listings that name the loser in their document name the winner; each gets a revision. What `Merge.moved` keeps."""
    moved = []
    for listing in _referring(loser):
        document = documents.of(listing)
        field = f"{listing.kind}.{'provider' if loser.kind == 'organization' else 'therapies'}"
        named = documents.fields(document)[field]
        renamed = winner.slug if named == loser.slug else sorted({winner.slug if one == loser.slug else one for one in named})
        _write_field(listing, document, field, renamed, by, "merge", why)
        moved.append({"listing": listing.pk, "field": field, "before": named, "after": renamed})
    return moved


def _referring(loser):
    """Listings of any state whose documents name this one."""
    if loser.kind == "organization":
        ways = {"service__provider": loser.pk}, {"financialaid__provider": loser.pk}
    elif loser.kind == "therapy":
        ways = ({"service__therapies": loser.pk},)
    else:
        return []
    return [listing for way in ways for listing in Resource.objects.select_for_update(of=("self",)).filter(**way).order_by("pk")]


def _write_field(listing, document, field, value, by, verb, why):
    changed = documents.patched(document, {field: value})
    documents.save(changed, resource=listing, by=by, why=why, verb=verb, source=verb)


def _set_state(resource, state, by, verb, why):
    resource.state = state
    resource.save(update_fields=["state"])
    record(resource, by, verb, why)


def _settle_pairs(winner, loser, by, why):
    """The pair is answered, whoever found it; other questions about the loser are none any more."""
    first, second = sorted((winner, loser), key=lambda one: one.pk)
    answer = {"state": Pair.MERGED, "decided_by": by, "decided_at": timezone.now(), "why": why}
    DuplicatePair.objects.update_or_create(first=first, second=second, defaults=answer, create_defaults=answer | {"score": 0})
    DuplicatePair.objects.open().of(loser).delete()


@transaction.atomic
def unmerge(*, merge, by, why):
    """Undo a merge. Returns what has changed on the winner since, as `Change`s: then its text stays as it is, and the rest is undone.

    The loser is back at its own address, in the state that it had: but as a draft where families saw it and its text is another by now,
    which nobody has published. What had referred to it does so again.
    """
    require(by, May.MERGE)
    why = reason(why)
    merge = Merge.objects.select_for_update(of=("self",)).select_related("winner", "loser", "undone_by").get(pk=merge.pk)
    winner, loser = _both(merge.winner, merge.loser)
    _refuse_undoing(merge, winner)
    since = _changed_since(merge, winner)
    if not since and (before := documents.read(merge.before)) != documents.of(winner):
        edit(resource=winner, document=before, by=by, why=why, base=latest(winner), verb="unmerge", source=f"merge {merge.pk}")
    _set_state(loser, _state_again(merge, loser), by, "unmerge", why)
    _move_back(merge, by, why)
    merge.undone_by, merge.undone_at = by, timezone.now()
    merge.save(update_fields=["undone_by", "undone_at"])
    DuplicatePair.objects.of(winner).of(loser).update(state=Pair.OPEN, decided_by=None, decided_at=None, why="")
    return since


def _refuse_undoing(merge, winner):
    if merge.undone_at:
        raise WrongStep(_("This merge was undone already, by %(who)s.") % {"who": merge.undone_by})
    if later := winner.merges_into.standing().select_related("winner").first():
        raise WrongStep(
            _("“%(name)s” was itself merged into “%(other)s” later. Undo that merge first, then this one.")
            % {"name": winner.name, "other": later.winner.name}
        )


def _changed_since(merge, winner):
    """What the winner says now and did not right after the merge."""
    then = winner.revisions.get(number=merge.number)
    return difference(documents.read(then.document), documents.of(winner))


def _state_again(merge, loser):
    """Families see again only what they saw: a text changed since the merge is published as any other, by whoever may."""
    then, now = loser.revisions.filter(verb="merge", at__gte=merge.at).last(), documents.of(loser)
    is_another = then is None or documents.read(then.document) != now
    return State.DRAFT if merge.loser_state == State.PUBLISHED and (is_another or missing(now)) else merge.loser_state


def _move_back(merge, by, why):
    """What refers to the winner only since the merge; what somebody has changed since stays as they left it."""
    for one in merge.moved:
        listing = locked(Resource(pk=one["listing"]))
        document = documents.of(listing)
        if documents.fields(document).get(one["field"]) == one["after"]:
            _write_field(listing, document, one["field"], one["before"], by, "unmerge", why)


@transaction.atomic
def keep_apart(*, pair, by, why, are_branches=False):
    """These two are not one listing: never asked again. `are_branches`: of one organization, under the same name."""
    pair = _pair(pair, by)
    if pair.state != Pair.OPEN:
        raise WrongStep(_("This was already decided: %(state)s, by %(who)s.") % {"state": pair.get_state_display(), "who": pair.decided_by})
    pair.state, pair.decided_by, pair.decided_at = Pair.BRANCHES if are_branches else Pair.APART, by, timezone.now()
    pair.why = why.strip() if are_branches else reason(why)
    pair.save(update_fields=["state", "decided_by", "decided_at", "why"])


@transaction.atomic
def ask_again(*, pair, by):
    """Take back that two listings are kept apart."""
    pair = _pair(pair, by)
    if pair.state not in (Pair.APART, Pair.BRANCHES):
        raise WrongStep(_("Nothing was decided that could be taken back here."))
    pair.state, pair.decided_by, pair.decided_at, pair.why = Pair.OPEN, None, None, ""
    pair.save(update_fields=["state", "decided_by", "decided_at", "why"])


def _pair(pair, by):
    require(by, May.DECIDE)
    pair = DuplicatePair.objects.select_for_update(of=("self",)).select_related("decided_by").filter(pk=pair.pk).first()
    if pair is None:
        raise Refused(_("This pair is no longer in the queue: one of the two has changed."))
    return pair
