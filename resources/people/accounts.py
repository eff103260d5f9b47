"""What is done with somebody's account by others: each verb checks who may, and is logged with who did it."""

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import ADDITION, CHANGE, LogEntry
from django.contrib.auth.models import Group, User
from django.contrib.auth.signals import user_logged_out
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from ..models.roles import INVITES, ROLES

LINK, DEACTIVATE, REACTIVATE, RESET = "link", "deactivate", "reactivate", "reset"


class Refused(Exception):
    """Not carried out; the message says why and what to do."""


def invitable(by):
    """Names of the roles that somebody may give to a new person."""
    if by.is_superuser:
        return set(ROLES)
    return {role for group in by.groups.all() for role in INVITES.get(group.name, ())}


def visible(by):
    """The people whom somebody sees: a superuser is shown to superusers alone."""
    return User.objects.all() if by.is_superuser else User.objects.filter(is_superuser=False)


def why_not(verb, *, by, person):
    """Why somebody may not do this to an account; empty where they may."""
    if by == person:
        return _("This is your own account: ask somebody else on the staff.")
    runs_it = by.has_perm("auth.change_user") and (by.is_superuser or not person.is_superuser)
    roles = {group.name for group in person.groups.all()}
    invited_it = not person.has_usable_password() and not person.is_superuser and bool(roles) and roles <= invitable(by)
    if not (runs_it or (verb == LINK and invited_it)):
        return _("Your role does not allow this. Ask somebody on the staff.")
    if person.is_active == (verb == REACTIVATE):
        return _("The account is active already.") if person.is_active else _("The account is deactivated: reactivate it first.")
    return ""


@transaction.atomic
def invite(*, by, role, **fields):
    """A new person without a password: a link lets them choose one."""
    if role not in invitable(by):
        raise Refused(_("Your role does not allow this. Ask somebody on the staff."))
    person = User(is_staff=True, **fields)
    person.set_unusable_password()
    person.save()
    person.groups.add(Group.objects.get(name=role))
    _log(by, person, _("Invited as %(role)s.") % {"role": role}, ADDITION)
    return person


@transaction.atomic
def link(*, person, by):
    """The path at which somebody chooses a password. It works once, for three days."""
    _require(LINK, by, person)
    _log(by, person, _("Made a link to choose a password."))
    key = {"uidb64": urlsafe_base64_encode(force_bytes(person.pk)), "token": default_token_generator.make_token(person)}
    return reverse("password_reset_confirm", kwargs=key)


@transaction.atomic
def deactivate(*, person, by):
    """Ends every session at once, too: an inactive person is nobody to Django."""
    _require(DEACTIVATE, by, person)
    _set_active(person, False)
    _log(by, person, _("Deactivated."))


@transaction.atomic
def reactivate(*, person, by):
    _require(REACTIVATE, by, person)
    _set_active(person, True)
    _log(by, person, _("Reactivated."))


@transaction.atomic
def reset_second_factor(*, person, by):
    """For whoever lost phone and codes: signed out everywhere, they set up a new second step at the next sign-in."""
    _require(RESET, by, person)
    forget_second_factor(person, by)


def forget_second_factor(person, by):
    """Without asking who may: for the console."""
    Authenticator.objects.filter(user=person).delete()
    for session in UserSession.objects.filter(user=person):
        session.end()
    _log(by, person, _("Second step reset."))


def _require(verb, by, person):
    if reason := why_not(verb, by=by, person=person):
        raise Refused(reason)


def _set_active(person, active):
    person.is_active = active
    person.save(update_fields=["is_active"])


def _log(by, person, what, flag=CHANGE):
    LogEntry.objects.log_actions(by.pk, [person], flag, what, single_object=True)


def end_other_sessions(sender, request, user, **kwargs):
    """Whoever else got in before there was a second step is out."""
    for session in UserSession.objects.filter(user=user).exclude(session_key=request.session.session_key):
        session.end()


def forget_session(sender, request, **kwargs):
    """Its network address is kept no longer than the session."""
    UserSession.objects.filter(session_key=request.session.session_key).delete()


def connect():
    user_logged_out.connect(forget_session, dispatch_uid="forget_session")
    authenticator_added.connect(end_other_sessions, dispatch_uid="end_other_sessions")
