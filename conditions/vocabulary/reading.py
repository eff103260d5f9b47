"""An OBO file, checked line by line and read by obonet. Whatever is wrong is named with its line, which obonet does not keep."""

import gzip
import io
import re
import zlib
from dataclasses import dataclass, field

import obonet

from ..files import Fault, Faulty
from ..kinship import cycle_in

MOST_FAULTS = 20
SYNONYM = re.compile(r'"(?:[^"\\]|\\.)*"( |$)')
TAG = re.compile(r"([A-Za-z][\w-]*):(?: (.*)|$)")


@dataclass
class Stanza:
    """Where a term stands: its line, and the lines of its parents."""

    line: int
    id: str = ""
    name: str = ""
    obsolete: bool = False
    parents: dict[str, int] = field(default_factory=dict)


def read(path):
    """The graph of obonet, obsolete terms too; its edges lead from child to parent. Raises `Faulty`."""
    text = _text(path)
    lines = text.split("\n")
    _check(path, lines)
    try:
        return obonet.read_obo(io.StringIO(text), ignore_obsolete=False)
    except (ValueError, KeyError) as error:
        told = str(error).rpartition("\n")[2].strip()  # obonet ends with the line that it could not read
        line = next((number for number, one in enumerate(lines, 1) if told and told in one), 1)
        raise Faulty([Fault(path, line, f"not a line of OBO: {error}")]) from error


def _text(path):
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Faulty([Fault(path, 0, f"the file cannot be read: {error.strerror}")]) from error
    if raw[:2] == b"\x1f\x8b":
        raw = _unpacked(path, raw)
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise Faulty([Fault(path, 1 + raw[: error.start].count(b"\n"), "this is not UTF-8 text")]) from error
    if "\x00" in text:
        raise Faulty([Fault(path, 1 + text[: text.index("\x00")].count("\n"), "the file holds a NUL byte")])
    return text.removeprefix("\ufeff").replace("\r\n", "\n")


def _unpacked(path, raw):
    """The bytes of a gzip file; where it breaks off, the line is the last that could be read."""
    whole, file = bytearray(), gzip.GzipFile(fileobj=io.BytesIO(raw))
    try:
        while part := file.read1(65536):
            whole += part
    except (EOFError, OSError, zlib.error) as error:
        raise Faulty([Fault(path, 1 + whole.count(b"\n"), f"the packed file is broken or cut off here: {error}")]) from error
    return bytes(whole)


def _check(path, lines):
    """Refuse what is not OBO, or not whole."""
    faults = []
    if not next((line for line in lines if line.strip()), "").startswith("format-version:"):
        raise Faulty([Fault(path, 1, "this is not an OBO file: it should begin with 'format-version:'")])
    if lines[-1]:
        faults.append(Fault(path, len(lines), "the file was cut off: its last line has no end"))
    terms = {}
    for stanza in _stanzas(path, lines, faults):
        if not stanza.id or (not stanza.name and not stanza.obsolete):
            faults.append(Fault(path, stanza.line, f"a term without {'a name' if stanza.id else 'an id'}"))
        elif stanza.id in terms:
            faults.append(Fault(path, stanza.line, f"{stanza.id} stands twice, first on line {terms[stanza.id].line}"))
        terms.setdefault(stanza.id, stanza)
    faults += _wrong_parents(path, terms)
    if not terms:
        faults.append(Fault(path, len(lines), "the file names no term"))
    if faults:
        raise Faulty(sorted(faults)[:MOST_FAULTS])
    if circle := cycle_in({one.id: list(one.parents) for one in terms.values()}):
        line = terms[circle[1]].parents[circle[0]]
        raise Faulty([Fault(path, line, f"kinship runs in a circle: {' → '.join(reversed(circle))}")])


def _stanzas(path, lines, faults):
    """The `[Term]` stanzas; lines that cannot be read go to `faults`."""
    stanza = None
    for number, line in enumerate(lines, 1):
        line = line.rstrip()
        if line.startswith("["):
            if stanza:
                yield stanza
            stanza = Stanza(number) if line == "[Term]" else None
        elif line and not line.startswith("!"):
            tag = TAG.match(line)
            if not tag or (tag[1] == "synonym" and not SYNONYM.match(tag[2] or "")):
                faults.append(Fault(path, number, f"not a line of OBO: “{line[:60]}”"))
            elif stanza:
                _take(stanza, number, tag[1], (tag[2] or "").strip())
    if stanza:
        yield stanza


def _take(stanza, number, tag, value):
    match tag:
        case "id" | "name":
            setattr(stanza, tag, value)
        case "is_obsolete":
            stanza.obsolete = value == "true"
        case "is_a":
            stanza.parents[value.split(" ")[0]] = number


def _wrong_parents(path, terms):
    for stanza in terms.values():
        for parent, line in stanza.parents.items():
            if parent not in terms:
                yield Fault(path, line, f"the parent {parent or '(empty)'} of {stanza.id} is not declared in this file")
            elif terms[parent].obsolete:
                yield Fault(path, line, f"the parent {parent} of {stanza.id} is obsolete")
