"""What conditions and listings share in being edited: states, sources, revisions. Abstract only."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _

from . import verbs


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


class RevisionQuerySet(models.QuerySet):
    def write(self, *, document, verb, why, by=None, by_name="", source="", **owner):
        """Append the next step of a history. `owner` says whose: `resource=listing`. Call it inside the transaction of the change."""
        last = self.filter(**owner).aggregate(last=models.Max("number"))["last"] or 0
        return self.create(
            **owner,
            number=last + 1,
            document=document,
            verb=verb,
            by=by,
            by_name=by_name or (by.get_full_name() or by.get_username() if by else ""),
            why=why,
            source=source,
        )


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

    @property
    def told(self):
        """What this step did, in words."""
        return verbs.told(self.verb)


class EditBase(models.Model):
    """A draft document beside what is published: the public rows change when a second person applies it."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waits for a second person")
        APPLIED = "applied", _("Applied")
        DECLINED = "declined", _("Declined")

    document = models.JSONField(encoder=DjangoJSONEncoder)
    base = models.PositiveIntegerField(help_text=_("Number of the revision on which it was written."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    why = models.TextField()
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    class Meta:
        abstract = True
        ordering = ["-at", "-pk"]


def nobody_applies_their_own(name):
    return models.CheckConstraint(
        condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("by")) | models.Q(state="declined"),
        name=name,
        violation_error_message=_("A second person applies an edit."),
    )
