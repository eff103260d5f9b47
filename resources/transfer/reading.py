"""The bytes of an uploaded file as entries: a row of cells each, or a document's data each. Whatever is wrong is said in a sentence."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import PurePath

import openpyxl
from django.utils.translation import gettext as _

from .cells import plain, unguarded
from .rows import COLUMNS, parsed

MAX_BYTES = 10 * 1024**2
MAX_ENTRIES = 5_000
MAX_UNPACKED = 100 * 1024**2  # a workbook is a zip: a few kilobytes may unpack to gigabytes
MAX_COLUMNS = 4 * len(COLUMNS)  # a sheet may be 16,384 wide; nothing so far out has a name
SHEET_ROWS = 1_048_576  # as many as a workbook's sheet can have; a forged row number ends here
NOTHING = ""


class Unreadable(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


@dataclass
class Entry:
    """One listing of a file. `place`: its row as a spreadsheet program counts, or its number in a JSON list."""

    place: int
    row: dict[str, str] | None = None
    data: object = None
    faults: list[str] = field(default_factory=list)


@dataclass
class Contents:
    entries: list[Entry]
    notes: list[str] = field(default_factory=list)


def read(name, content):
    """The `Contents` of a file by its name and bytes. Raises `Unreadable`."""
    form = PurePath(name).suffix.lower()
    if form not in READERS:
        raise Unreadable(_("“%(name)s” is not a file that can be imported: choose a CSV, XLSX or JSON file.") % {"name": name})
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is larger than %(most)s MB: split it.") % {"most": MAX_BYTES // 1024**2})
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    contents = READERS[form](content)
    if not contents.entries:
        raise Unreadable(_("There is no listing in the file."))
    return contents


def _read_csv(content):
    text, note = _decoded(content)
    if "\x00" in text:
        raise Unreadable(_("This is not a CSV file: it holds bytes that no text has. Save it as “CSV UTF-8”."))
    head = text.partition("\n")[0]
    csv.field_size_limit(MAX_BYTES)
    rows = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=max(",;\t", key=head.count))
    try:
        return Contents(list(_entries(enumerate(rows, 1))), [note])
    except csv.Error as error:
        where = {"line": rows.line_num, "problem": error}
        raise Unreadable(_("The CSV breaks off, or a quotation mark is wrong, near line %(line)s: %(problem)s.") % where) from error


def _decoded(content):
    """The text, and a note that says in which encoding it was read."""
    try:
        return content.decode("utf-8-sig"), _("Read as UTF-8.")
    except UnicodeDecodeError:
        pass
    try:
        return content.decode("cp1252"), _("The file is not UTF-8: it was read as Windows-1252. Look whether accented letters are right.")
    except UnicodeDecodeError as error:
        raise Unreadable(_("This is not a CSV file: it is neither UTF-8 nor Windows-1252. Save it as “CSV UTF-8”.")) from error


def _read_xlsx(content):
    _refuse_bomb(content)
    try:
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # the file may lie about them
        rows = enumerate(sheet.iter_rows(max_row=SHEET_ROWS, values_only=True), 1)
        entries = list(_entries((place, [plain(value) for value in row[:MAX_COLUMNS]]) for place, row in rows))
    except Unreadable:
        raise
    except Exception as error:  # openpyxl raises whatever a broken part happens to hit
        raise Unreadable(_("The workbook is damaged, or breaks off. Open it in a spreadsheet program and save it again.")) from error
    others = len(book.worksheets) - 1
    return Contents(entries, [_("Only the first sheet, “%(title)s”, was read.") % {"title": sheet.title}] if others else [])


def _refuse_bomb(content):
    try:
        size = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
        text = _(
            "This is not an XLSX workbook: it is cut off, locked by a password, or of another kind. Save it as XLSX without a password."
        )
        raise Unreadable(text) from error
    if size > MAX_UNPACKED:
        raise Unreadable(_("The workbook unpacks to more than %(most)s MB: split it.") % {"most": MAX_UNPACKED // 1024**2})


def _read_json(content):
    try:
        data = parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(_("This is not a JSON file: it is not UTF-8 text.")) from error
    except ValueError as error:
        raise Unreadable(_("The file cannot be read: %(problem)s.") % {"problem": error}) from error
    if not isinstance(data, list):
        raise Unreadable(_("The file must hold a list of listing documents: it begins with “[”."))
    _refuse_many(len(data))
    return Contents([_document(place, one) for place, one in enumerate(data, 1)])


def _document(place, data):
    return Entry(place, data=data) if isinstance(data, dict) else Entry(place, data={}, faults=[_("this is not a listing document")])


def _entries(rows: Iterable[tuple[int, list[str]]]) -> Iterator[Entry]:
    """The rows under the header that hold anything."""
    numbered = iter(rows)
    names = _header(next(numbered, (1, []))[1])
    filled = ((place, row) for place, row in numbered if any(cell.strip() for cell in row))
    for count, (place, row) in enumerate(filled, 1):
        _refuse_many(count)
        yield _entry(place, names, [unguarded(cell) for cell in row])


def _entry(place, names, cells):
    nameless = [number for number, (name, cell) in enumerate(_paired(names, cells), 1) if cell and not name]
    faults = [_("the cell in column %(number)s has no column name above it") % {"number": number} for number in islice(nameless, 3)]
    return Entry(place, row={name: cell for name, cell in _paired(names, cells) if name}, faults=faults)


def _paired(names, cells):
    """Names and cells side by side; the shorter of them is filled up."""
    width = max(len(names), len(cells))
    return zip(names + [NOTHING] * (width - len(names)), cells + [NOTHING] * (width - len(cells)), strict=True)


def _header(cells):
    """The names of the columns, each known and once; the empty ones of the rest stay empty."""
    names = [unguarded(cell).strip() for cell in cells]
    given = [name for name in names if name]
    if "slug" not in given:
        raise Unreadable(_("The first row has no column “slug”: it says which listing a row is. An export shows all columns."))
    if unknown := [name for name in given if name not in COLUMNS]:
        raise Unreadable(_("Unknown columns: %(names)s.") % {"names": "; ".join(map(_with_guess, unknown[:10]))})
    if twice := sorted({name for name in given if given.count(name) > 1}):
        raise Unreadable(_("These columns stand twice: %(names)s.") % {"names": ", ".join(twice)})
    return names


def _with_guess(name):
    near = get_close_matches(name, COLUMNS, 1)
    shown = name if len(name) <= 60 else f"{name[:60]}…"
    return _("“%(name)s” (did you mean “%(near)s”?)") % {"name": shown, "near": near[0]} if near else f"“{shown}”"


def _refuse_many(count):
    if count > MAX_ENTRIES:
        raise Unreadable(_("The file holds more than %(most)s listings: split it.") % {"most": MAX_ENTRIES})


READERS = {".csv": _read_csv, ".xlsx": _read_xlsx, ".json": _read_json}
