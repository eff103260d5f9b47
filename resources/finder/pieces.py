"""A listing's card, and what is in it, as HTML without the template engine: twenty cards were half of the finder page's time.

Used in templates by the tags of `listings`. All text is escaped: by `format_html`, or before it is put in.
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.dateformat import format as format_date
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from conditions import markdown

from ..models.phone import KEYS, keys_of
from .criteria import a_year_ago
from .facets import KIND_LABELS
from .words import marked

LANGUAGES = {
    "en": gettext_lazy("in English"),
    "es": gettext_lazy("in Spanish"),
    "asl": gettext_lazy("in American Sign Language"),
    "interpreter": gettext_lazy("with an interpreter"),
}
FOUND_AT_PROVIDER = ("organization", "service", "money")
MOST_PHONES = 2
MOST_WORDS = 60  # of who can use it


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
    return _dated(listing, is_overdue(listing))


def _dated(listing, is_late):
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


@lru_cache(100)
def _evidence(level, label, language):
    return render_to_string("components/evidence_label.html", {"level": level, "label": label})


@dataclass(frozen=True, slots=True)
class Card:
    """What a listing's card says whoever asks: it hangs on the listing's rows alone, and so the finder keeps it (docs/adr/0030).

    `top`, `title`, `plain` (the summary), `rest` and its dates, `fresh` or `late`, are HTML; what the question adds comes between them.
    """

    pk: int
    slug: str
    kind: str
    name: str
    url: str
    summary: str
    dated_on: date | None
    top: SafeString
    title: SafeString
    plain: SafeString
    rest: SafeString
    fresh: SafeString
    late: SafeString

    @classmethod
    def of(cls, listing):
        """`listing`: with `public_phones` and `dead_phones`, where `add_phones` gave it some."""
        url = listing.get_absolute_url()
        return cls(
            *(listing.pk, listing.slug, listing.kind, listing.name, url, listing.summary, listing.dated_on),
            top=_top(listing),
            title=format_html('<a href="{}">{}</a>', url, listing.name),
            plain=format_html("<p>{}</p>", listing.summary),
            rest=_joined([format_html('<p class="note">{}</p>', listing.alert) if listing.alert else "", _facts(listing)]),
            fresh=_dated(listing, is_late=False),
            late=_dated(listing, is_late=True),
        )

    def html(self, level=3, *, near=None, stems=frozenset(), distance="", label=None) -> SafeString:
        """`near`: the condition by which it was found; `stems`: words to mark; `distance` in words; `label`: a therapy's evidence."""
        return _joined(
            (
                *(
                    self.top,
                    _for(bool(near.distance), near.name, get_language()) if near else "",
                    f'</p><h{level} class="card-title">',
                    self.title,
                    f"</h{level}>",
                ),
                format_html("<p>{}</p>", marked(self.summary, stems)) if stems else self.plain,
                format_html('<p class="muted">{}</p>', distance) if distance else "",
                _labelled(label) if label else "",
                *(self.rest, self.late if is_overdue(self) else self.fresh, "</article>"),
            )
        )

    def line(self, names) -> SafeString:
        """No more than its name, and the conditions that it is for."""
        whom = _("for %(names)s") % {"names": ", ".join(names)}
        return _joined(("<li>", self.title, format_html(' <span class="muted">{}</span></li>', whom)))


def resource_card(resource, level=3):
    """A listing with its phones, as `cards` gives it: with `near`, where it was found by a condition."""
    return Card.of(resource).html(int(level), near=getattr(resource, "near", None))


def _top(listing):
    """Where a card begins, up to its kind; who it is for follows."""
    parts = [KIND_LABELS[listing.kind]]
    if listing.kind == "therapy" and getattr(getattr(listing, "therapytype", None), "red_flag_reason", ""):
        parts.insert(0, format_html('<strong class="warning">{}</strong>', _("Warning")))
    if listing.coverage == "other_country":
        parts.append(_("in another country"))
    start = format_html('<article class="card" data-resource="{}" data-kind="{}"><p class="eyebrow">', listing.slug, listing.kind)
    return _joined([start, " · ".join(map(conditional_escape, parts))])


@lru_cache(1_000)
def _for(is_wider, name, language):
    return format_html(" · {}", (_("for a wider group: %(name)s") if is_wider else _("for %(name)s")) % {"name": name})


def _labelled(label):
    evidence = _evidence(label.level, label.get_level_display(), get_language())
    return format_html('<p>{} <span class="muted">{}</span></p>', evidence, label.get_standing_display())


def distance(miles):
    """How far it is; None: there is nowhere to go."""
    if miles is None:
        return _("No place to go near you: serves your area by phone, online or from elsewhere")
    rounded = round(miles)
    return ngettext("About %(n)d mile away", "About %(n)d miles away", rounded) % {"n": rounded} if rounded else _("Less than a mile away")


def _facts(resource):
    facts = []
    if resource.first_step:
        step = markdown.linked(conditional_escape(resource.first_step))
        facts.append((_("Do this first"), undialled(step, getattr(resource, "dead_phones", ()), getattr(resource, "public_phones", ()))))
    if resource.eligibility:
        words = resource.eligibility.split()
        facts.append((_("Who can use it"), " ".join(words[:MOST_WORDS]) + (" …" if len(words) > MOST_WORDS else "")))
    if phones := getattr(resource, "public_phones", ()):
        facts.append((_("Phone"), _joined(phone_line(phone) for phone in phones[:MOST_PHONES])))
    return _joined(['<dl class="facts">', *(format_html("<div><dt>{}</dt><dd>{}</dd></div>", *fact) for fact in facts), "</dl>"])


def _joined(parts) -> SafeString:
    """Pieces of HTML, each safe or written above."""
    return mark_safe("".join(parts))  # noqa: S308
