"""The text lint beside the fields: advice about what is typed, however incomplete."""

from collections import defaultdict
from dataclasses import replace

from conditions.glossary import explaining
from conditions.table import table

from ...document import shape
from ...lint.passages import PROSE, listing_passages
from ...lint.texts import Reader, Text


def findings(sheet, only=None):
    """`{name in the form: [Finding]}`. `only`: of that field alone."""
    listing, reader = _loosely(sheet.plain), _reader(sheet.plain)
    made = defaultdict(list)
    for names, passage in _passages(sheet, listing):
        if names and only in (None, *names):
            for one in reader.findings(Text("", [passage])):
                made[names[max(one.line - 1, 0)]].append(one)
    return {name: found for name, found in made.items() if only in (None, name)}


def reads(kind, name):
    """Whether the lint reads the field of this name in the form."""
    if name.startswith("evidence-"):
        return name.endswith("-why")
    if name.startswith("steps-"):
        return True
    return name in PROSE[""] or name in {f"{kind}-{one}" for one in PROSE.get(kind, ())}


def _passages(sheet, listing):
    """Each text with its name in the form; of steps, a name for each line. Those of evidence stand last, one a row."""
    passages = list(listing_passages("", listing))
    prose = passages[: len(passages) - len(listing.evidence)]
    for passage in prose:
        name = passage.place.removeprefix(": ")
        if name in sheet.rows:
            yield [f"{row.prefix}-text" for row, _line in sheet.rows[name].lines], replace(passage, line=1)
        else:
            yield [name if name in PROSE[""] else f"{sheet.kind}-{name}"], passage
    if listing.evidence:
        rows = sheet.rows["evidence"].filled
        yield from (([f"{row.prefix}-why"], passage) for row, passage in zip(rows, passages[len(prose) :]))


def _loosely(plain):
    """A listing of what is there, unchecked."""
    kind = plain["kind"]
    part = getattr(shape, kind.title(), None) if kind != "guide" else None
    rows = {"evidence": [shape.Evidence.model_construct(**_filled(shape.Evidence, row)) for row in plain.get("evidence", [])]}
    own = {kind: part.model_construct(**_filled(part, plain[kind]))} if part else {}
    base = {name: value for name, value in plain.items() if name not in shape.KIND_PARTS}
    return shape.Listing.model_construct(**_filled(shape.Listing, base | rows | own))


def _filled(form, values):
    """The values, with a text or a list of nothing where there is none."""
    lists = {name for name, one in form.model_fields.items() if "list[" in str(one.annotation)}
    nothing = {name: [] if name in lists else "" for name in form.model_fields if name not in shape.KIND_PARTS}
    return nothing | values


def _reader(plain):
    """Knows the glossary, and the names that the measure of reading hides: the listing's own and those of conditions that people wrote."""
    return Reader(explaining.from_database(), [*table().written, plain.get("name", ""), *plain.get("also_known_as", [])])
