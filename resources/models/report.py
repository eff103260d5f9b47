from django.db import models
from django.utils.translation import gettext_lazy as _

from .resource import Resource


class ProblemReport(models.Model):
    """What a reader told us about a listing or a page. No name, no address, no e-mail is asked or kept."""

    class Problem(models.TextChoices):
        DEAD_PHONE = "dead_phone", _("The phone number or link does not work")
        CLOSED = "closed", _("It has closed or does not exist")
        WRONG = "wrong", _("Something is wrong or out of date")
        UNSAFE = "unsafe", _("It worries me: pressure, fees or claims")
        UNCLEAR = "unclear", _("I could not understand it")
        OTHER = "other", _("Something else")

    resource = models.ForeignKey(Resource, models.CASCADE, null=True, blank=True, related_name="reports")
    page = models.CharField(max_length=200, blank=True, help_text=_("The page's address, where it is not a listing."))
    problem = models.CharField(max_length=12, choices=Problem)
    message = models.TextField(max_length=4000, blank=True)  # the form asks for 2,000, as a browser counts
    reported_at = models.DateTimeField(auto_now_add=True)
    handled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["handled_at", "-reported_at"]

    def __str__(self):
        return f"{self.get_problem_display()}: {self.resource or self.page}"
