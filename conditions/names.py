"""What people type, made fit to read and to compare."""

import re
import unicodedata
from itertools import count

from django.utils.text import slugify

# Control characters and code points that are no characters: no page, feed or database can hold them.
_UNPRINTABLE = re.compile(
    "[\x00-\x1f\x7f-\x9f\ufdd0-\ufdef"
    + "".join(chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF))
    + "]"
)
LONGEST_TYPED = 400  # letters that are read of anything typed: a sentence of a report, not a book


def typed(text):
    """One tidy line of what was typed.

    >>> typed(" small\\x00  cerebellum ")
    'small cerebellum'
    """
    return " ".join(_UNPRINTABLE.sub(" ", text).split())[:LONGEST_TYPED].rstrip()


def fold(text):
    """The form in which two spellings of a name are equal.

    >>> fold("Friedreich’s  Ataxia")
    'friedreichs ataxia'
    >>> fold("Ménière (CBLH)")
    'meniere cblh'
    """
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(c for c in plain if not unicodedata.combining(c) and c not in "'’‘`")
    return " ".join(re.findall(r"\w+", plain))


def slugged(words, longest=80):
    """Words as part of an address; empty where nothing of them is left.

    >>> slugged("Ménière’s & friends_of"), slugged("…")
    ('menieres-friends-of', '')
    """
    return "-".join(re.findall("[a-z0-9]+", slugify(words)))[:longest].strip("-")


def free_slug(words, is_taken, *, longest=80, otherwise):
    """The words as a slug that nobody has yet, with a number after it where it must be. `otherwise`: where nothing of them is left.

    >>> free_slug("Oak House", {"oak-house", "oak-house-2"}.__contains__, otherwise="listing")
    'oak-house-3'
    """
    stem = slugged(words, longest) or otherwise
    numbered = (f"{stem[: longest - len(str(number)) - 1].rstrip('-')}-{number}" for number in count(2))
    return stem if not is_taken(stem) else next(one for one in numbered if not is_taken(one))


# They join the words of a name, and tell nothing of it.
_JOINTS = frozenset("a an and at for has have in is of on or the to too type very with".split())  # noqa: SIM905

_DIGIT, _APART = re.compile(r"\d"), re.compile(r"[^\W\d]+|\d+")


def shape(folded):
    """What a name shares with others of the same words in another order, with a number apart, or with words that only join.

    Empty where it ends in a word that joins, or says too little.

    >>> shape("sca 3") == shape("sca3") == shape("sca type 3")
    True
    >>> shape("cerebellum is small") == shape("small cerebellum")
    True
    >>> shape("ataxia"), shape("of ataxia"), shape("type 1")
    ('', '', '')
    """
    words = _APART.findall(folded) if _DIGIT.search(folded) else folded.split()
    if len(words) < 2 or words[0] in _JOINTS or words[-1] in _JOINTS:
        return ""
    told = [word for word in words if word not in _JOINTS]
    return " ".join(sorted(told)) if len(told) > 1 and sum(map(len, told)) > 3 else ""
