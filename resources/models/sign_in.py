from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """Who signed in and how, and failed tries for a name that exists. No address is kept."""

    class How(models.TextChoices):
        """The last step of the way in; the values are allauth's own."""

        PASSWORD = "password", _("password")
        APP = "totp", _("code of an app")
        PASSKEY = "webauthn", _("passkey or security key")
        RECOVERY = "recovery_codes", _("recovery code")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField(auto_now_add=True)
    succeeded = models.BooleanField()
    how = models.CharField(max_length=20, choices=How.choices, blank=True)

    class Meta:
        verbose_name = _("sign-in")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.user}, {self.at:%Y-%m-%d %H:%M}"
