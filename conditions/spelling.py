"""Names that are nearly what was typed: by the letters that they share, then by the changes between them."""

import re

import numpy as np
from rapidfuzz import fuzz

CANDIDATES = 120  # names that share the most letters are compared in full
LIKELY = 80.0  # per cent of alikeness below which a name is no guess worth showing
_SOUNDS = [
    (re.compile(pattern), sound)
    for pattern, sound in [
        (r"ph", "f"),
        (r"sch|sk", "sk"),
        (r"ch(?=[rl])|ck|qu|q", "k"),
        (r"c(?=[eiy])", "s"),
        (r"c(?!h)", "k"),
        (r"[ao]e", "e"),
        (r"ee|ie|y", "i"),
        (r"ou|oo", "u"),
        (r"rh", "r"),
        (r"th", "t"),
        (r"wr", "r"),
        (r"x", "ks"),
        (r"z", "s"),
        (r"([^\Wi])\1", r"\1"),  # not the numeral II
    ]
]


def sound(folded):
    """Roughly how it is said: spellings that sound alike come out alike.

    >>> sound("friedreich ataxia"), sound("freedrich atacksia")
    ('fridreich ataksia', 'fridrich ataksia')
    """
    for pattern, said in _SOUNDS:
        folded = pattern.sub(said, folded)
    return folded


class Spelling:
    """Trigrams of many names; built in half a second for 80,000, asked in a few milliseconds."""

    def __init__(self, names):
        self.names = names
        self.sounds = [sound(name) for name in names]
        codes, owners = _trigrams(self.sounds)
        order = np.argsort(codes, kind="stable")
        self.codes, starts = np.unique(codes[order], return_index=True)
        self.starts = np.append(starts, len(order))
        self.owners = owners[order].astype(np.uint32)
        self.sizes = np.bincount(owners, minlength=len(names)).astype(np.float32)

    def nearest(self, folded, limit=10, cutoff=LIKELY):
        """Pairs of alikeness (0 to 100) and the place of a name, the best first."""
        if not self.names or not folded:
            return []
        said = sound(folded)
        wanted = np.unique(_trigrams([said])[0])
        at = np.searchsorted(self.codes, wanted)
        hits = [
            self.owners[self.starts[i] : self.starts[i + 1]] for i, code in zip(at, wanted) if i < len(self.codes) and self.codes[i] == code
        ]
        if not hits:
            return []
        shared = np.bincount(np.concatenate(hits), minlength=len(self.names))
        alike = shared / (self.sizes + len(wanted) - shared)
        few = min(CANDIDATES, len(alike))
        best = np.argpartition(-alike, few - 1)[:few]
        scored = ((self._alikeness(folded, said, place), int(place)) for place in best if shared[place])
        return sorted((pair for pair in scored if pair[0] >= cutoff), key=lambda pair: (-pair[0], pair[1]))[:limit]

    def _alikeness(self, folded, said, place):
        name, heard = self.names[place], self.sounds[place]
        return max(
            (fuzz.ratio(folded, name) + fuzz.ratio(said, heard)) / 2,
            fuzz.token_sort_ratio(said, heard) - 4,
            fuzz.ratio(said.replace(" ", ""), heard.replace(" ", "")) - 2,
        )


def _trigrams(texts):
    """Numbers of three letters each, and the place of the text that holds them; a text's ends count as blanks."""
    joined = " ".join(["", *texts, ""]).encode("ascii", "replace")
    letters = np.frombuffer(joined, np.uint8).astype(np.int32)
    if len(letters) < 3:
        return np.zeros(0, np.int32), np.zeros(0, np.int64)
    lengths = np.array([len(text) + 1 for text in texts])
    owners = np.repeat(np.arange(len(texts)), lengths)[: len(letters) - 2]
    return (letters[:-2] << 16) | (letters[1:-1] << 8) | letters[2:], owners
