from django.db import models

from conditions.editorial import RevisionBase, RevisionQuerySet

from .resource import Resource


class Revision(RevisionBase):
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="revisions")

    objects = RevisionQuerySet.as_manager()

    class Meta(RevisionBase.Meta):
        indexes = [
            models.Index(fields=["verb", "resource"], name="revision_verb"),
            models.Index(fields=["by", "at"], name="revision_by_day"),
            models.Index(fields=["-at", "-id"], name="revision_newest"),
        ]
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="revision_number_once")]

    def __str__(self):
        return f"{self.resource} #{self.number}: {self.verb}"
