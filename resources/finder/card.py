"""A listing's card as HTML without the template engine: twenty cards were half of the finder page's time.

All text is escaped: by `format_html`, or before it is put in.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from conditions import markdown

from .facets import KIND_LABELS
from .pieces import dated_as, is_overdue, phone_line, undialled
from .words import marked

MOST_PHONES = 2
MOST_WORDS = 60  # of who can use it


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
            fresh=dated_as(listing, is_late=False),
            late=dated_as(listing, is_late=True),
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
