"""What a page's address or a form says, read so that nothing odd breaks it."""


def number(query, name):
    """A whole number that was sent, as of a revision; 0 where it is none.

    >>> [number({"base": text}, "base") for text in ("12", "", "-1", "²", "9" * 5000)], number({}, "base")
    ([12, 0, 0, 0, 999999999], 0)
    """
    typed = query.get(name, "")
    return int(typed[:9]) if typed.isascii() and typed.isdigit() else 0
