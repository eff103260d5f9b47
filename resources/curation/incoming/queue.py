"""What waits to be decided, oldest first, and what was decided."""

from django import forms
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.names import typed

from ...doors import only
from ...finder.query import query_with
from ...models import Proposal, ResourceKind
from ...models.roles import May
from .comparison import number_of_fields

PAGE = 50
LATE_AFTER = 14  # days: families still read what a report says is wrong
OPEN, DECIDED = "open", "decided"


class QueueForm(forms.Form):
    """What of the queue is asked for; what is unknown asks for nothing."""

    q = forms.CharField(label=_("Words"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    origin = forms.ChoiceField(label=_("From"), required=False, choices=[("", _("Anybody")), *Proposal.Origin.choices])
    kind = forms.ChoiceField(label=_("About"), required=False, choices=[("", _("Any kind")), *ResourceKind.choices])
    state = forms.ChoiceField(label=_("State"), required=False, choices=[(OPEN, _("Open")), (DECIDED, _("Decided"))])


def asked(query):
    """The proposals that a query asks for, in the order of work."""
    form = QueueForm(query)
    form.is_valid()
    answers, rows = form.cleaned_data, Proposal.objects.select_related("resource", "decided_by")
    if origin := answers.get("origin"):
        rows = rows.filter(origin=origin)
    if kind := answers.get("kind"):
        rows = rows.filter(Q(resource__kind=kind) | Q(resource=None, document__kind=kind))
    if words := typed(query.get("q", "")):
        named = Q(resource__name__icontains=words) | Q(resource=None, document__name__icontains=words)
        rows = rows.filter(named | Q(note__icontains=words) | Q(page__icontains=words))
    if answers.get("state") == DECIDED:
        return rows.filter(decided_at__isnull=False).order_by("-decided_at", "-pk")
    return rows.open().order_by("at", "pk")


def after(proposal, query):
    """The open proposal that comes next, of those that the query asks for; round to the oldest at the end."""
    waiting = asked(query).filter(state=Proposal.State.OPEN).order_by("at", "pk").exclude(pk=proposal.pk)
    later = Q(at__gt=proposal.at) | Q(at=proposal.at, pk__gt=proposal.pk)
    return waiting.filter(later).first() or waiting.first()


@only(May.DECIDE)
def proposals(request):
    page = Paginator(asked(request.GET).values_list("pk", flat=True), PAGE).get_page(request.GET.get("page"))
    found = Proposal.objects.select_related("resource", "decided_by").with_documents().in_bulk(list(page))
    now = timezone.now()
    rows = [{"proposal": one, "fields": number_of_fields(one), "days": (now - one.at).days} for one in map(found.get, page) if one]
    context = {"form": QueueForm(request.GET), "page": page, "rows": rows, "late_after": LATE_AFTER, "query": query_of(request)}
    return render(request, "work/incoming/queue.html", context | {"is_decided": request.GET.get("state") == DECIDED})


def query_of(request):
    """The queue's query, to come back to it and to go on in it."""
    return query_with(request.GET) if request.GET else ""
