"""The pages of queues: look, choose, take; then one item after the other."""

from collections import Counter
from datetime import datetime

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ... import workflow
from ...doors import only
from ...models.roles import May
from . import errands, rows
from .forms import ActForm, NarrowForm, Show
from .table import QUEUES

IN_HAND = "item_in_hand"  # of the session: the queue through which somebody goes, the item that is open and where, those passed over
PLACES = "places_in_queues"  # of the session: queue → those passed over in it, so that another queue in between loses no place
FIVE = 5
MOST_PASSED = 500


def _queue(request, key):
    if key not in QUEUES:
        raise Http404
    if not request.user.has_perm(QUEUES[key].may.name_in_full):
        raise PermissionDenied
    return QUEUES[key]


@only(May.EDIT)
def queue(request, key):
    found = _queue(request, key)
    form = ActForm(request.POST if request.method == "POST" else None, by=request.user)
    if request.method == "POST" and _act(request, found, form):
        return redirect(request.get_full_path())
    narrow = NarrowForm(request.GET, queue=found)
    asked = rows.with_parts(narrow.rows(request.user), found).order_by(*found.order)
    page = Paginator(asked, rows.PAGE).get_page(request.GET.get("page"))
    context = {
        "queue": found,
        "form": form,
        "narrow": narrow,
        "page": page,
        "rows": rows.read(list(page), found),
        "ticked": request.POST.getlist("item"),
        "snoozed": narrow.cleaned_data.get("show") == Show.SNOOZED,
        "narrowed": any(narrow.cleaned_data.values()),
        "passed": len(begun(request).get(key, [])),
    }
    return render(request, "work/queues/queue.html", context, status=400 if form.errors else 200)


def _act(request, queue, form):
    """Carry out what was pressed; False where the form must be shown again."""
    verb = next((verb for verb in VERBS if verb in request.POST), "")
    one = request.POST.get(verb, "")
    sent = [one] if one else request.POST.getlist("item")
    items = [int(item) for item in sent if item.isascii() and item.isdigit() and len(item) < 19][: rows.PAGE]
    form.is_valid()
    form.needs(verb)
    if form.errors:
        return False
    errands.forget_lapsed(queue)
    if verb == "five":
        _claim_five(request, queue)
    elif verb:
        _each(request, queue, verb, items, form.cleaned_data)
    return True


def _claim_five(request, queue):
    if count := errands.claim_some(queue=queue, by=request.user, most=FIVE):
        messages.success(request, _yours(count) % {"n": count})
    else:
        messages.info(request, _("Nothing was claimed: somebody has each of these already, or nothing waits."))


def _each(request, queue, verb, items, answers):
    """A verb on each ticked item: what was done is said in one sentence, what was not in one for each reason."""
    carry_out, done = VERBS[verb]
    count, refused = 0, Counter()
    for item in items:
        try:
            carry_out(queue=queue, item=item, by=request.user, answers=answers)
        except workflow.Refused as refusal:
            refused[str(refusal)] += 1
        else:
            count += 1
    if not items:
        messages.error(request, _("Nothing was ticked: tick one row or more, then choose what to do with them."))
    elif count:
        messages.success(request, done(count) % {"n": count})
    for why, number in refused.items():
        messages.error(request, why if number == 1 else _("%(n)d items: %(why)s") % {"n": number, "why": why})


def _yours(n):
    return ngettext("%(n)d is yours. Press “Open the next” to begin.", "%(n)d are yours. Press “Open the next” to begin.", n)


def _plain(verb):
    return lambda *, answers, **which: verb(**which)


VERBS = {
    "five": None,
    "claim": (_plain(errands.claim), _yours),
    "release": (_plain(errands.release), lambda n: ngettext("%(n)d given back to the queue.", "%(n)d given back to the queue.", n)),
    "wake": (_plain(errands.wake), lambda n: ngettext("%(n)d is back in the queue.", "%(n)d are back in the queue.", n)),
    "snooze": (
        lambda *, answers, **which: errands.snooze(until=answers["until"], reason=answers["reason"], **which),
        lambda n: ngettext("%(n)d put off. You find it under “Snoozed”.", "%(n)d put off. You find them under “Snoozed”.", n),
    ),
    "assign": (
        lambda *, answers, **which: errands.assign(to=answers.get("to") or which["by"], **which),
        lambda n: ngettext("%(n)d assigned.", "%(n)d assigned.", n),
    ),
}


@only(May.EDIT)
def item(request, key, pk):
    """Open an item, and stay in its queue: the bar above its page leads to the next."""
    found = _queue(request, key)
    opened = found.items(request.user).filter(pk=pk).first()
    if opened is None:
        messages.info(request, _("It has left the queue: somebody has dealt with it."))
        return redirect("queue", key)
    if (request.session.get(IN_HAND) or {}).get("item") != [key, pk]:
        _take_in_hand(request, found, opened, passed=_let_go(request, key))
    return redirect(found.address(opened))


@only(May.EDIT)
@require_POST
def next_item(request, key):
    """Claim the next that is theirs or nobody's and open it: the first of all, or (`go_on`) of those not passed over in this sitting."""
    found = _queue(request, key)
    passed = _let_go(request, key)
    if "go_on" not in request.POST:
        passed = []
    own = set(errands.held_by(request.user, found).values_list("item", flat=True))
    pk = errands.claim_next(queue=found, by=request.user, passed=passed)
    if pk is None:
        request.session[PLACES] = {**begun(request), key: []}
        messages.info(request, _at_the_end(found, errands.open_to(request.user, found).filter(pk__in=passed).count()))
        return redirect("queue", key)
    opened = get_object_or_404(found.items(request.user), pk=pk)
    _take_in_hand(request, found, opened, passed, since=None if pk in own else errands.held_since(found, pk))
    return redirect(found.address(opened))


def _at_the_end(queue, passed):
    if not passed:
        return _("Nothing is left in “%(queue)s” that is yours or nobody’s.") % {"queue": queue.label}
    said = ngettext(
        "You have been through the whole queue. %(n)d was passed over: press “Open the next” to begin again.",
        "You have been through the whole queue. %(n)d were passed over: press “Open the next” to begin again.",
        passed,
    )
    return said % {"n": passed}


@only(May.EDIT)
@require_POST
def leave(request):
    """No longer go through a queue, one by one. The place in it is kept for this sitting."""
    _let_go(request)
    return redirect("work")


def begun(request):
    """`{queue: those passed over}` of the queues that were left in this sitting; nothing where none was passed over."""
    return request.session.get(PLACES) or {}


def _let_go(request, key=""):
    """Put down what is in hand: what `next` claimed and nobody touched is free again. Returns what was passed over in the queue `key`."""
    in_hand = request.session.pop(IN_HAND, None) or {}
    queue, item = in_hand.get("item", ("", None))
    if in_hand.get("since") and queue in QUEUES:
        errands.release_untouched(queue=QUEUES[queue], item=item, by=request.user, since=datetime.fromisoformat(in_hand["since"]))
    if in_hand:
        passed = in_hand["passed"] if queue == key else in_hand["passed"][:-1]  # what was open is the place to come back to
        request.session[PLACES] = {**begun(request), queue: passed}
    return begun(request).get(key, [])


def _take_in_hand(request, queue, row, passed, since=None):
    """`since`: when opening it claimed it. The bar stands on the pages below `addresses`."""
    listing = getattr(row, queue.listing) if queue.listing else None
    request.session[IN_HAND] = {
        "item": [queue.key, row.pk],
        "since": since.isoformat() if since else None,
        "addresses": [queue.address(row), *([reverse("desk", args=[listing.pk])] if listing else [])],
        "passed": [*passed, row.pk][-MOST_PASSED:],
    }
