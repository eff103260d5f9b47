"""A listing's history as readable differences: the workspace's and the admin's."""

from ... import document as documents
from ...document.difference import difference


def step_by_step(revisions):
    """For revisions, newest first: `{revision, changes}`, the changes from the one before, which is the next in the list."""
    read = {one.number: documents.read(one.document) for one in revisions}
    return [
        {"revision": one, "changes": difference(read[one.number - 1], read[one.number]) if one.number - 1 in read else []}
        for one in revisions
    ]
