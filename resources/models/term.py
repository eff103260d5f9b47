from django.db import models
from django.utils.translation import gettext_lazy as _


class Term(models.Model):
    """A word of a controlled vocabulary by which listings are found. A vocabulary is a facet."""

    class Vocabulary(models.TextChoices):
        NEED = "need", _("What you need")
        STAGE = "stage", _("Age")
        AUDIENCE = "audience", _("Who it is for")
        OFFER = "offer", _("What it offers")
        LANGUAGE = "language", _("Language")
        FORMAT = "format", _("How you reach it")
        COST = "cost", _("Cost")
        AREA = "area", _("State")

    vocabulary = models.CharField(max_length=10, choices=Vocabulary)
    slug = models.CharField(max_length=60)
    label = models.CharField(max_length=100)
    group = models.CharField(max_length=20, blank=True)
    definition = models.CharField(max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    needs = models.ManyToManyField("self", symmetrical=False, blank=True, help_text=_("The needs that an offer meets."))

    class Meta:
        ordering = ["vocabulary", "position", "label"]
        constraints = [
            models.UniqueConstraint(
                fields=["vocabulary", "slug"], name="term_once", violation_error_message=_("This vocabulary already has this word.")
            )
        ]

    def __str__(self):
        return self.label
