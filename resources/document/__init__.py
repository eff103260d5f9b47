"""The listing document: what a catalogue file holds, a revision stores, a restore applies.

`of(resource)` and `save(document, …)` are exact inverses: a property test holds that nothing is lost.
"""

from functools import partial

from conditions import history

from .entering import enter, is_phone_number, undialled
from .keys import keys_of, recognized_by
from .patch import changed, fields, merged, overlaid, patched
from .reading import read
from .references import UnknownReferences
from .shape import FORMAT, Listing
from .store import of, of_many, save, save_keys
from .unsaved import unsaved

now = partial(history.now, read, of)
at = partial(history.at, read)

__all__ = [
    "FORMAT",
    "Listing",
    "UnknownReferences",
    "at",
    "changed",
    "enter",
    "fields",
    "is_phone_number",
    "keys_of",
    "merged",
    "now",
    "of",
    "of_many",
    "overlaid",
    "patched",
    "read",
    "recognized_by",
    "save",
    "save_keys",
    "undialled",
    "unsaved",
]
