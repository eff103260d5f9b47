from django.db import models
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition

from .lines import LinesField
from .resource import Resource
from .source import Source


class TherapyType(Resource):
    """A kind of treatment. The fields answer DISCERN's questions 8 to 15."""

    class Form(models.TextChoices):
        THERAPY = "therapy", _("Therapy")
        CARE = "care", _("Care")
        DEVICE = "device", _("Device")
        DRUG = "drug", _("Medicine")
        GENE_THERAPY = "gene_therapy", _("Gene therapy")
        CELL_THERAPY = "cell_therapy", _("Cell therapy")
        SURGERY = "surgery", _("Surgery")
        SUPPLEMENT = "supplement", _("Supplement")

    form = models.CharField(max_length=15, choices=Form)
    what_it_is = models.TextField()
    how_it_works = models.TextField()
    benefits = models.TextField()
    harms = models.TextField()
    without_it = models.TextField(_("what if you do nothing"))
    quality_of_life = models.TextField()
    alternatives = models.TextField()
    unknowns = models.TextField()
    time_and_cost = models.TextField()
    who_gives_it = models.TextField()
    questions = LinesField(_("questions to ask"))
    red_flags = LinesField()
    red_flag_reason = models.TextField(blank=True, help_text=_("Where set, the page opens with it: a warning, not an option."))


class Evidence(models.Model):
    """How well a therapy was tested for one condition. The label is never the therapy's alone."""

    class Level(models.TextChoices):
        STRONG = "strong", _("Strong evidence")
        MODERATE = "moderate", _("Moderate evidence")
        LIMITED = "limited", _("Limited evidence")
        EXPERIMENTAL = "experimental", _("Experimental")
        NOT_RECOMMENDED = "not_recommended", _("Not recommended")

    class Standing(models.TextChoices):
        STANDARD_CARE = "standard_care", _("Part of standard care")
        OPTION = "option", _("An option to talk over")
        SPECIALIST_ONLY = "specialist_only", _("Only with a specialist")
        TRIAL_ONLY = "trial_only", _("Only inside a supervised trial")
        AVOID = "avoid", _("Avoid")

    class UsStatus(models.TextChoices):
        APPROVED = "approved", _("Approved by the FDA")
        OFF_LABEL = "off_label", _("Approved for something else (off-label here)")
        INVESTIGATIONAL = "investigational", _("Still being studied, not approved")
        NOT_APPROVED = "not_approved", _("Not approved by the FDA")
        NOT_APPLICABLE = "not_applicable", _("FDA approval does not apply")

    therapy = models.ForeignKey(TherapyType, models.CASCADE, related_name="evidence")
    condition = models.ForeignKey(Condition, models.PROTECT, related_name="evidence")
    applies_to = models.CharField(max_length=500, blank=True, help_text=_("For whom, or which product."))
    level = models.CharField(max_length=15, choices=Level)
    standing = models.CharField(max_length=15, choices=Standing)
    us_status = models.CharField(max_length=15, choices=UsStatus)
    us_status_note = models.CharField(max_length=500, blank=True)
    why = models.TextField()
    cautions = models.TextField(blank=True)
    sources = models.ManyToManyField(Source, blank=True, related_name="evidence")
    checked_on = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "evidence"
        ordering = ["condition__name", "applies_to"]
        constraints = [
            models.UniqueConstraint(
                fields=["therapy", "condition", "applies_to"],
                name="evidence_once",
                violation_error_message=_("This therapy already has a label for this condition and group."),
            )
        ]

    def __str__(self):
        return f"{self.therapy} for {self.condition}: {self.get_level_display()}"
