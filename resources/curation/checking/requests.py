"""Links sent to providers: made, reminded of, withdrawn, their answers recorded; and what checks wait for."""

from urllib.parse import quote

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from ... import workflow
from ...doors import only
from ...models import Check, CheckRequest, Resource
from ...models.roles import May

MOST = 50  # of a list
VERBS = {
    "remind": (workflow.remind, later("Noted: %(name)s was reminded today. The same link works for 30 days more.")),
    "withdraw": (workflow.withdraw, later("The link to %(name)s no longer works. You can make another.")),
    "record": (workflow.record_answer, later("The answer of %(name)s is recorded as a check of the day on which it came.")),
}


@only(May.CHECK)
@require_POST
def ask(request, pk):
    try:
        workflow.ask(resource=get_object_or_404(Resource, pk=pk), by=request.user)
    except workflow.Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, _("The link is made. Send it to the provider: the text below is ready to copy."))
    return redirect("desk", pk)


@only(May.CHECK)
@require_POST
def act(request, pk, verb):
    """Back to where the button was: the listing's desk, or the list of requests."""
    if verb not in VERBS:
        raise Http404
    one = get_object_or_404(CheckRequest.objects.select_related("resource"), pk=pk)
    carry_out, done = VERBS[verb]
    try:
        carry_out(request=one, by=request.user)
    except workflow.Refused as why:
        messages.error(request, str(why))
    else:
        messages.success(request, done % {"name": one.resource.name})
    return redirect("check_requests") if request.POST.get("back") == "list" else redirect("desk", one.resource_id)


@only(May.CHECK)
def requests(request):
    """What each list holds is one query, whatever its length."""
    sent = CheckRequest.objects.select_related("resource", "sent_by", "answer")
    asked = [
        ("remind", _("To remind"), _("No answer for three weeks. Send them the text once more."), sent.to_remind()),
        ("answered", _("Answered"), _("Decide on what they propose, then record the answer as a check."), sent.to_record()),
        (
            "silent",
            _("Silent twice"),
            _("Reminded, and no answer for three weeks more. Call; else ask an editor to retire it."),
            sent.to_review(),
        ),
        ("open", _("Sent, and still waiting"), "", sent.silent().exclude(pk__in=sent.to_remind()).exclude(pk__in=sent.to_review())),
    ]
    checks = Check.objects.select_related("resource", "by")
    found = [
        (_("Number dead"), _("Look for the right number, then call it."), checks.last_said(Check.Outcome.NUMBER_DEAD)),
        (_("Closed"), _("Make sure, then ask an editor to retire it."), checks.last_said(Check.Outcome.CLOSED)),
        (_("No answer"), _("Try again on another day."), checks.last_said(Check.Outcome.NO_ANSWER)),
    ]
    lists = [(name, heading, hint, [_ready(request, one) for one in rows[:MOST]]) for name, heading, hint, rows in asked]
    context = {"lists": lists, "found": [(heading, hint, rows[:MOST]) for heading, hint, rows in found], "most": MOST}
    return render(request, "work/checking/requests.html", context)


def _ready(request, one):
    """The request with its link and the text of an e-mail."""
    one.link = request.build_absolute_uri(one.get_absolute_url())
    one.subject, one.text = mail(one.resource, one.link)
    one.mailto = f"mailto:{quote(one.resource.email, safe='@')}?subject={quote(one.subject)}&body={quote(one.text)}"
    return one


def mail(listing, link):
    """Subject and text, to copy or to open in a mail program: the site itself sends no mail."""
    text = _(
        "Hello,\n\n"
        "Caregiver Finder is a free directory for families of people with neurological and rare conditions. "
        "It lists %(name)s.\n\n"
        "Would you please look through what families read about you? It takes five minutes, and you need no account:\n"
        "%(link)s\n\n"
        "The link works once, for 30 days. If you do not wish to be listed, you can say so there.\n\n"
        "Thank you!"
    )
    return _("Is this still right? Your listing with Caregiver Finder"), text % {"name": listing.name, "link": link}


def panel(request, listing):
    """What a listing's desk shows: its latest checks, and the link that is open or was answered last."""
    latest = listing.check_requests.select_related("sent_by", "answer").first()
    if latest:
        latest.resource = listing
        _ready(request, latest)
    return {"checks": listing.checks.select_related("by")[:5], "asked": latest, "phones": list(listing.phones.all())}
