from django.db import models
from django.utils.translation import gettext_lazy as _

from .lines import LinesField
from .organization import Organization
from .resource import Resource
from .source import Source


class FinancialAid(Resource):
    class Form(models.TextChoices):
        PUBLIC_BENEFIT = "public_benefit", _("Public benefit")
        INSURANCE_RIGHT = "insurance_right", _("Insurance or billing right")
        GRANT = "grant", _("Grant or co-pay help")
        MANUFACTURER_PROGRAM = "manufacturer_program", _("Run by the company that sells the drug")
        IN_KIND = "in_kind", _("Equipment, lodging, travel")
        LOAN = "loan", _("Loan")
        LEAVE = "leave", _("Time off work")
        TAX = "tax", _("Tax relief")
        SAVINGS = "savings", _("Savings and planning")
        SCHOLARSHIP = "scholarship", _("Scholarship")

    form = models.CharField(max_length=25, choices=Form)
    provider = models.ForeignKey(Organization, models.PROTECT, null=True, blank=True, related_name="aid")
    steps = LinesField()
    clock = models.CharField(max_length=500, blank=True, help_text=_("Deadlines, and how long an answer takes."))
    if_refused = models.TextField(blank=True)


class Amount(models.Model):
    aid = models.ForeignKey(FinancialAid, models.CASCADE, related_name="amounts")
    text = models.CharField(max_length=500)
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    source = models.ForeignKey(Source, models.SET_NULL, null=True, blank=True, help_text=_("Without one the amount is not shown."))
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self):
        return self.text
