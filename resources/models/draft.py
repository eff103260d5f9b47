from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .resource import Resource, ResourceKind


class Draft(models.Model):
    """What somebody typed into the editor and has not saved: it may be incomplete or wrong, and never touches the listing."""

    resource = models.ForeignKey(
        Resource, models.CASCADE, null=True, blank=True, related_name="drafts", help_text=_("Empty: a listing not made yet.")
    )
    kind = models.CharField(max_length=12, choices=ResourceKind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    base = models.PositiveIntegerField(default=0, help_text=_("Number of the revision on which it was written."))
    data = models.JSONField(help_text=_("The form as it was sent: each name with the values typed."))
    began_at = models.DateTimeField(auto_now_add=True)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["resource", "by"], condition=Q(resource__isnull=False), name="draft_once_a_listing"),
            models.UniqueConstraint(fields=["kind", "by"], condition=Q(resource=None), name="draft_once_a_new_kind"),
        ]

    def __str__(self):
        return f"{self.resource or self.get_kind_display()}: {self.by}"
