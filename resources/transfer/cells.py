"""What must be done to a text so that a spreadsheet program shows it, and only shows it; and how to undo that."""

import re
from datetime import date, datetime

STARTS = "=+-@\uff1d\uff0b\uff0d\uff20\t\r\n'"  # a program would take it for a formula, or for this very escape
_STARTS = re.compile(rf"[\u00a0\ufeff\u200b-\u200f\u2060]*[{re.escape(STARTS)}]")  # after marks and spaces that are passed over
# Characters that XML cannot hold, or would change, and what would read as their escape: `x` before four hexadecimal digits.
_UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|x(?=[0-9A-Fa-f]{4})")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


def guarded(text):
    """The text, with an apostrophe before what would be calculated.

    >>> guarded("=HYPERLINK(A1)"), guarded("555-0100"), guarded("'tis")
    ("'=HYPERLINK(A1)", '555-0100', "''tis")
    """
    return f"'{text}" if _STARTS.match(text) else text


def unguarded(text):
    """Takes the apostrophe of `guarded` off; one that somebody typed before a word stays.

    >>> unguarded("'=HYPERLINK(A1)"), unguarded("''tis"), unguarded("'tis")
    ('=HYPERLINK(A1)', "'tis", "'tis")
    """
    return text[1:] if text.startswith("'") and _STARTS.match(text[1:]) else text


def for_xml(text):
    """Escapes as workbooks do (ECMA-376, 22.9.2.19), so that a control character comes back as it was.

    >>> for_xml("a\\x0bb"), for_xml("_x000B_")
    ('a_x000B_b', '__x0078_000B_')
    """
    return _UNSAFE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def from_xml(text):
    """
    >>> from_xml("a_x000B_b"), from_xml("__x0078_000B_")
    ('a\\x0bb', '_x000B_')
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)


def plain(value):
    """The text of a workbook's cell, whatever type its program gave it.

    >>> plain(1957.0), plain(2.5), plain(True), plain(date(2026, 11, 20)), plain(None), plain("_x003D_1")
    ('1957', '2.5', 'yes', '2026-11-20', '', '=1')
    """
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if (value.hour, value.minute, value.second) == (0, 0, 0):
            return value.date().isoformat()
        case date():
            return value.isoformat()
    return from_xml(str(value))
