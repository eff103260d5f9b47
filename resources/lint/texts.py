"""Where texts come from: the catalogue's files, the database, or any file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from conditions import catalogue_files
from conditions.files import Fault, Faulty, gather, read_text
from conditions.glossary import explaining
from conditions.glossary import files as glossary_files
from conditions.lint.checks import Finding, Passage, check
from conditions.models import Condition, ConditionName

from .. import document as documents
from .. import starter
from ..models import Resource
from . import gaps
from .passages import listing_passages, page_passages

LARGEST = 2_000_000  # bytes of one file


@dataclass
class Text:
    """One page, listing or file: its passages, and what it lacks beside its words."""

    place: str
    passages: list[Passage]
    lacks: list[Finding] = field(default_factory=list)
    kind: str = "file"


class Reader:
    """Knows the glossary and the names that the measure of reading hides: a name cannot be made simpler."""

    def __init__(self, words: explaining.Glossary, names: Iterable[str]):
        self.words = words
        self._names = explaining.Glossary(explaining.Word(name, name, (), "", "") for name in set(names))

    @classmethod
    def of_files(cls):
        catalogue = catalogue_files.read()
        names = [name for shape in catalogue.conditions.values() for name in (shape.name, *(one.name for one in shape.names))]
        listings = [entry.listing for entry in entries()]
        names += [name for one in listings for name in (one.name, *one.also_known_as)]
        return cls(explaining.from_shape(glossary_files.read()), names)

    @classmethod
    def of_database(cls):
        # Imported names are left aside: texts name the conditions that people wrote.
        names = [name for model in (Condition, ConditionName) for name in model.objects.filter(origin="").values_list("name", flat=True)]
        for name, others in Resource.objects.published().values_list("name", "also_known_as"):
            names += [name, *others]
        return cls(explaining.from_database(), names)

    def mask(self, text):
        return self.words.masked(self._names.masked(text))

    def findings(self, text: Text):
        return sorted(
            {*text.lacks, *check(text.passages, self.words, self.mask)},
            key=lambda one: (one.level != "error", one.place, one.line, one.rule, one.excerpt),
        )


def of_catalogue():
    """Every page, listing and glossary entry in the catalogue's files."""
    for path in sorted((catalogue_files.ROOT / "pages").glob("*.md")):
        yield of_page_file(path)
    glossary = glossary_files.read()
    yield Text("glossary.yaml", [Passage(f"glossary.yaml: {slug}", one.means) for slug, one in glossary.terms.items()], kind="glossary")
    for entry in entries():
        yield _of_listing(f"{entry.listing.kind}/{entry.listing.slug}.yaml", entry.listing, entry.file.line)


def entries():
    """The starter catalogue's files, unchecked against the database."""
    found, faults = gather(starter.listing_files(), starter.read_entry)
    if faults:
        raise Faulty(faults)
    return found


def of_database(with_listings=True):
    """Every published page, and every published listing, in the database."""
    for condition in Condition.objects.with_pages().prefetch_related("sections", "sources"):
        place, sections = f"conditions/{condition.slug}", {section.kind: section.body for section in condition.sections.all()}
        lacks = gaps.review(place, condition.reviewed_on, condition.next_review_on)
        yield Text(place, list(page_passages(place, sections)), [*lacks, *gaps.sources(place, condition.sources.all())], "page")
    for listing in documents.of_many(Resource.objects.published()) if with_listings else ():
        yield _of_listing(f"{listing.kind}/{listing.slug}", listing)


def of_file(path: Path):
    """A caregiver page, a listing document, or any text. Raises `Faulty` with a sentence where it cannot be read as text."""
    if not path.is_file():
        raise Faulty([Fault(path, 1, "there is no such file")])
    if path.stat().st_size > LARGEST:
        raise Faulty([Fault(path, 1, f"the file is too long to read as one text: {LARGEST // 1_000_000} MB at most. Split it")])
    text = read_text(path)
    if not text.strip():
        raise Faulty([Fault(path, 1, "the file is empty: there is nothing to read")])
    if path.suffix == ".md" and text.startswith("---\n") and "\n# main-message" in text:
        return of_page_file(path)
    if path.suffix in (".yaml", ".yml") and "\nkind:" in text and "\nstarter:" in f"\n{text}":
        entry = starter.read_entry(path)
        return _of_listing(str(path), entry.listing, entry.file.line)
    return Text(str(path), [Passage(str(path), text, 1, explains=False)])


def of_page_file(path):
    page = catalogue_files.read_page(path)
    lines = {line[2:].strip(): number + 1 for number, line in enumerate(read_text(path).splitlines(), 1) if line.startswith("# ")}
    place = path.name
    lacks = gaps.review(place, page.head.reviewed_on, page.head.next_review_on)
    return Text(place, list(page_passages(place, page.sections, lines)), [*lacks, *gaps.sources(place, page.head.sources.values())], "page")


def _of_listing(place, listing, line=lambda *path: 0):
    return Text(place, list(listing_passages(place, listing, line)), list(gaps.gaps(place, listing)), listing.kind)
