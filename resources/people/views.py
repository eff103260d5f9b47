"""The pages of people: who works here, inviting somebody, helping somebody with their account."""

from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.contrib.admin.models import LogEntry
from django.contrib.auth.decorators import login_required
from django.contrib.auth.models import User
from django.contrib.auth.views import PasswordResetConfirmView
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_POST

from ..doors import only
from ..models.roles import May
from . import accounts
from .backend import SECOND_FACTORS
from .forms import InviteForm, WelcomeForm

NEWEST = 20


@login_required
def account(request):
    return render(request, "account/account.html")


class Welcome(PasswordResetConfirmView):
    """Where a link leads: choose a password, then sign in with it."""

    template_name = "account/welcome.html"
    form_class = WelcomeForm
    success_url = reverse_lazy("account_login")

    def get_user(self, uidb64):
        person = super().get_user(uidb64)
        return person if person and person.is_active else None

    def form_valid(self, form):
        messages.success(self.request, _("Your password is set. Sign in with it."))
        return super().form_valid(form)


def _people(by):
    secured = Authenticator.objects.filter(user=OuterRef("pk"), type__in=SECOND_FACTORS)
    return accounts.visible(by).prefetch_related("groups").annotate(secured=Exists(secured))


@only(May.INVITE)
def people(request):
    return render(request, "people/people.html", {"people": _people(request.user).order_by("-is_active", "last_name", "username")})


@only(May.INVITE)
def invite(request):
    form = InviteForm(request.POST if request.method == "POST" else None, by=request.user)
    if not form.is_valid():
        return render(request, "people/invite.html", {"form": form}, status=400 if form.is_bound else 200)
    person = accounts.invite(by=request.user, **form.cleaned_data)
    give_link(request, person)
    return redirect("person", person.pk)


@only(May.INVITE)
def person(request, pk):
    one = get_object_or_404(_people(request.user), pk=pk)
    verbs = {verb: not accounts.why_not(verb, by=request.user, person=one) for verb in DO}
    log = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(User), object_id=one.pk).select_related("user")
    context = {"person": one, "verbs": verbs, "sign_ins": one.sign_ins.all()[:NEWEST], "log": log[:NEWEST]}
    return render(request, "people/person.html", context)


@only(May.INVITE)
@require_POST
def act(request, pk, verb):
    one = get_object_or_404(accounts.visible(request.user), pk=pk)
    if verb not in DO:
        raise Http404
    try:
        DO[verb](request, one)
    except accounts.Refused as why:
        messages.error(request, str(why))
    return redirect("person", pk)


def give_link(request, person):
    """Shown once, to hand over in person or by a way you trust."""
    link = request.build_absolute_uri(accounts.link(person=person, by=request.user))
    text = _("Give %(name)s this link to choose a password. It works once, for three days:") % {"name": person.get_username()}
    messages.info(request, format_html('{} <a href="{}">{}</a>', text, link, link))


def _verb(carry_out, done):
    def do(request, person):
        carry_out(person=person, by=request.user)
        messages.success(request, done % {"name": person.get_username()})

    return do


DO = {
    accounts.LINK: give_link,
    accounts.DEACTIVATE: _verb(accounts.deactivate, later("%(name)s can no longer sign in.")),
    accounts.REACTIVATE: _verb(accounts.reactivate, later("%(name)s can sign in again.")),
    accounts.RESET: _verb(accounts.reset_second_factor, later("%(name)s is signed out and sets up a new second step at the next sign-in.")),
}
