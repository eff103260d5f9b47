"""What allauth asks of the site."""

import base64
import hashlib
import time

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": later("The username or the password is not right."),
        "too_many_login_attempts": later("Too many tries that failed. Please wait five minutes."),
        "incorrect_password": later("The password is not right."),
        "enter_current_password": later("This is not your current password."),
    }

    def is_reauthentication_required(self, *, app, **kwargs):
        """Whoever signed in a moment ago is not asked again at once."""
        records = get_authentication_records(context.request, context.request.user)
        just_now = records and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
        return not just_now and super().is_reauthentication_required(app=app, **kwargs)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets encrypted by the site's key, so that a stolen backup opens no account."""

    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": later("This is not right, or was used already.")}

    def generate_authenticator_name(self, user, type):
        return _("Key %(number)s") % {"number": Authenticator.objects.filter(user=user, type=type).count() + 1}

    def encrypt(self, text):
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text):
        try:
            return _box().decrypt(encrypted_text.encode()).decode()
        except InvalidToken as changed:  # the site's key, and the earlier one was not kept
            raise ValidationError(_("Your second step cannot be read any more. Ask the staff to reset it.")) from changed


def _box():
    """Encrypts by the key of today; opens what earlier ones encrypted."""
    keys = (hashlib.sha256(b"second factor" + key.encode()).digest() for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in keys])
