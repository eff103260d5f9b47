"""A partner's spreadsheets: what they sent, how it was read, and what became of each row."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .import_batch import ImportBatch
from .proposal import Proposal
from .resource import Resource


class Partner(models.Model):
    """Whoever sends us lists. What their columns mean is remembered by the heading's text."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    mapping = models.JSONField(
        default=dict, blank=True, help_text=_("What each heading means: its name in our words, or empty to leave it out.")
    )
    constants = models.JSONField(default=dict, blank=True, help_text=_("What holds for all of their rows."))

    class Meta:
        ordering = ["name"]

    def __str__(self):
        return self.name


class Spreadsheet(models.Model):
    """An uploaded file. Its bytes lie in the row itself until it is decided or 30 days old: no folder, and nothing that could run."""

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="spreadsheets")
    name = models.CharField(max_length=200)
    content = models.BinaryField(null=True)
    encoding = models.CharField(max_length=20, blank=True, help_text=_("Empty for a workbook."))
    delimiter = models.CharField(max_length=1, blank=True)
    heading_row = models.PositiveIntegerField(default=1)
    mapping = models.JSONField(default=list, help_text=_("Heading and what it means, of each column."))
    constants = models.JSONField(default=dict)
    notes = models.JSONField(default=list)
    batch = models.OneToOneField(ImportBatch, models.PROTECT, null=True, blank=True, related_name="spreadsheet")
    counts = models.JSONField(default=dict, help_text=_("Rows by outcome, as previewed."))
    vanished = models.JSONField(default=list, help_text=_("Rows of earlier files that this one lacks."))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    why = models.CharField(max_length=500, blank=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    done = models.PositiveIntegerField(default=0, help_text=_("How many rows have been carried out."))
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_at=None, finished_at=None) | Q(confirmed_at__isnull=False, batch__isnull=False),
                name="only_a_previewed_spreadsheet_is_confirmed",
            )
        ]

    def __str__(self):
        return f"{self.partner}: {self.name}"

    @property
    def good(self):
        """How many rows a confirmation carries out: all but the bad ones."""
        return sum(number for outcome, number in self.counts.items() if outcome != "bad")


class PartnerRow(models.Model):
    """A row that a partner sent, by their own key, and the listing that it became.

    `said`: what the row held, in our columns. What they say again is no news, whatever a curator has made of it since.
    """

    partner = models.ForeignKey(Partner, models.PROTECT, related_name="rows")
    key = models.CharField(max_length=300)
    resource = models.ForeignKey(Resource, models.PROTECT, related_name="partner_rows")
    said = models.JSONField(default=dict)
    seen = models.ForeignKey(Spreadsheet, models.PROTECT, related_name="+", help_text=_("The latest file that held it."))

    class Meta:
        ordering = ["partner", "key"]
        constraints = [models.UniqueConstraint(fields=["partner", "key"], name="partner_row_once")]

    def __str__(self):
        return f"{self.partner}: {self.key}"


class ImportedRow(models.Model):
    """What became of a confirmed row."""

    class Outcome(models.TextChoices):
        MADE = "made", _("A new draft was made")
        CHANGED = "changed", _("The draft was changed")
        PROPOSED = "proposed", _("A change was proposed: a curator decides")
        SAME = "same", _("Nothing to change")
        FAILED = "failed", _("Not taken")

    spreadsheet = models.ForeignKey(Spreadsheet, models.PROTECT, related_name="imported")
    place = models.PositiveIntegerField(help_text=_("The row's number in the file."))
    outcome = models.CharField(max_length=10, choices=Outcome)
    resource = models.ForeignKey(Resource, models.PROTECT, null=True, blank=True, related_name="+")
    proposal = models.ForeignKey(Proposal, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["spreadsheet", "place"]
        constraints = [models.UniqueConstraint(fields=["spreadsheet", "place"], name="imported_row_once")]

    def __str__(self):
        return f"{self.place}: {self.get_outcome_display()}"
