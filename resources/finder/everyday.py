"""Everyday words for what the vocabularies name: `resources/catalogue/everyday.yaml`, and the vocabularies' own labels."""

import re
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
    0 1 2 3 4 5 6 7 8 9 a about after again all already also always am an and any anyone anything are as at available be because
    been before being boy but by can cannot cant caregiver caregivers child children childrens childs condition could dad daughter
    daughters deal dealing diagnosed did didnt disease disorder do does doesnt doing done dont every everything families family
    father fathers find finding for from gene get gets getting girl give gives go goes going got had has hasnt have having he help
    helping helps her him his how i if im in info information into is isnt it its ive just keep keeps kid kids know like likes
    little live lives living local look looking lot lots made make makes many me mom mother much must mutation mutations my myself
    near need needed needs never no not now of often old older on or other our out own parent parents people person please program
    programme programs put raising really resource resources right s said say says see she should so some somebody someone something
    son sons special still stuff syndrome take takes taking tell than that the their them then there these they thing things this
    those to told too try trying type under until up us very want wants was we went were what whats when where which while who whose
    why will with without wont would year years yet you your
    """.split()  # noqa: SIM905
)
# The same in Spanish. Of those that are English words too, none is among them.
SPANISH = frozenset(
    """
    al algo ayuda ayudas buscar busco como con condicion cual cuando cuanto de del donde dónde el ella en enfermedad enfermedades es esta
    este familia familias hay hija hijas hijo hijos la las le lo los mama mi mis muy necesita necesito nina ninas nino ninos nos nuestra
    nuestro o padre padres papa para persona personas por puede puedo que quien quiero recurso recursos se su sus tiene tienen tengo un
    una uno y yo
    """.split()  # noqa: SIM905
)
# Of these the text may hold one and yet be English.
ALIKE = frozenset("al como con de del el en es la las le lo los mama mi o papa se su un y".split())  # noqa: SIM905
SUFFIXES = ("", "s")
# Who types this is shown the crisis line first, whatever else was understood. In the folded form.
_IN_CRISIS = re.compile(
    r"\b(suicid\w*|kill (myself|himself|herself|themselves|my (child|son|daughter|baby))|(want|going) to die|dont want to live"
    r"|do not want to live|end (it all|my life)|(hurt|harm) (myself|my (child|son|daughter|baby))|self harm|matarme|quiero morir\w*)\b"
)


def is_crisis(text):
    """Whether the words are those of somebody who needs a person at once.

    >>> is_crisis("I don't want to live"), is_crisis("will my child die")
    (True, False)
    """
    return bool(_IN_CRISIS.search(fold(text)))


class Phrases:
    """`meaning`: folded phrase → `{parameter: values}`, of the words that the database has; `usual`: the usual words for the same.

    `vocabularies`: parameter → slugs that are known, as the finder's form has them.
    """

    def __init__(self, known, labels):
        self.meaning, self.usual = {}, {}
        self.spanish = set(SPANISH - ALIKE)
        for line in _lines():
            meant = {name: kept for name, values in line.items() if (kept := tuple(one for one in values if one in known.get(name, ())))}
            spanish = line.get("es", [])
            self.spanish |= {fold(words) for words in spanish if " " not in words}
            for words in [*line.get("words", []), *spanish] if meant else ():
                for suffix in SUFFIXES:
                    self.meaning.setdefault(fold(words) + suffix, meant)
                    self.usual.setdefault(fold(words) + suffix, line["words"][0])
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
