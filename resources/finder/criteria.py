"""What is asked of the finder, once it is understood."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from ..models import Place
from .words import words

PAGE_SIZE = 20
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Near:
    """A `Place`, and how many miles from it; None: any number."""

    place: Place
    within: int | None = None


@dataclass(frozen=True)
class Criteria:
    """`choices`: facet name → chosen values. `conditions`: slugs. `said`: what was typed for a need; it only orders."""

    q: str = ""
    conditions: tuple[str, ...] = ()
    choices: dict[str, tuple[str, ...]] = field(default_factory=dict)
    checked: str = ""
    sort: str = ""
    page: int = 1
    near: Near | None = None
    said: str = ""

    @property
    def words(self):
        return words(self.q)

    @property
    def said_words(self):
        return words(self.said)

    def without(self, facet):
        """The same question with one facet (or `q`, `condition`, `checked`) left open."""
        kept = {name: values for name, values in self.choices.items() if name != facet}
        return Criteria(
            q="" if facet == "q" else self.q,
            conditions=() if facet == "condition" else self.conditions,
            choices=kept,
            checked="" if facet == "checked" else self.checked,
            sort=self.sort,
            near=None if facet == "near" else self.near,
            said=self.said,
        )

    def asking(self, q):
        """The same question in other words."""
        return replace(self, q=q)

    @property
    def active(self):
        """Names of the filters that narrow the results."""
        names = [name for name, values in self.choices.items() if values]
        extra = {"q": self.words, "condition": self.conditions, "checked": self.checked, "near": self.near}
        return [name for name, value in extra.items() if value] + names


def a_year_ago():
    return date.today() - YEAR
