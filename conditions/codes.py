"""Codes of diseases as people write them."""

import re

_WRITTEN = {
    "orphanet": r"(?:orpha(?:net)?(?:\s*(?:code|number|no\.?))?)\s*[:#]?\s*([0-9]{1,7})",
    "omim": r"(?:o?mim)\s*[:#%+*]*\s*([0-9]{6})",
    "mondo": r"mondo\s*[:_]?\s*([0-9]{7})",
    "doid": r"doid\s*[:_]?\s*([0-9]{1,8})",
    "mesh": r"mesh\s*:?\s*([dc][0-9]{6,9})",
    "icd10cm": r"(?:icd\s*-?\s*10(?:\s*-?\s*cm)?\s*:?\s*)?([a-tv-z][0-9][0-9a-z](?:\.[0-9a-z]{1,4})?)",
}
_PATTERNS = {system: re.compile(rf"(?<![\w.]){pattern}(?![\w.]\w|\w)", re.IGNORECASE) for system, pattern in _WRITTEN.items()}
_BARE_OMIM = re.compile(r"(?<![\w.#])[#%]?([0-9]{6})(?!\w)")


def codes(text):
    """`{(system, code): (start, end)}` of the codes in a text; a number of six digits alone may be OMIM's.

    >>> codes("ORPHA:475 or icd-10 q04.3")
    {('orphanet', '475'): (0, 9), ('icd10cm', 'Q04.3'): (13, 25)}
    >>> codes("#213300")
    {('omim', '213300'): (0, 7)}
    """
    found = {(system, match[1].upper()): match.span() for system, pattern in _PATTERNS.items() for match in pattern.finditer(text)}
    taken = list(found.values())
    for match in _BARE_OMIM.finditer(text):
        if not any(start <= match.start() < end for start, end in taken):
            found["omim", match[1]] = match.span()
    return found
