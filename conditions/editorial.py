"""What conditions and listings share in being edited: states, sources, revisions. Abstract only."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    DRAFT = "draft", _("Draft: not shown to families")
    IN_REVIEW = "in_review", _("In review: waits for a second person")
    PUBLISHED = "published", _("Published: families see it")
    RETIRED = "retired", _("Retired: no longer shown")


class OwnerKind(models.TextChoices):
    """Who owns a page that we cite: a reader weighs a seller's page differently."""

    GOVERNMENT = "government", _("Government")
    HOSPITAL = "hospital", _("Hospital or clinic")
    UNIVERSITY = "university", _("University")
    CHARITY = "charity", _("Charity")
    JOURNAL = "journal", _("Medical journal")
    COMPANY = "company", _("Company")
    LAW_FIRM = "law_firm", _("Law firm")
    NEWS = "news", _("News")
    REFERENCE = "reference", _("Reference work")
    INDIVIDUAL = "individual", _("A person's own page")
    OTHER = "other", _("Other")


class SourceBase(models.Model):
    """A page that somebody read, and what it supports."""

    key = models.SlugField(max_length=80)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=200)
    owner_kind = models.CharField(max_length=20, choices=OwnerKind)
    url = models.URLField(max_length=500, blank=True)
    published = models.CharField(max_length=500, blank=True, help_text=_("The page's own date, in words as precise as the page."))
    seen_on = models.DateField()
    supports = models.CharField(max_length=500, help_text=_("What was seen there. It supports only this."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True
        ordering = ["position", "pk"]

    def __str__(self):
        return f"{self.publisher}: {self.title}"


class RevisionBase(models.Model):
    """One step of a history. The database itself refuses to change or delete it (see `resources/ledger.py`)."""

    number = models.PositiveIntegerField()
    document = models.JSONField(encoder=DjangoJSONEncoder)
    verb = models.CharField(max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    by_name = models.CharField(max_length=200, help_text=_("As it was at the time, or the name of the load."))
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField()
    source = models.CharField(max_length=500, blank=True)

    class Meta:
        abstract = True
        ordering = ["-number"]
