from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from .import_batch import ImportBatch
from .report import ProblemReport
from .resource import Resource


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Proposal.State.OPEN)


class Proposal(models.Model):
    """What came from outside: it is never live until a curator accepts it. No name, no address, no e-mail of a sender is kept.

    With a `document` it proposes a listing, or a change of one; without, it is words to look into, such as a reader's report.
    """

    class Origin(models.TextChoices):
        READER = "reader", _("A reader’s report")
        SUGGESTION = "suggestion", _("A suggested listing")
        PROVIDER = "provider", _("The provider’s answer")
        IMPORT = "import", _("A partner’s spreadsheet")
        LINK = "link", _("The link checker")

    class State(models.TextChoices):
        OPEN = "open", _("Open")
        ACCEPTED = "accepted", _("Accepted")
        PARTLY = "partly", _("Accepted in part")
        DECLINED = "declined", _("Declined")

    origin = models.CharField(max_length=10, choices=Origin)
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="proposals", help_text=_("Empty: a new listing, or a page.")
    )
    document = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True)
    base = models.PositiveIntegerField(default=0, help_text=_("Number of the revision on which it was written."))
    problem = models.CharField(max_length=12, choices=ProblemReport.Problem, blank=True)
    page = models.CharField(max_length=200, blank=True, help_text=_("The page’s address, where it is not a listing."))
    note = models.TextField(max_length=4000, blank=True, help_text=_("In the sender’s own words."))
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, blank=True, related_name="proposals")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who brought it, of those who sign in."),
    )
    at = models.DateTimeField(auto_now_add=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["state", "origin", "at"], name="proposal_queue"),
            models.Index(fields=["decided_by", "decided_at"], name="proposal_by_day"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None) | ~Q(state="open") & Q(decided_at__isnull=False),
                name="proposal_is_open_or_decided",
            )
        ]

    def __str__(self):
        return f"{self.get_origin_display()}: {self.resource or self.page or (self.document or {}).get('name', '')}"
