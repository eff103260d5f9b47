"""Words that families hear from doctors, schools and offices, each with its plain word and its meaning."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..editorial import SourceBase


class GlossarySource(SourceBase):
    class Meta(SourceBase.Meta):
        constraints = [models.UniqueConstraint(fields=["key"], name="glossary_source_once")]


class GlossaryTerm(models.Model):
    """`forms`: other spellings and abbreviations, in the case in which they are written. A plural with -s needs none."""

    class Topic(models.TextChoices):
        MEDICAL = "medical", _("Medical words")
        SCHOOL = "school", _("School words")
        BENEFITS = "benefits", _("Money and insurance words")

    slug = models.SlugField(max_length=80, unique=True)
    term = models.CharField(max_length=200)
    forms = models.JSONField(default=list, blank=True, help_text=_('A list, such as ["MRI", "MRI scan"].'))
    plain = models.CharField(max_length=200, help_text=_("The plain word that a text can use in its place."))
    means = models.CharField(max_length=500, help_text=_("One or two plain sentences."))
    topic = models.CharField(max_length=10, choices=Topic, default=Topic.MEDICAL)
    source = models.ForeignKey(GlossarySource, models.PROTECT, null=True, blank=True, related_name="terms")
    loaded = models.CharField(max_length=64, blank=True, editable=False, help_text=_("Fingerprint of what the file last wrote."))

    class Meta:
        ordering = ["term"]

    def __str__(self):
        return self.term

    def get_absolute_url(self):
        return f"{reverse('glossary')}#word-{self.slug}"
