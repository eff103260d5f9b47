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
