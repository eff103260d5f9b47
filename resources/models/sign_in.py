from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SignIn(models.Model):
    """Who signed in, and failed tries for a name that exists. No address is kept."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sign_ins")
    at = models.DateTimeField(auto_now_add=True)
    succeeded = models.BooleanField()

    class Meta:
        verbose_name = _("sign-in")
        ordering = ["-at", "-pk"]

    def __str__(self):
        return f"{self.user}, {self.at:%Y-%m-%d %H:%M}"
