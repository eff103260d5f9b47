from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .resource import Resource


class Edit(models.Model):
    """A draft document beside a published listing: the public rows change when a second person applies it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        APPLIED = "applied", _("Applied")
        DECLINED = "declined", _("Declined")

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="edits")
    document = models.JSONField(encoder=DjangoJSONEncoder)
    base = models.PositiveIntegerField(help_text=_("Number of the revision on which it was written."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["state", "at"], name="edit_queue")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("by")) | Q(state="declined"),
                name="nobody_applies_their_own_edit",
                violation_error_message=_("A second person applies an edit."),
            )
        ]

    def __str__(self):
        return f"{self.resource}: {self.why}"
