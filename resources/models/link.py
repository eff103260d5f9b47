"""Addresses that families are sent to, and whether they still answer. One row an address, however often it is checked."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition

from .resource import Resource

BROKEN_AFTER = 3  # different days on which it failed: one bad night says nothing


class LinkHost(models.Model):
    """A site that links lead to: when it may be asked again, whichever process asks, and which task is to ask it."""

    name = models.CharField(max_length=255, unique=True, help_text=_("Empty: of addresses that cannot be read."))
    free_at = models.DateTimeField(null=True, blank=True, db_index=True)
    task = models.ForeignKey("django_tasks_database.DBTaskResult", models.SET_NULL, null=True, blank=True, related_name="link_hosts")

    class Meta:
        default_permissions = ()  # shown with its links

    def __str__(self):
        return self.name


class LinkQuerySet(models.QuerySet):
    def due(self, today):
        return self.filter(Q(next_on=None) | Q(next_on__lte=today))

    def broken(self):
        """Failed on three different days, without an answer in between: a person should look."""
        return self.filter(days_failed__gte=BROKEN_AFTER)


class Link(models.Model):
    """Written by the link checker alone. It never changes a listing, nor the day on which one was checked."""

    class Result(models.TextChoices):
        NEW = "new", _("Not asked yet")
        WORKS = "works", _("Works")
        FAILS = "fails", _("Fails")
        UNKNOWN = "unknown", _("Could not be checked")

    class Reason(models.TextChoices):
        STATUS = "status", _("The page answers with an error")
        NO_HOST = "no_host", _("There is no site of this name")
        NO_CONNECTION = "no_connection", _("The site does not answer")
        CERTIFICATE = "certificate", _("The site’s certificate is not valid: browsers warn of it")
        SLOW = "slow", _("The site takes too long to answer")
        GARBLED = "garbled", _("The site’s answer cannot be read")
        LOOP = "loop", _("The page redirects to itself for ever")
        TOO_FAR = "too_far", _("The page redirects too many times")
        NOT_PUBLIC = "not_public", _("It leads into a private network")
        NO_ADDRESS = "no_address", _("It is no web address that families can open")
        ROBOTS = "robots", _("The site asks programs not to open this page")
        ROBOTS_FAIL = "robots_fail", _("The site answers with an error when asked what programs may open")
        TURNED_AWAY = "turned_away", _("The site turns programs away")

    address = models.CharField(max_length=2000, unique=True)
    host = models.ForeignKey(LinkHost, models.SET_NULL, null=True, blank=True, related_name="links", help_text=_("Known once gathered."))
    result = models.CharField(max_length=10, choices=Result, default=Result.NEW)
    reason = models.CharField(_("what is wrong"), max_length=15, choices=Reason, blank=True)
    status = models.PositiveSmallIntegerField(null=True, blank=True, help_text=_("The number with which the page answered."))
    final_address = models.CharField(max_length=2000, blank=True, help_text=_("Where redirects led, if elsewhere."))
    checked_at = models.DateTimeField(_("last asked"), null=True, blank=True)
    next_on = models.DateField(_("asked again"), null=True, blank=True)
    failing_since = models.DateField(null=True, blank=True)
    last_failed_on = models.DateField(null=True, blank=True)
    days_failed = models.PositiveSmallIntegerField(default=0, help_text=_("Days on which it failed since it last worked."))

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["failing_since", "address"]
        indexes = [
            models.Index(fields=["days_failed"], name="link_broken", condition=Q(days_failed__gte=BROKEN_AFTER)),
            models.Index(fields=["next_on"], name="link_due"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(days_failed=0, failing_since=None, last_failed_on=None)
                | Q(days_failed__gt=0, failing_since__isnull=False, last_failed_on__isnull=False),
                name="link_fails_since_a_day",
            )
        ]

    def __str__(self):
        return self.address

    @property
    def said(self):
        """What is wrong, in words; empty where nothing is."""
        words = self.get_reason_display() if self.reason else ""
        return f"{words} ({self.status})" if words and self.status else words

    @property
    def is_web(self):
        return self.address.startswith(("http://", "https://"))

    @property
    def is_only_https(self):
        """Whether it led to the same page by https: the address can be mended without a look."""
        return self.final_address != "" and self.final_address == self.address.replace("http://", "https://", 1)


class LinkUse(models.Model):
    """Where an address stands: on a published listing, or on the published page of a condition."""

    class Place(models.TextChoices):
        WEBSITE = "website", _("website")
        SOURCE = "source", _("source")
        TEXT = "text", _("text")

    link = models.ForeignKey(Link, models.CASCADE, related_name="uses")
    resource = models.ForeignKey(Resource, models.CASCADE, null=True, blank=True, related_name="link_uses")
    condition = models.ForeignKey(Condition, models.CASCADE, null=True, blank=True, related_name="+")
    place = models.CharField(max_length=10, choices=Place)

    class Meta:
        default_permissions = ()  # shown with its link
        constraints = [
            models.CheckConstraint(
                condition=Q(resource__isnull=False, condition=None) | Q(resource=None, condition__isnull=False),
                name="link_use_has_one_owner",
            ),
            models.UniqueConstraint(fields=["link", "resource", "place"], name="link_use_once_on_a_listing"),
            models.UniqueConstraint(fields=["link", "condition", "place"], name="link_use_once_on_a_condition"),
        ]

    def __str__(self):
        return f"{self.resource or self.condition}: {self.get_place_display()}"
