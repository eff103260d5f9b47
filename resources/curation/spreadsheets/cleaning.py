"""A cell as a partner wrote it, made into what our columns hold. Pure: whatever is wrong is a `ValueError` with a sentence."""

import re

from django.utils.translation import gettext as _

from ...document.keys import before_extension

_SHORTENED = re.compile(r"(\d)(?:[.,](\d+))?[eE]\+?(\d+)")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}.*|\d{1,2}/\d{1,2}/\d{2,4}")


def whole_number(text):
    """The digits of a number that a spreadsheet program wrote with an exponent, where none is lost.

    >>> whole_number("5.125550100E+09"), whole_number("78701")
    ('5125550100', '78701')
    """
    found = _SHORTENED.fullmatch(text.strip())
    if not found:
        return text
    digits, exponent = found[1] + (found[2] or ""), int(found[3])
    if len(digits) <= exponent or exponent > 20:
        raise ValueError(
            _("“%(text)s” was shortened by a spreadsheet program: the digits are lost. Format the column as text.") % {"text": text}
        )
    return digits[: exponent + 1]


def phones(text):
    """The numbers of a cell, with hyphens where they are bare digits.

    >>> phones("5125550100; (512) 555-0101 x 4")
    ['512-555-0100', '(512) 555-0101 x 4']
    """
    return [_phone(part) for part in re.split(r"\s*(?:[;|\n]|\s/\s|\bor\b)\s*", text) if part.strip()]


def _phone(text):
    text = whole_number(text.strip())
    if _DATE.fullmatch(text):
        raise ValueError(_("“%(text)s” is a date, not a phone number") % {"text": text})
    digits = re.sub(r"\D", "", before_extension(text))
    if not 3 <= len(digits) <= 15 or len(text) > 60:
        raise ValueError(_("“%(text)s” is not a phone number") % {"text": text[:60]})
    if text == digits and len(digits) in (10, 11):
        return "-".join(filter(None, [digits[:-10], digits[-10:-7], digits[-7:-4], digits[-4:]]))
    return text


def website(text):
    """
    >>> website("www.example.org/help")
    'https://www.example.org/help'
    """
    return text if re.match(r"[a-z]+:", text, re.I) or "." not in text or re.search(r"\s", text) else f"https://{text}"


def email(text):
    return text.removeprefix("mailto:")


def postal_code(text):
    """
    >>> postal_code("2139"), postal_code("78701-0100")
    ('02139', '78701-0100')
    """
    text = whole_number(text)
    return text.zfill(5) if re.fullmatch(r"\d{3,4}", text) else text


def items(text):
    """The parts of a list in a cell: one a line, or cut by semicolons or bars."""
    return [part.strip() for part in re.split(r"[;|\n]", text) if part.strip()]


CLEAN = {"website": website, "email": email, "location.postal_code": postal_code, "organization.year_founded": whole_number}
