"""The facets: what a family can filter by. A new one is one line here and its words in the vocabulary."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from ..models import ResourceKind, Term


@dataclass(frozen=True)
class Facet:
    """`name` is the GET parameter; `untagged_fits`: a listing without a word of this vocabulary fits every choice."""

    name: str
    label: str | Promise
    vocabulary: str = ""
    untagged_fits: bool = False


FACETS = (
    Facet("kind", _("Kind of help")),
    Facet("need", _("What you need"), Term.Vocabulary.NEED),
    Facet("stage", _("Age"), Term.Vocabulary.STAGE, untagged_fits=True),
    Facet("audience", _("Who it is for"), Term.Vocabulary.AUDIENCE),
    Facet("language", _("Language"), Term.Vocabulary.LANGUAGE),
    Facet("format", _("How you reach it"), Term.Vocabulary.FORMAT),
    Facet("cost", _("Cost"), Term.Vocabulary.COST),
    Facet("state", _("State"), Term.Vocabulary.AREA, untagged_fits=True),
)
FACET = {facet.name: facet for facet in FACETS}
KIND_LABELS = dict(ResourceKind.choices)
