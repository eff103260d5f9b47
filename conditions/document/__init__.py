"""The condition document: what a revision stores, an edit proposes, a restore brings back, a catalogue file is turned into.

`of(condition)` and `save(document, …)` are exact inverses: a property test holds that nothing is lost.
What a vocabulary imported stands beside.
"""

from functools import partial

from .. import history
from .checking import Lack, lacks
from .merging import merged
from .shape import ConditionDocument, read
from .store import Unfit, imported, of, record, refuse_unfit, save
from .unsaved import unsaved

now = partial(history.now, read, of)
at = partial(history.at, read)

__all__ = [
    "ConditionDocument",
    "Lack",
    "Unfit",
    "at",
    "imported",
    "lacks",
    "merged",
    "now",
    "of",
    "read",
    "record",
    "refuse_unfit",
    "save",
    "unsaved",
]
