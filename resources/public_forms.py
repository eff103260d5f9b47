"""Forms for everybody: without account, cookie, JavaScript or any address of the sender."""

from urllib.parse import urlsplit

from allauth.core import ratelimit
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _


class PublicForm(forms.Form):
    """`website` is a honeypot: people do not see it, programs fill it in.

    A form says `action`, the name of its rate limit (settings.ACCOUNT_RATE_LIMITS), `button`, and `too_many`, for whoever is over it.
    """

    honeypot = "website"
    website = forms.CharField(
        required=False, label=_("Leave this empty"), widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )
    action = ""
    button = _("Send")
    too_many = _("Too much came from your network in the last hour. Please try again in an hour; your words are still below.")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.helper = FormHelper()
        self.helper.disable_csrf = True  # the page sets no cookie; see `answer`
        self.helper.attrs = {"novalidate": True}
        self.helper.add_input(Submit("send", self.button))

    @property
    def is_from_a_program(self):
        return bool(self.cleaned_data[self.honeypot])


def refuse_foreign(request):
    """A form on another site is refused: these act on no login, and so need no token. Old browsers tell by `Origin`, or not."""
    sender = urlsplit(request.headers.get("Origin", "")).netloc
    own = "same-origin" if sender in ("", request.get_host()) else "cross-site"
    if request.headers.get("Sec-Fetch-Site", own) not in ("same-origin", "none"):
        raise PermissionDenied


def is_over_limit(request, action):
    """Counts one more of it from the sender's network."""
    return not ratelimit.consume(request, action=action)


def answer(request, form_class, *, template, context, keep, thanks):
    """Show the form, or hand what was sent to `keep(form)` and lead to the address `thanks`."""
    if request.method != "POST":
        return render(request, template, {"form": form_class(), **context})
    refuse_foreign(request)
    form = form_class(request.POST)
    if form.is_valid() and not form.is_from_a_program and is_over_limit(request, form.action):
        form.add_error(None, form.too_many)
    if not form.is_valid():
        return render(request, template, {"form": form, **context}, status=400)
    if not form.is_from_a_program:
        keep(form)
    return redirect(thanks)
