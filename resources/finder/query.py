"""Addresses of filtered views: what a chip, a page link or a suggestion leads to."""

import re
from urllib.parse import urlencode

from django.http import QueryDict

from conditions.names import typed


def tidy(query):
    """The query as everything after this reads it: without control characters, doubled spaces and empty values."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if clean := [text for value in values if (text := typed(value))]:
            kept.setlist(name, clean)
    return kept


def query_without(query, name, value=None):
    """Where a filter chip's × leads; without `value`, where dropping the whole filter leads.

    >>> query_without(QueryDict("condition=sma&condition=cp&page=3"), "condition", "sma")
    '?condition=cp'
    >>> query_without(QueryDict("q=ramp&kind=money"), "q")
    '?kind=money'
    """
    kept = dict(query.lists()) | {name: [one for one in query.getlist(name) if value is not None and one != value]}
    if not any(kept.get("q", ())):
        kept.pop("as", None)
    if not kept.get("need"):
        kept.pop("said", None)
    return _address(kept)


def query_with(query, page=None):
    """The same view, on another page.

    >>> query_with(QueryDict("kind=money&page=2"), page=3)
    '?kind=money&page=3'
    """
    return _address(dict(query.lists()), page)


def query_instead(query, name, value, better):
    """The same view with one value replaced.

    >>> query_instead(QueryDict("condition=joubert&kind=money"), "condition", "joubert", "joubert-syndrome")
    '?condition=joubert-syndrome&kind=money'
    """
    values = dict.fromkeys(better if one == value else one for one in query.getlist(name))
    return _address(dict(query.lists()) | {name: list(values)})


def query_plus(query, name, value):
    """The same view with one choice more.

    >>> query_plus(QueryDict("condition=sma&page=2"), "kind", "money")
    '?condition=sma&kind=money'
    """
    return _address(dict(query.lists()) | {name: [*query.getlist(name), value]})


def query_only(query, name):
    """The view with one filter alone.

    >>> query_only(QueryDict("condition=sma&kind=money"), "condition")
    '?condition=sma'
    """
    return _address({name: query.getlist(name)})


def query_choosing(query, words, slug):
    """Words that name a condition, taken for that one.

    >>> query_choosing(QueryDict("q=SMA+ramp&kind=money"), "SMA", "sma-type-1")
    '?q=ramp&kind=money&condition=sma-type-1'
    >>> query_choosing(QueryDict("q=acid+beta-glucosidase+deficiency"), "acid beta glucosidase deficiency", "gaucher")
    '?condition=gaucher'
    """
    named = r"\W+".join(map(re.escape, words.split()))  # a name's hyphens and commas stand in the query alone
    rest = " ".join(re.sub(rf"(?<!\w){named}(?!\w)", " ", query.get("q", ""), count=1).split())
    return _address(dict(query.lists()) | {"q": [rest], "condition": [*query.getlist("condition"), slug]})


def query_typed(query, words):
    """The same view with other words, which are looked for as they are.

    >>> query_typed(QueryDict("q=ramp+moon&kind=money"), "ramp")
    '?q=ramp&kind=money&as=typed'
    """
    return _address(dict(query.lists()) | {"q": [words], "as": ["typed"]})


def query_as_words(query, value):
    """What was typed as a condition, and is none, looked for as plain words.

    >>> query_as_words(QueryDict("condition=ramps&kind=money"), "ramps")
    '?kind=money&q=ramps'
    """
    others = [one for one in query.getlist("condition") if one != value]
    return _address(dict(query.lists()) | {"condition": others, "q": [f"{query.get('q', '')} {value}".strip()]})


def _address(lists, page=None):
    """`lists`: parameter → values."""
    kept = [(name, value) for name, values in lists.items() if name != "page" for value in values if value]
    return "?" + urlencode([*kept, ("page", page)] if page and page > 1 else kept)
