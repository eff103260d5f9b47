"""Markdown to clean HTML, with `[^key]` as links to the sources of the page."""

import re

import nh3
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from markdown_it import MarkdownIt

_PARSER = MarkdownIt("commonmark", {"html": False}).enable("table")
_TAGS = {
    "p",
    "ul",
    "ol",
    "li",
    "strong",
    "em",
    "a",
    "h3",
    "h4",
    "h5",
    "blockquote",
    "br",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "code",
    "hr",
}
_CITATION = re.compile(r"\s*\[\^([a-z0-9-]+)\]")


def render(text, numbers=None):
    """`numbers`: source key → number in the page's list; a key that is not among them is left out.

    >>> render("Ask **first**. <script>x</script>")
    '<p>Ask <strong>first</strong>. &lt;script&gt;x&lt;/script&gt;</p>\\n'
    >>> render("Known.[^nih]", {"nih": 2})
    '<p>Known.<a class="cite" href="#source-2"><span class="visually-hidden">Source </span>2</a></p>\\n'
    """
    html = nh3.clean(
        _PARSER.render(text), tags=_TAGS, attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto", "tel"}, link_rel="noopener"
    )
    html = html.replace("<table>", '<div class="table" role="region" aria-label="Table" tabindex="0"><table>').replace(
        "</table>", "</table></div>"
    )
    html = html.replace("<th>", '<th scope="col">')
    return mark_safe(_CITATION.sub(lambda found: _link((numbers or {}).get(found[1])), html))  # noqa: S308 cleaned above


def _link(number):
    if not number:
        return ""
    return format_html('<a class="cite" href="#source-{}"><span class="visually-hidden">Source </span>{}</a>', number, number)
