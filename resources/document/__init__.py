"""The listing document: what a catalogue file holds, a revision stores, a restore applies.

`of(resource)` and `save(document, …)` are exact inverses: a property test holds that nothing is lost.
"""

from .reading import read
from .shape import FORMAT, Listing
from .store import UnknownReferences, of, save

__all__ = ["FORMAT", "Listing", "UnknownReferences", "of", "read", "save"]
