"""Fields and reasons in words."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "name": _("Alike names: %s"),
    "phone": _("Same phone: %s"),
    "page": _("Same web page: %s"),
    "domain": _("Same web site, another page: %s"),
    "email": _("Same e-mail: %s"),
    "street": _("Same street: %s"),
    "code": _("Same identifier: %s"),
    "other_town": _("Different towns: %s"),
    "other_phone": _("Different phones: %s"),
    "other_domain": _("Different web sites: %s"),
    "other_provider": _("Different providers: %s"),
}


def reasons_in_words(reasons):
    """`[(sentence, points)]`, what speaks for first.

    >>> reasons_in_words([["other_town", "austin tx / dallas tx", -40], ["phone", "8005550100", 30]])
    [('Same phone: 800-555-0100', 30), ('Different towns: austin tx / dallas tx', -40)]
    """
    ordered = sorted(reasons, key=lambda reason: -reason[2])
    return [(REASONS[what] % " / ".join(map(_phone, shared.split(" / "))), points) for what, shared, points in ordered]


def _phone(key):
    return f"{key[:3]}-{key[3:6]}-{key[6:]}" if key.isdigit() and len(key) == 10 else key


def lines(value):
    """A field's value as lines of text; none where it is empty.

    >>> lines({"need": ["money", "rest"]}), lines([{"number": "211", "label": "", "languages": ["en", "es"]}]), lines("")
    (['need: money, rest'], ['211 · en, es'], [])
    """
    if isinstance(value, dict):
        return [f"{name}: {_inline(one)}" for name, one in value.items() if one]
    if isinstance(value, list):
        return [_inline(one) for one in value]
    return [] if value in ("", None) else str(value).splitlines()


def _inline(one):
    if isinstance(one, dict):
        return " · ".join(_inline(value) for value in one.values() if value not in ("", None, []))
    return ", ".join(map(str, one)) if isinstance(one, list) else str(one)
