"""One typed shape of a whole condition: names, codes, genes, kinship, and its page. People's own alone, nothing imported.

It holds no state of the workflow. The review facts are part of it, since they are about this very text.
"""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator

from ..files import Fault, validate
from ..models import SectionKind
from ..names import fold
from ..shapes import CITATION, Code, GeneShape, Line, Name, NameShape, Shape, Slug, Source, System, Text, short

FORMAT: Literal[1] = 1


class CodeShape(Shape):
    system: System
    code: Code
    checked: bool = True  # False: the code exists, its choice was not checked


class ReviewShape(Shape):
    """`reviewer`: a role, or that nobody has reviewed the page yet, which is an answer too."""

    reviewer: Annotated[str, short(200)] = ""
    reviewed_on: date | None = None
    next_review_on: date | None = None
    funding: Line = ""


def _in_order(*names):
    """Rows whose order says nothing stand in one order, so that equal documents are equal."""
    return AfterValidator(lambda rows: sorted(rows, key=lambda row: tuple(str(getattr(row, name)) for name in names)))


def _of_the_page(sections):
    """Sections in the order in which they are shown; one without a text is not there."""
    if unknown := [key for key in sections if key not in SectionKind.values]:
        raise ValueError(f"there is no section '{unknown[0]}'")
    return {kind.value: sections[kind] for kind in SectionKind if sections.get(kind)}


class ConditionDocument(Shape):
    format: Literal[1] = FORMAT
    name: Name
    summary: Annotated[str, short(160)] = ""
    kind: Literal["disease", "finding", "group", "injury"] = "disease"
    names: Annotated[list[NameShape], _in_order("name", "kind", "language")] = []
    codes: Annotated[list[CodeShape], _in_order("system", "code")] = []
    genes: Annotated[list[GeneShape], _in_order("symbol")] = []
    parents: Annotated[list[Slug], AfterValidator(lambda slugs: sorted(set(slugs)))] = []
    sections: Annotated[dict[str, Text], AfterValidator(_of_the_page)] = {}
    sources: list[Source] = []
    review: ReviewShape = ReviewShape()

    @model_validator(mode="after")
    def _names_each_once(self):
        parts = {
            "names": [fold(row.name) for row in self.names],
            "codes": [f"{row.system} {row.code}" for row in self.codes],
            "genes": [row.symbol for row in self.genes],
            "sources": [row.key for row in self.sources],
        }
        for part, keys in parts.items():
            if twice := next((key for place, key in enumerate(keys) if key in keys[:place]), None):
                raise ValueError(f"{part}: '{twice}' stands twice")
        return self

    def cited(self, kind):
        """Keys of the sources that a section cites, each once, whether they are there or not."""
        return list(dict.fromkeys(CITATION.findall(self.sections.get(kind, ""))))


def read(data):
    """Plain data, such as a revision's, as a `ConditionDocument`. Raises `files.Faulty`."""
    return validate(ConditionDocument, data, lambda place, message: Fault("document", 0, message))
