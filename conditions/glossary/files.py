"""`catalogue/glossary.yaml`, read and checked (docs/catalogue.md)."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from ..files import Document, Faulty, read_text
from ..shapes import Item, Name, PageSource, Shape, Slug, short

FILE = Path(__file__).parents[1] / "catalogue" / "glossary.yaml"


class TermShape(Shape):
    term: Name
    forms: list[Name] = []
    plain: Annotated[str, short(200), Field(min_length=1)]
    means: Item
    topic: Literal["medical", "school", "benefits"]
    source: Slug | None = None


class GlossaryShape(Shape):
    sources: dict[Slug, PageSource] = {}
    terms: dict[Slug, TermShape]


def read(path=FILE):
    """The whole file as a `GlossaryShape`; raises `Faulty`: no two terms may share a form, and each cited source is listed."""
    document = Document(path, read_text(path))
    shape = document.read(GlossaryShape)
    faults, seen = [], set()
    for slug, term in shape.terms.items():
        if term.source and term.source not in shape.sources:
            faults.append(document.fault(f"'{term.source}' is cited but is no source", "terms", slug))
        for form in (term.term, *term.forms):
            if form.casefold() in seen:
                faults.append(document.fault(f"'{form}' stands in the glossary already", "terms", slug))
            seen.add(form.casefold())
    if faults:
        raise Faulty(faults)
    return shape
