"""The forms of accounts: allauth's and Django's, in our words."""

from allauth.account import forms as account_forms
from allauth.core import context
from allauth.mfa import signals
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from ..models.roles import ROLES
from . import accounts

GOOD_PASSWORD = _("At least 8 characters, and not one that many people use. Three or four unrelated words are easy to keep.")
APP_CODE = _("The 6 digits that your app shows now.")
ANY_CODE = _("The 6 digits that your app shows now, or one of your recovery codes.")


class Plain:
    """Labels and hints in place of placeholders, which are gone as soon as somebody types."""

    labels: dict = {}
    hints: dict = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, field.help_text)
            if name == "code":
                field.widget.attrs["inputmode"] = "numeric"


class SignInForm(Plain, account_forms.LoginForm):
    pass


class ConfirmForm(Plain, account_forms.ReauthenticateForm):
    hints = {"password": ""}


class ChangePasswordForm(Plain, account_forms.ChangePasswordForm):
    labels = {"oldpassword": _("Current password"), "password1": _("New password"), "password2": _("New password again")}
    hints = {"oldpassword": "", "password1": GOOD_PASSWORD}


class WelcomeForm(Plain, SetPasswordForm):
    labels = {"new_password1": _("Password"), "new_password2": _("Password again")}
    hints = {"new_password1": GOOD_PASSWORD, "new_password2": ""}


class CodeForm(Plain, mfa_forms.AuthenticateForm):
    hints = {"code": ANY_CODE}


class ConfirmCodeForm(Plain, mfa_forms.ReauthenticateForm):
    hints = {"code": ANY_CODE}


class ActivateForm(Plain, totp_forms.ActivateTOTPForm):
    labels = {"code": _("Code")}
    hints = {"code": APP_CODE}


class AddPasskeyForm(Plain, webauthn_forms.AddWebAuthnForm):
    labels = {"name": _("Name of this key"), "passwordless": _("Sign in with this key alone")}
    hints = {
        "name": _("So that you can tell your keys apart: “My phone”."),
        "passwordless": _("It then asks for your fingerprint, your face or its PIN, and you need no password."),
    }


class PasskeyForm(webauthn_forms.AuthenticateWebAuthnForm):
    def clean_credential(self):
        """allauth tells the log of a wrong code, but not of a wrong key."""
        try:
            return super().clean_credential()
        except forms.ValidationError:
            wrong = Authenticator(user=self.user, type=Authenticator.Type.WEBAUTHN)
            signals.authentication_failed.send(sender=Authenticator, request=context.request, user=self.user, authenticator=wrong)
            raise


class OneSpelling:
    """Names differ by more than capitals, since sign-in does not tell them apart."""

    def clean_username(self):
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Somebody has this username already."))
        return name


class InviteForm(OneSpelling, forms.ModelForm):
    role = forms.ChoiceField(label=_("Role"), widget=forms.RadioSelect)

    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email"]
        help_texts = {"username": _("They sign in with it. Letters, digits and @ . + - _")}

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        roles = [role for role in ROLES if role in accounts.invitable(by)]
        self.fields["role"].choices = [(role, role) for role in roles]
        self.fields["role"].initial = roles[0] if len(roles) == 1 else None
