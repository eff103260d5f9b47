"""Glossary words are found in texts, marked once a page, and never within what leads elsewhere."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conditions.glossary.explaining import Glossary, Word

ATAXIA = Word("ataxia", "ataxia", ("ataxic",), "unsteady movement", "Shaky movement.")
MRI = Word("mri", "MRI", ("MRI scan",), "a detailed scan", "A picture made with magnets.")
G_TUBE = Word("g-tube", "G-tube", (), "a feeding tube", "A tube into the stomach.")
GENE_PANEL = Word("gene-panel", "gene panel", (), "a test of many genes", "Many genes at once.")
GENE = Word("gene", "gene", (), "a part of our plan", "It tells cells what to make.")
WORDS = Glossary([ATAXIA, MRI, G_TUBE, GENE_PANEL, GENE])


@pytest.mark.parametrize(
    ("text", "used"),
    [
        ("Ataxia is a sign.", ["ataxia"]),
        ("An ataxic walk", ["ataxia"]),
        ("Two MRIs and an MRI scan", ["mri", "mri"]),
        ("The mri of spring", []),  # a word of capitals keeps its case
        ("A G tube, or G-tubes", ["g-tube", "g-tube"]),
        ("Some gene panels, one gene", ["gene-panel", "gene"]),
        ("genetics, ataxialike", []),
        ("Write to help@ataxia.example.org or ataxia@example.org.", []),
        ("See https://example.org/gene-panel, www.ataxia.org or ataxia.org/gene: ataxia.", ["ataxia"]),
        ("It is ataxia. A gene.", ["ataxia", "gene"]),
    ],
)
def test_uses_are_found_by_any_form(text, used):
    assert [word.slug for _start, _end, word in WORDS.uses(text)] == used


def test_masking_hides_the_words():
    assert WORDS.masked("An MRI scan shows ataxia.") == "An word shows word."


def test_the_first_use_alone_is_marked():
    html, words = WORDS.explain("<p>Ataxia now.</p><p>Ataxia later, with an MRI.</p>")
    assert html == (
        '<p><a class="term" id="used-ataxia" href="#word-ataxia">Ataxia</a> now.</p>'
        '<p>Ataxia later, with an <a class="term" id="used-mri" href="#word-mri">MRI</a>.</p>'
    )
    assert words == [ATAXIA, MRI]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/x/"><strong>ataxia</strong></a>',
        "<h2>Ataxia</h2>",
        "<button>ataxia</button>",
        "<nav><ul><li>ataxia</li></ul></nav>",
        '<p title="ataxia">–</p>',
        "<dl><dt>ataxia</dt></dl>",
        "<article><p>ataxia</p></article>",
    ],
)
def test_nothing_is_marked_in_links_headings_buttons_and_tags(html):
    assert WORDS.explain(html) == (html, [])


@pytest.mark.parametrize("text", ["unsteady movement (ataxia)", "ataxia (unsteady movement)"])
def test_a_word_explained_in_place_needs_no_mark(text):
    assert WORDS.explain(f"<p>{text}, then ataxia</p>")[1] == []


def test_what_the_page_is_about_needs_no_mark():
    assert WORDS.explain("<p>ataxia and MRI</p>", "Ataxia in children")[1] == [MRI]


def test_marking_goes_on_after_a_link():
    assert WORDS.explain("<h3>One</h3><p><a>two</a> ataxia</p>")[1] == [ATAXIA]


def test_a_form_with_signs_of_html_is_found_escaped():
    words = Glossary([Word("r-d", "R&D", (), "research", "Finding out.")])
    assert words.explain("<p>Paid by R&amp;D.</p>")[1][0].slug == "r-d"


@given(st.lists(st.sampled_from(["ataxia", "MRI", "<p>", "</p>", "<a>", "</a>", "&lt;", "x ", "(", " gene panel"])).map("".join))
def test_marking_changes_nothing_but_links(html):
    marked, words = WORDS.explain(html)
    assert re.sub(r'<a class="term"[^>]*>([^<]*)</a>', r"\1", marked) == html
    assert len(words) == len(set(words))
