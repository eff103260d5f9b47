from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _

from .import_batch import ImportBatch
from .resource import Resource
from .revision import Revision


class ProposalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(state=Proposal.State.OPEN)

    def with_documents(self):
        """Annotated with the listing's documents as plain data: `base_document` (on which it was written) and `latest_document`,
        `latest_number` (as the listing stands now); None where there is no such revision."""
        revisions = Revision.objects.filter(resource=OuterRef("resource"))
        return self.annotate(
            base_document=Subquery(revisions.filter(number=OuterRef("base")).values("document")[:1]),
            latest_document=Subquery(revisions.order_by("-number").values("document")[:1]),
            latest_number=Subquery(revisions.order_by("-number").values("number")[:1]),
        )


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

    class Problem(models.TextChoices):
        """What a reader says is wrong."""

        DEAD_PHONE = "dead_phone", _("The phone number or link does not work")
        CLOSED = "closed", _("It has closed or does not exist")
        WRONG = "wrong", _("Something is wrong or out of date")
        UNSAFE = "unsafe", _("It worries me: pressure, fees or claims")
        UNCLEAR = "unclear", _("I could not understand it")
        OTHER = "other", _("Something else")

    class Ground(models.TextChoices):
        """Why it was turned down, so that the next of its kind need not be looked into again."""

        NOT_LISTED = "not_listed", _("We do not list such things")
        SEEN_BEFORE = "seen_before", _("It was looked at before")
        LISTED = "listed", _("It is listed already")
        UNCONFIRMED = "unconfirmed", _("Nobody could confirm it")
        MISTAKEN = "mistaken", _("The listing is right as it is")
        NOT_SERIOUS = "not_serious", _("It is advertising, or not meant seriously")
        OTHER = "other", _("Another reason")

    origin = models.CharField(max_length=10, choices=Origin)
    resource = models.ForeignKey(
        Resource, models.PROTECT, null=True, blank=True, related_name="proposals", help_text=_("Empty: a new listing, or a page.")
    )
    document = models.JSONField(encoder=DjangoJSONEncoder, null=True, blank=True)
    base = models.PositiveIntegerField(default=0, help_text=_("Number of the revision on which it was written."))
    problem = models.CharField(max_length=12, choices=Problem, blank=True)
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
    ground = models.CharField(max_length=12, choices=Ground, blank=True, help_text=_("Why it was turned down, for finding it again."))
    reason = models.TextField(blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["state", "origin", "at"], name="proposal_queue"),
            models.Index(fields=["decided_by", "decided_at"], name="proposal_by_day"),
            models.Index(fields=["-decided_at", "-id"], name="proposal_decided"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open", decided_by=None, decided_at=None) | ~Q(state="open") & Q(decided_at__isnull=False),
                name="proposal_is_open_or_decided",
            )
        ]

    def __str__(self):
        return f"{self.get_origin_display()}: {self.about}"

    @property
    def about(self):
        """What it is about, in a few words. A suggestion's words begin with the name."""
        named = self.resource or (self.document or {}).get("name") or self.page
        return str(named or self.note.partition("\n")[0][:200].strip() or self.get_problem_display() or f"#{self.pk}")
