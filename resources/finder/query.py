"""Addresses of filtered views: what a chip, a page link or a suggestion leads to."""

import re

from django.http import QueryDict

_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\ufffe\uffff]")


def tidy(query):
    """The query as everything after this reads it: without control characters, doubled spaces and empty values."""
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if clean := [text for value in values if (text := " ".join(_UNPRINTABLE.sub(" ", value).split()))]:
            kept.setlist(name, clean)
    return kept


def query_without(query, name, value=None):
    """Where a filter chip's × leads; without `value`, where dropping the whole filter leads.

    >>> from django.conf import settings; settings.configured or settings.configure()
    >>> query_without(QueryDict("condition=sma&condition=cp&page=3"), "condition", "sma")
    '?condition=cp'
    >>> query_without(QueryDict("q=ramp&kind=money"), "q")
    '?kind=money'
    """
    kept = query.copy()
    kept.setlist(name, [one for one in query.getlist(name) if value is not None and one != value])
    return _address(kept)


def query_with(query, page=None):
    """The same view, on another page.

    >>> query_with(QueryDict("kind=money&page=2"), page=3)
    '?kind=money&page=3'
    """
    return _address(query, page)


def _address(query, page=None):
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name != "page" and any(values):
            kept.setlist(name, [value for value in values if value])
    if page and page > 1:
        kept["page"] = page
    return f"?{kept.urlencode()}"
