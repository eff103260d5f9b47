"""What every page keeps. A rule takes a `Page` and yields a sentence for each breach."""

import json
import re
from collections import Counter
from urllib.parse import urlsplit

from .reading import HEADINGS, text

FIELDS = ("input", "select", "textarea")
REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-details")
LISTS = ("ul", "ol", "li", "dl", "dt", "dd", "table")
NEVER_EMPTY = (*LISTS, "section", "article", "aside", "nav", "p", "blockquote", "legend", "label", "summary", "a", "button", "title")
FULL = ("img", "svg", *FIELDS)  # says something without a text
SUBRESOURCE = {"src", "srcset", "poster", "data", "background", "action", "formaction"}
LOADING_LINKS = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
DATA = ("application/ld+json", "application/json")  # types of a script that no browser runs
LANDMARKS = ("nav", "aside", "main", "form")
LEVELS = {
    "strong": "Strong evidence",
    "moderate": "Moderate evidence",
    "limited": "Limited evidence",
    "experimental": "Experimental",
    "not_recommended": "Not recommended",
}


def breaches(page):
    return [f"{rule.__name__}: {breach}" for rule in RULES for breach in rule(page)]


def parses_without_error(page):
    yield from page.parse_errors


def has_a_title_and_a_description(page):
    if not text(page.one("head/title")):
        yield "the title is empty"
    if [meta for meta in page.all('meta[@name="description"]') if not meta.get("content").strip()]:
        yield "the description is empty"


def has_one_h1(page):
    number = len(page.all("h1"))
    if number != 1:
        yield f"{number} h1"


def headings_never_skip_a_level(page):
    """The error summary stands before the first heading (A2), and is left out."""
    summary = [heading for box in page.all('*[@id="error-summary"]') for heading in box.iter()]
    level = 0
    for heading in (heading for heading in page.headings if heading not in summary):
        if int(heading.tag[1]) > level + 1:
            yield f"<{heading.tag}> {text(heading)} after h{level}"
        level = int(heading.tag[1])


def ids_are_unique(page):
    times = Counter(element.get("id") for element in page.all("*[@id]"))
    yield from (f"#{name} stands {number} times" for name, number in times.items() if number > 1)


def references_lead_somewhere(page):
    ids = {element.get("id") for element in page.all("*[@id]")}
    for element in page.all("*"):
        wanted = [name for attribute in REFERENCES for name in element.get(attribute, "").split()]
        if element.tag == "a" and element.get("href", "").startswith("#"):
            wanted.append(element.get("href")[1:])
        yield from (f"<{element.tag}> points to #{name}, which is not there" for name in wanted if name not in ids)


def fields_have_labels(page):
    labelled = {label.get("for") for label in page.all("label[@for]") if text(label)}
    labelled_inside = {field for label in page.all("label") if text(label) for field in label.iter() if field.tag in FIELDS}
    for field in (field for tag in FIELDS for field in page.all(tag)):
        if field.get("type") in ("hidden", "submit", "button"):
            continue
        if not (field.get("id") in labelled or field in labelled_inside or field.get("aria-label") or field.get("aria-labelledby")):
            yield f"<{field.tag} name={field.get('name')}> has no label"


def nothing_is_inline(page):
    """The content security policy allows no inline style, script or handler; a data block is neither."""
    for element in page.all("*"):
        yield from (f"<{element.tag} {name}>" for name in element.attrib if name.startswith("on") or name == "style")
        yield from (f"{value} in <{element.tag}>" for value in element.attrib.values() if value.strip().lower().startswith("javascript:"))
    yield from ("<style>" for _ in page.all("style"))
    scripts = [script for script in page.all("script") if script.get("type") not in DATA]
    yield from (f"<script> with a text: {script.text[:40]}" for script in scripts if script.text or not script.get("src"))


def loads_nothing_from_elsewhere(page):
    for element in page.all("*"):
        names = SUBRESOURCE & element.attrib.keys()
        if element.tag == "link" and LOADING_LINKS & set(element.get("rel", "").split()):
            names = {*names, "href"}
        yield from (f"<{element.tag} {name}={element.get(name)}>" for name in names if urlsplit(element.get(name)).netloc)


def sets_no_cookie(page):
    yield from (f"the cookie {name}" for name in page.response.cookies)


def _is_key(page):
    """Whether the address itself opens something, so that no page may learn it."""
    path = page.response.request["PATH_INFO"]
    return path.startswith("/verify/") and path != "/verify/thanks/"


def sends_the_privacy_headers(page):
    headers = page.response.headers
    if headers.get("Referrer-Policy") != ("strict-origin" if _is_key(page) else "same-origin"):
        yield f"Referrer-Policy: {headers.get('Referrer-Policy')}"
    policy = {part.split()[0]: part.split()[1:] for part in headers.get("Content-Security-Policy", "").split(";") if part.strip()}
    if policy.get("default-src") != ["'self'"] or policy.get("img-src") != ["'self'", "data:"]:
        yield f"Content-Security-Policy: {headers.get('Content-Security-Policy')}"
    for name, values in policy.items():
        if not set(values) <= {"'self'", "'none'", "data:"} or ("data:" in values and name != "img-src"):
            yield f"Content-Security-Policy: {name} {' '.join(values)}"
    if headers.get("X-Content-Type-Options") != "nosniff" or headers.get("X-Frame-Options") != "DENY":
        yield "X-Content-Type-Options or X-Frame-Options is missing"
    yield from (f"Permissions-Policy lacks {name}" for name in ("geolocation=()", "camera=()") if name not in headers["Permissions-Policy"])


def names_its_canonical_address(page):
    """Once, and without the query, so that one page has one address. One that is a key is not named."""
    expected = [] if _is_key(page) else [f"http://testserver{page.response.request['PATH_INFO']}"]
    links = [link.get("href") for link in page.all('link[@rel="canonical"]')]
    if links != expected:
        yield f"canonical {links} at {expected}"


def landmarks_are_named(page):
    mains = [main.get("id") for main in page.all("main")]
    if mains != ["main"]:
        yield f"main landmarks: {mains}"
    for tag in LANDMARKS:
        names = [_name(page, element) for element in page.all(tag)]
        if len(names) > 1 and (len(set(names)) < len(names) or "" in names) and tag != "form":
            yield f"<{tag}> are not told apart: {names}"
    if page.root.get("lang") not in ("en", "es"):
        yield f"the language is {page.root.get('lang')}"


def _name(page, element):
    if element.get("aria-labelledby"):
        return " ".join(text(page.by_id(name)) for name in element.get("aria-labelledby").split())
    return element.get("aria-label", "")


def begins_with_a_skip_link(page):
    first = page.one("body")[0]
    if (first.tag, first.get("href")) != ("a", "#main"):
        yield f"the body begins with <{first.tag}>"


def shows_nothing_empty(page):
    for element in page.all("*"):
        if element.tag in NEVER_EMPTY and not text(element) and not any(one.tag in FULL for one in element.iter()):
            yield f"<{element.tag} class={element.get('class')}> is empty"


def headings_head_something(page):
    """Between a heading and the next of its level, or the end, stands more than white space."""
    found = list(_outline(page.main))
    for (level, words), (following, _) in zip(found, [*found[1:], (1, "")]):
        if level and following and following <= level:
            yield f"nothing under <h{level}> {words}"


def _outline(element):
    """In reading order: `(level, text)` of headings, `(0, "")` for anything else that is seen."""
    if element.tag in HEADINGS:
        yield int(element.tag[1]), text(element)
        return
    if element.get("id") == "error-summary":
        yield 0, ""
        return
    if (element.text or "").strip() or element.tag in FULL:
        yield 0, ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _outline(child)
        if (child.tail or "").strip():
            yield 0, ""


def pictures_have_alternatives(page):
    yield from (f"<img src={image.get('src')}> has no alt" for image in page.all("img") if image.get("alt") is None)
    named = ("aria-hidden", "aria-label", "aria-labelledby")
    yield from ("<svg> is neither hidden nor named" for image in page.all("svg") if not any(image.get(name) for name in named))


def data_blocks_parse(page):
    for block in page.all('script[@type="application/ld+json"]'):
        data = json.loads(block.text)
        if data.get("@context") != "https://schema.org" or not data.get("@type") or not data.get("name"):
            yield f"{data}"


def evidence_labels_have_a_word_and_an_icon(page):
    for label in page.all("*[@data-evidence]"):
        level = label.get("data-evidence")
        if text(label) != LEVELS.get(level) or label.find("svg") is None:
            yield f"{level}: {text(label)}"


def shows_no_trace_of_the_program(page):
    """What a template or a lazy value leaves behind when it goes wrong."""
    words = text(page.one("body"))
    for block in page.all("script"):
        words = words.replace(text(block), "")
    yield from (f"“{trace}”" for trace in re.findall(r"\{[{%#]|[%#}]\}|\bobject at 0x|&lt;|&amp;|%\(\w+\)s|: None\b", words))


RULES = (
    parses_without_error,
    has_a_title_and_a_description,
    has_one_h1,
    headings_never_skip_a_level,
    ids_are_unique,
    references_lead_somewhere,
    fields_have_labels,
    nothing_is_inline,
    loads_nothing_from_elsewhere,
    sets_no_cookie,
    sends_the_privacy_headers,
    names_its_canonical_address,
    landmarks_are_named,
    begins_with_a_skip_link,
    shows_nothing_empty,
    headings_head_something,
    pictures_have_alternatives,
    data_blocks_parse,
    evidence_labels_have_a_word_and_an_icon,
    shows_no_trace_of_the_program,
)
