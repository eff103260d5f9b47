"""What people have done to conditions and their pages: the history, and edits that wait for a second person."""

from django.db import models

from .editorial import EditBase, RevisionBase, RevisionQuerySet, nobody_applies_their_own


class ConditionRevision(RevisionBase):
    condition = models.ForeignKey("conditions.Condition", models.PROTECT, related_name="revisions")

    objects = RevisionQuerySet.as_manager()

    class Meta(RevisionBase.Meta):
        constraints = [models.UniqueConstraint(fields=["condition", "number"], name="condition_revision_number_once")]

    def __str__(self):
        return f"{self.condition} #{self.number}: {self.verb}"


class ConditionEdit(EditBase):
    condition = models.ForeignKey("conditions.Condition", models.PROTECT, related_name="edits")

    class Meta(EditBase.Meta):
        constraints = [nobody_applies_their_own("nobody_applies_their_own_page_edit")]

    def __str__(self):
        return f"{self.condition}: {self.why}"
