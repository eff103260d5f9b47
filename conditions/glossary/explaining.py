"""Marks the first use of a glossary word on a page, and lists those words with their meaning at its end."""

import re
from dataclasses import dataclass
from functools import lru_cache

from django.utils.html import escape, format_html
from django.utils.safestring import mark_safe

_WORD = re.compile(r"[^\W_]+")
_UP_TO = re.compile(r"\S*\Z")
_BESIDE = re.compile(r"\S*")
_ADDRESS = re.compile(r"@\w|://|\bwww\.|\w\.[a-z]{2,}")
_TAG = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-z0-9]+)")
# What leads elsewhere, heads a part, is a name or stands in a card holds no marks.
_PASSED_OVER = {
    "a",
    "article",
    "button",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "label",
    "summary",
    "dt",
    "th",
    "cite",
    "nav",
    "form",
    "title",
    "script",
}


@dataclass(frozen=True)
class Word:
    """One glossary entry, apart from its row: a text can be read without a database."""

    slug: str
    term: str
    forms: tuple[str, ...]
    plain: str
    means: str


class Glossary:
    """`Word`s that can be found in texts by any of their forms."""

    def __init__(self, words):
        self._starts = {}
        for word in words:
            for form in (word.term, *word.forms):
                first = _WORD.search(form)
                if first:
                    self._starts.setdefault(first[0].casefold(), []).append((_pattern(form), word))
        for forms in self._starts.values():
            forms.sort(key=lambda pair: -len(pair[0].pattern))

    def uses(self, text):
        """`(start, end, word)` of every use in plain text; of forms that overlap, the longest. A part of an address is no use."""
        at = 0
        while found := _WORD.search(text, at):
            at = found.end()
            for pattern, word in self._candidates(found[0]):
                if (use := pattern.match(text, found.start())) and not _in_address(text, *use.span()):
                    yield use.start(), use.end(), word
                    at = use.end()
                    break

    def _candidates(self, first):
        first = first.casefold()
        return self._starts.get(first) or (self._starts.get(first[:-1], ()) if first.endswith("s") else ())

    def masked(self, text, mask="word"):
        """The text with each use replaced: what a reading measure should not count as hard."""
        pieces, at = [], 0
        for start, end, _word in self.uses(text):
            pieces += [text[at:start], mask]
            at = end
        return "".join([*pieces, text[at:]])

    def explain(self, html, title=""):
        """The HTML with first uses marked, and the words marked, in their order.

        No mark is needed for a word in the page's title, which the page is about, or one that the text itself explains
        where it is first used, in brackets.
        """
        seen, marked, inside, pieces = {word.slug for _start, _end, word in self.uses(title)}, [], [], []
        for place, piece in enumerate(_TAG.split(html)):
            if place % 2:
                _follow(piece, inside)
            elif not inside and piece.strip():
                piece = self._mark(piece, seen, marked)
            pieces.append(piece)
        return mark_safe("".join(pieces)), marked  # noqa: S308 only adds links to HTML that was safe

    def _mark(self, text, seen, marked):
        pieces, at = [], 0
        for start, end, word in self.uses(text):
            if word.slug in seen:
                continue
            seen.add(word.slug)
            if text[:start].endswith("(") or text[end:].startswith((" (", ", which is")):
                continue
            marked.append(word)
            link = format_html('<a class="term" id="used-{0}" href="#word-{0}">{1}</a>', word.slug, mark_safe(text[start:end]))  # noqa: S308
            pieces += [text[at:start], link]
            at = end
        return "".join([*pieces, text[at:]])


def _in_address(text, start, end):
    """Whether what stands there without a space is the address of a page or of a mailbox."""
    before = _UP_TO.search(text, max(start - 200, 0), start)
    return bool(_ADDRESS.search(before[0] + text[start:end] + _BESIDE.match(text, end)[0]))


def _pattern(form):
    """A form as it may stand in a text: spaces and hyphens alike, a plural -s; capitals count where the form has two."""
    body = r"[\s-]+".join(re.escape(escape(part)) for part in re.split(r"[\s-]+", form.strip()))
    exact = sum(letter.isupper() for letter in form) > 1
    return re.compile(rf"{body}(?:s\b|\b)", 0 if exact else re.IGNORECASE)


def _follow(tag, inside):
    """Keep `inside`, the open elements within which nothing is marked."""
    found = _NAME.match(tag)
    if not found or found[1] not in _PASSED_OVER:
        return
    if tag.startswith("</"):
        if inside:
            inside.pop()
    else:
        inside.append(found[1])


@lru_cache(maxsize=4)
def glossary(rows):
    """The `Glossary` of rows `(slug, term, forms, plain, means)`, made once for the same rows."""
    return Glossary(Word(slug, term, tuple(forms), plain, means) for slug, term, forms, plain, means in rows)


def from_shape(shape):
    """The `Glossary` of a `GlossaryShape`."""
    return glossary(tuple((slug, one.term, tuple(one.forms), one.plain, one.means) for slug, one in shape.terms.items()))


def from_database():
    from .models import GlossaryTerm

    rows = GlossaryTerm.objects.order_by("slug").values_list("slug", "term", "forms", "plain", "means")
    return glossary(tuple((slug, term, tuple(forms), plain, means) for slug, term, forms, plain, means in rows))
