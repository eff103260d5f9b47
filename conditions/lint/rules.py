"""The rules of the text lint, read from `rules.yaml`."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Literal

from ..files import Document, read_text
from ..shapes import Shape

FILE = Path(__file__).with_name("rules.yaml")
# Stands in place of the words found where an excuse is tried; `NAME` where they have a capital within the sentence.
HIT, NAME = "<hit>", "<Hit>"
_QUOTED = re.compile(rf"[\"“‘]([^\"”’.!?]{{0,40}}){HIT}[^\"”’.!?]{{0,40}}[\"”’]", re.IGNORECASE)  # words that somebody is quoted with


class RuleShape(Shape):
    id: str
    about: str
    level: Literal["error", "advice"]
    find: list[str]
    unless: list[str] = []
    # A source excuses the hit: in its own block, or also at the end of its listing.
    unless_cited: Literal["never", "inline", "anywhere"] = "never"
    why: str
    mend: str
    caught: list[str]
    passes: list[str]


class RulesShape(Shape):
    excuses: dict[str, list[str]]
    rules: list[RuleShape]
    others: dict[str, str]
    jargon: dict[str, str]


class Rule:
    """One rule, ready to be tried on a sentence."""

    def __init__(self, shape, excuses):
        self.shape = shape
        self._find = [re.compile(one, re.IGNORECASE) for one in shape.find]
        unless = [pattern for one in shape.unless for pattern in excuses.get(one, [one])]
        self._unless = [re.compile(one, re.IGNORECASE) for one in unless]
        self._headings = [re.compile(one, re.IGNORECASE) for one in excuses["warned"] if "warned" in shape.unless]

    def hits(self, sentence, heading=""):
        """The words in the sentence that break the rule. A heading that warns excuses what stands under it."""
        for pattern in self._find:
            for found in pattern.finditer(sentence):
                mark = NAME if is_name(sentence, found.start()) and not found[0].isupper() else HIT
                around = sentence[: found.start()] + mark + sentence[found.end() :]
                is_warned = any(one.search(heading) for one in self._headings)
                if not is_warned and not _QUOTED.search(around) and not any(one.search(around) for one in self._unless):
                    yield found[0]


def is_name(text, start):
    """A capital within a sentence: part of a name, which cannot be made plainer.

    >>> is_name("Ask the Office of Care.", 8), is_name("Ask. Then go.", 5)
    (True, False)
    """
    return text[start].isupper() and text[:start].rstrip(' “"(')[-1:] not in ("", ".", "!", "?", ":")


class Rules:
    """`about`: what each rule is about in plain words, by its id."""

    def __init__(self, shape):
        self.rules = [Rule(one, shape.excuses) for one in shape.rules]
        self.about = shape.others | {one.id: one.about for one in shape.rules}
        self.jargon = [(re.compile(pattern, re.IGNORECASE), plain) for pattern, plain in shape.jargon.items()]


@lru_cache
def rules():
    return Rules(Document(FILE, read_text(FILE)).read(RulesShape))
