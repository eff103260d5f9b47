"""How a name is compared: without case, accents, punctuation or apostrophes."""

import re
import unicodedata


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
