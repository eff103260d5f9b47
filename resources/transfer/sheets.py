"""The bytes of a CSV file or a workbook as rows of texts. Whatever is wrong is said in a sentence."""

import csv
import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager

import openpyxl
from django.utils.translation import gettext as _

from .cells import plain

MAX_BYTES = 10 * 1024**2
MAX_ENTRIES = 5_000
MAX_UNPACKED = 100 * 1024**2  # a workbook is a zip: a few kilobytes may unpack to gigabytes
SHEET_ROWS = 1_048_576  # as many as a workbook's sheet can have; a forged row number ends here
MAX_READ = 4 * MAX_ENTRIES  # rows of a sheet, the empty ones too: a few kilobytes can hold a million of them
csv.field_size_limit(MAX_BYTES)  # Python's own is 131,072 letters a cell

Rows = Iterator[tuple[int, list[str]]]  # each with its number, as a spreadsheet program counts


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


def refuse_many(count):
    if count > MAX_ENTRIES:
        raise Unreadable(_("The file holds more than %(most)s listings: split it.") % {"most": MAX_ENTRIES})


def csv_rows(text, delimiter) -> Rows:
    if "\x00" in text:
        raise Unreadable(_("This is not a CSV file: it holds bytes that no text has. Save it as “CSV UTF-8”."))
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    try:
        yield from enumerate(rows, 1)
    except csv.Error as error:
        where = {"line": rows.line_num, "problem": error}
        raise Unreadable(_("The CSV breaks off, or a quotation mark is wrong, near line %(line)s: %(problem)s.") % where) from error


@contextmanager
def workbook(content):
    """The first sheet of a workbook and the titles of the rest. Broken parts met while it is open are `Unreadable` too."""
    refuse_bomb(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the file may lie about them
        yield sheet, [other.title for other in book.worksheets[1:]]
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part happens to hit
        raise Unreadable(_("The workbook is damaged, or breaks off. Open it in a spreadsheet program and save it again.")) from error


def sheet_rows(sheet, columns) -> Rows:
    """At most that many columns of each row."""
    for place, row in enumerate(sheet.iter_rows(max_row=SHEET_ROWS, max_col=columns, values_only=True), 1):
        if place > MAX_READ:
            raise Unreadable(
                _("The sheet has more than %(most)s rows: delete the empty ones below the list, or split it.") % {"most": MAX_READ}
            )
        yield place, [plain(value) for value in row]


def refuse_bomb(content):
    """The names of a workbook's parts, none of which has been unpacked yet."""
    try:
        parts = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        text = _(
            "This is not an XLSX workbook: it is cut off, locked by a password, or of another kind. Save it as XLSX without a password."
        )
        raise Unreadable(text) from error
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(_("The workbook unpacks to more than %(most)s MB: split it.") % {"most": MAX_UNPACKED // 1024**2})
    return [part.filename for part in parts]
