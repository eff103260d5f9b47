"""Addresses of filtered views: what a chip, a page link or a suggestion leads to."""

from django.http import QueryDict


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


def query_with(query, **changes):
    """The same view with some parameters set.

    >>> query_with(QueryDict("kind=money&page=2"), page=3)
    '?kind=money&page=3'
    """
    changed = query.copy()
    page = changes.pop("page", None)
    for name, value in changes.items():
        changed[name] = value
    return _address(changed, page)


def _address(query, page=None):
    kept = QueryDict(mutable=True)
    for name, values in query.lists():
        if name != "page" and any(values):
            kept.setlist(name, [value for value in values if value])
    if page and page > 1:
        kept["page"] = page
    return f"?{kept.urlencode()}"
