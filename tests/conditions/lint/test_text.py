import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.lint.text import blocks, sentences


def test_markdown_falls_into_blocks_with_their_lines_and_headings():
    text = (
        "Lead. [^one]\n\n### Moving\n\nTwo\nlines.\n\n- **First** item\n- Second [item](https://x.org)\n\n| A | B |\n|---|---|\n| c | d |"
    )
    assert [(block.kind, block.line, block.heading, block.text) for block in blocks(text)] == [
        ("paragraph", 1, "", "Lead."),
        ("title", 3, "Moving", "Moving"),
        ("paragraph", 5, "Moving", "Two lines."),
        ("item", 8, "Moving", "First item"),
        ("item", 9, "Moving", "Second item"),
        ("row", 11, "Moving", "A . B"),
        ("row", 13, "Moving", "c . d"),
    ]
    assert [block.is_cited for block in blocks(text)][:2] == [True, False]


def test_a_short_line_of_its_own_is_a_title():
    assert [block.kind for block in blocks("Treatment Options Today\n\nThey are many.")] == ["title", "paragraph"]


@pytest.mark.parametrize("source", ["[1]", "(Smith, 2019)", "According to CDC", "Source: NIH", "https://nih.gov/x"])
def test_ways_to_name_a_source(source):
    assert blocks(f"Some words {source} and more.")[0].is_cited


def test_sentences_end_where_they_end():
    assert sentences('Call Dr. Ray at 9 a.m. on Monday. "Is it new?" Yes! It is 3.5 cm.') == [
        "Call Dr. Ray at 9 a.m. on Monday.",
        '"Is it new?"',
        "Yes!",
        "It is 3.5 cm.",
    ]


@given(st.text(max_size=400))
def test_any_text_is_read(text):
    for block in blocks(text):
        assert block.line >= 1
        assert all(sentence.strip() for sentence in block.sentences)
