"""A link by which a provider looks through its own listing: sent, reminded of, withdrawn, answered, recorded as a check."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.editorial import State

from .. import document as documents
from ..models import Check, CheckRequest, Proposal
from ..models.check_request import LIVES
from ..models.roles import May
from .checking import record_check
from .proposing import accept, propose
from .refusals import WrongStep
from .rules import locked, require

Said = CheckRequest.Said
OUTCOMES = {Said.CONFIRMS: Check.Outcome.CONFIRMED, Said.CORRECTS: Check.Outcome.CHANGED, Said.CLOSED: Check.Outcome.CLOSED}


@transaction.atomic
def ask(*, resource, by):
    """Make a link for the provider. One listing has one open link at most, so that there is one answer."""
    require(by, May.CHECK)
    resource = locked(resource)
    if resource.state == State.RETIRED:
        raise WrongStep(_("A retired listing has no self-check: reopen it first."))
    if resource.check_requests.open().exists():
        raise WrongStep(_("There is an open link already: send that one, or withdraw it first."))
    return CheckRequest.objects.create(resource=resource, sent_by=by, expires_at=timezone.now() + LIVES)


@transaction.atomic
def remind(*, request, by):
    """Note that the provider was reminded: the same link works for 30 days from now."""
    request = _open(request, by)
    if request.reminded_at:
        raise WrongStep(_("They were reminded already: call them, or withdraw the link."))
    request.reminded_at, request.expires_at = timezone.now(), timezone.now() + LIVES
    request.save(update_fields=["reminded_at", "expires_at"])


@transaction.atomic
def withdraw(*, request, by):
    """The link stops working."""
    request = _open(request, by)
    request.withdrawn_at = timezone.now()
    request.save(update_fields=["withdrawn_at"])


@transaction.atomic
def answer(*, request, said, document=None, base=None, whom="", note=""):
    """Keep a provider's answer as a proposal; its link then has done its work. Asks no permission: the link is the permission.

    `base`: the revision on which `document` was written.
    """
    request = _held(request)
    if not request.is_live:
        raise WrongStep(_("This link was used already, or its time is over."))
    is_closed = said == Said.CLOSED
    request.answer = propose(
        origin=Proposal.Origin.PROVIDER,
        resource=request.resource,
        document=None if is_closed else document,
        base=base,
        problem=Proposal.Problem.CLOSED if is_closed else "",
        note="\n".join(filter(None, [str(Said(said).label) + (f" ({whom})." if whom else "."), note])),
    )
    request.said, request.whom, request.answered_at = said, whom, timezone.now()
    request.save(update_fields=["answer", "said", "whom", "answered_at"])
    return request.answer


@transaction.atomic
def record_answer(*, request, by):
    """A provider's answer becomes a check of the day on which it came. Changes must be decided on first; the rest is accepted with it."""
    require(by, May.CHECK)
    request = _held(request)
    if request.answer is None or request.recorded_as:
        raise WrongStep(_("There is no answer that waits to be recorded."))
    _refuse_what_is_not_shown(request)
    if request.answer.state == Proposal.State.OPEN:
        accept(proposal=request.answer, by=by, why=_("Recorded as a check with the provider."))
    request.recorded_as = record_check(
        resource=request.resource,
        by=by,
        how=Check.How.FORM,
        outcome=OUTCOMES[request.said],
        whom=request.whom,
        note=request.answer.note,
        asked_at=request.answered_at,
        works=[phone.number for phone in documents.read(request.answer.document).phones] if request.said == Said.CONFIRMS else (),
    )
    request.save(update_fields=["recorded_as"])
    return request.recorded_as


def _refuse_what_is_not_shown(request):
    """A check says that what families read is right: so it must be what the provider saw, or has been corrected."""
    if request.answer.state == Proposal.State.DECLINED:
        raise WrongStep(_("This answer was declined: call the provider instead."))
    if request.said == Said.CORRECTS and request.answer.state == Proposal.State.OPEN:
        raise WrongStep(_("First decide on the changes that they propose; then record the answer."))
    if request.said == Said.CORRECTS and _lacking(request):
        raise WrongStep(_("Not all that they corrected is in the listing: write it in and have it applied, or call the provider."))
    if request.said == Said.CONFIRMS and documents.changed(documents.read(request.answer.document), documents.of(request.resource)):
        raise WrongStep(_("The listing says something else since they confirmed it: ask again, or call."))


def _lacking(request):
    """The fields of a provider's correction that families do not read so by now."""
    told, now = documents.read(request.answer.document), documents.of(request.resource)
    corrected = documents.changed(documents.at(request.resource, request.answer.base), told)
    return set(corrected) & set(documents.changed(now, told))


def _held(request):
    return CheckRequest.objects.select_for_update(of=("self",)).select_related("resource", "answer").get(pk=request.pk)


def _open(request, by):
    require(by, May.CHECK)
    request = _held(request)
    if request.answered_at or request.withdrawn_at:
        raise WrongStep(_("This link was answered or withdrawn meanwhile."))
    return request
