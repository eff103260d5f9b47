from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State

from .resource import Resource


class CheckQuerySet(models.QuerySet):
    def last_said(self, outcome):
        """Checks of published listings that ended so, after which nobody asked again."""
        later = Check.objects.filter(resource=OuterRef("resource")).filter(
            Q(asked_at__gt=OuterRef("asked_at")) | Q(asked_at=OuterRef("asked_at"), pk__gt=OuterRef("pk"))
        )
        return self.filter(~Exists(later), outcome=outcome, resource__state=State.PUBLISHED)


class Check(models.Model):
    """Somebody asked the provider. This alone moves a listing's checked-on date; an edit never does.

    The database refuses to change or delete one (see `resources/ledger.py`): what was wrong is put right by another.
    """

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
    at = models.DateTimeField(_("written down"), auto_now_add=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    how = models.CharField(max_length=10, choices=How)
    whom = models.CharField(max_length=200, blank=True, help_text=_("Their role, such as “front desk”."))
    outcome = models.CharField(max_length=15, choices=Outcome)
    number = models.CharField(max_length=200, blank=True, help_text=_("The phone number that is dead."))
    note = models.TextField(blank=True, help_text=_("What they said, and what changed."))

    objects = CheckQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(fields=["by", "at"], name="check_by_day"),
            models.Index(fields=["at"], name="check_day"),
            models.Index(fields=["outcome", "-asked_at"], name="check_outcome"),
        ]

    def __str__(self):
        return f"{self.resource}: {self.told}"

    @property
    def told(self):
        """How it ended, in words. One that names a number and found none dead takes back a slip."""
        is_slip = self.number and self.outcome == self.Outcome.NO_ANSWER
        return _("The number is not dead") if is_slip else self.get_outcome_display()

    @property
    def confirms(self):
        return self.outcome in (self.Outcome.CONFIRMED, self.Outcome.CHANGED)
