from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State

from .resource import Resource

LONGEST_CHAIN = 50  # A into B, B into C, …: `workflow.merge` makes no circle, and this holds even if somebody else did


class MergeQuerySet(models.QuerySet):
    def standing(self):
        """Not undone."""
        return self.filter(undone_at=None)

    def of(self, listing):
        return self.filter(Q(loser=listing) | Q(winner=listing))

    def heir_of(self, slug):
        """The published listing into which the one of this slug went, at the end of the chain; None if there is none."""
        for _step in range(LONGEST_CHAIN):
            merge = self.standing().filter(loser__slug=slug).select_related("winner").first()
            if merge is None:
                return None
            if merge.winner.state == State.PUBLISHED:
                return merge.winner
            slug = merge.winner.slug
        return None


class Merge(models.Model):
    """One listing went into another. It keeps what it takes to undo that: the winner as it was, and what referred to the loser."""

    loser = models.ForeignKey(Resource, models.PROTECT, related_name="merges_into")
    winner = models.ForeignKey(Resource, models.PROTECT, related_name="merges_from")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField()
    loser_state = models.CharField(max_length=10, choices=State, help_text=_("Before the merge."))
    before = models.JSONField(encoder=DjangoJSONEncoder, help_text=_("The winner’s document before the merge."))
    number = models.PositiveIntegerField(help_text=_("The winner’s revision that the merge made."))
    moved = models.JSONField(default=list, help_text=_("What referred to the loser: `[{listing, field, before, after}, …]`."))
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    undone_at = models.DateTimeField(null=True, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["loser"], condition=Q(undone_at=None), name="merged_into_one"),
            models.CheckConstraint(condition=~Q(loser=models.F("winner")), name="merged_into_another"),
        ]

    def __str__(self):
        return f"{self.loser} → {self.winner}"
