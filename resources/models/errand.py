from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

HELD_FOR = timedelta(days=7)  # then a claim lapses by itself: whoever is away blocks nobody


class ErrandQuerySet(models.QuerySet):
    def held(self):
        """Claimed, and not lapsed."""
        return self.filter(holder__isnull=False, held_since__gt=timezone.now() - HELD_FOR)

    def snoozed(self):
        return self.filter(snoozed_until__gt=timezone.localdate())

    def lapsed(self):
        """Neither held nor snoozed. The rows themselves are asked, so that one claimed meanwhile is none of them."""
        unheld = Q(holder=None) | Q(held_since__lte=timezone.now() - HELD_FOR)
        return self.filter(unheld, Q(snoozed_until=None) | Q(snoozed_until__lte=timezone.localdate()))


class Errand(models.Model):
    """Who takes care of an item of a queue, or until when nobody shall. A note beside the item, never a part of it.

    Written by `resources/curation/queues/errands.py` alone. `item` is a row's id in the table that the queue lists.
    """

    queue = models.CharField(max_length=30)
    item = models.BigIntegerField()
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="errands")
    held_since = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True)
    snoozed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    objects = ErrandQuerySet.as_manager()

    class Meta:
        ordering = ["queue", "item"]
        constraints = [
            models.UniqueConstraint(fields=["queue", "item"], name="errand_once_an_item"),
            models.CheckConstraint(
                condition=Q(holder=None, held_since=None) | Q(holder__isnull=False, held_since__isnull=False),
                name="errand_is_held_since_a_time",
            ),
            models.CheckConstraint(
                condition=Q(snoozed_until=None) | ~Q(reason="") & Q(snoozed_by__isnull=False), name="errand_sleeps_for_a_reason"
            ),
        ]

    def __str__(self):
        return f"{self.queue} {self.item}"

    @property
    def is_held(self):
        return bool(self.holder_id and self.held_since and self.held_since > timezone.now() - HELD_FOR)

    @property
    def is_snoozed(self):
        return bool(self.snoozed_until and self.snoozed_until > timezone.localdate())
