"""Markdown to clean HTML, with `[^key]` as links to the sources of the page."""

import re

import nh3
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
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


# Numbers to call and short web addresses in running text. What is inside a tag or a link already is passed over.
_TAG = re.compile(r"(<a\b.*?</a>|<[^>]*>)", re.DOTALL)
_DIALLED = re.compile(r"(?<![\w/$.,-])(911|988|211|(?:1-)?\(?\d{3}\)?[- ]\d{3}-\d{4})(?![\w-])")
_ADDRESS = re.compile(r"(?<![\w/.@-])((?:[a-z0-9-]+\.)+(?:gov|org|edu)(?:/[A-Za-z0-9/_-]*[A-Za-z0-9/])?)(?![\w@-]|\.\w)")


def linked(html):
    """Escaped HTML whose phone numbers can be tapped and whose short addresses can be followed.

    >>> linked("Call 911, or 1-800-332-1000.")
    'Call <a href="tel:911">911</a>, or <a href="tel:18003321000">1-800-332-1000</a>.'
    >>> linked("Not linked: www.ataxia.org.uk")
    'Not linked: www.ataxia.org.uk'
    >>> linked('See cdc.gov/FindEI. <a href="https://x.org">x.org</a>')
    'See <a href="https://cdc.gov/FindEI" rel="noopener">cdc.gov/FindEI</a>. <a href="https://x.org">x.org</a>'
    """
    return mark_safe(_outside_tags(_DIALLED, _dial, _outside_tags(_ADDRESS, _lead, str(html))))  # noqa: S308 only adds links


def _outside_tags(pattern, replacement, html):
    pieces = _TAG.split(html)
    return "".join(piece if place % 2 else pattern.sub(replacement, piece) for place, piece in enumerate(pieces))


def _lead(found):
    return f'<a href="https://{found[1]}" rel="noopener">{found[1]}</a>'


def _dial(found):
    digits = re.sub(r"\D", "", found[1])
    return f'<a href="tel:{digits}">{found[1]}</a>'


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
    region = format_html('<div class="table" role="region" aria-label="{}" tabindex="0"><table>', _("Table"))
    html = html.replace("<th></th>", "<td></td>").replace("<table>", region).replace("</table>", "</table></div>")
    html = html.replace("<th>", '<th scope="col">')
    html = linked(html)
    return mark_safe(_outside_tags(_CITATION, lambda found: _link((numbers or {}).get(found[1])), html))  # noqa: S308 cleaned above


def _link(number):
    if not number:
        return ""
    return format_html('<a class="cite" href="#source-{}"><span class="visually-hidden">{} </span>{}</a>', number, _("Source"), number)
