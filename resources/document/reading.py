"""From plain data (YAML, JSON, a revision) to a listing document, whatever its format's age."""

from collections.abc import Callable

from conditions.files import Fault, validate

from .shape import FORMAT, Listing

# Format → a function that lifts data of that format by one. Format 1 is the first.
LIFTS: dict[int, Callable[[dict], dict]] = {}


def read(data, fault=None):
    """`data` as a `Listing`. Raises `Faulty`; `fault(place, message)` makes each fault, so that a file can name its lines."""
    data = dict(data)
    while isinstance(data.get("format"), int) and data["format"] in LIFTS and data["format"] != FORMAT:
        data = LIFTS[data["format"]](data)
    return validate(Listing, data, fault or fault_of)


def fault_of(place, message):
    return Fault("document", 0, message)
