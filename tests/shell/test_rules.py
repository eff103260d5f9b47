"""Each rule for pages finds its breach: a check that cannot fail shows nothing."""

import pytest
from django.http import HttpResponse

from .reading import Page
from .rules import RULES, breaches

HEADERS = {
    "Referrer-Policy": "same-origin",
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data:; object-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=()",
}
GOOD = """<!doctype html>
<html lang="en">
<head>
<title>A page</title>
<meta name="description" content="What it says.">
<link rel="canonical" href="http://testserver/a/">
<link rel="stylesheet" href="/static/site.css">
<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Thing", "name": "A page"}</script>
</head>
<body>
<a href="#main">Skip to main content</a>
<nav aria-label="Main"><a href="/">Home</a></nav>
<main id="main">
<h1>A page</h1>
<h2 id="part">A part</h2>
<section aria-labelledby="part"><p>Words. <img src="/static/a.svg" alt=""></p></section>
<form><label for="q">Words</label><input id="q" name="q"></form>
<p><span data-evidence="limited"><svg aria-hidden="true"></svg> Limited evidence</span></p>
</main>
<nav aria-label="About this site"><a href="https://example.org/">Elsewhere</a></nav>
</body>
</html>"""
# The rule, what is taken out of the good page, what is put there.
BREACHES = [
    ("parses_without_error", "</section>", "</section></section>"),
    ("parses_without_error", "Words. ", "Words \x01"),
    ("has_a_title_and_a_description", "<title>A page</title>", "<title> </title>"),
    ("has_a_title_and_a_description", "What it says.", ""),
    ("has_one_h1", "<h1>A page</h1>", "<h1>A page</h1><p>Words</p><h1>Two</h1>"),
    ("headings_never_skip_a_level", '<h2 id="part">A part</h2>', '<h3 id="part">A part</h3>'),
    ("headings_never_skip_a_level", "<h1>A page</h1>", "<h2>First</h2><h1>A page</h1>"),
    ("ids_are_unique", "<p>Words.", '<p id="q">Words.'),
    ("references_lead_somewhere", 'aria-labelledby="part"', 'aria-labelledby="nothing"'),
    ("references_lead_somewhere", 'href="/"', 'href="#nothing"'),
    ("fields_have_labels", '<label for="q">', "<label>"),
    ("fields_have_labels", ">Words</label>", "></label>"),
    ("nothing_is_inline", "<p>Words.", '<p style="color: red">Words.'),
    ("nothing_is_inline", "<p>Words.", '<p onclick="go()">Words.'),
    ("nothing_is_inline", "<p>Words.", "<p><script>go()</script>Words."),
    ("nothing_is_inline", 'href="/"', 'href="javascript:go()"'),
    ("nothing_is_inline", "</head>", "<style>p {}</style></head>"),
    ("loads_nothing_from_elsewhere", "/static/a.svg", "https://example.org/a.svg"),
    ("loads_nothing_from_elsewhere", "/static/site.css", "//example.org/site.css"),
    ("names_its_canonical_address", "http://testserver/a/", "http://testserver/a/?page=2"),
    ("landmarks_are_named", '<nav aria-label="Main">', '<nav aria-label="About this site">'),
    ("landmarks_are_named", '<nav aria-label="Main">', "<nav>"),
    ("landmarks_are_named", 'id="main"', 'id="content"'),
    ("landmarks_are_named", '<html lang="en">', "<html>"),
    ("begins_with_a_skip_link", '<a href="#main">Skip to main content</a>', ""),
    ("shows_nothing_empty", "</section>", "<ul></ul></section>"),
    ("shows_nothing_empty", "Elsewhere", ""),
    ("headings_head_something", "</main>", "<section><h2>No more</h2></section></main>"),
    ("headings_head_something", '<h2 id="part">', '<h2>Nothing</h2><h2 id="part">'),
    ("pictures_have_alternatives", ' alt=""', ""),
    ("pictures_have_alternatives", ' aria-hidden="true"', ""),
    ("data_blocks_parse", '"@type": "Thing", ', ""),
    ("evidence_labels_have_a_word_and_an_icon", "Limited evidence", "Strong evidence"),
    ("evidence_labels_have_a_word_and_an_icon", '<svg aria-hidden="true"></svg>', ""),
    ("shows_no_trace_of_the_program", "Words. ", "{{ words }} "),
    ("shows_no_trace_of_the_program", "Words. ", "&amp;amp; "),
]


def page_of(html, headers=HEADERS):
    response = HttpResponse(html, headers=headers)
    response.request = {"PATH_INFO": "/a/"}
    return Page(response)


def broken_rules(page):
    return {breach.partition(":")[0] for breach in breaches(page)}


def test_a_good_page_breaks_no_rule():
    assert breaches(page_of(GOOD)) == []


@pytest.mark.parametrize(("rule", "there", "instead"), BREACHES)
def test_a_breach_is_found(rule, there, instead):
    assert there in GOOD
    assert rule in broken_rules(page_of(GOOD.replace(there, instead, 1)))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("Referrer-Policy", "no-referrer"),
        ("Content-Security-Policy", "default-src *; img-src 'self' data:"),
        ("Content-Security-Policy", "default-src 'self'; img-src 'self' data:; script-src 'unsafe-inline'"),
        ("Content-Security-Policy", ""),
        ("X-Frame-Options", "SAMEORIGIN"),
        ("X-Content-Type-Options", ""),
        ("Permissions-Policy", "camera=()"),
    ],
)
def test_a_weak_header_is_found(name, value):
    assert broken_rules(page_of(GOOD, HEADERS | {name: value})) == {"sends_the_privacy_headers"}


def test_a_cookie_is_found():
    page = page_of(GOOD)
    page.response.set_cookie("visitor", "1")
    assert broken_rules(page) == {"sets_no_cookie"}


def test_every_rule_is_tried():
    tried = {rule for rule, _, _ in BREACHES} | {"sends_the_privacy_headers", "sets_no_cookie"}
    assert tried == {rule.__name__ for rule in RULES}
