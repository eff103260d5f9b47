import re
from html.parser import HTMLParser

import html5lib
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conditions.markdown import render
from conditions.templatetags.text import cited

ALLOWED = {"p", "ul", "ol", "li", "strong", "em", "a", "h3", "h4", "h5", "blockquote", "br", "code", "hr", "div", "span"}
ALLOWED |= {"table", "thead", "tbody", "tr", "th", "td"}
ATTRIBUTES = {"href", "rel", "title", "lang", "class", "role", "aria-label", "tabindex", "scope"}


class Page(HTMLParser):
    """The tags of a text with their attributes, as a browser would see them."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.words = [], ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.words += data

    @property
    def names(self):
        return [tag for tag, _ in self.tags]

    @property
    def links(self):
        return [attrs.get("href") for tag, attrs in self.tags if tag == "a"]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One.\n\nTwo.", "<p>One.</p>\n<p>Two.</p>\n"),
        ("- one\n- two", "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"),
        ("1. Call\n2. Ask", "<ol>\n<li>Call</li>\n<li>Ask</li>\n</ol>\n"),
        ("### Eating", "<h3>Eating</h3>\n"),
        ("*may* and **must**", "<p><em>may</em> and <strong>must</strong></p>\n"),
        ("[Call](tel:988)", '<p><a href="tel:988" rel="noopener">Call</a></p>\n'),
        ("a < b & c", "<p>a &lt; b &amp; c</p>\n"),
        ("", ""),
    ],
)
def test_plain_texts(text, html):
    assert render(text) == html


def test_a_heading_of_the_page_stays_the_page_s_own():
    assert Page(render("# Big\n\n## Less\n\n### Inside")).names == ["h3"]


def test_a_table_can_be_scrolled_by_keyboard_and_heads_its_columns():
    page = Page(render("| a | b |\n|:--|--:|\n| 1 | 2 |"))
    assert ("div", {"class": "table", "role": "region", "aria-label": "Table", "tabindex": "0"}) in page.tags
    assert [attrs for tag, attrs in page.tags if tag == "th"] == [{"scope": "col"}, {"scope": "col"}]


def test_citations_become_links_to_the_numbered_sources():
    page = Page(render("Known. [^naf] [^ninds]", {"ninds": 1, "naf": 2}))
    assert page.links == ["#source-2", "#source-1"]
    assert page.words.strip() == "Known.Source 2Source 1"


def test_a_citation_of_nothing_is_left_out():
    assert render("Known. [^nowhere]", {"ninds": 1}) == render("Known. [^nowhere]") == "<p>Known.</p>\n"


def test_sources_are_numbered_in_their_order_on_the_page():
    class Source:
        def __init__(self, key):
            self.key = key

    assert Page(cited("Known. [^b]", [Source("a"), Source("b")])).links == ["#source-2"]


@pytest.mark.parametrize(
    ("words", "links"),
    [
        ("Call 911 now.", ["tel:911"]),
        ("988, 211 or (800) 332-1000", ["tel:988", "tel:211", "tel:8003321000"]),
        ("Call 1-800-332-1000, or 555 555-0100.", ["tel:18003321000", "tel:5555550100"]),
        ("**988**", ["tel:988"]),
        ("See cdc.gov/FindEI.", ["https://cdc.gov/FindEI"]),
        ("[Call 988](https://x.example/911)", ["https://x.example/911"]),
        ("34 CFR 104.33, $988, 1911, 2.988 and 10-988", []),
        ("a@x.gov, e.g. and so on", []),
    ],
)
def test_numbers_to_call_and_short_addresses_become_links(words, links):
    page = Page(render(words))
    assert page.links == links


ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src='javascript:alert(1)'></iframe>",
    "<style>*{display:none}</style>",
    "<a href='javascript:alert(1)'>x</a>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](  javascript:alert(1))",
    "[x](java\tscript:alert(1))",
    "[x](java&#10;script:alert(1))",
    "[x](&#x6A;avascript:alert(1))",
    "[x](\\javascript:alert(1))",
    "[x](vbscript:msgbox(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "![x](javascript:alert(1))",
    "![x](https://tracker.example/pixel.gif)",
    '[x](https://example.org "onmouseover=alert(1)")',
    '[x](https://example.org"onmouseover="alert\\(1\\))',
    "[x]: javascript:alert(1)\n\n[x]",
    "| a |\n|---|\n| <script>x</script> |",
    "`<script>`",
    "```html\n<script>alert(1)</script>\n```",
    "[^<script>]",
    "[a](https://x.example/[^naf])",
    "[a](<https://x.example/ [^naf]>)",
    "<https://x.example/[^naf]>",
    "[^naf](javascript:alert(1))",
    "**[^naf]** `[^naf]`",
    "&lt;script&gt;",
    "[" * 2_000,
    "> " * 2_000 + "x",
    "*" * 2_000 + "x",
    "- " * 500 + "x",
]


def scheme(link):
    """As a browser reads it: control characters before it do not count, nor tabs and line ends within."""
    found = re.match(r"[a-z][a-z0-9+.-]*:", re.sub(r"^[\x00-\x20]+|[\t\r\n]", "", link or "").lower())
    return found[0] if found else ""


def assert_harmless(html):
    page = Page(html)
    assert set(page.names) <= ALLOWED
    assert {name for _tag, attrs in page.tags for name in attrs} <= ATTRIBUTES
    assert {scheme(link) for link in page.links} <= {"", "http:", "https:", "mailto:", "tel:"}


@pytest.mark.parametrize("text", ATTACKS)
def test_a_known_attack_is_only_text(text):
    assert_harmless(render(text, {"naf": 1}))


@pytest.mark.parametrize(
    "text", ["[see [^naf]](https://x.example/)", "<https://x.example/[^naf]>", "| [^naf] |\n|---|\n| `[^naf]` |", "> - 1. [^naf]"]
)
def test_a_citation_leaves_the_html_whole_wherever_it_stands(text):
    html5lib.HTMLParser(strict=True).parseFragment(render(text, {"naf": 1}))


pieces = st.sampled_from(
    [*ATTACKS[:-4], *"<>[]()!*_`\"'&\\|#-\n \t:^\0", "javascript:", "[^naf]", "href=", "onload=", "https://x.example", "<a", "</p>", "-->"]
)


@given(st.lists(pieces | st.text(max_size=5), max_size=12).map("".join))
@example("[x](https://x.example/\u0000)")
def test_whatever_is_written_no_script_runs(text):
    assert_harmless(render(text, {"naf": 1}))


@given(st.text(alphabet=st.characters(categories=["L", "N", "Zs"]), max_size=40))
def test_words_stay_as_they_are(text):
    words = " ".join(text.split())
    assert " ".join(Page(render(words)).words.split()) == words
