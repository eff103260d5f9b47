"""What a family types, and the conditions that it may mean: by name, abbreviation, code, gene, or the words of a scan report."""

from dataclasses import dataclass
from heapq import nsmallest

from django.urls import reverse

from . import codes
from .names import fold, typed
from .table import FOLDED, IMPORTED, Known, table

FEW = 20
MOST_WORDS = 80
SHORTEST_MENDED = 5  # letters: shorter words have too many neighbours
SURE = 86.0  # per cent of alikeness at which a whole name is a better guess than its words mended one by one
GUESS = 85.0  # below this a name that is like the words frightens more often than it helps: “bullying” is no “lying”
# Words of any sentence that are somebody's abbreviation, or no name by themselves: in a longer text they name no condition.
EVERYDAY = frozenset(
    """
    a able add age aid aids air all am an and arch arm arms as at bad be bed bends big but by can cap car cat child children cold cub
    dad day disease disorder do dog dress ear end era eye face fall fed fit for gap gas gave get had has hat he head her hi him his
    home i if in infection infectious is it kid lab leg let lid low mad man map mat me med mole mom my no not of old on one or our out
    pan pen pig plan rash red rest run sad scan school see settle she sit so son still support syndrome syndromes tall ten test the thin to
    tumor up ups us was we work
    """.split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Found:
    """What a list of conditions shows of one."""

    slug: str
    name: str
    summary: str

    @classmethod
    def of(cls, known: Known):
        return cls(known.slug, known.name, known.summary)

    def get_absolute_url(self):
        return reverse("condition", args=[self.slug])


@dataclass(frozen=True)
class Match:
    """A condition and the name by which it was found; `is_mended`: only after misspelled words were mended."""

    condition: Found
    name: str
    is_exact: bool
    is_mended: bool = False


def search(text, limit=FEW, *, mend=True, known=None):
    """Conditions that `text` may mean, the likeliest first.

    Equal names, codes and genes; names with all its words; what is nearly spelled so, if that is sure; names within the text. Where
    there is none of these, its words mended one by one. `known`: the names, where several texts are asked about at once.
    """
    known, text = known or table(), typed(text)
    wanted = fold(text)
    words = wanted.split()[:MOST_WORDS]
    found = _coded(known, text) + _equal(known, wanted) + _beginning(known, wanted, words, limit)
    near = nearest(known, wanted[:FOLDED], limit) if mend and not found and len(wanted) >= SHORTEST_MENDED else []
    found += [match for alike, match in near if near[0][0] >= SURE] + _inner(known, words, text)
    found = found or (_mended(known, words, limit) if mend else []) or [match for alike, match in near if alike >= GUESS]
    return _once(found, limit)


def exact(text, known=None):
    """The one condition that is called just this, or None where none or several are."""
    found = {match.condition for match in search(text, mend=False, known=known) if match.is_exact}
    return found.pop() if len(found) == 1 else None


def within(known, words, raw="", *, nested=False):
    """Names that stand in a text as `(first word, number of words, entries)`, the longest first; unless `nested`, none overlaps another.

    `words`: of the folded text. `raw`: the text, in which an everyday word must be in capitals to be an abbreviation.
    """
    found, taken = [], set()
    for size in range(min(known.most_words, len(words)), 0, -1):
        for first in range(len(words) - size + 1):
            place = set(range(first, first + size))
            entries = known.called(" ".join(words[first : first + size]))
            if entries and not place & taken and (len(words) == size or _is_meant(words[first], size, entries, raw)):
                taken |= set() if nested else place
                found.append((first, size, entries))
    return found


def _is_meant(word, size, entries, raw):
    """Whether a name of one everyday word, or of one letter, can be meant within a longer text."""
    if size > 1 or (len(word) > 1 and word not in EVERYDAY):
        return True
    shouted = raw.upper() == raw
    return len(word) > 1 and not shouted and word.upper() in raw and any(entry.name.isupper() for entry in entries)


def _coded(known, text):
    """By the codes in the text; exact where it is one code and nothing else."""
    found = []
    for code, (start, end) in codes.codes(text).items():
        is_all = not text[:start].strip() and not text[end:].strip()
        found += [Match(Found.of(one), " ".join((*code,)).upper(), is_all) for one in sorted(known.codes.get(code, ()), key=_standing)]
    return found


def _equal(known, wanted):
    entries = [*known.called(wanted), *known.genes.get(wanted.removesuffix(" gene").removeprefix("gene "), ())]
    best = min((entry.rank for entry in entries), default=0)  # where people gave a name to one, it is not an imported other's
    entries.sort(key=lambda entry: (entry.rank, entry.kind == "gene" and entry.folded not in fold(entry.condition.name).split()))
    return [_match(entry, is_exact=entry.rank == best) for entry in entries]


def _beginning(known, wanted, words, limit):
    """Names in which every word of the text begins a word: those that begin with the text first, then people's own, then the shorter."""

    def place(entry):
        return (not entry.folded.startswith(wanted), entry.condition.order == IMPORTED, len(entry.folded), entry.folded)

    return [_match(entry) for entry in nsmallest(4 * limit, known.beginning(words[:12]), key=place)] if words else []


def _inner(known, words, text):
    named = [entry for _, _, entries in within(known, words, text, nested=True) for entry in entries]
    return [_match(entry) for entry in (*named, *(entry for word in words if word not in EVERYDAY for entry in known.genes.get(word, ())))]


def _match(entry, *, is_exact=False, is_mended=False):
    name = f"{entry.name} gene" if entry.kind == "gene" else entry.name
    return Match(Found.of(entry.condition), name, is_exact, is_mended)


def _standing(condition):
    return (condition.order, condition.name)


def _once(matches, limit):
    """Each condition by the name that fits best."""
    best: dict[str, Match] = {}
    for match in matches:
        best.setdefault(match.condition.slug, match)
    return list(best.values())[:limit]


def _mended(known, words, limit):
    """By the words, with those that nobody knows replaced by the nearest."""
    words = mended_words(known, words)
    wanted = " ".join(words)
    found = _equal(known, wanted) + _beginning(known, wanted, words, limit) + _inner(known, words, "")
    return [Match(one.condition, one.name, False, True) for one in found]


def nearest(known, wanted, limit):
    """Pairs of alikeness and `Match`, each condition once."""
    found, seen = [], set()
    names = list(known.by_name.values())
    for alike, place in known.spelling.nearest(wanted, 4 * limit):
        for entry in names[place]:
            if entry.condition.slug not in seen:
                seen.add(entry.condition.slug)
                found.append((alike, entry.condition.order == IMPORTED, _match(entry, is_mended=True)))
    return [(alike, match) for alike, _, match in sorted(found, key=lambda one: (-round(one[0], 1), one[1]))][:limit]


def mended_words(known, words):
    """The words with those that no name has replaced by the nearest that one has; empty where nothing was mended."""
    mended = [_nearest_word(known, word) if len(word) >= SHORTEST_MENDED and not known.is_word(word) else word for word in words]
    return [] if mended == words else mended


def _nearest_word(known, word):
    near = known.word_spelling.nearest(word, 1, GUESS)
    return known.words[near[0][1]] if near else word
