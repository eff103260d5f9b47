"""What differs between two condition documents, part by part, in words that a person can read."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from conditions.editorial import OwnerKind
from conditions.models import ConditionCode, ConditionKind, ConditionName, SectionKind

from ...document.difference import Change


@dataclass(frozen=True)
class Difference:
    """`is_urgent`: it changes what families read in an emergency."""

    label: str
    change: Change

    @property
    def is_urgent(self):
        return self.change.field == f"sections.{SectionKind.GET_HELP_NOW}"

    @property
    def is_spacing(self):
        """Only spaces and ends of lines differ."""
        return self.change.before.split() == self.change.after.split()

    @property
    def html(self):
        return self.change.excerpt


def differences(before, after):
    """The `Difference`s that lead from `before` (None: nothing was there) to `after`, in the order of the page."""
    old, new = texts(before) if before else {}, texts(after)
    fields = [field for field in dict.fromkeys([*new, *old]) if old.get(field, "") != new.get(field, "")]
    return [Difference(label_of(field), Change(field, old.get(field, ""), new.get(field, ""))) for field in fields]


def label_of(field):
    """What people call a part of the document: `sections.school` is “School”."""
    part, _dot, inner = field.partition(".")
    if part == "sections":
        return str(SectionKind(inner).label)
    if part == "sources":
        return _("Source %(key)s") % {"key": inner} if inner else _("Sources")
    return {
        "name": _("Name"),
        "summary": _("One line"),
        "kind": _("Kind"),
        "names": _("Other names"),
        "codes": _("Codes"),
        "genes": _("Genes"),
        "parents": _("Is a kind of"),
        "review": _("Review"),
        "reviewer": _("Reviewer"),
        "reviewed_on": _("Last looked through"),
        "next_review_on": _("Next review due"),
        "funding": _("Who paid for it"),
    }[field]


def texts(document):
    """`{part: text}` of a document: each section and each source a part of its own."""
    made = {"name": document.name, "summary": document.summary, "kind": str(ConditionKind(document.kind).label)}
    made |= {f"sections.{kind}": text for kind, text in document.sections.items()}
    made["sources"] = ", ".join(source.key for source in document.sources)
    made |= {f"sources.{source.key}": _of_source(source) for source in document.sources}
    made |= {name: str(value or "") for name, value in document.review.model_dump().items()}
    made["names"] = "; ".join(f"{row.name} ({ConditionName.Kind(row.kind).label}, {row.language})" for row in document.names)
    made["codes"] = "; ".join(_of_code(row) for row in document.codes)
    made["genes"] = "; ".join(", ".join(filter(None, row.model_dump().values())) for row in document.genes)
    made["parents"] = "; ".join(document.parents)
    return made


def _of_source(source):
    said = (
        source.title,
        source.publisher,
        OwnerKind(source.owner_kind).label,
        source.url,
        source.published,
        source.seen_on,
        source.supports,
    )
    return " · ".join(str(one) for one in said if one)


def _of_code(row):
    text = f"{ConditionCode.System(row.system).label} {row.code}"
    return text if row.checked else _("%(code)s (choice not checked)") % {"code": text}
