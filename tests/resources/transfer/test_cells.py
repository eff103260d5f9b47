import re
from datetime import datetime, time
from xml.dom import minidom

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from resources.transfer.cells import STARTS, for_xml, from_xml, guarded, plain, unguarded

ANY_TEXT = st.text(st.characters()) | st.text(st.sampled_from("_x0059F\x01\ufffe\ufeff'=+-@＝\t\r\n"))
CALCULATED = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)", "\ufeff=1", "\u200b@A1"]


@given(ANY_TEXT)
@example("''")
@example("'=1")
def test_any_text_comes_back_from_its_guard(text):
    assert unguarded(guarded(text)) == text


@given(ANY_TEXT)
def test_a_guarded_text_never_begins_as_a_formula(text):
    assert not guarded(text).startswith(tuple("=+-@\t\r"))


@pytest.mark.parametrize("text", CALCULATED)
def test_what_a_program_would_calculate_gets_an_apostrophe(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "Call", "1-800-555-0100", "a=b", " =1"])
def test_everything_else_stays_as_it_is(text):
    assert guarded(text) == text


def test_an_apostrophe_that_a_person_typed_stays():
    assert unguarded("'tis") == "'tis"
    assert unguarded("'") == "'"


@given(ANY_TEXT | st.text(st.characters(categories=["Cs", "Cc", "Lu"])))
@example("_x005F_x0041_")
@example("_x0078\x01")
@example("x0041x0042_")
def test_any_text_comes_back_from_a_workbook(text):
    assert from_xml(for_xml(text)) == text


@given(ANY_TEXT)
def test_what_a_workbook_holds_is_xml(text):
    escaped = for_xml(text)
    quoted = escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    [node] = minidom.parseString(f"<a>{quoted} </a>".encode()).documentElement.childNodes  # noqa: S318 our own text
    assert node.data == f"{escaped} "


@given(ANY_TEXT)
def test_openpyxl_finds_no_escape_of_its_own_to_take_out(text):
    """Its reader deletes `x005F_` wherever it stands."""
    assert not re.search("x005F_", for_xml(text))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (-1.0, "-1"),
        (datetime(2026, 11, 20), "2026-11-20"),
        (datetime(2026, 11, 20, 9, 30), "2026-11-20T09:30:00"),
        (time(9), "09:00:00"),
    ],
)
def test_a_cell_that_is_no_text_is_read_as_one_would_write_it(value, text):
    assert plain(value) == text


def test_the_guard_covers_its_own_mark():
    assert "'" in STARTS
