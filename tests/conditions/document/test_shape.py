"""The shape of a condition document, and what it lacks."""

import json
from datetime import date
from pathlib import Path

import pytest

from conditions import document as documents
from conditions.document import ConditionDocument
from conditions.files import Faulty
from tests.conditions.document.test_store import WHOLE, a_source

PAGE = WHOLE.model_copy(update={"sections": {"main-message": "Ask. [^ninds]", "school": "Write."}})


def with_review(**fields):
    return PAGE.model_copy(update={"review": PAGE.review.model_copy(update=fields)})


@pytest.mark.parametrize("path", sorted((Path(__file__).parent / "golden").glob("*.json")), ids=lambda path: path.stem)
def test_documents_of_every_format_can_be_read(path):
    assert documents.read(json.loads(path.read_text())) == WHOLE


@pytest.mark.parametrize(
    ("spoilt", "sentence"),
    [
        ({"colour": "blue"}, "unknown key 'colour'"),
        ({"name": ""}, "'name'"),
        ({"summary": "x" * 161}, "'summary'"),
        ({"kind": "mood"}, "'kind'"),
        ({"sections": {"weather": "Rain."}}, "there is no section 'weather'"),
        ({"names": [{"name": "FA"}, {"name": "fa"}]}, "names: 'fa' stands twice"),
        ({"codes": [{"system": "omim", "code": "1"}] * 2}, "codes: 'omim 1' stands twice"),
        ({"genes": [{"symbol": "FXN"}] * 2}, "genes: 'FXN' stands twice"),
        ({"sources": [json.loads(a_source("ninds").model_dump_json())] * 2}, "sources: 'ninds' stands twice"),
        ({"parents": ["Not a slug"]}, "'parents.0'"),
    ],
)
def test_what_does_not_fit_is_refused_by_name(spoilt, sentence):
    with pytest.raises(Faulty, match=sentence):
        documents.read(WHOLE.model_dump(mode="json") | spoilt)


def test_a_section_without_a_text_is_not_there():
    assert ConditionDocument(name="Ataxia", sections={"school": "  ", "money": "Ask.\r\nAgain."}).sections == {"money": "Ask.\nAgain."}


def test_a_whole_page_lacks_nothing():
    assert documents.lacks(PAGE) == []


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        (ConditionDocument(name="x"), "sections.main-message sources reviewer reviewed_on next_review_on funding"),
        (with_review(reviewer=""), "reviewer"),
        (with_review(funding=""), "funding"),
        (with_review(next_review_on=date(2026, 3, 1)), "next_review_on"),
        (with_review(next_review_on=date(2029, 3, 3)), "next_review_on"),
        (PAGE.model_copy(update={"sources": []}), "sections.main-message sources"),
    ],
)
def test_what_a_page_lacks_is_named(document, fields):
    assert [lack.field for lack in documents.lacks(document)] == fields.split()


def test_a_citation_without_a_source_is_named_with_its_section():
    [lack] = documents.lacks(PAGE.model_copy(update={"sections": PAGE.sections | {"school": "Ask. [^nafff]"}}))
    assert lack.field == "sections.school"
    assert lack.sentence == "“School” cites [^nafff], which is no source of this page. Its sources: ninds, naf."
