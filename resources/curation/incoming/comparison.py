"""What a proposal would change, field by field, beside what the listing says today."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args, get_origin

from ... import document as documents
from ...document import labels, rows, shape
from ...document.difference import Change, field_changes, row_change
from ...models import Revision

LONG = 500  # letters: what may be longer is a text of several lines


@dataclass(frozen=True)
class Item:
    """One row of a list that was proposed, such as one phone; `pair`: the row before and after, None where there is none."""

    key: str
    pair: tuple
    change: Change
    conflicts: bool
    already: bool


@dataclass(frozen=True)
class Row:
    """One field that was proposed. `changes`: from the listing as the sender saw it; `present`: what stands there now, if it moved on.

    `items`: of a list of rows, each of its own; none where only their order differs.
    """

    field: str
    value: object
    changes: list[Change]
    present: list[Change]
    conflicts: bool
    already: bool
    items: list[Item]

    @property
    def label(self):
        return labels.label(self.field)

    @property
    def open_items(self):
        return [item for item in self.items if not item.already]

    @property
    def differs(self):
        """`(which part of the field, or nothing where it has none, the change)`."""
        return [(self._part(change), change) for change in self.changes]

    @property
    def stands(self):
        return [(self._part(change), change.after) for change in self.present]

    def _part(self, change):
        return change.label if change.label != self.label else ""


class Comparison:
    """Reads a proposal that was fetched by `with_documents`. Without a document, or with one of another kind, it proposes nothing."""

    def __init__(self, proposal):
        self.proposed = documents.read(proposal.document) if proposal.document else None
        self.current, self.latest = _now(proposal) if proposal.resource else (None, 0)
        self.base = documents.read(proposal.base_document) if proposal.base_document else self.current
        if self.current and self.proposed and self.current.kind != self.proposed.kind:
            self.proposed = None

    @cached_property
    def rows(self):
        """A `Row` for each field: of a new listing all that say something, of an edit those that differ from its base."""
        if self.proposed is None:
            return []
        conflicts = documents.merged(self.base, self.proposed, self.current).conflicts if self.current else []
        moved_on = documents.changed(self.base, self.current) if self.current else []
        return [self._row(name, name in conflicts, name in moved_on) for name in self._fields()]

    @cached_property
    def values(self):
        """The fields of what was seen, of what is proposed and of what stands today."""
        return tuple(documents.fields(one) for one in (self.base, self.proposed, self.current))

    def _row(self, name, conflicts, moved_on):
        base, proposed, current = self.values
        items = self._items(name)
        still = [item for item in items if not item.already]
        return Row(
            field=name,
            value=proposed[name],
            changes=field_changes(name, base, proposed),
            present=field_changes(name, {}, current) if moved_on else [],
            conflicts=any(item.conflicts for item in still) if items else conflicts,
            already=bool(self.current) and (proposed[name] == current.get(name) or bool(items and not still)),
            items=items,
        )

    def _items(self, name):
        if name not in rows.LISTS:
            return []
        base, proposed, current = self.values
        stands = current.get(name) or []
        pairs = rows.matched(name, base.get(name) or [], proposed[name])
        return [self._item(name, pair, stands) for pair in pairs if pair[1] != pair[2]]

    def _item(self, name, pair, stands):
        base, proposed, _current = self.values
        key, before, after = pair
        places = [rows.found(name, stands, one) if one else None for one in (before, after)]
        now = [None if place is None else stands[place] for place in places]
        already = bool(self.current) and (now[1] == after if after else not now[0])
        moved_on = bool(self.current) and (now[0] != before if before else now[1] is not None)
        return Item(key, (before, after), row_change(name, pair, base, proposed), moved_on and not already, already)

    @property
    def open_rows(self):
        return [row for row in self.rows if not row.already]

    @property
    def is_already_so(self):
        return bool(self.rows) and not self.open_rows

    def _fields(self):
        if self.current:
            return documents.changed(self.base, self.proposed)
        said = self.proposed.model_dump(exclude_defaults=True)
        return [name for name, value in documents.fields(self.proposed).items() if value and name.partition(".")[0] in said]


def _now(proposal):
    """What the listing says now; its latest revision came with the proposal."""
    latest = Revision(number=proposal.latest_number, document=proposal.latest_document)
    return documents.now(proposal.resource, [latest] if latest.number else [])


def number_of_fields(proposal):
    """In how many fields an edit differs from the listing on which it was written."""
    if not (proposal.document and proposal.base_document):
        return 0
    return len(documents.changed(documents.read(proposal.base_document), documents.read(proposal.document)))


def typing(field):
    """How a person may type this field's value: `line`, `text`, or `lines` (one item each); empty where it is no plain text.

    >>> [typing(name) for name in ("fees", "summary", "also_known_as", "service.schedule", "phones", "coverage", "money.provider")]
    ['line', 'text', 'lines', 'line', '', '', '']
    """
    part, dot, inner = field.partition(".")
    info = (getattr(shape, part.title()) if dot else shape.Listing).model_fields[inner or part]
    if info.annotation is str:
        return "text" if most_letters(field) > LONG else "line"
    [item] = get_args(info.annotation) if get_origin(info.annotation) is list else [None]
    return "lines" if item and get_args(item)[:1] == (str,) and get_origin(item) is not Literal else ""


def most_letters(field):
    part, dot, inner = field.partition(".")
    info = (getattr(shape, part.title()) if dot else shape.Listing).model_fields[inner or part]
    return next((one.max_length for one in info.metadata if getattr(one, "max_length", None)), LONG)
