"""One tokenizer for what is indexed, asked and marked: the same words on both databases."""

import re
from functools import lru_cache
from threading import Lock

import snowballstemmer
from django.utils.html import escape
from django.utils.safestring import mark_safe

from conditions.names import fold

_APOSTROPHES = str.maketrans("", "", "'’‘`")
_WORD = re.compile(r"\w+")
# They stand in nearly every text and say nothing beside other words.
STOP_WORDS = frozenset(
    _WORD.findall(
        "a an and are as at be by can do does for from has have he how i if in into is it its me my not of on or our she so that the their "
        "them there they this to us was we what when where which who will with you your"
    )
)
# A run of text that becomes one word or a few: `fold` joins what stands around an apostrophe or an accent.
_RUN = re.compile(r"[\w'’‘`\u0300-\u036f]+")
_stemmer, _one_at_a_time = snowballstemmer.stemmer("english"), Lock()  # it keeps the word that it works on in itself


def tokens(text):
    """The words of a text in their folded form.

    >>> tokens("Friedreich’s ataxia: 50% of the “ramps”")
    ['friedreichs', 'ataxia', '50', 'of', 'the', 'ramps']
    """
    return _WORD.findall(text.translate(_APOSTROPHES).lower()) if text.isascii() else fold(text).split()


@lru_cache(200_000)
def stem(word):
    """What the forms of an English word share.

    >>> stem("ramps"), stem("therapies"), stem("therapy")
    ('ramp', 'therapi', 'therapi')
    """
    with _one_at_a_time:
        return _stemmer.stemWord(word)


def stems(text):
    """The set of a text's stems."""
    return {stem(word) for word in tokens(text)}


def words(text):
    """The words of a query, each once. Quotes, operators and punctuation are no words; stop words are, where they stand alone.

    >>> words('"wheelchair  ramp" OR a grant!')
    ['wheelchair', 'ramp', 'grant']
    >>> words("who?")
    ['who']
    """
    found = list(dict.fromkeys(tokens(text)))
    return [word for word in found if word not in STOP_WORDS] or found


@lru_cache(50_000)
def _stems_of_run(run):
    return frozenset(stems(run))


def marked(text, wanted):
    """`text`, escaped, with what matches one of the stems `wanted` in <mark>.

    >>> marked("Ramps & <b>grants</b>", {"ramp"})
    '<mark>Ramps</mark> &amp; &lt;b&gt;grants&lt;/b&gt;'
    """
    pieces, end = [], 0
    for run in _RUN.finditer(text):
        if not wanted.isdisjoint(_stems_of_run(run[0])):
            pieces += [escape(text[end : run.start()]), "<mark>", escape(run[0]), "</mark>"]
            end = run.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 each piece is escaped
