"""The text lint: what in a text is hard to read, claims too much, lays blame or sells (docs/catalogue.md, "The lint")."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal

from . import reading
from .rules import is_name, rules
from .text import Block, blocks

HARDEST_GRADE = 8.0
HARDEST_SHORT = 12.0  # for a text of a few words, whose grade is rough
LONG = 25  # words in a sentence
LONGEST_PARAGRAPH = 4  # sentences
EXCERPT = 90
LONGEST_TRIED = 2_000  # letters of a sentence


@dataclass(frozen=True)
class Finding:
    """`level` "error" must be mended; "advice" is for a person to weigh."""

    place: str
    line: int
    level: Literal["error", "advice"]
    rule: str
    excerpt: str
    why: str
    mend: str

    @property
    def about(self):
        """What the rule is about, in plain words."""
        return rules().about.get(self.rule, self.rule)

    def __str__(self):
        where = f"{self.place}:{self.line}" if self.line else self.place
        quoted = f" “{self.excerpt}”" if self.excerpt else ""
        return f"{where}: {self.level}: {self.rule}:{quoted} {self.why} → {self.mend}"


@dataclass
class Passage:
    """A piece of text that is read as one: a section of a page, a field of a listing, a part of a file.

    `is_cited`: its sources stand elsewhere. `warns`: it names what others claim, as red flags do.
    `explains`: the page shows what glossary words mean.
    """

    place: str
    text: str
    line: int = 0
    heading: str = ""
    is_cited: bool = False
    warns: bool = False
    explains: bool = True
    blocks: list[Block] = field(init=False)

    def __post_init__(self):
        self.blocks = blocks(self.text, self.line or 1, self.heading)


def check(passages, words, mask: Callable[[str], str]):
    """All `Finding`s of passages that make one text. `words`: the `Glossary`; `mask`: hides names and glossary words from the measure."""
    passages = list(passages)
    findings = [finding for passage in passages for finding in (*claims(passage), *jargon(passage, words), *sentences(passage))]
    return findings + hard_to_read(passages, mask)


def claims(passage):
    for block in passage.blocks:
        for rule in rules().rules:
            if _is_excused(rule.shape, passage, block):
                continue
            for sentence in (piece for one in block.sentences for piece in _pieces(one)):
                # One finding a rule and sentence: the words beside it are mended with it.
                if hit := next(rule.hits(sentence, "" if block.kind == "title" else block.heading), None):
                    yield _finding(passage, block, rule.shape.level, rule.shape.id, hit, rule.shape.why, rule.shape.mend)


def _pieces(sentence):
    """What has no end is tried piece by piece: the patterns take time with the square of a text's length."""
    return (sentence[at : at + LONGEST_TRIED] for at in range(0, len(sentence), LONGEST_TRIED))


def _is_excused(rule, passage, block):
    if passage.warns and rule.id not in ("blame", "person-first"):
        return True
    return (block.is_cited and rule.unless_cited != "never") or (passage.is_cited and rule.unless_cited == "anywhere")


def jargon(passage, words):
    """Over-learned words, and where the page does not explain them, glossary words without their plain word beside them."""
    seen = set()
    for block in passage.blocks:
        for pattern, plain in rules().jargon:
            hit = pattern.search(block.text)
            if hit and not is_name(block.text, hit.start()) and not _is_explained(block.text, hit.end(), plain):
                mend = f"Write “{plain}”, or put it first and the hard word after it in brackets."
                yield _finding(passage, block, "error", "jargon", hit[0], "Few families know this word.", mend)
        for _start, end, word in [] if passage.explains else words.uses(block.text):
            if word.slug not in seen and not _is_explained(block.text, end, word.plain):
                mend = f"Write “{word.plain} ({word.term})” where it is first used."
                yield _finding(passage, block, "advice", "unexplained-word", word.term, "Not everybody knows this word.", mend)
            seen.add(word.slug)


def _is_explained(text, end, plain):
    """Whether the plain word stands in the block, or brackets stand around the word or after it."""
    around = text[max(0, end - 60) : end]
    in_brackets = around.rfind("(") > around.rfind(")")
    return plain.casefold() in text.casefold() or in_brackets or text[end : end + 2] == " ("


def sentences(passage):
    for block in passage.blocks:
        if block.kind not in ("paragraph", "item"):
            continue
        for sentence in block.sentences:
            words = len(sentence.split())
            if words > LONG:
                why = f"It has {words} words."
                yield _finding(passage, block, "advice", "long-sentence", sentence, why, f"Make two of it: {LONG} words at most.")
        if len(block.sentences) > LONGEST_PARAGRAPH and block.kind == "paragraph":
            why = f"It has {len(block.sentences)} sentences."
            yield _finding(passage, block, "advice", "long-paragraph", block.text, why, "Begin a new paragraph after three.")


def hard_to_read(passages, mask):
    """The grade of each passage that is long enough, and of the whole."""
    findings = []
    for passage in passages:
        grade, words, mean = reading.grade(passage.blocks, mask)
        if words >= reading.FEWEST_WORDS:
            findings += _grade_findings(passage.place, passage.line, grade, mean)
    grade, words, mean = reading.grade([block for passage in passages for block in passage.blocks], mask)
    if words and not findings and (words >= reading.FEWEST_WORDS or grade > HARDEST_SHORT):
        findings += _grade_findings(passages[0].place.partition(": ")[0], 0, grade, mean)
    return findings


def _grade_findings(place, line, grade, mean):
    if grade > HARDEST_GRADE:
        why = f"Reading it takes {grade:.0f} years of school; our limit is {HARDEST_GRADE:.0f}."
        yield Finding(place, line, "error", "reading-grade", "", why, "Use shorter sentences and shorter words.")
    if mean > reading.LONGEST_MEAN:
        why = f"Its sentences have {mean:.0f} words on average; our limit is {reading.LONGEST_MEAN}."
        yield Finding(place, line, "error", "long-sentences", "", why, "Cut the longest sentences in two.")


def _finding(passage, block, level, rule, excerpt, why, mend):
    line = block.line if passage.line else 0
    excerpt = excerpt if len(excerpt) <= EXCERPT else excerpt[: EXCERPT - 1].rstrip() + "…"
    return Finding(passage.place, line, level, rule, excerpt, why, mend)
