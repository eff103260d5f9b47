"""A listing's history as readable differences: the workspace's and the admin's."""

from ... import document as documents
from ...document.difference import difference


def now(listing, last=None):
    """The document as it is. The latest revision holds it, which spares a dozen queries; what was never saved by a verb has none."""
    return documents.read(last.document) if last else documents.of(listing)


def step_by_step(revisions):
    """For revisions, newest first: `{revision, changes}`, the changes from the one before, which is the next in the list."""
    read = {one.number: documents.read(one.document) for one in revisions}
    return [
        {"revision": one, "changes": difference(read[one.number - 1], read[one.number]) if one.number - 1 in read else []}
        for one in revisions
    ]
