"""What is different between two listing documents, field by field, in words that a person can read."""

from dataclasses import dataclass
from difflib import SequenceMatcher

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from .shape import Listing

ORDER = ".order"
AROUND = 12  # words that stay on each side of a stretch cut short


@dataclass(frozen=True)
class Change:
    """One field that differs; `before` and `after` are texts, empty where there was nothing."""

    field: str
    before: str
    after: str

    @property
    def label(self):
        return self.field.replace("_", " ").replace(".", " › ").capitalize()

    @property
    def is_only_longer(self):
        """An order that differs since rows came or went, which their own changes tell already."""
        return self.field.endswith(ORDER) and sorted(self.before.split(", ")) != sorted(self.after.split(", "))

    @property
    def html(self) -> SafeString:
        """The words taken away and put in, marked as such."""
        return self._marked(lambda words: words)

    @property
    def excerpt(self) -> SafeString:
        """The same, with long stretches that did not change cut short: for texts of a page and more."""
        return self._marked(lambda words: words if len(words) <= 2 * AROUND else [*words[:AROUND], "…", *words[-AROUND:]])

    def _marked(self, kept) -> SafeString:
        old, new = self.before.split(), self.after.split()
        pieces = []
        for verb, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if verb == "equal":
                pieces.append(format_html("{}", " ".join(kept(old[a:b]))))
                continue
            if a < b:
                pieces.append(format_html("<del>{}</del>", " ".join(old[a:b])))
            if c < d:
                pieces.append(format_html("<ins>{}</ins>", " ".join(new[c:d])))
        return format_html_join(mark_safe(" "), "{}", ((piece,) for piece in pieces))


def difference(before: Listing | None, after: Listing) -> list[Change]:
    """The `Change`s that lead from `before` (None: a new listing) to `after`, in the document's own order."""
    old = _flat(before.model_dump(mode="json")) if before else {}
    new = _flat(after.model_dump(mode="json"))
    fields = list(dict.fromkeys([*new, *old]))
    changes = [Change(field, old.get(field, ""), new.get(field, "")) for field in fields if old.get(field, "") != new.get(field, "")]
    return [change for change in changes if not change.is_only_longer]


def _flat(value, field=""):
    """`{field: text}`: nested parts by dotted names, the rows of a list by what names them."""
    if isinstance(value, dict):
        made = {}
        for key, inner in value.items():
            made |= _flat(inner, f"{field}.{key}" if field else key)
        return made
    if isinstance(value, list) and value and isinstance(value[0], dict):
        made = {field + ORDER: ", ".join(str(_name(row) or place) for place, row in enumerate(value, 1))}
        for place, row in enumerate(value, 1):
            name = _name(row)
            is_taken = any(_name(other) == name for other in value[: place - 1])
            made |= _flat(row, f"{field}.{place if is_taken or not name else name}")
        return made
    if isinstance(value, list):
        return {field: "\n".join(map(str, value))}
    return {field: "" if value is None else str(value)}


def _name(row):
    """What tells a row from its neighbours: a source's key, an evidence label's condition and group, a phone's number."""
    if "condition" in row:
        return f"{row['condition']} ({row['applies_to']})" if row["applies_to"] else row["condition"]
    return row.get("key") or row.get("number") or row.get("citation")
