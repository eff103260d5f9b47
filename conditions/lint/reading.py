"""The measure of reading: Flesch-Kincaid grade, with the words that the glossary explains masked. A formula warns; a person decides."""

import re
from functools import lru_cache

from pyphen import Pyphen

from .text import WORD

FEWEST_WORDS = 30  # below this, a grade says more about one long word than about the text
LONGEST_MEAN = 20  # words a sentence, on average
SHORTEST_SENTENCE = 3  # words: "Ask." and "Why?" are no sentences to measure
_ADDRESS = re.compile(r"\b[\w@-]+(?:\.[\w-]+)+(?:/\S*)?")  # is spelled out, not read
_HYPHENS = Pyphen(lang="en_US")


_VOWELS = re.compile(r"[aeiouy]+(?!$)|[aiouy]$|(?<=l)e$")  # groups, without a silent e at the end


@lru_cache(maxsize=50_000)
def syllables(word):
    """The larger of two counts: hyphenation knows too few places in short words ("ataxia"), vowels too few in others ("evaluation").

    >>> [syllables(word) for word in ("walker", "cerebellum", "ataxia", "evaluation", "have", "a", "504")]
    [2, 4, 4, 4, 1, 1, 1]
    """
    word = word.lower()
    return max(len(_HYPHENS.positions(word)) + 1, len(_VOWELS.findall(word)))


def grade(blocks, mask):
    """`(grade, words, words a sentence)` of the blocks that are prose; (0, 0, 0) without any. `mask`: text → text.

    0.39 × words a sentence + 11.8 × syllables a word − 15.59 (Kincaid and others, 1975).
    """
    sentences = [
        WORD.findall(_ADDRESS.sub("", mask(one))) for block in blocks if block.kind in ("paragraph", "item") for one in block.sentences
    ]
    sentences = [words for words in sentences if len(words) >= SHORTEST_SENTENCE]
    words = [word for sentence in sentences for word in sentence]
    if not words:
        return 0.0, 0, 0.0
    mean = len(words) / len(sentences)
    return max(0.0, 0.39 * mean + 11.8 * sum(map(syllables, words)) / len(words) - 15.59), len(words), mean
