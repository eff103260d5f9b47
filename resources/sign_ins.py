"""The sign-in log: Django tells of each sign-in and each failed try."""

from django.contrib.auth import get_user_model
from django.contrib.auth.signals import user_logged_in, user_login_failed


def note_success(sender, user, **kwargs):
    user.sign_ins.create(succeeded=True)


def note_failure(sender, credentials, **kwargs):
    """A try for a name that nobody has is not kept."""
    name = str(credentials.get("username", "")).replace("\x00", "")
    if person := get_user_model().objects.filter(username=name).first():
        person.sign_ins.create(succeeded=False)


def connect():
    user_logged_in.connect(note_success, dispatch_uid="note_sign_in")
    user_login_failed.connect(note_failure, dispatch_uid="note_failed_sign_in")
