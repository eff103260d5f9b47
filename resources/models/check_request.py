from datetime import timedelta

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State

from .check import Check
from .proposal import Proposal
from .resource import Resource

LIVES = timedelta(days=30)
PATIENCE = timedelta(weeks=3)
_signer = Signer(sep=".", salt="resources.verify")


class CheckRequestQuerySet(models.QuerySet):
    def open(self):
        """Neither answered nor withdrawn."""
        return self.filter(answered_at=None, withdrawn_at=None)

    def silent(self):
        """Still wanted: the listing is shown or to be shown, and nobody confirmed it in another way since."""
        unasked = Q(resource__checked_on=None) | Q(resource__checked_on__lt=F("sent_at__date"))
        return self.open().exclude(resource__state=State.RETIRED).filter(unasked)

    def to_remind(self):
        """No answer for three weeks, and not yet reminded."""
        return self.silent().filter(reminded_at=None, sent_at__lte=timezone.now() - PATIENCE)

    def to_review(self):
        """Reminded, and silent for three weeks more: is it still there at all?"""
        return self.silent().filter(reminded_at__lte=timezone.now() - PATIENCE)

    def to_record(self):
        """Answered, and not yet recorded as a check."""
        return self.filter(answer__isnull=False, recorded_as=None).exclude(answer__state=Proposal.State.DECLINED)

    def of_token(self, token):
        """The request of a link, or None where the token is none of ours. Takes as long for a forged one."""
        try:
            pk = int(_signer.unsign(token))
        except (BadSignature, ValueError):
            pk = 0
        return self.select_related("resource").filter(pk=pk).first()


class CheckRequest(models.Model):
    """A link sent to a provider, to look through its own listing. It works once; what comes back is a proposal.

    The token is the signed key, and so is kept nowhere; whether it still works, the row says.
    """

    class Said(models.TextChoices):
        CONFIRMS = "confirms", _("All of it is right")
        CORRECTS = "corrects", _("Some of it has changed")
        CLOSED = "closed", _("Closed, or not to be listed")

    resource = models.ForeignKey(Resource, models.PROTECT, related_name="check_requests")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    said = models.CharField(max_length=10, choices=Said, blank=True)
    whom = models.CharField(max_length=200, blank=True, help_text=_("The role of whoever answered."))
    answer = models.OneToOneField(Proposal, models.PROTECT, null=True, blank=True, related_name="asked_by")
    recorded_as = models.OneToOneField(Check, models.PROTECT, null=True, blank=True, related_name="+")

    objects = CheckRequestQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource"],
                condition=Q(answered_at=None, withdrawn_at=None),
                name="one_open_check_request",
                violation_error_message=_("A link to this listing is still open."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answer=None, said="") | Q(answered_at__isnull=False, answer__isnull=False) & ~Q(said=""),
                name="check_request_is_answered_whole",
            ),
        ]

    def __str__(self):
        return f"{self.resource}: {self.sent_at:%Y-%m-%d}"

    def get_absolute_url(self):
        return reverse("verify", args=[_signer.sign(self.pk)])

    @property
    def is_open(self):
        return self.answered_at is None and self.withdrawn_at is None

    @property
    def is_live(self):
        """Whether the link still works."""
        return self.is_open and timezone.now() < self.expires_at and self.resource.state != State.RETIRED

    @property
    def is_to_remind(self):
        return self.is_open and self.reminded_at is None and self.sent_at <= timezone.now() - PATIENCE
