"""Beside the examples in `fold` itself."""

import string
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conditions.names import fold

words = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Joubert Syndrome", "joubert syndrome"),
        ("Friedreich's ataxia", "Friedreich’s ataxia"),
        ("Friedreich`s ataxia", "Friedreichs ataxia"),
        ("Ménière", "Me\u0301niere"),
        ("Ataxia-telangiectasia", "ataxia telangiectasia"),
        ("  Ataxia,\n(telangiectasia)  ", "Ataxia telangiectasia"),
        ("CBLH", "ＣＢＬＨ"),
        ("STRASSE", "Straße"),
        ("Spinraza™", "spinrazatm"),
    ],
)
def test_two_spellings_of_one_name_are_equal(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("SCA 1", "SCA 11"), ("PCH1", "PCH2"), ("ataxia", "ataxias"), ("SMA type 1", "SMA type 1 a")])
def test_two_names_are_not(one, other):
    assert fold(one) != fold(other)


@pytest.mark.parametrize("text", ["", " ", "–", "'’", "…?!", "\x00"])
def test_nothing_is_left_of_punctuation(text):
    assert fold(text) == ""


@given(st.text())
@example("℡")
@example("№ 1")
@example("ß\u0345ŉ")
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_what_is_folded_is_words_with_single_spaces_and_no_marks(text):
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert not any(unicodedata.combining(character) for character in folded)


@given(st.lists(words), st.sampled_from([" ", "  ", "-", ", ", " / ", "\t", " ("]))
def test_words_stay_whole_and_in_order(parts, between):
    assert fold(between.join(parts).upper()).split() == parts
