"""Report a problem: a page of its own, without account, cookie, JavaScript or any address of the sender."""

from allauth.core import ratelimit
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from conditions.names import typed

from .models import Merge, ProblemReport, Resource


class ReportForm(forms.ModelForm):
    """`website` is a honeypot: people do not see it, programs fill it in."""

    honeypot = "website"
    website = forms.CharField(
        required=False, label=_("Leave this empty"), widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    class Meta:
        model = ProblemReport
        fields = ["problem", "message"]
        labels = {"problem": _("What is the problem?"), "message": _("Tell us more, if you like")}
        help_texts = {"message": _("Please leave out names, health details and anything that says who you are.")}
        widgets = {"problem": forms.RadioSelect, "message": forms.Textarea(attrs={"rows": 5, "maxlength": 2000})}
        error_messages = {"problem": {"required": _("Choose what the problem is")}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["problem"].choices = ProblemReport.Problem.choices
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # the page sets no cookie; see `report`
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("send", _("Send report")))


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
    if request.method != "POST":
        return render(request, "resources/report.html", {"form": ReportForm(), "listing": listing})
    if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
        raise PermissionDenied
    form = ReportForm(request.POST)
    if form.is_valid() and not form.cleaned_data["website"] and not ratelimit.consume(request, action="report"):
        form.add_error(
            None, _("Too many reports came from your network in the last hour. Please try again in an hour; your words are still below.")
        )
    if not form.is_valid():
        return render(request, "resources/report.html", {"form": form, "listing": listing}, status=400)
    if not form.cleaned_data["website"]:
        form.instance.resource, form.instance.page = listing, page
        form.save()
    return redirect(reverse("report_thanks") + (f"?listing={listing.slug}" if listing else ""))


def report_thanks(request):
    listing = Resource.objects.published().filter(slug=typed(request.GET.get("listing", ""))).first()
    return render(request, "resources/report_thanks.html", {"listing": listing})
