"""The sign-in log: Django and allauth tell of each sign-in and each failed try, at either step."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.signals import authentication_failed
from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed

from ..models import SignIn


def note_success(sender, request, user, **kwargs):
    """Told when every step is done; the last record says by what."""
    last = (get_authentication_records(request, user) or [{"method": ""}])[-1]
    user.sign_ins.create(succeeded=True, how=last.get("type", last["method"]))


def note_failure(sender, credentials, **kwargs):
    """A try for a name that nobody has is not kept."""
    name = str(credentials.get("username", "")).replace("\x00", "")
    people = get_user_model().objects.filter(username__iexact=name)[:2]  # as allauth reads a name
    if len(people) == 1:
        people[0].sign_ins.create(succeeded=False, how=SignIn.How.PASSWORD)


def note_failed_second_step(sender, user, authenticator, **kwargs):
    user.sign_ins.create(succeeded=False, how=authenticator.type)


def connect():
    user_logged_in.connect(note_success, dispatch_uid="note_sign_in")
    user_login_failed.connect(note_failure, dispatch_uid="note_failed_sign_in")
    authentication_failed.connect(note_failed_second_step, dispatch_uid="note_failed_second_step")
