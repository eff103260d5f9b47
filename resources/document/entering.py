"""What an older document may hold and a new one may not. `reading` reads it for ever; it is refused only where content comes in."""

import re

from conditions.files import Faulty

from .reading import fault_of, read

_EXTENSION = re.compile(r"[\s,]*(?:ext(?:ension)?\.?|x|#)\s*[0-9]{1,6}$", re.IGNORECASE)
_DIALLED = re.compile(r"\+?[0-9(][0-9A-Z() ./\u2010-\u2013-]*")
NO_PHONE = "this is no phone number: write one such as 1-800-555-0100 or 1-800-4-AUTISM, ext. 5; words belong beside it"


def is_phone_number(text):
    """Whether it can be dialled: 3 to 15 keys, three of them digits at least; letters only as keys in capitals, and an extension.

    >>> [is_phone_number(one) for one in ("988", "1-800-4-AUTISM", "(617) 355-6000, ext. 5", "+44 20 7946 0958")]
    [True, True, True, True]
    >>> [is_phone_number(one) for one in ("call us", "12", "555-0101 or 555-0102", "CALL US NOW 555", "5" * 16)]
    [False, False, False, False, False]
    """
    main = _EXTENSION.sub("", text.strip())
    digits, keys = sum(one.isdigit() for one in main), sum(one.isalnum() for one in main)
    return bool(_DIALLED.fullmatch(main)) and digits >= 3 and keys <= 15


def undialled(document):
    """Texts that stand where a phone number should."""
    return [phone.number for phone in document.phones if not is_phone_number(phone.number)]


def enter(data, fault=None, before=None):
    """`data` as a `Listing` with nothing new in it that may no longer come in. Raises `Faulty`; `fault`: as for `read`.

    `before`: a document whose phones are there already.
    """
    document, fault = read(data, fault), fault or fault_of
    wrong = {*undialled(document)} - {*(undialled(before) if before else ())}
    places = [place for place, phone in enumerate(document.phones) if phone.number in wrong]
    if places:
        raise Faulty([fault(("phones", place, "number"), f"phones.{place}.number: {NO_PHONE}") for place in places])
    return document
