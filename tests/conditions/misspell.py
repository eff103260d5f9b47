"""Realistic misspellings, the same in every run: letters dropped, swapped and doubled, neighbours hit, words as they sound."""

from random import Random

SOUNDS = [
    ("ph", "f"),
    ("ae", "e"),
    ("y", "i"),
    ("ch", "k"),
    ("c", "k"),
    ("x", "ks"),
    ("ll", "l"),
    ("ie", "ei"),
    ("ou", "u"),
    ("th", "t"),
    ("s", "z"),
]
NEIGHBOURS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "wqetrytuiosapfdhgkjxzvcnbn"))


def misspelled(name):
    """One misspelling of each sort; names of fewer than five letters have none, since any neighbour may be another's name."""
    chance = Random(name)
    letters = [at for at, letter in enumerate(name) if letter.isalpha() and at and name[at - 1].isalpha()]
    if len(name) < 5 or len(letters) < 3:
        return []
    drop, swap, double, hit = (chance.choice(letters) for _ in range(4))
    made = [
        name[:drop] + name[drop + 1 :],
        name[: swap - 1] + name[swap] + name[swap - 1] + name[swap + 1 :],
        name[:double] + name[double] + name[double:],
        name[:hit] + NEIGHBOURS.get(name[hit].lower(), "e") + name[hit + 1 :],
        phonetic(name, chance),
    ]
    return [one for one in dict.fromkeys(made) if one.casefold() != name.casefold()]


def phonetic(name, chance):
    """One or two spellings by ear."""
    said = name.lower()
    fitting = [pair for pair in SOUNDS if pair[0] in said]
    for heard, written in chance.sample(fitting, min(2, len(fitting))):
        said = said.replace(heard, written, 1)
    return said
