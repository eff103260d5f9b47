"""What a listing's card and page say of phones, dates and distances, as HTML without the template engine.

Used in templates by the tags of `listings`. All text is escaped: by `format_html`, or before it is put in.
"""

import re
from functools import lru_cache

from django.utils.dateformat import format as format_date
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ..models.phone import KEYS, keys_of
from .criteria import a_year_ago

LANGUAGES = {
    "en": gettext_lazy("in English"),
    "es": gettext_lazy("in Spanish"),
    "asl": gettext_lazy("in American Sign Language"),
    "interpreter": gettext_lazy("with an interpreter"),
}
FOUND_AT_PROVIDER = ("organization", "service", "money")


def tel(number, scheme="tel"):
    """The address that dials a number as people write it. Letters stand for keys, as on a telephone.

    >>> tel("1-800-999-6673")
    'tel:+18009996673'
    >>> tel("988", "sms")
    'sms:988'
    >>> tel("623-242-5234 ext 306")
    'tel:+16232425234;ext=306'
    >>> tel("1-833-NEED-ABB")
    'tel:+18336333222'
    """
    parts = re.fullmatch(r"(.*?)(?:\s*(?:ext(?:ension)?\.?|x|#)\s*([0-9]+))?", number.strip(), flags=re.IGNORECASE | re.DOTALL)
    main, extension = parts[1], parts[2]
    digits = re.sub(r"[^0-9]", "", main.upper().translate(KEYS))
    if main.strip().startswith("+"):
        dialled = f"+{digits}"
    elif len(digits) in (10, 11):
        dialled = f"+1{digits[-10:]}"
    else:
        dialled = digits
    return f"{scheme}:{dialled}" + (f";ext={extension}" if extension else "")


_DIALS = re.compile(r'<a [^>]*href="(?:tel|sms):([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)


def undialled(html, dead, shown=()) -> SafeString:
    """HTML in which numbers that were found dead are words, not links; `shown`: the phones that work."""
    keys = {keys_of(phone.number) for phone in dead} - {keys_of(phone.number) for phone in shown}
    return mark_safe(_DIALS.sub(lambda found: found[2] if keys_of(found[1]) in keys else found[0], html) if keys else html)  # noqa: S308


def languages(slugs):
    """The languages spoken at a number, in words."""
    return "(" + ", ".join(str(LANGUAGES.get(slug, slug)) for slug in slugs) + ")"


def phone_line(phone):
    """How to reach a number, and what else is known of it."""
    link = format_html('<a class="phone" href="{}">{}</a>', tel(phone.number, "sms" if phone.type == "text" else "tel"), phone.number)
    how = {
        "text": lambda: format_html("{} {}", _("Text"), link),
        "fax": lambda: format_html("{} {}", _("Fax"), phone.number),
        "tty": lambda: format_html("TTY {}", link),
    }.get(phone.type, lambda: link)()
    known = ", ".join(filter(None, [phone.label, phone.hours])) + (
        f" {languages(phone.languages)}" if set(phone.languages) - {"en"} else ""
    )
    return format_html('<div class="phone-line">{}{}</div>', how, format_html(' <span class="muted">{}</span>', known) if known else "")


def is_overdue(listing):
    """Nobody confirmed it within twelve months, nor saw it on its publisher's page."""
    return bool(listing.dated_on) and listing.dated_on < a_year_ago()


def overdue(listing):
    """What a family is told above a listing that may be out of date; nothing of the others."""
    if not is_overdue(listing):
        return ""
    day = {"day": _day(listing.dated_on)}
    if listing.checked_on:
        seen = _("We last confirmed this with the provider on %(day)s.") % day
    else:
        seen = _("We last saw this on a page that we cite on %(day)s.") % day
    next_ = (
        _("It may be out of date: call first.")
        if listing.kind in FOUND_AT_PROVIDER
        else _("It may be out of date: ask before you rely on it.")
    )
    return format_html('<p class="note" data-overdue>{} <strong>{}</strong></p>', seen, next_)


def dated(listing):
    """When a listing was looked at. Being seen at the publisher and being confirmed by the provider are two things."""
    return dated_as(listing, is_overdue(listing))


def dated_as(listing, is_late):
    """The same, whatever day it is today."""
    if listing.checked_on:
        text = _("Checked with the provider on %(day)s") % {"day": _day(listing.checked_on)}
    elif listing.found_on and listing.kind in FOUND_AT_PROVIDER:
        text = _("Found on a page we cite on %(day)s. Not yet checked with the provider.") % {"day": _day(listing.found_on)}
    elif listing.found_on:
        text = _("Facts found on pages we cite on %(day)s.") % {"day": _day(listing.found_on)}
    else:
        text = ""
    late = format_html(" <strong>{}</strong>", _("May be out of date.")) if is_late else ""
    return format_html('<p class="dated">{}{}</p>', text, late)


def _day(day):
    return _day_in(get_language(), day)


@lru_cache(4_000)
def _day_in(language, day):
    return format_date(day, "F j, Y")


def distance(miles):
    """How far it is; None: there is nowhere to go."""
    if miles is None:
        return _("No place to go near you: serves your area by phone, online or from elsewhere")
    rounded = round(miles)
    return ngettext("About %(n)d mile away", "About %(n)d miles away", rounded) % {"n": rounded} if rounded else _("Less than a mile away")
