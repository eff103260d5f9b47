import uuid
from datetime import timedelta

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State
from conditions.models import Condition

from .lines import LinesField
from .roles import LABELS
from .term import Term


class ResourceKind(models.TextChoices):
    """The value is the kind's key; the first part of its address is `KIND_PATHS[kind]`."""

    ORGANIZATION = "organization", _("Organization")
    SERVICE = "service", _("Service")
    THERAPY = "therapy", _("Therapy")
    SCHOOL = "school", _("School")
    MONEY = "money", _("Money")
    GUIDE = "guide", _("Guide")


KIND_PATHS = {
    ResourceKind.ORGANIZATION: "organizations",
    ResourceKind.SERVICE: "services",
    ResourceKind.THERAPY: "therapies",
    ResourceKind.SCHOOL: "school",
    ResourceKind.MONEY: "money",
    ResourceKind.GUIDE: "guides",
}
KIND_OF_PATH = {path: kind for kind, path in KIND_PATHS.items()}
SOON = timedelta(days=60)  # before a check is due, it is time to plan it
# The attribute under which multi-table inheritance keeps a kind's own row.
SPECIFIC = {
    ResourceKind.ORGANIZATION: "organization",
    ResourceKind.SERVICE: "service",
    ResourceKind.THERAPY: "therapytype",
    ResourceKind.SCHOOL: "schoolaccommodation",
    ResourceKind.MONEY: "financialaid",
}


class Coverage(models.TextChoices):
    LOCAL = "local", _("One place")
    STATE = "state", _("Differs by state")
    NATIONAL = "national", _("All of the United States")
    WORLDWIDE = "worldwide", _("Worldwide")
    OTHER_COUNTRY = "other_country", _("Another country")


class FundingStatus(models.TextChoices):
    KNOWN = "known", _("Known")
    NONE = "none", _("Says that it takes no money from companies")
    UNKNOWN = "unknown", _("Not known to us")


class HsdsStatus(models.TextChoices):
    """HSDS 3.1 `service.status`."""

    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")
    TEMPORARILY_CLOSED = "temporarily closed", _("Temporarily closed")
    DEFUNCT = "defunct", _("Closed for good")


class ResourceQuerySet(models.QuerySet):
    def published(self):
        return self.filter(state=State.PUBLISHED)

    def overdue(self, day):
        """Shown to families, and not checked by the day on which it was due."""
        return self.published().filter(next_check_on__lt=day)

    def for_kin(self, kin):
        """Tagged with one of the condition ids `kin`, or with none at all: general help is help for everybody."""
        return self.filter(Q(conditions__in=kin) | Q(conditions=None)).distinct()


class Resource(models.Model):
    """All that a listing of any kind shows, and all that a filter asks."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, choices=ResourceKind)
    name = models.CharField(max_length=200)
    also_known_as = LinesField(help_text=_("Other names, one a line."))
    summary = models.TextField(help_text=_("One or two plain sentences."))
    description = models.TextField(blank=True, help_text=_("Markdown."))
    website = models.URLField(max_length=500, blank=True)
    email = models.EmailField(max_length=200, blank=True)
    unconfirmed = LinesField(help_text=_("Fields kept but hidden from families until confirmed: website, email."))
    first_step = models.TextField(_("what to do first"), blank=True)
    eligibility = models.TextField(_("who can use it"), blank=True)
    not_eligible = models.TextField(_("who cannot"), blank=True)
    documents = LinesField(_("what to have ready"))
    fees = models.CharField(max_length=500, blank=True)
    waiting = models.CharField(_("waiting time"), max_length=500, blank=True)
    alert = models.CharField(max_length=500, blank=True, help_text=_("Something that changed or is about to."))
    funding_status = models.CharField(max_length=10, choices=FundingStatus, default=FundingStatus.UNKNOWN)
    funding_note = models.CharField(max_length=500, blank=True)
    coverage = models.CharField(max_length=15, choices=Coverage, default=Coverage.NATIONAL)
    hsds_status = models.CharField(max_length=20, choices=HsdsStatus, default=HsdsStatus.ACTIVE)
    terms = models.ManyToManyField(Term, blank=True, related_name="resources")
    conditions = models.ManyToManyField(Condition, blank=True, related_name="resources")

    state = models.CharField(max_length=10, choices=State, default=State.DRAFT, editable=False)
    found_on = models.DateField(null=True, blank=True, editable=False, help_text=_("Seen on the publisher's page."))
    checked_on = models.DateField(null=True, blank=True, editable=False, help_text=_("Confirmed with the provider."))
    checked_by = models.CharField(max_length=200, blank=True, editable=False)
    checked_how = models.CharField(max_length=200, blank=True, editable=False)
    next_check_on = models.DateField(null=True, blank=True, editable=False)
    waits_for = models.CharField(
        max_length=500, blank=True, editable=False, help_text=_("What must be confirmed before it can be published.")
    )

    objects = ResourceQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        permissions = [(may.value, label) for may, label in LABELS.items()]
        indexes = [
            models.Index(fields=["state", "kind"], name="resource_state_kind"),
            models.Index(fields=["state", "next_check_on"], name="resource_state_due"),
            models.Index(fields=["name", "id"], name="resource_name"),
            models.Index(fields=["state", "checked_on", "found_on"], name="resource_age"),
            models.Index(fields=["found_on", "id"], name="resource_found"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | ~Q(first_step=""),
                name="published_has_a_first_step",
                violation_error_message=_("A published listing says what to do first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=State.PUBLISHED) | Q(found_on__isnull=False) | Q(checked_on__isnull=False),
                name="published_was_seen_or_checked",
                violation_error_message=_("A published listing was found on its publisher's page, or checked with the provider."),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("resource", args=[KIND_PATHS[self.kind], self.slug])

    @cached_property
    def specific(self):
        """The whole thing: the row of this listing's own kind. A guide has no table of its own."""
        return getattr(self, SPECIFIC[self.kind]) if self.kind in SPECIFIC else self

    @property
    def dated_on(self):
        """The day from which a listing ages: confirmed with the provider, else seen at its publisher."""
        return self.checked_on or self.found_on

    @property
    def short_state(self):
        """The state in a word or two, without its explanation."""
        return self.get_state_display().partition(":")[0]

    @property
    def due(self):
        """`late` where its next check is overdue, `soon` within 60 days, else empty."""
        if not self.next_check_on:
            return ""
        today = timezone.localdate()
        return "late" if self.next_check_on < today else "soon" if self.next_check_on <= today + SOON else ""

    @property
    def public_website(self):
        return "" if "website" in self.unconfirmed else self.website

    @property
    def public_email(self):
        return "" if "email" in self.unconfirmed else self.email


class Guide(Resource):
    """A listing of kind guide: it has no table of its own."""

    class Meta:
        proxy = True
