"""The text lint beside the fields: advice about what is typed, however incomplete."""

from collections import defaultdict

from conditions.glossary import explaining
from conditions.table import table

from ...document import shape
from ...lint.passages import PROSE, listing_passages
from ...lint.texts import Reader, Text


def findings(sheet, only=None):
    """`{name in the form: [Finding]}`. `only`: of that field alone."""
    listing, reader = _loosely(sheet.plain), _reader(sheet.plain)
    made = defaultdict(list)
    for name, passage in _passages(sheet, listing):
        if only in (None, name):
            made[name] += reader.findings(Text("", [passage]))
    return made


def reads(kind, name):
    """Whether the lint reads the field of this name in the form."""
    if name.startswith("evidence-"):
        return name.endswith("-why")
    return name in PROSE[""] or name in {f"{kind}-{one}" for one in PROSE.get(kind, ())}


def _passages(sheet, listing):
    """Each text with its name in the form. Those of evidence stand last, one a row."""
    passages = list(listing_passages("", listing))
    prose = passages[: len(passages) - len(listing.evidence)]
    for passage in prose:
        name = passage.place.removeprefix(": ")
        yield (name if name in PROSE[""] else f"{sheet.kind}-{name}"), passage
    if listing.evidence:
        yield from zip((f"{row.prefix}-why" for row in sheet.rows["evidence"].filled), passages[len(prose) :])


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
