"""A provider looks through its own listing by a link: no account, no cookie, no JavaScript. Opening it uses nothing up; the answer does."""

from django import forms
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from conditions.editorial import State

from ... import document as documents
from ... import workflow
from ...models import CheckRequest
from ...public_forms import is_over_limit, refuse_foreign
from . import answers

Said = CheckRequest.Said
PLACE = "/verify/"  # what a report of a problem with the page may name: never the token


class VerifyForm(answers.AnswersForm):
    """`topic` is a honeypot: people do not see it, programs fill it in. (`website` is a part of the listing.)"""

    honeypot = "topic"
    confirm = later("This is right: you may show it to families")
    said = forms.ChoiceField(
        label=later("How is it?"),
        choices=[
            (Said.CONFIRMS, later("All of this is right")),
            (Said.CORRECTS, later("Some of it has changed: I corrected it above, or say it below")),
            (Said.CLOSED, later("We have closed, or do not wish to be listed")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": later("Choose one of the three answers")},
    )
    note = forms.CharField(
        label=later("Anything else we should know?"),
        max_length=2_000,
        required=False,
        widget=forms.Textarea({"rows": 4, "maxlength": 2_000}),
    )
    whom = forms.CharField(
        label=later("Your role"),
        max_length=100,
        required=False,
        help_text=later("Such as “front desk” or “director”. We do not need your name."),
    )
    topic = forms.CharField(
        required=False, label=later("Leave this empty"), widget=forms.TextInput({"tabindex": "-1", "autocomplete": "off"})
    )

    def clean(self):
        cleaned = super().clean()
        if not all(name in self.data for name in self.names):  # an empty box is sent too: one that is missing was not emptied
            self.add_error(None, _("Part of the form did not arrive. Please open your link again, and send it from there."))
        if cleaned.get("said") == Said.CORRECTS and not self.changes and not cleaned.get("note"):
            self.add_error("note", _("Say what has changed: correct it above, or write it here."))
        return cleaned

    @property
    def answer(self):
        """What they said. Whoever corrected something and then calls all of it right means: right as corrected."""
        said = self.cleaned_data["said"]
        return Said.CORRECTS if said == Said.CONFIRMS and self.changes else said

    @property
    def is_read_anew(self):
        """Whether they call right what says something else by now."""
        return self.answer == Said.CONFIRMS and self.seen != self.base and bool(documents.changed(self.document, self.now))

    @property
    def boxes(self):
        """`[(box, box of the tick)]`: what families read, and what waits to be confirmed."""
        names = [*self.names, *(name for name in self.fields if name.startswith("phone_") and not name.endswith("_confirmed"))]
        return [(self[name], self[f"{name}_confirmed"] if f"{name}_confirmed" in self.fields else None) for name in names]

    @property
    def rest(self):
        return [self[name] for name in ("said", "note", "whom", "topic")]


@never_cache
@csrf_exempt
def verify(request, token):
    """Acts on no login, so it needs no token of a form. The address is a key: it is passed on to no page, this site's own least of all."""
    response = _verified(request, token)
    response["Referrer-Policy"] = "strict-origin"  # no-referrer would make browsers send the form with `Origin: null`
    return response


def _verified(request, token):
    one = CheckRequest.objects.of_token(token)
    if one is None or not one.is_live:
        return _over(request, one)
    if request.method != "POST":
        return _page(request, one, answers.of(one.resource, VerifyForm))
    refuse_foreign(request)
    form = answers.of(one.resource, VerifyForm, request.POST)
    if not form.is_valid():
        return _page(request, one, form)
    if form.cleaned_data["topic"]:
        return redirect("verify_thanks")
    if form.overtaken or form.is_read_anew:
        return _page(request, one, form.on_what_is_now(), _("The listing was changed while you read it. Please look through it once more."))
    if is_over_limit(request, "verify"):
        busy = _("Too many answers came from your network in the last hour. Please try again in an hour; your words are still below.")
        return _page(request, one, form, busy)
    return _answered(request, one, form)


def _answered(request, one, form):
    asked = form.cleaned_data
    try:
        told = form.patched or form.now
        workflow.answer(request=one, said=form.answer, document=told, base=form.base, whom=asked["whom"], note=asked["note"])
    except workflow.WrongStep:  # somebody else answered or withdrew it at the same moment
        return _over(request, one)
    return redirect("verify_thanks")


def _page(request, one, form, problem=""):
    if problem:
        form.add_error(None, problem)
    context = {"form": form, "listing": one.resource, "request_for_check": one, "path_to_report": PLACE}
    return render(request, "verify/verify.html", context, status=400 if form.is_bound else 200)


def _over(request, one):
    """A link that never worked, or no longer does. Of a listing it tells no more than everybody may read."""
    listing = one.resource if one and one.resource.state == State.PUBLISHED else None
    return render(
        request, "verify/over.html", {"listing": listing, "is_known": one is not None, "path_to_report": PLACE}, status=410 if one else 404
    )
