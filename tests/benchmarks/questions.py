"""What is asked: six kinds of question, each in several variants, the same ones at every size and on every database."""

from dataclasses import dataclass
from random import Random
from urllib.parse import urlencode

from resources.synthetic import words

VARIANTS = 20
KINDS = ("no filter", "one condition", "kind and language", "six filters", "two words", "words for a condition")
BROAD = ("no filter", "kind and language")  # they find a good part of all listings
WORDS = ("two words", "words for a condition")

USUAL = {
    "need": [
        "new_diagnosis",
        "peer_connection",
        "emotional_support",
        "finding_specialist",
        "care_coordination",
        "medical_bills",
        "equipment",
    ],
    "audience": ["parent", "adult_with_condition"],
    "language": ["en"],
    "format": ["online", "in_person", "phone"],
}


@dataclass(frozen=True)
class Question:
    """`params`: pairs of a GET parameter and its value, as the finder knows them."""

    kind: str
    params: tuple[tuple[str, str], ...]

    @property
    def query(self):
        return urlencode(self.params)


def questions(world):
    """`VARIANTS` of each kind; conditions are drawn as the listings' are, so that frequent ones are asked often."""
    chance = Random("questions 1")
    return [Question(kind, tuple(_params(kind, chance, world).items())) for kind in KINDS for _ in range(VARIANTS)]


def _params(kind, chance, world):
    condition = world.some_conditions(chance, 1)[0]
    two = " ".join(chance.sample([words.usual(chance, words.WHAT), words.usual(chance, words.HOW), words.usual(chance, words.PLACES)], 2))
    of_kind = chance.choice(["organization", "service", "money", "school"])
    tags = {facet: chance.choice(values) for facet, values in USUAL.items()}
    match kind:
        case "no filter":
            return {}
        case "one condition":
            return {"condition": condition}
        case "kind and language":
            return {"kind": of_kind, "language": "en"}
        case "six filters":
            return {"condition": condition, "kind": of_kind} | tags
        case "two words":
            return {"q": two}
        case "words for a condition":
            return {"q": two.split()[0], "condition": condition}
