"""A labelled set: the catalogue, listings entered a second time as people would, and neighbours that only look alike. Always the same."""

import re
import sys
from collections import Counter
from dataclasses import dataclass, replace
from random import Random

from resources import document as documents
from resources.curation.duplicates.finding import candidates
from resources.curation.duplicates.scoring import ASK, Marks, compare
from resources.starter import listing_files, read_entry

KINDS = ("organization", "service", "money")
SHORT = {"foundation": "Fdn", "association": "Assn", "national": "Natl", "center": "Ctr", "university": "Univ", "department": "Dept"}
DISEASES = ["Ataxia", "Dystonia", "Epilepsy", "Spina Bifida", "Cerebral Palsy", "Mitochondrial Disease", "Hydrocephalus", "Tourette"]
TOWNS = [("Springfield", "IL"), ("Fairview", "OR"), ("Clinton", "MS"), ("Georgetown", "KY"), ("Salem", "MA"), ("Franklin", "TN")]
PROGRAMS = ["Camp Weekend", "Helpline", "Family Conference", "Peer Mentors", "Equipment Loan", "Research Registry"]


@dataclass(frozen=True)
class Entered:
    """What `documents.recognized_by` takes, as somebody typed it."""

    name: str
    also_known_as: tuple = ()
    website: str = ""
    email: str = ""
    phones: tuple = ()
    places: tuple = ()
    provider: str = ""
    codes: tuple = ()

    @classmethod
    def of(cls, document):
        return cls(
            name=document.name,
            also_known_as=tuple(document.also_known_as),
            website=document.website,
            email=document.email,
            phones=tuple(one.number for one in document.phones),
            places=tuple((one.address, one.city, one.region) for one in document.locations),
            provider=getattr(getattr(document, document.kind, None), "provider", None) or "",
        )

    @property
    def marks(self):
        return Marks.of(documents.recognized_by(**vars(self)))


def misspelled(chance, one):
    """Two letters of a word change places, or one is lost."""
    words = one.name.split()
    long = [place for place, word in enumerate(words) if len(word) > 4 and word.isalpha()]
    if not long:
        return one
    place = chance.choice(long)
    word, at = words[place], chance.randrange(1, len(words[place]) - 1)
    words[place] = word[:at] + chance.choice([word[at + 1] + word[at] + word[at + 2 :], word[at + 1 :]])
    return replace(one, name=" ".join(words))


def shortened(chance, one):
    return replace(one, name=" ".join(SHORT.get(word.lower(), word) for word in one.name.split()))


def incorporated(chance, one):
    """A suffix comes or goes."""
    bare = re.sub(r",? (Inc\.?|Foundation)$", "", one.name)
    return replace(one, name=bare if bare != one.name else one.name + chance.choice([", Inc.", " Inc", " Foundation", " LLC"]))


def dialled(chance, one):
    """The same numbers in another hand."""
    form = chance.choice(["({}) {}-{}", "{}.{}.{}", "+1 {} {} {}", "1-{}-{}-{}", "{}-{}-{} ext. 5"])
    digits = [re.sub(r"\D", "", number)[-10:] for number in one.phones]
    return replace(one, phones=tuple(form.format(n[:3], n[3:6], n[6:]) if len(n) == 10 else n for n in digits))


def linked(chance, one):
    """The same site by another address."""
    if not one.website:
        return one
    bare = one.website.split("://", 1)[1].removeprefix("www.").rstrip("/")
    start = chance.choice(["http://www.", "https://", "http://"])
    return replace(one, website=start + bare + chance.choice(["", "/", "/contact-us/", "/about", "/index.html"]))


def moved(chance, one):
    """Another street of the same town."""
    return replace(one, places=tuple((f"{chance.randrange(10, 999)} Oak Avenue", city, region) for _, city, region in one.places))


def left_out(chance, one):
    return replace(one, **{chance.choice(["phones", "places"]): (), "email": ""}) if chance.random() < 0.7 else replace(one, website="")


DAMAGE = [misspelled, shortened, incorporated, dialled, linked, moved, left_out]


def entered_again(chance, one):
    """By somebody who did not see that it is there: two to four things differ, and other names are seldom typed."""
    for change in chance.sample(DAMAGE, chance.choice([2, 3, 3, 4])):
        one = change(chance, one)
    return one if chance.random() < 0.3 else replace(one, also_known_as=())


def number(chance):
    return f"1-{chance.randrange(200, 990)}-555-01{chance.randrange(100):02}"


def branch(chance, one, town):
    """The same name in another town, on the same site: a chapter."""
    site = chance.choice([one.website, one.website, one.website.rstrip("/") + f"/{town[0].lower()}"])
    return replace(one, website=site, phones=(number(chance),), places=(("1 Elm Road", *town),), email="", codes=())


def sibling(chance, one, program):
    """Another programme of the same provider: the same phone and site."""
    return replace(one, name=f"{one.name.split(':')[0]} {program}", also_known_as=(), provider=one.provider or "its-provider")


def namesake(chance, one, disease):
    """The charity of another disease: the same words but one."""
    other = re.sub("|".join(DISEASES), disease, one.name, flags=re.IGNORECASE)
    site = "https://www." + re.sub(r"\W", "", other.lower())[:40] + ".example/"
    return Entered(name=other, website=site, phones=(number(chance),))


def labelled(seed="labelled 1"):
    """`{kind: [Entered]}` and, by kind, the pairs of places that are one."""
    chance, pools, same = Random(seed), {kind: [] for kind in KINDS}, {kind: set() for kind in KINDS}
    for path in listing_files():
        document = read_entry(path).listing
        if document.kind not in KINDS:
            continue
        pool, original = pools[document.kind], Entered.of(document)
        pool.append(original)
        if chance.random() < 0.6:
            same[document.kind].add((len(pool) - 1, len(pool)))
            pool.append(entered_again(chance, original))
        elif document.kind == "organization":
            pool[-1] = replace(original, places=original.places or (("", *TOWNS[0]),))
            pool += [branch(chance, original, town) for town in TOWNS[1:3]]
        if document.kind == "service":
            pool += [sibling(chance, original, program) for program in chance.sample(PROGRAMS, 3)]
        if any(disease.lower() in document.name.lower() for disease in DISEASES):
            others = [namesake(chance, original, disease) for disease in chance.sample(DISEASES, 2)]
            pool += [one for one in others if one.name.lower() not in {there.name.lower() for there in pool}]
    return pools, same


@dataclass(frozen=True)
class Figures:
    """`wrong`: pairs asked in vain. `missed`: pairs not asked about. Each a line."""

    right: int
    wrong: list
    missed: list

    @property
    def precision(self):
        return self.right / (self.right + len(self.wrong))

    @property
    def recall(self):
        return self.right / (self.right + len(self.missed))


def figures(seed="labelled 1"):
    pools, same = labelled(seed)
    marks = {kind: dict(enumerate(one.marks for one in pool)) for kind, pool in pools.items()}
    counts = Counter((kind, key) for some in marks.values() for one in some.values() for kind, keys in one.keys.items() for key in keys)
    right, wrong, missed = 0, [], []
    for kind, some in marks.items():
        scores = {pair: compare(some[pair[0]], some[pair[1]], counts) for pair in candidates(some, counts) | same[kind]}
        lines = {(a, b): f"{pools[kind][a].name} / {pools[kind][b].name}: {score}" for (a, b), score in scores.items()}
        found = {pair for pair, (score, _reasons) in scores.items() if score >= ASK}
        right += len(found & same[kind])
        wrong += [lines[pair] for pair in sorted(found - same[kind])]
        missed += [lines[pair] for pair in sorted(same[kind] - found)]
    return Figures(right, wrong, missed)


def report(seed="labelled 1"):
    """For a person: `python manage.py shell -c "from tests… import report; report()"`, see docs/curating.md."""
    found = figures(seed)
    lines = [f"precision {found.precision:.3f}, recall {found.recall:.3f}", *(f"in vain: {one}" for one in found.wrong)]
    sys.stdout.write("\n".join([*lines, *(f"missed: {one}" for one in found.missed)]) + "\n")
