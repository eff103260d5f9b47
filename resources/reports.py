"""Report a problem: a page of its own. A report is a proposal without a document."""

from django import forms
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from conditions.names import typed

from . import workflow
from .models import Merge, Proposal, Resource
from .public_forms import PublicForm, answer


class ReportForm(PublicForm):
    problem = forms.ChoiceField(
        label=_("What is the problem?"),
        choices=Proposal.Problem.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what the problem is")},
    )
    message = forms.CharField(
        label=_("Tell us more, if you like"),
        required=False,
        max_length=4000,  # the browser counts to 2,000, each in its own way
        help_text=_("Please leave out names, health details and anything that says who you are."),
        widget=forms.Textarea(attrs={"rows": 5, "maxlength": 2000}),
    )
    field_order = ["problem", "message", "website"]
    action = "report"
    button = _("Send report")
    too_many = _("Too many reports came from your network in the last hour. Please try again in an hour; your words are still below.")


def _listing(slug):
    """The published listing of this slug, or the one into which it was merged."""
    listing = Resource.objects.published().filter(slug=slug).first() or Merge.objects.heir_of(slug)
    if listing is None:
        raise Http404("There is no published listing of this name.")
    return listing


@never_cache
@csrf_exempt
def report(request):
    """Acts on no login, so it needs no token; a form on another site is refused by `Sec-Fetch-Site`."""
    listing = _listing(typed(request.GET["listing"])) if request.GET.get("listing") else None
    page = request.GET.get("page", "").replace("\x00", "")[:200]

    def keep(form):
        said = {"problem": form.cleaned_data["problem"], "note": form.cleaned_data["message"], "page": page}
        workflow.propose(origin=Proposal.Origin.READER, resource=listing, **said)

    thanks = reverse("report_thanks") + (f"?listing={listing.slug}" if listing else "")
    return answer(request, ReportForm, template="resources/report.html", context={"listing": listing}, keep=keep, thanks=thanks)


def report_thanks(request):
    listing = Resource.objects.published().filter(slug=typed(request.GET.get("listing", ""))).first()
    return render(request, "resources/report_thanks.html", {"listing": listing})
