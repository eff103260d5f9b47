"""Names and sentences of invented listings. A few words are frequent and most are rare, as in what people write."""

from pathlib import Path

import yaml

_LISTS = yaml.safe_load(Path(__file__).with_name("words.yaml").read_text())
WHO, WHAT, HOW, DOES, WHEN, TO_DO = (_LISTS[name] for name in ("who", "what", "how", "does", "when", "to_do"))
ENDINGS = _LISTS["endings"]
PLACES = [f"{first}{last}".capitalize() for last in _LISTS["last"] for first in _LISTS["first"]]
PEOPLE = [
    f"{start}{middle}{end}".capitalize() for end in _LISTS["end"] for middle in ("", "li", "ra", "no", "te") for start in _LISTS["start"]
]


def usual(chance, words):
    """One of some words, the first ones far more often than the last."""
    return words[int(len(words) * chance.random() ** 3)]


def name(chance, kind, about):
    """Of a listing of a kind; `about`: name of a condition, or empty."""
    whose = usual(chance, PLACES) if chance.random() < 0.5 else usual(chance, PEOPLE)
    middle = about if about and chance.random() < 0.4 else f"{usual(chance, HOW)} {usual(chance, WHAT)}".title()
    return f"{whose} {middle} {usual(chance, ENDINGS[kind])}"[:200]


def sentence(chance):
    return (
        f"{usual(chance, PLACES)} {usual(chance, DOES)} {usual(chance, HOW)} {usual(chance, WHAT)} and {usual(chance, WHAT)} for "
        f"{usual(chance, WHO)} and their {usual(chance, WHO)} {usual(chance, WHEN)}."
    )


def paragraph(chance, sentences):
    return " ".join(sentence(chance) for _ in range(sentences))


def first_step(chance):
    return f"{usual(chance, TO_DO)}, {usual(chance, WHEN)}. Ask for {usual(chance, WHAT)}, and who can help with {usual(chance, WHAT)}."


def eligibility(chance):
    who = f"{usual(chance, WHO).capitalize()} and {usual(chance, WHO)}"
    return f"{who} who need {usual(chance, HOW)} {usual(chance, WHAT)} {usual(chance, WHEN)}."
