"""Listing documents as the bytes of a file."""

import json

import tablib
from django.utils.translation import gettext as _

from .cells import for_xml, guarded
from .rows import columns_for, flat

CELL_LIMIT = 32_767  # characters in a workbook's cell; openpyxl would cut the rest off in silence
TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "json": "application/json",
}


class TooLong(ValueError):
    """A cell that a workbook cannot hold whole."""


def write(form, documents):
    """The bytes of a file of that form ("csv", "xlsx", "json"). Raises `TooLong` for a workbook."""
    return {"csv": _csv, "xlsx": _xlsx, "json": _json}[form](list(documents))


def _csv(documents):
    names, rows = _table(documents)
    return tablib.Dataset(*rows, headers=names).export("csv").encode("utf-8-sig")  # the mark by which Excel knows UTF-8


def _xlsx(documents):
    names, rows = _table(documents)
    cells = [[for_xml(text) for text in row] for row in rows]
    for document, row in zip(documents, cells, strict=True):
        for name, text in zip(names, row, strict=True):
            if len(text) > CELL_LIMIT:
                where = {"name": document.name, "column": name}
                raise TooLong(_("“%(name)s”: its “%(column)s” is longer than a workbook's cell can be. Export as CSV or JSON.") % where)
    # A width of its own for each column may pass the 255 at which Excel calls the file broken.
    return tablib.Dataset(*cells, headers=names, title=_("Listings")).export("xlsx", column_width=30)


def _table(documents):
    names = columns_for({document.kind for document in documents})
    rows = [flat(document) for document in documents]
    return names, [tuple(guarded(row[name]) for name in names) for row in rows]


def _json(documents):
    data = [document.model_dump(mode="json") for document in documents]
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
