"""The bytes of an uploaded file as entries: a row of cells each, or a document's data each. Whatever is wrong is said in a sentence."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from itertools import islice
from pathlib import PurePath

from django.utils.translation import gettext as _

from .cells import unguarded
from .rows import COLUMNS, parsed
from .sheets import MAX_BYTES, Rows, Unreadable, csv_rows, refuse_many, sheet_rows, workbook

MAX_COLUMNS = 4 * len(COLUMNS)  # a sheet may be 16,384 wide; nothing so far out has a name
NOTHING = ""


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
    head = text.partition("\n")[0]
    return Contents(list(_entries(csv_rows(text, max(",;\t", key=head.count)))), [note])


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
    with workbook(content) as (sheet, others):
        entries = list(_entries(sheet_rows(sheet, MAX_COLUMNS)))
        return Contents(entries, [_("Only the first sheet, “%(title)s”, was read.") % {"title": sheet.title}] if others else [])


def _read_json(content):
    try:
        data = parsed(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Unreadable(_("This is not a JSON file: it is not UTF-8 text.")) from error
    except ValueError as error:
        raise Unreadable(_("The file cannot be read: %(problem)s.") % {"problem": error}) from error
    if not isinstance(data, list):
        raise Unreadable(_("The file must hold a list of listing documents: it begins with “[”."))
    refuse_many(len(data))
    return Contents([_document(place, one) for place, one in enumerate(data, 1)])


def _document(place, data):
    return Entry(place, data=data) if isinstance(data, dict) else Entry(place, data={}, faults=[_("this is not a listing document")])


def _entries(rows: Rows) -> Iterator[Entry]:
    """The rows under the header that hold anything."""
    numbered = iter(rows)
    names = _header(next(numbered, (1, []))[1])
    filled = ((place, row) for place, row in numbered if any(cell.strip() for cell in row))
    for count, (place, row) in enumerate(filled, 1):
        refuse_many(count)
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


READERS = {".csv": _read_csv, ".xlsx": _read_xlsx, ".json": _read_json}
