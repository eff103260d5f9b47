from django.db import models
from django.utils.translation import gettext_lazy as _

from .lines import LinesField
from .resource import Resource
from .source import Source


class PhoneQuerySet(models.QuerySet):
    def public(self):
        """Numbers that somebody saw on a page that we cite, and that nobody found dead since; the others stay with the curators."""
        return self.filter(source__isnull=False, dead_on=None)


class Phone(models.Model):
    class Type(models.TextChoices):
        VOICE = "voice", _("Call")
        TEXT = "text", _("Text")
        TTY = "tty", _("TTY")
        FAX = "fax", _("Fax")

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="phones")
    number = models.CharField(max_length=200)
    label = models.CharField(max_length=500, blank=True)
    type = models.CharField(max_length=5, choices=Type, default=Type.VOICE)
    languages = LinesField()
    hours = models.CharField(max_length=500, blank=True)
    source = models.ForeignKey(
        Source, models.SET_NULL, null=True, blank=True, help_text=_("Without one the number is hidden from families.")
    )
    dead_on = models.DateField(
        null=True, blank=True, editable=False, help_text=_("The day on which a caller found it dead: hidden from families since.")
    )
    position = models.PositiveSmallIntegerField(default=0)

    objects = PhoneQuerySet.as_manager()

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.number

    @property
    def is_public(self):
        return self.source_id is not None and self.dead_on is None
