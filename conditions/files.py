"""Catalogue files: YAML and Markdown read with their line numbers, so that every fault can be named by file and line."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml
from pydantic import ValidationError

from .shapes import Code, Email, Line, Name, Slug, TermSlug, Text, Url, pattern_of


@dataclass(frozen=True, order=True)
class Fault:
    """One thing to mend in a file; `line` counts from 1."""

    path: Path
    line: int
    message: str

    def __str__(self):
        return f"{self.path}:{self.line}: {self.message}"


class Faulty(Exception):
    """Nothing was written, since these faults were found."""

    def __init__(self, faults):
        self.faults = sorted(faults)
        super().__init__("\n".join(map(str, self.faults)))


class _Loader(yaml.CSafeLoader):
    """Refuses a key that stands twice: YAML would silently keep the last."""

    def construct_mapping(self, node, deep=False):
        seen = set()
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise yaml.constructor.ConstructorError(None, None, "a key must be a plain word", key.start_mark)
            if key.value in seen:
                raise yaml.constructor.ConstructorError(None, None, f"'{key.value}' stands twice", key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


def _date(loader, node):
    try:
        return loader.construct_yaml_timestamp(node)
    except ValueError as error:
        raise yaml.constructor.ConstructorError(None, None, f"'{node.value}' is no date: {error}", node.start_mark) from error


_Loader.add_constructor("tag:yaml.org,2002:timestamp", _date)


class Document:
    """A mapping read from YAML text: `data`, and the line of any place in it."""

    def __init__(self, path, text, first_line=1):
        self.path, self.first_line = path, first_line
        try:
            loader = _Loader(text)
            self.node = loader.get_single_node()
            self.data = loader.construct_document(self.node) if self.node else None
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            problem = getattr(error, "problem", None) or "this is not text that YAML can read"
            raise Faulty([Fault(path, first_line + (mark.line if mark else 0), problem)]) from error
        if not isinstance(self.data, dict):
            raise Faulty([Fault(path, first_line, "expected keys and values")])

    def line(self, *place):
        """The line of `place`, such as `("sources", 0, "url")`, or of the nearest thing around it."""
        node, line = self.node, self.node.start_mark.line
        for step in place:
            if isinstance(node, yaml.MappingNode):
                found = next(((key, value) for key, value in node.value if key.value == str(step)), None)
                if not found:
                    break
                line, node = found[0].start_mark.line, found[1]
            elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
                node = node.value[step]
                line = node.start_mark.line
            else:
                break
        return self.first_line + line

    def fault(self, message, *place):
        return Fault(self.path, self.line(*place), message)

    def read(self, shape, data=None, at=()):
        """The data as `shape` (a pydantic model); raises `Faulty` with a line for each thing wrong. `at`: where `data` stands."""
        return validate(shape, self.data if data is None else data, lambda place, message: self.fault(message, *at, *place))


def validate(shape, data, fault):
    """`data` as `shape`. Read as JSON, so that dates may be text while everything else stays strict."""
    try:
        return shape.model_validate_json(json.dumps(data, default=_plain))
    except ValidationError as error:
        raise Faulty([fault(wrong["loc"], sentence(wrong)) for wrong in error.errors()]) from error
    except (TypeError, ValueError) as error:
        raise Faulty([fault((), str(error))]) from error


def _plain(value):
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{value!r} is not a text, a number, a date or a list")


# What a text of a shape must look like, by the shape's pattern; `conditions/shapes.py` has them.
LOOKS = {
    Url: "begin the web address with https:// and leave no space in it",
    Email: "write an e-mail address, as name@example.org",
    Slug: "use small letters, digits and single hyphens, as “help-at-home”",
    TermSlug: "use small letters, digits, and single hyphens or underscores",
    Name: "write one line, and leave it not empty",
    Line: "write one line, without line breaks",
    Text: "take out the NUL character",
    Code: "use letters, digits, dots, colons and hyphens, without spaces",
}
PATTERNS = {pattern_of(shape): words for shape, words in LOOKS.items()}
EXPECTED = {
    "bool_type": "write true or false",
    "date_from_datetime_inexact": "write a day, as 2026-11-20",
    "date_from_datetime_parsing": "write a day, as 2026-11-20",
    "date_parsing": "write a day, as 2026-11-20",
    "date_type": "write a day, as 2026-11-20",
    "dict_type": "write names with their values",
    "finite_number": "write a number",
    "float_parsing": "write a number",
    "float_type": "write a number",
    "int_from_float": "write a whole number",
    "int_parsing": "write a whole number",
    "int_type": "write a whole number",
    "json_invalid": "this is not JSON",
    "list_type": "write a list",
    "model_type": "write names with their values",
    "string_type": "write a text",
    "string_unicode": "take out the half of a character",
}


def sentence(wrong):
    """A pydantic error in plain words that name the field and say what to do."""
    field = ".".join(map(str, wrong["loc"])) or "the whole"
    context = wrong.get("ctx", {})
    match wrong["type"]:
        case "extra_forbidden":
            return f"unknown key '{field}'"
        case "missing":
            return f"'{field}' is missing"
        case "value_error" | "assertion_error":
            return f"{field}: {context['error']}"
        case "string_pattern_mismatch":
            says = PATTERNS.get(context["pattern"], "write it in one line, without signs that no text has")
        case "string_too_long" | "too_long":
            says = f"at most {context['max_length']} {'letters' if wrong['type'] == 'string_too_long' else 'rows'}: shorten it"
        case "string_too_short" | "too_short":
            says = f"at least {context['min_length']} {'letters' if wrong['type'] == 'string_too_short' else 'rows'}: add to it"
        case "literal_error":
            says = f"choose {context['expected']}"
        case "greater_than_equal":
            says = f"not less than {context['ge']:g}"
        case "less_than_equal":
            says = f"not more than {context['le']:g}"
        case other:
            says = EXPECTED.get(other, "this cannot be read: write it as in the other listings")
    return f"'{field}': {says}"


def read_text(path):
    """The text of a file; one that is not UTF-8, or holds a NUL, is refused by name."""
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        raise Faulty([Fault(path, 1, "the file is missing")]) from error
    except UnicodeDecodeError as error:
        raise Faulty([Fault(path, 1, "the file is not UTF-8 text")]) from error
    if "\x00" in text:
        raise Faulty([Fault(path, 1 + text[: text.index("\x00")].count("\n"), "the file holds a NUL byte")])
    return text


def gather(paths, read):
    """`read(path)` for each path: the results, and all faults of all files together."""
    results, faults = [], []
    for path in paths:
        try:
            results.append(read(path))
        except Faulty as found:
            faults += found.faults
    return results, faults
