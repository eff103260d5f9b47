from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .resource import Resource


class DuplicatePairQuerySet(models.QuerySet):
    def open(self):
        """Waiting for a person, the most alike first."""
        return self.filter(state=DuplicatePair.State.OPEN).select_related("first", "second")

    def decided(self):
        """By whom and why; the latest first."""
        return self.exclude(state=DuplicatePair.State.OPEN).select_related("first", "second", "decided_by").order_by("-decided_at", "-pk")

    def of(self, listing):
        return self.filter(Q(first=listing) | Q(second=listing))


class DuplicatePair(models.Model):
    """Two listings that may be one. Found by `manage.py find_duplicates`, decided by a person, and then never asked again."""

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        APART = "apart", _("Not duplicates")
        BRANCHES = "branches", _("Branches of one organization")
        MERGED = "merged", _("Merged")

    first = models.ForeignKey(Resource, models.CASCADE, related_name="+", help_text=_("The older of the two."))
    second = models.ForeignKey(Resource, models.CASCADE, related_name="+")
    score = models.PositiveSmallIntegerField(help_text=_("0 to 100, see docs/curating.md."))
    reasons = models.JSONField(default=list, help_text=_("What speaks for and against: `[[what, the shared thing, points], …]`."))
    found_at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    why = models.TextField(blank=True)

    objects = DuplicatePairQuerySet.as_manager()

    class Meta:
        ordering = ["-score", "pk"]
        indexes = [models.Index(fields=["state", "-score"], name="duplicate_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"),
            models.UniqueConstraint(fields=["first", "second"], name="duplicate_pair_once"),
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None)
                | ~Q(state="open") & Q(decided_by__isnull=False, decided_at__isnull=False),
                name="duplicate_pair_is_open_or_decided",
            ),
        ]

    def __str__(self):
        return f"{self.first} / {self.second}"
