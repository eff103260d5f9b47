"""The text lint beside a section: its reading grade, and what to mend."""

from dataclasses import dataclass

from conditions.glossary import explaining
from conditions.lint import reading
from conditions.lint.checks import HARDEST_GRADE, Finding, Passage, check
from conditions.models import SectionKind
from conditions.shapes import CITATION
from conditions.table import table

from ...lint.texts import Reader


@dataclass(frozen=True)
class Checked:
    """`grade`: years of school that reading it takes; None where the text is too short to say."""

    grade: float | None
    words: int
    findings: list[Finding]
    unknown: list[str]

    @property
    def is_hard(self):
        return bool(self.grade and self.grade > HARDEST_GRADE)


def checked(sections, keys):
    """`{kind: Checked}` of texts by the kind of their section. `keys`: of the sources that the page has."""
    reader = _reader()
    return {kind: _one(SectionKind(kind).label, text, keys, reader) for kind, text in sections.items() if text.strip()}


def _reader():
    # Names of listings are left aside: there may be a hundred thousand, and few of them stand in a text.
    return Reader(explaining.from_database(), table().written)


def _one(label, text, keys, reader):
    passage = Passage(str(label), text)
    grade, words, _mean = reading.grade(passage.blocks, reader.mask)
    findings = sorted(check([passage], reader.words, reader.mask), key=lambda one: one.level != "error")
    unknown = [key for key in dict.fromkeys(CITATION.findall(text)) if key not in keys]
    return Checked(grade if words >= reading.FEWEST_WORDS else None, words, findings, unknown)
