from django.db import models
from django.utils.translation import gettext_lazy as _

from conditions.editorial import EditBase, nobody_applies_their_own

from .resource import Resource


class Edit(EditBase):
    """A draft document beside a published listing: the public rows change when a second person applies it."""

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="edits")

    source = models.CharField(max_length=500, blank=True, help_text=_("What the change came from, such as a proposal."))

    class Meta(EditBase.Meta):
        indexes = [models.Index(fields=["state", "at"], name="edit_queue")]
        constraints = [nobody_applies_their_own("nobody_applies_their_own_edit")]

    def __str__(self):
        return f"{self.resource}: {self.why}"
