"""Files as a partner sends them: small, broken, or forged."""

import csv
import io
import json
import zipfile

import openpyxl

SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{before}<sheetData>{rows}</sheetData></worksheet>'


def a_csv(*rows, encoding="utf-8", **options):
    """A CSV file's bytes from rows that all have the same columns."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), **options)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode(encoding)


def a_workbook(*rows, more_sheets=()):
    """A workbook's bytes from rows of cells, the header among them."""
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for title in more_sheets:
        book.create_sheet(title)
    return _bytes_of(book)


def a_forged_workbook(rows, before="", doctype=""):
    """A workbook whose sheet is the given XML."""
    whole, forged = zipfile.ZipFile(io.BytesIO(a_workbook(["slug"]))), io.BytesIO()
    with zipfile.ZipFile(forged, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            is_sheet = name == "xl/worksheets/sheet1.xml"
            archive.writestr(name, doctype + SHEET.format(before=before, rows=rows) if is_sheet else whole.read(name))
    return forged.getvalue()


def cell(place, text):
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def a_zip(**parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def a_json(*documents):
    return json.dumps(documents).encode()


def _bytes_of(book):
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
