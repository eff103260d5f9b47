"""Whatever is wrong in a listing document is said in plain words: nobody reads a pattern or a type of Python."""

import pytest

from conditions import files
from conditions.document.shape import ConditionDocument
from conditions.files import Faulty
from resources import document as documents
from resources.document.shape import Listing

GUIDE = {"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."}
SOURCE = {"key": "a", "title": "T", "publisher": "P", "owner_kind": "charity", "seen_on": "2026-01-02", "supports": "x"}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"website": "example.org"}, "'website': begin the web address with https://"),
        ({"email": "nobody"}, "'email': write an e-mail address, as name@example.org"),
        ({"slug": "A Guide"}, "'slug': use small letters, digits and single hyphens"),
        ({"terms": {"need": ["A b"]}}, "'terms.need.0': use small letters"),
        ({"name": ""}, "'name': write one line, and leave it not empty"),
        ({"name": "x" * 201}, "'name': at most 200 letters: shorten it"),
        ({"fees": "a\nb"}, "'fees': write one line, without line breaks"),
        ({"description": "\0"}, "'description': take out the NUL character"),
        ({"summary": None}, "'summary': write a text"),
        ({"phones": "555"}, "'phones': write a list"),
        ({"phones": [{}]}, "'phones.0.number' is missing"),
        ({"phones": ["555"]}, "'phones.0': write names with their values"),
        ({"terms": []}, "'terms': write names with their values"),
        ({"locations": [{"latitude": 91}]}, "'locations.0.latitude': not more than 90"),
        ({"locations": [{"latitude": "north"}]}, "'locations.0.latitude': write a number"),
        ({"sources": [SOURCE | {"seen_on": "yesterday"}]}, "'sources.0.seen_on': write a day, as 2026-11-20"),
        ({"kind": "charity"}, "'kind': choose 'organization'"),
        ({"more": 1}, "unknown key 'more'"),
    ],
)
def test_what_is_wrong_and_what_to_do(wrong, said):
    with pytest.raises(Faulty) as found:
        documents.read(GUIDE | wrong)
    assert any(fault.message.startswith(said) for fault in found.value.faults), found.value


@pytest.mark.parametrize("shape", [Listing, ConditionDocument])
def test_every_kind_of_text_of_the_shapes_has_words(shape):
    patterns = {pattern for pattern in _all(shape.__pydantic_core_schema__, "pattern") if pattern not in (r"^[^\n\r\x00]*$", r"^[^\x00]*$")}
    assert patterns
    assert patterns <= set(files.PATTERNS)


@pytest.mark.parametrize("shape", [Listing, ConditionDocument])
def test_every_kind_of_value_of_the_shapes_has_words(shape):
    """`x_type` is what pydantic calls a value of another kind."""
    kinds = {
        kind
        for kind in _all(shape.__pydantic_core_schema__, "type")
        if kind in {"str", "int", "float", "bool", "date", "list", "dict", "model"}
    }
    names = {"str": "string"}
    assert {f"{names.get(kind, kind)}_type" for kind in kinds} <= set(files.EXPECTED)


def _all(schema, key):
    """Every value of that key in a schema, however deep."""
    if isinstance(schema, dict):
        if isinstance(schema.get(key), str):
            yield schema[key]
        for value in schema.values():
            yield from _all(value, key)
    elif isinstance(schema, list | tuple):
        for value in schema:
            yield from _all(value, key)
