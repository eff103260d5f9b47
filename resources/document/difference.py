"""What is different between two listing documents, field by field, in words that a person can read."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from . import labels, rows
from .patch import fields
from .shape import Listing

ORDER = ".order"
MOST_UNITS = 400  # that are compared one by one
AROUND = 12  # words that stay on each side of a stretch cut short


@dataclass(frozen=True)
class Change:
    """One field, or one row of a list, that differs; `before` and `after` are in words, empty where there was nothing."""

    field: str
    before: str
    after: str

    @property
    def label(self):
        return labels.label(self._list or self.field)

    @property
    def _list(self):
        """The list of whose rows it is about, or None."""
        return next((one for one in rows.LISTS if self.field.startswith(f"{one}.")), None)

    @property
    def html(self) -> SafeString:
        """The words taken away and put in, marked as such."""
        return self._marked(lambda words: words)

    @property
    def excerpt(self) -> SafeString:
        """The same, with long stretches that did not change cut short: for texts of a page and more."""
        return self._marked(lambda words: words if len(words) <= 2 * AROUND else [*words[:AROUND], "…", *words[-AROUND:]])

    def _marked(self, kept) -> SafeString:
        old, new = _units(self.before, self.after)
        pieces = []
        if self._list and not (old and new):
            pieces.append(format_html("{}", "−" if old else "+"))
        for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if verb == "equal":
                pieces.append(format_html("{}", " ".join(kept(old[a:b]))))
                continue
            if a < b:
                pieces.append(format_html("<del>{}</del>", " ".join(old[a:b])))
            if c < d:
                pieces.append(format_html("<ins>{}</ins>", " ".join(new[c:d])))
        return format_html_join(mark_safe(" "), "{}", ((piece,) for piece in pieces))


def _units(*texts):
    """The texts cut into words; long ones into lines, and endless ones not at all: comparing takes the third power of their number.

    >>> _units("a b", "a"), _units("a b\\nc " * 300, "x")[1]
    ((['a', 'b'], ['a']), ['x'])
    """
    for cut in (str.split, str.splitlines):
        units = tuple(cut(text) for text in texts)
        if max(map(len, units)) <= MOST_UNITS:
            return units
    return tuple([text] for text in texts)


def difference(before: Listing | None, after: Listing, names=None) -> list[Change]:
    """The `Change`s that lead from `before` (None: a new listing) to `after`, in the document's own order.

    It asks the database nothing: `names` (slug → name) may say what terms are called; else their slugs stand in words.
    """
    old, new = fields(before), fields(after)
    changes = []
    for field in dict.fromkeys([*new, *old]):
        if field != "format" and old.get(field) != new.get(field):
            changes += field_changes(field, old, new, names)
    return changes


def field_changes(field, old, new, names=None):
    """The changes in one field. `old`, `new`: all fields of both documents, as `fields` gives them."""
    if field in rows.LISTS:
        return _row_changes(field, old, new, names)
    before, after = old.get(field), new.get(field)
    if isinstance(before, dict) or isinstance(after, dict):
        inner = [f"{field}.{one}" for one in dict.fromkeys([*(after or {}), *(before or {})])]
        before, after = ({f"{field}.{one}": value for one, value in (each or {}).items()} for each in (before, after))
        return [change for one in inner for change in field_changes(one, before, after, names)]
    words = [labels.in_words(field, value, names) for value in (before, after)]
    return [Change(field, *words)] if before != after and any(words) else []


def _row_changes(field, old, new, names):
    before, after = old.get(field) or [], new.get(field) or []
    pairs = rows.matched(field, before, after)
    changes = [row_change(field, pair, old, new, names) for pair in pairs if pair[1] != pair[2]]
    one, other = list(rows.named(field, before)), list(rows.named(field, after))
    if one != other and sorted(one) == sorted(other):
        turned = [", ".join(rows.in_words(field, row, names).partition(" (")[0] for row in each) for each in (before, after)]
        changes.append(Change(field + ORDER, *turned))
    return changes


def row_change(field, pair, old, new, names=None):
    """The change of one row; `pair`: as `rows.matched` gives it."""
    key, *both = pair
    return Change(
        f"{field}.{key}", *(rows.in_words(field, row, names, each.get("sources") or []) for row, each in zip(both, (old, new), strict=True))
    )
