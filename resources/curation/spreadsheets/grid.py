"""The rows of a file as its sender laid them out: in which encoding, cut by what, with the headings in which row."""

import csv
import re
from collections import Counter
from contextlib import contextmanager
from itertools import islice
from pathlib import PurePath

from charset_normalizer import from_bytes
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from conditions.names import typed

from ...transfer.cells import unguarded
from ...transfer.sheets import MAX_BYTES, Unreadable, csv_rows, refuse_bomb, refuse_many, sheet_rows, workbook

ENCODINGS = {
    "utf-8-sig": later("UTF-8"),
    "utf-16": later("UTF-16 (Excel’s “Unicode text”)"),
    "cp1252": later("Windows, Western Europe (1252)"),
    "mac-roman": later("Macintosh (Mac Roman)"),
    "cp1250": later("Windows, Central Europe (1250)"),
}
DELIMITERS = {",": later("Comma"), ";": later("Semicolon"), "\t": later("Tab"), "|": later("Bar |")}
GUESSED = ["utf_8", "utf_16", "cp1252", "mac_roman"]  # with more to choose from, the guess is worse
BEGINNINGS = {b"%PDF": "PDF", b"PK\x03\x04": "XLSX", b"\xd0\xcf\x11\xe0": "XLS", b"\x89PNG": "PNG", b"\xff\xd8\xff": "JPEG"}
MAX_COLUMNS = 200
LOOKED_AT = 40  # rows from which the layout is guessed
HALF = re.compile(r"[\ud800-\udfff]")  # of a character: no more a text than a NUL, and told as one
COMMENT = "# What to write:"  # begins the row of the template that explains it


def check(name, content):
    """Raise `Unreadable` where these bytes are no spreadsheet."""
    suffix = PurePath(name).suffix.lower()
    if suffix == ".xlsm":
        raise Unreadable(_("This workbook may hold macros (.xlsm). Save it as “Excel workbook (.xlsx)”, and upload that."))
    if suffix not in (".csv", ".tsv", ".txt", ".xlsx"):
        raise Unreadable(_("“%(name)s” is not a spreadsheet that can be read: save it as CSV or XLSX.") % {"name": name})
    if len(content) > MAX_BYTES:
        raise Unreadable(_("The file is larger than %(most)s MB: split it.") % {"most": MAX_BYTES // 1024**2})
    if not content.strip():
        raise Unreadable(_("The file is empty."))
    found = next((kind for start, kind in BEGINNINGS.items() if content.startswith(start)), "")
    if suffix != ".xlsx" and found:
        raise Unreadable(
            _("The file is called “%(suffix)s”, but it is a %(kind)s. Save it as CSV or XLSX.") % {"suffix": suffix, "kind": found}
        )


def guess(name, content):
    """`{encoding, delimiter, heading_row, notes}` as they most likely are. Reads the whole file once, so that nothing bad is met later."""
    check(name, content)
    if is_workbook(name):
        layout = {"encoding": "", "delimiter": "", "notes": _notes(content)}
    else:
        encoding = _encoding(content)
        layout = {"encoding": encoding, "delimiter": _delimiter(_text(content, encoding)), "notes": []}
    with opened(name, content, layout["encoding"], layout["delimiter"]) as rows:
        first = list(islice(rows, LOOKED_AT))
        layout["heading_row"] = heading_row(first)
        refuse_many(max(0, len(first) + sum(1 for _row in rows) - layout["heading_row"]))
    return layout


def is_workbook(name):
    return PurePath(name).suffix.lower() == ".xlsx"


@contextmanager
def opened(name, content, encoding, delimiter):
    """The rows that hold anything, each with its number. Raises `Unreadable`."""
    if is_workbook(name):
        with workbook(content) as (sheet, _others):
            yield _filled(sheet_rows(sheet, MAX_COLUMNS + 1))
    else:
        yield _filled(csv_rows(_text(content, encoding), delimiter))


def _filled(rows):
    for place, cells in rows:
        while cells and not cells[-1].strip():
            cells = cells[:-1]
        if len(cells) > MAX_COLUMNS:
            raise Unreadable(
                _("Row %(row)s has more than %(most)s columns: keep those that describe a listing.") % {"row": place, "most": MAX_COLUMNS}
            )
        if cells and not cells[0].startswith(COMMENT):
            yield place, [HALF.sub("\x00", unguarded(cell).strip()) for cell in cells]


def _encoding(content):
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16"
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError:
        best = from_bytes(content, cp_isolation=GUESSED).best()
        return {"utf_16": "utf-16", "mac_roman": "mac-roman"}.get(best.encoding if best else "", "cp1252")
    return "utf-8-sig"


def _text(content, encoding):
    try:
        return content.decode(encoding)
    except UnicodeError as error:
        raise Unreadable(
            _("The file cannot be read as %(encoding)s. Choose another, or save it as “CSV UTF-8”.") % {"encoding": ENCODINGS[encoding]}
        ) from error


def _delimiter(text):
    """What cuts most of the first rows into the same number of cells, two at least."""
    lines = text.splitlines()[:LOOKED_AT]

    def evenness(delimiter):
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if len(row) > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        return times, width

    return max(DELIMITERS, key=evenness)


def heading_row(rows):
    """The number of the first row that is nearly as wide as any, and holds words rather than numbers."""
    widest = max((_width(cells) for _place, cells in rows), default=0)
    for place, cells in rows:
        if _width(cells) >= max(widest * 0.6, 1) and sum(bool(re.search(r"[^\W\d]", cell)) for cell in cells) >= _width(cells) * 0.8:
            return place
    return rows[0][0] if rows else 1


def _width(cells):
    return sum(bool(cell) for cell in cells)


def _notes(content):
    """What a workbook has that a list of listings has not."""
    parts = refuse_bomb(content)
    if any(part.lower().endswith("vbaproject.bin") for part in parts):
        raise Unreadable(_("This workbook holds macros. Save it as “Excel workbook (.xlsx)”, and upload that."))
    notes = []
    with workbook(content) as (sheet, others):
        if others:
            notes.append(_("Only the first sheet, “%(title)s”, is read.") % {"title": sheet.title})
    if any(part.startswith("xl/externalLinks/") for part in parts):
        notes.append(_("It links to other workbooks: what it held when it was saved is read, and nothing is fetched."))
    return notes


def headings(cells, width):
    """A name for each of `width` columns, none twice: `["Phone", "Phone (2)", "Column 3"]`."""
    names: list[str] = []
    for number in range(width):
        given = typed(cells[number])[:100] if number < len(cells) else ""
        name = given or _("Column %(number)s") % {"number": number + 1}
        times = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({times + 1})" if times else name)
    return names


def table(name, content, encoding, delimiter, heading_row, most=None):
    """`(headings, [(place, cells)])`: the rows under the headings, at most `most`, filled up to the same width. Raises `Unreadable`."""
    with opened(name, content, encoding, delimiter) as rows:
        kept = list(islice((row for row in rows if row[0] >= heading_row), most and most + 1))
    if not kept:
        raise Unreadable(_("There is nothing in row %(row)s or below it: say in which row the headings are.") % {"row": heading_row})
    is_heading = kept[0][0] == heading_row
    below = kept[is_heading:]
    if not below:
        raise Unreadable(_("There are headings, but no row below them."))
    refuse_many(len(below))
    width = max(len(cells) for _place, cells in kept)
    filled = [(place, cells + [""] * (width - len(cells))) for place, cells in below]
    return headings(kept[0][1] if is_heading else [], width), filled
