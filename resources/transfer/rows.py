"""A listing document as a flat row of texts, one column a field, and back. `nested(flat(document))` is the document again.

A list of texts stands one a line in its cell; parts that are rows themselves (phones, sources, evidence …) stand as JSON.
"""

import json
from dataclasses import dataclass
from enum import Enum, auto
from functools import partial
from typing import get_args, get_origin

from django.utils.translation import gettext as _
from pydantic import BaseModel, TypeAdapter, ValidationError

from ..document.shape import KIND_PARTS, Kind, Listing
from ..models import Term


class Form(Enum):
    TEXT = auto()
    LINES = auto()
    JSON = auto()
    NUMBER = auto()
    YES_NO = auto()


ABSENT = object()  # what an empty cell says where the field has a default, or may not be empty
BLANK = " \t\r\n"  # what the document's shape strips too
YES_NO = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


@dataclass(frozen=True)
class Column:
    path: tuple[str, ...]
    form: Form
    empty: object = ABSENT

    @property
    def name(self):
        return ".".join(self.path)

    @property
    def part(self):
        """The kind to which the column belongs; empty where it belongs to all."""
        return self.path[0] if self.path[0] in KIND_PARTS else ""


def _columns():
    for name, field in Listing.model_fields.items():
        inner = next((one for one in (field.annotation, *get_args(field.annotation)) if _is_shape(one)), None)
        if name == "terms":
            yield from (Column((name, vocabulary), Form.LINES) for vocabulary in Term.Vocabulary.values)
        elif inner and get_origin(field.annotation) is not list:
            yield from (_column((name, deeper), below) for deeper, below in inner.model_fields.items())
        else:
            yield _column((name,), field)


def _is_shape(annotation):
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _column(path, field):
    form = _form(field.annotation)
    empty = {Form.TEXT: "", Form.LINES: [], Form.JSON: []}.get(form, ABSENT)
    return Column(path, form, empty if field.is_required() and _takes(field, empty) else ABSENT)


def _form(annotation):
    inner = get_args(annotation)
    if get_origin(annotation) is list:
        return Form.JSON if _is_shape(inner[0]) else Form.LINES
    if annotation is bool:
        return Form.YES_NO
    return Form.NUMBER if any(one is int or type(one) is int for one in (annotation, *inner)) else Form.TEXT


def _takes(field, value):
    try:
        TypeAdapter(field.rebuild_annotation()).validate_python(value)
    except ValidationError:
        return False
    return True


COLUMNS = {column.name: column for column in sorted(_columns(), key=lambda column: column.name == "format")}


def columns_for(kinds):
    """Names of the columns that listings of these kinds fill."""
    return [name for name, column in COLUMNS.items() if column.part in ("", *kinds)]


def flat(document):
    """`{column: text}` of a listing document, with every column."""
    data = document.model_dump(mode="json")
    return {name: _text(_at(data, column.path), column.form) for name, column in COLUMNS.items()}


def _at(data, path):
    for step in path:
        data = (data or {}).get(step)
    return data


def _text(value, form):
    if value is None or value == []:
        return ""
    match form:
        case Form.LINES:
            return "\n".join(value)
        case Form.JSON:
            return "[" + ",\n ".join(json.dumps(one, ensure_ascii=False) for one in value) + "]"
        case Form.YES_NO:
            return "yes" if value else "no"
    return str(value)


class BadCells(ValueError):
    """Cells that cannot be read; `faults`: a sentence each."""

    def __init__(self, faults):
        self.faults = faults
        super().__init__("; ".join(faults))


def nested(row):
    """The data of a listing document, to be given to `documents.read`, from `{column: text}`. Raises `BadCells`."""
    kind = row.get("kind")
    data, faults = {kind: {}} if kind in KIND_PARTS else {}, []
    for name, text in row.items():
        column, is_filled = COLUMNS[name], bool(text.strip(BLANK))
        if column.part not in ("", kind):
            if is_filled and kind in get_args(Kind):
                faults.append(_("'%(name)s': a “%(kind)s” has no such field; empty the cell") % {"name": name, "kind": kind})
            continue
        try:
            value = _value(text, column) if is_filled else column.empty
        except ValueError as error:
            faults.append(f"'{name}': {error}")
            continue
        if value is not ABSENT:
            _put(data, column.path, value)
    if faults:
        raise BadCells(faults)
    return data


def _put(data, path, value):
    for step in path[:-1]:
        data = data.setdefault(step, {})
    data[path[-1]] = value


def _value(text, column):
    """What a filled cell says. A number or a yes that is none stays text, so that the document's shape refuses it by name."""
    match column.form:
        case Form.LINES:
            return [line for line in same_lines(text).split("\n") if line.strip(BLANK)]
        case Form.JSON:
            return parsed(text)
        case Form.NUMBER:
            digits = text.strip(BLANK)
            return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else text
        case Form.YES_NO:
            return YES_NO.get(text.strip().lower(), text)
    return text


def same_lines(text):
    """The text with one kind of line end: spreadsheet programs and browsers each write their own.

    >>> same_lines("a\\r\\nb\\rc")
    'a\\nb\\nc'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _once(pairs):
    data = dict(pairs)
    if len(data) < len(pairs):
        names = [name for name, _value in pairs]
        raise ValueError(_("the key “%(key)s” stands twice") % {"key": next(name for name in names if names.count(name) > 1)})
    return data


def _refuse_constant(text):
    raise ValueError(_("%(text)s is not a number") % {"text": text})


def _int(text):
    if len(text) > 20:
        raise ValueError(_("a number is too long"))
    return int(text)


_load = partial(json.loads, object_pairs_hook=_once, parse_constant=_refuse_constant, parse_int=_int)


def parsed(text):
    """JSON text as data; raises `ValueError` with a sentence that says where it fails."""
    try:
        return _load(text)
    except json.JSONDecodeError as error:
        where = {"line": error.lineno, "column": error.colno, "problem": error.msg}
        raise ValueError(_("this is not JSON: line %(line)s, column %(column)s: %(problem)s") % where) from error
    except RecursionError as error:
        raise ValueError(_("the JSON is nested too deeply")) from error
