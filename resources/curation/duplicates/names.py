"""How alike two names are, when some words say more than others. Pure functions."""

from math import log

from rapidfuzz.distance import OSA

SHORTENED = 0.9  # "ctr" for "center" is nearly as good as the word
SLIPPED = 0.93  # a letter typed wrong


def weight(count):
    """What a word says that stands in the names of so many listings.

    >>> [round(weight(count), 2) for count in (1, 2, 20, 3_000)]
    [1.0, 0.59, 0.25, 0.11]
    """
    return 1 / (1 + log(max(count, 1)))


def same_word(one, other):
    """1 for the same word, nearly 1 for a slip of the fingers or a short form, else 0.

    >>> same_word("ataxia", "ataxai"), same_word("foundation", "fdn"), same_word("hypotonia", "hypertonia")
    (0.93, 0.9, 0)
    >>> same_word("chapter12", "chapter13"), same_word("ohio", "iowa")
    (0, 0)
    """
    if one == other:
        return 1
    short, long = sorted((one, other), key=len)
    if not short.isalpha() or not long.isalpha() or one[0] != other[0] and len(short) < 6:
        return 0
    slips = OSA.distance(short, long, score_cutoff=1) if len(short) >= 4 else 2
    if slips == 1:
        return SLIPPED
    return SHORTENED if _shortens(short, long) else 0


def _shortens(short, long):
    """
    >>> _shortens("assn", "association"), _shortens("natl", "national"), _shortens("care", "cerebral")
    (True, True, False)
    """
    if not 3 <= len(short) <= 5 or len(long) < len(short) + 3 or short[0] != long[0]:
        return False
    letters = iter(long)
    return all(letter in letters for letter in short) and (long.startswith(short) or short[-1] in long[-4:])


def alikeness(one, other, weight_of):
    """0 to 1 for two names as lists of words: the share of what they say that both say. `weight_of(word)`: what a word says.

    >>> plain = lambda word: 1
    >>> alikeness(["national", "ataxia", "foundation"], ["natl", "ataxia", "fdn"], plain)
    0.93
    >>> alikeness(["ataxia", "ohio"], ["dystonia", "ohio"], plain), alikeness(["care", "giver"], ["caregiver"], plain)
    (0.5, 1)
    >>> alikeness(["hope", "for", "hie"], ["hfh"], plain)
    0.9
    """
    if not one or not other:
        return 0
    if "".join(one) == "".join(other):
        return 1
    if _initials(one, other) or _initials(other, one):
        return SHORTENED
    both, left = 0.0, list(other)
    alone = 0.0
    for word in sorted(one, key=weight_of, reverse=True):
        closeness, match = max(((same_word(word, another), another) for another in left), default=(0, ""))
        if closeness:
            left.remove(match)
            both += closeness * min(weight_of(word), weight_of(match))
            alone += (1 - closeness) * min(weight_of(word), weight_of(match))
        else:
            alone += weight_of(word) / 2
    alone += sum(map(weight_of, left)) / 2
    return round(both / (both + alone), 2)


def _initials(short, long):
    """Whether one name is the other's initials, of three letters at least."""
    return len(short) == 1 and len(long) >= 3 and short[0] == "".join(word[0] for word in long)
