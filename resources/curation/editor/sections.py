"""How the form is laid out: its parts and lists of rows, in the order in which they stand."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

OWN_ROWS = {"therapy": ["evidence"], "school": ["legal_basis"], "money": ["steps", "amounts"]}
TITLES = {
    "organization": later("About the organization"),
    "service": later("About the service"),
    "therapy": later("About the therapy"),
    "school": later("About the accommodation"),
    "money": later("About the money"),
}


@dataclass
class Section:
    """A fieldset: forms and lists of rows in the order in which they stand. `folds`: rarely used, closed while empty."""

    key: str
    title: str
    parts: list = field(default_factory=list)
    rows: list = field(default_factory=list)
    folds: bool = False
    needs: str = ""

    @property
    def is_open(self):
        return not self.folds or any(one.forms or one.errors for one in self.rows) or any(_has_content(part) for part in self.parts)


def _has_content(part):
    return any(bool(bound.value()) for bound in part) or bool(part.errors)


def sections(sheet):
    part, kind = sheet.parts, sheet.kind
    made = [
        Section("basics", _("Name and summary"), [part["Basics"]]),
        Section("first", _("First step, and for whom"), [part["First"]]),
        Section("reach", _("How to reach it"), [part["Reach"]], [sheet.rows["phones"]]),
        Section("use", _("Cost, waiting, area"), [part["Using"]]),
        Section("about", _("Conditions"), [part["About"]]),
        Section("terms", _("Found by"), [part["Terms"]], folds=True),
        Section("places", _("Places"), [], [sheet.rows["locations"]], folds=True),
        Section("funding", _("Who pays for it"), [part["Funding"]]),
        Section("more", _("More about it"), [part["More"]], folds=True),
        Section("sources", _("Sources"), [], [sheet.rows["sources"]]),
    ]
    if kind in TITLES:
        own = [sheet.rows[name] for name in OWN_ROWS.get(kind, [])]
        made.insert(2, Section("kind", str(TITLES[kind]), [part[kind.capitalize()]], own))
    for section in made:
        section.needs = _needs(section.key, kind, sheet.is_public)
    return made


def _needs(key, kind, is_public):
    """What of a part cannot be left out, in words; nothing where all can."""
    least = {"sources": _("at least one source"), "reach": "", "kind": ""}
    if kind in ("organization", "service"):
        least["reach"] = _("a phone with its source, or a website or e-mail that is confirmed")
    if kind == "therapy":
        least["kind"] = _("at least one evidence label, each with its source")
    if not (what := least.get(key)):
        return ""
    said = _("Families see this listing. It must keep: %(what)s.") if is_public else _("Needed to publish: %(what)s.")
    return said % {"what": what}
