"""What a partner's columns most likely mean: remembered, else by the heading, else by what stands below it."""

import re

from rapidfuzz import fuzz, process

from conditions.names import fold

from .targets import KEY, MANY, TARGETS

LIKE_ENOUGH = 88  # of 100; "Adress" is like "Address", "Rate" is not like "State"
MOSTLY = 0.6  # of the filled samples
CONTENT = {
    "email": re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I),
    "website": re.compile(r"(https?://|www\.)\S+", re.I),
    "phone": re.compile(r"(\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]?\d{3}[\s.-]\d{4}(\s*(x|ext).*)?", re.I),
    "location.postal_code": re.compile(r"\d{5}(-\d{4})?"),
    "location.region": re.compile(r"[A-Z]{2}"),
    "location.address": re.compile(r"\d+\s+\w+.*\b(st|street|ave|avenue|rd|road|blvd|dr|drive|ln|lane|way|hwy|suite|ste)\b.*", re.I),
}
_WORDS = {word: name for name, target in TARGETS.items() for word in (*target.words, fold(str(target.label)), fold(name))}


def guess(headings, samples, remembered):
    """The target's name of each column, empty to leave it out; none twice but those that take many. `samples`: texts of each column."""
    scored = []
    for number, heading in enumerate(headings):
        if heading in remembered:
            scored.append((200, number, remembered[heading]))
        else:
            scored += [(score, number, name) for name, score in _likely(heading, samples[number])]
    chosen: dict[int, str] = {}
    for _score, number, name in sorted(scored, key=lambda one: (-one[0], one[1])):
        if number not in chosen and (name in ("", *MANY) or name not in chosen.values()):
            chosen[number] = name
    return [chosen.get(number, "") if chosen.get(number, "") in TARGETS else "" for number in range(len(headings))]


def _likely(heading, texts):
    """`(target, score)`s; what stands in the column outweighs a heading that is only like ours."""
    folded = fold(heading)
    if folded in _WORDS:
        yield _WORDS[folded], 100 if _is_unlike_a_key(_WORDS[folded], texts) else 40
    elif found := process.extractOne(folded, list(_WORDS), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH):
        yield _WORDS[found[0]], found[1] - 10
    yield from ((name, 70) for name in by_content(texts))


def _is_unlike_a_key(name, texts):
    """Whether the heading may be believed: a partner's own numbers are all there, and none twice."""
    filled = [text for text in texts if text]
    return name != KEY or (len(filled) == len(texts) and len(set(filled)) == len(filled))


def by_content(texts):
    """Targets whose look most of the filled texts have.

    >>> by_content(["(512) 555-0100", "512-555-0101", ""])
    ['phone']
    """
    filled = [text.strip() for text in texts if text.strip()]
    return [name for name, look in CONTENT.items() if filled and sum(bool(look.fullmatch(text)) for text in filled) >= MOSTLY * len(filled)]
