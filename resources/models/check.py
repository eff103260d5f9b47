from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .resource import Resource


class Check(models.Model):
    """Somebody asked the provider. This alone moves a listing's checked-on date; an edit never does."""

    class How(models.TextChoices):
        CALL = "call", _("By phone")
        EMAIL = "email", _("By e-mail")
        FORM = "form", _("By the provider's own form or link")
        VISIT = "visit", _("In person")

    class Outcome(models.TextChoices):
        CONFIRMED = "confirmed", _("Confirmed: all of it is right")
        CHANGED = "changed", _("Confirmed, with changes")
        NO_ANSWER = "no_answer", _("No answer")
        NUMBER_DEAD = "number_dead", _("The number is dead")
        CLOSED = "closed", _("It has closed")

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="checks")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    how = models.CharField(max_length=10, choices=How)
    outcome = models.CharField(max_length=15, choices=Outcome)
    note = models.TextField(blank=True, help_text=_("Whom you asked, and what changed."))

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["by", "at"], name="check_by_day"), models.Index(fields=["at"], name="check_day")]

    def __str__(self):
        return f"{self.resource}: {self.get_outcome_display()}"

    @property
    def confirms(self):
        return self.outcome in (self.Outcome.CONFIRMED, self.Outcome.CHANGED)
