from django.db import models
from django.utils.translation import gettext_lazy as _

from conditions.editorial import RevisionBase, RevisionQuerySet

from .resource import Resource

# What a verb did, as the history tells it.
TOLD = {
    "create": _("Written as a draft"),
    "edit": _("Edited"),
    "apply": _("A waiting edit was applied"),
    "restore": _("An earlier revision was brought back"),
    "import": _("Imported from a file"),
    "submit": _("Submitted for review"),
    "send_back": _("Sent back to draft"),
    "publish": _("Published"),
    "retire": _("Retired"),
    "reopen": _("Reopened as a draft"),
    "check": _("Checked with the provider"),
    "load_draft": _("Loaded from the starter catalogue, as a draft"),
    "load_published": _("Loaded from the starter catalogue, and published"),
}


class Revision(RevisionBase):
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="revisions")

    objects = RevisionQuerySet.as_manager()

    class Meta(RevisionBase.Meta):
        indexes = [
            models.Index(fields=["verb", "resource"], name="revision_verb"),
            models.Index(fields=["by", "at"], name="revision_by_day"),
        ]
        constraints = [models.UniqueConstraint(fields=["resource", "number"], name="revision_number_once")]

    def __str__(self):
        return f"{self.resource} #{self.number}: {self.verb}"

    @property
    def told(self):
        return TOLD.get(self.verb) or self.verb.replace("_", " ").capitalize()
