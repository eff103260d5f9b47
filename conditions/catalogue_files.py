"""The condition catalogue on disk (docs/catalogue.md): conditions, pages, kinship and glossary, read and checked as a whole."""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from .files import Document, Fault, Faulty, gather, read_text
from .glossary import files as glossary_files
from .kinship import cycle_in
from .models import SectionKind
from .names import fold
from .shapes import CITATION, LONGEST_REVIEW_GAP, Code, GeneShape, Item, Name, NameShape, PageSource, Shape, Slug, System, short

ROOT = Path(__file__).parent / "catalogue"
SLUG = r"(?=.{1,80}$)[a-z0-9]+(-[a-z0-9]+)*"


class ConditionShape(Shape):
    name: Name
    summary: Annotated[str, short(160)]
    kind: Literal["disease", "finding", "group", "injury"]
    names: list[NameShape] = []
    codes: dict[System, list[Code]] = {}
    unchecked_codes: list[System] = []
    genes: list[GeneShape] = []


class GroupShape(ConditionShape):
    slug: Slug


class KinshipShape(Shape):
    groups: list[GroupShape]
    parents: dict[Slug, list[Slug]]
    tags: dict[str, Slug | None] = {}


class PageHead(Shape):
    reviewer: Name
    reviewed_on: date
    next_review_on: date
    funding: Item
    sources: dict[Slug, PageSource] = Field(min_length=1)


@dataclass
class Page:
    slug: str
    head: PageHead
    sections: dict[str, str]

    def cited(self, kind):
        return list(dict.fromkeys(CITATION.findall(self.sections[kind])))


@dataclass
class Catalogue:
    conditions: dict[str, ConditionShape] = field(default_factory=dict)
    parents: dict[str, list[str]] = field(default_factory=dict)
    pages: dict[str, Page] = field(default_factory=dict)
    tags: dict[str, str | None] = field(default_factory=dict)
    glossary: glossary_files.GlossaryShape | None = None


def read(root=ROOT):
    """The whole catalogue; raises `Faulty` with every fault of every file."""
    kinship_file = root / "kinship.yaml"
    own, faults = gather(sorted((root / "conditions").glob("*.yaml")), _read_condition)
    pages, page_faults = gather(sorted((root / "pages").glob("*.md")), read_page)
    faults += page_faults
    catalogue = Catalogue(conditions=dict(own), pages={page.slug: page for page in pages})
    try:
        document = Document(kinship_file, read_text(kinship_file))
        faults += _add_kinship(catalogue, document, document.read(KinshipShape))
    except Faulty as found:
        faults += found.faults
    try:
        catalogue.glossary = glossary_files.read(root / "glossary.yaml")
    except Faulty as found:
        faults += found.faults
    for slug in catalogue.pages.keys() - catalogue.conditions.keys():
        faults.append(Fault(root / "pages" / f"{slug}.md", 1, f"there is no condition '{slug}' for this page"))
    if faults:
        raise Faulty(faults)
    return catalogue


def _read_condition(path):
    document = Document(path, read_text(path))
    shape = document.read(ConditionShape)
    if not re.fullmatch(SLUG, path.stem):
        raise Faulty([document.fault("the file's name becomes the slug: small letters, digits and hyphens alone")])
    _refuse_twice(document, shape)
    return path.stem, shape


def _refuse_twice(document, shape, at=()):
    for key, of in (("names", lambda row: fold(row.name)), ("genes", lambda row: row.symbol)):
        seen = set()
        for place, row in enumerate(getattr(shape, key)):
            if of(row) in seen:
                raise Faulty([document.fault(f"{key}: '{of(row)}' stands twice", *at, key, place)])
            seen.add(of(row))
    for system, codes in shape.codes.items():
        if len(set(codes)) < len(codes):
            raise Faulty([document.fault(f"codes: one of {system} stands twice", *at, "codes", system)])


def _add_kinship(catalogue, document, shape):
    """Put groups, parents and tags into the catalogue; return the faults found."""
    faults = []
    for place, group in enumerate(shape.groups):
        _refuse_twice(document, group, ("groups", place))
        if group.slug in catalogue.conditions:
            faults.append(document.fault(f"the slug '{group.slug}' is taken", "groups", place))
        catalogue.conditions[group.slug] = group
    known = catalogue.conditions.keys()
    for child, parents in shape.parents.items():
        for slug in {child, *parents} - known:
            faults.append(document.fault(f"unknown condition '{slug}'", "parents", child))
    for tag, slug in shape.tags.items():
        if slug and slug not in known:
            faults.append(document.fault(f"unknown condition '{slug}'", "tags", tag))
    if circle := cycle_in(shape.parents):
        faults.append(document.fault(f"kinship runs in a circle: {' → '.join(circle)}", "parents", circle[0]))
    catalogue.parents, catalogue.tags = shape.parents, shape.tags
    return faults


def read_page(path):
    """A caregiver page: YAML front matter between `---` lines, then `# section-key` blocks."""
    text = read_text(path)
    match = re.match(r"---\n(.*?\n)---\n", text, re.DOTALL)
    if not match:
        raise Faulty([Fault(path, 1, "expected front matter between two lines of ---")])
    document = Document(path, match[1], first_line=2)
    head = document.read(PageHead)
    sections, faults = _split(path, text[match.end() :], 1 + text[: match.end()].count("\n"), head.sources)
    if not timedelta(0) < head.next_review_on - head.reviewed_on <= LONGEST_REVIEW_GAP:
        faults.append(document.fault("the next review comes within 36 months after the last", "next_review_on"))
    if "main-message" not in sections:
        faults.append(Fault(path, 1, "the section 'main-message' is missing"))
    if faults:
        raise Faulty(faults)
    return Page(path.stem, head, sections)


def _split(path, body, first_line, sources):
    """The sections of a page's text, with the faults found: `({key: text}, faults)`."""
    sections, started, faults, key = {}, {}, [], None
    for number, line in enumerate(body.splitlines(), first_line):
        if line.startswith("# "):
            key = line[2:].strip()
            if key not in SectionKind.values:
                faults.append(Fault(path, number, f"unknown section '{key}'"))
            if key in sections:
                faults.append(Fault(path, number, f"the section '{key}' stands twice"))
            sections[key], started[key] = [], number
        elif key is not None:
            sections[key].append(line)
            faults += [
                Fault(path, number, f"'{cited}' is cited but is no source") for cited in CITATION.findall(line) if cited not in sources
            ]
        elif line.strip():
            faults.append(Fault(path, number, "text before the first section"))
    texts = {key: "\n".join(lines).strip() for key, lines in sections.items()}
    faults += [Fault(path, started[key], f"the section '{key}' is empty: leave it out") for key, text in texts.items() if not text]
    return texts, faults
