"""One tokenizer for what is indexed, asked and marked."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.names import fold
from resources.finder.words import STOP_WORDS, marked, stem, stems, tokens, words

TEXT = st.text() | st.text(alphabet="aBé’'-_ ́ﬁß½<&>\"") | st.text(alphabet=st.characters(max_codepoint=127))


@given(TEXT)
def test_words_are_those_of_folded_names(text):
    assert tokens(text) == fold(text).split()


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("the ramps for a child", ["ramps", "child"]),
        ("to be or not to be", ["to", "be", "or", "not"]),
        ("AS", ["as"]),
        ('"unclosed (AND', ["unclosed"]),
        ("שלום 😀 ‮x", ["שלום", "x"]),
        ("'; DROP TABLE x; --", ["drop", "table", "x"]),
        ("😀 … ?!", []),
    ],
)
def test_words_of_a_query(typed, expected):
    assert words(typed) == expected


def test_stop_words_are_words_as_the_tokenizer_makes_them():
    assert all(tokens(word) == [word] for word in STOP_WORDS)


@given(TEXT, st.sets(st.sampled_from(["a", "b", "ab", "ramp", "1"])))
def test_marking_changes_no_letter_and_marks_what_matches(text, wanted):
    made = marked(text, wanted)
    assert html.unescape(re.sub("</?mark>", "", made)) == text
    assert set(re.findall("<[^>]*>", made)) <= {"<mark>", "</mark>"}
    assert bool(wanted & stems(text)) == ("<mark>" in made)


def test_forms_of_a_word_share_their_stem():
    assert stem("ramps") == stem("ramping") == stem("ramp")
    assert stem("therapies") == stem("therapy")
