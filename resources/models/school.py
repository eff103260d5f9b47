from django.db import models
from django.utils.translation import gettext_lazy as _

from .lines import LinesField
from .resource import Resource
from .source import Source


class SchoolAccommodation(Resource):
    """A change in class, or a step of the law that leads to one."""

    class Form(models.TextChoices):
        ACCOMMODATION = "accommodation", _("Help in class")
        PROCEDURE = "procedure", _("Right or process")

    form = models.CharField(max_length=15, choices=Form)
    need_met = models.TextField()
    looks_like = LinesField(_("what it looks like in class"))
    how_to_ask = models.TextField()
    whom_to_ask = models.CharField(max_length=500)
    evidence_to_bring = LinesField()
    clock = models.CharField(max_length=500, blank=True, help_text=_("How long the school or agency has."))
    if_refused = models.TextField(blank=True)
    practice_is_ours = models.BooleanField(default=False, help_text=_("The law is sourced; what it looks like in class is our own."))


class LegalBasis(models.Model):
    school = models.ForeignKey(SchoolAccommodation, models.CASCADE, related_name="legal_basis")
    law = models.CharField(max_length=200)
    citation = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, help_text=_("Without one the citation is not shown."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "legal bases"
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.law} {self.citation}".strip()
