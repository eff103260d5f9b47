"""What a family faces: conditions, their names, codes, genes, kinship and pages."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from .editorial import SourceBase, State
from .glossary.models import GlossarySource, GlossaryTerm  # noqa: F401 their tables belong to this app
from .names import fold
from .revisions import ConditionEdit, ConditionRevision  # noqa: F401 as above


class ConditionKind(models.TextChoices):
    DISEASE = "disease", _("Disease")
    FINDING = "finding", _("Finding: something seen, with many causes")
    GROUP = "group", _("Group of conditions")
    INJURY = "injury", _("Injury")


def origin_field():
    """Empty: written by people or by the catalogue's files."""
    return models.CharField(
        max_length=60,
        blank=True,
        default="",
        editable=False,
        help_text=_("The vocabulary and its version that brought this; people's own wins."),
    )


class ConditionQuerySet(models.QuerySet):
    def with_pages(self):
        return self.filter(page_state=State.PUBLISHED)


class Condition(models.Model):
    """A disease, a finding, an injury, or a group of them."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, help_text=_("As families say it."))
    folded = models.CharField(max_length=200, db_index=True, editable=False)
    summary = models.CharField(max_length=160, blank=True, help_text=_("One plain line."))
    kind = models.CharField(max_length=10, choices=ConditionKind, default=ConditionKind.DISEASE)
    parents = models.ManyToManyField(
        "self", symmetrical=False, through="Kinship", through_fields=("child", "parent"), related_name="children"
    )
    page_state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    reviewer = models.CharField(
        max_length=200, blank=True, help_text=_("Role of who reviewed the page; empty: not yet reviewed by a clinician.")
    )
    reviewed_on = models.DateField(null=True, blank=True)
    next_review_on = models.DateField(null=True, blank=True)
    funding = models.CharField(max_length=500, blank=True, help_text=_("Who paid for the page, even if nobody did."))

    loaded = models.CharField(max_length=64, blank=True, editable=False, help_text=_("Fingerprint of what the catalogue files last wrote."))
    origin = origin_field()
    replaced_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, editable=False, related_name="replaces")

    objects = ConditionQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(page_state=State.PUBLISHED)
                | (Q(reviewed_on__isnull=False, next_review_on__isnull=False) & ~Q(funding="") & ~Q(reviewer="")),
                name="published_page_says_who_reviewed_it",
                violation_error_message=_(
                    "A published page needs a reviewer's role, both review dates and a funding line, even if it is 'none'."
                ),
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.folded = fold(self.name)[:200]
        super().save(**kwargs)

    def get_absolute_url(self):
        return reverse("condition", args=[self.slug])

    @property
    def has_page(self):
        return self.page_state == State.PUBLISHED


class Kinship(models.Model):
    """`child` is a kind of `parent`. The whole is a directed graph without cycles."""

    child = models.ForeignKey(Condition, models.CASCADE, related_name="parent_links")
    parent = models.ForeignKey(Condition, models.CASCADE, related_name="child_links")
    origin = origin_field()

    class Meta:
        verbose_name_plural = "kinship"
        constraints = [
            models.UniqueConstraint(fields=["child", "parent"], name="kinship_once"),
            models.CheckConstraint(
                condition=~Q(child=models.F("parent")),
                name="nobody_is_their_own_parent",
                violation_error_message=_("A condition cannot be its own parent."),
            ),
        ]

    def __str__(self):
        return f"{self.child} → {self.parent}"


class ConditionName(models.Model):
    """One of the ways in which people say it."""

    class Kind(models.TextChoices):
        SYNONYM = "synonym", _("Other name")
        ABBREVIATION = "abbreviation", _("Short for it")
        REPORT = "report", _("What a scan report may say")
        FORMER = "former", _("Former name")

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="names")
    name = models.CharField(max_length=300)
    folded = models.CharField(max_length=300, db_index=True, editable=False)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.SYNONYM)
    language = models.CharField(max_length=10, default="en")
    origin = origin_field()

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["condition", "folded"], name="condition_name_once", violation_error_message=_("This name is already listed.")
            )
        ]

    def __str__(self):
        return self.name

    def save(self, **kwargs):
        self.folded = fold(self.name)[:300]
        super().save(**kwargs)


class ConditionCode(models.Model):
    class System(models.TextChoices):
        MONDO = "mondo", "Mondo"
        ORPHANET = "orphanet", "Orphanet"
        OMIM = "omim", "OMIM"
        ICD10CM = "icd10cm", "ICD-10-CM"
        MESH = "mesh", "MeSH"
        DOID = "doid", "Disease Ontology"

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="codes")
    system = models.CharField(max_length=10, choices=System)
    code = models.CharField(max_length=20)
    checked = models.BooleanField(default=True, help_text=_("Off where the code exists but its choice was not checked."))
    origin = origin_field()

    class Meta:
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["condition", "system", "code"], name="condition_code_once")]
        indexes = [models.Index(fields=["system", "code"], name="condition_by_code")]

    def __str__(self):
        return f"{self.get_system_display()} {self.code}"


class GeneLink(models.Model):
    """A gene that is linked to the condition, in the source's own standard words."""

    condition = models.ForeignKey(Condition, models.CASCADE, related_name="genes")
    symbol = models.CharField(max_length=30)
    inheritance = models.CharField(max_length=200, blank=True)
    change = models.CharField(max_length=200, blank=True)
    causes = models.CharField(max_length=300, blank=True)
    association = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["symbol"]
        constraints = [models.UniqueConstraint(fields=["condition", "symbol"], name="condition_gene_once")]

    def __str__(self):
        return self.symbol


class ConditionSource(SourceBase):
    condition = models.ForeignKey(Condition, models.CASCADE, related_name="sources")

    class Meta(SourceBase.Meta):
        constraints = [models.UniqueConstraint(fields=["condition", "key"], name="condition_source_once")]


class SectionKind(models.TextChoices):
    """The sections of a caregiver page, in the order in which they are shown."""

    MAIN_MESSAGE = "main-message", _("What matters first")
    GET_HELP_NOW = "get-help-now", _("Get help now if…")
    IN_PLAIN_WORDS = "in-plain-words", _("In plain words")
    CARE_TEAM = "care-team", _("Your care team")
    DAY_TO_DAY = "day-to-day", _("Day to day")
    CAUSES_AND_TESTS = "causes-and-tests", _("Causes and tests")
    THERAPIES = "therapies", _("Therapies")
    SCHOOL = "school", _("School")
    MONEY = "money", _("Money")
    SUPPORT = "support", _("People who can help")
    QUESTIONS = "questions", _("Questions to ask")
    GROWING_UP = "growing-up", _("Growing up")
    LOOKING_AFTER_YOURSELF = "looking-after-yourself", _("Looking after yourself")


class Section(models.Model):
    condition = models.ForeignKey(Condition, models.CASCADE, related_name="sections")
    kind = models.CharField(max_length=30, choices=SectionKind)
    body = models.TextField(help_text=_("Markdown; [^key] cites a source."))
    sources = models.ManyToManyField(ConditionSource, blank=True, related_name="sections")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["condition", "kind"], name="condition_section_once"),
            models.CheckConstraint(
                condition=~Q(body=""), name="no_empty_section", violation_error_message=_("Leave a section out rather than empty.")
            ),
        ]

    def __str__(self):
        return self.get_kind_display()


class Stamp(models.Model):
    """Tokens that the database's own triggers write (`conditions/stamp.py`)."""

    token = models.BigIntegerField()

    class Meta:
        default_permissions = ()

    def __str__(self):
        return str(self.token)
