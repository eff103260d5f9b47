"""Everyday words for what the vocabularies name: `resources/catalogue/everyday.yaml`, and the vocabularies' own labels."""

from functools import cached_property, lru_cache
from pathlib import Path

import yaml

from conditions.names import fold
from conditions.spelling import Spelling

FILE = Path(__file__).parent.parent / "catalogue" / "everyday.yaml"
LABELLED = {"need": "need", "language": "language", "area": "state"}  # vocabularies whose labels people type → parameter
# Of every sentence: not looked for where other words were understood.
FILLERS = frozenset(
    """
    a about an and any anyone are as at available be because been boy but by can caregiver caregivers child children childrens childs
    condition could dad daughter daughters diagnosed disease disorder do does families family father find finding for from gene get
    girl give gives had has have having he help helps her him his how i i've im in info information is it ive kid kids like live lives
    living local looking me mom mother mutation mutations my near need needs of old on or our out parent parents people person please
    resource resources s she somebody someone son sons syndrome that the their them there they this to us want was we we're were what
    where which who with year years you your
    """.split()  # noqa: SIM905
)
SUFFIXES = ("", "s")


class Phrases:
    """Folded phrase → `{parameter: values}`, of the words that the database has.

    `vocabularies`: parameter → slugs that are known, as the finder's form has them.
    """

    def __init__(self, known, labels):
        self.meaning = {}
        for line in _lines():
            meant = {name: kept for name, values in line.items() if (kept := tuple(one for one in values if one in known.get(name, ())))}
            for words in line["words"] if meant else ():
                for suffix in SUFFIXES:
                    self.meaning.setdefault(fold(words) + suffix, meant)
        for parameter, slug, label in labels:
            self.meaning.setdefault(fold(label), {parameter: (slug,)})
        self.words = {word for phrase in self.meaning for word in phrase.split()}
        self.most_words = max((phrase.count(" ") + 1 for phrase in self.meaning), default=0)

    @cached_property
    def spelling(self):
        return Spelling(list(self.meaning))

    def nearest(self, folded, cutoff):
        """The phrase that is nearly spelled so, or None."""
        return next((self.spelling.names[place] for _, place in self.spelling.nearest(folded, 1, cutoff)), None)


@lru_cache(maxsize=1)
def _lines():
    lines = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return [{name: [str(value) for value in values] for name, values in line.items()} for line in lines]


@lru_cache(maxsize=8)
def _phrases(known, labels):
    return Phrases({name: set(slugs) for name, slugs in known}, labels)


def phrases(kinds, vocabularies):
    """The `Phrases` for the kinds of listings and the vocabularies (vocabulary → `{slug: label}`) of the index."""
    known = (("kind", tuple(kinds)), *(("state" if name == "area" else str(name), tuple(words)) for name, words in vocabularies.items()))
    labels = ((LABELLED[name], slug, label) for name, words in vocabularies.items() if name in LABELLED for slug, label in words.items())
    return _phrases(known, tuple(labels))
