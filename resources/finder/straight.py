"""Where words that were typed into the search for conditions lead straight."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from .everyday import is_crisis
from .search import Search
from .words import words

MOST_HELD = 4  # words: more are a sentence of a report, of which each may stand in some listing by chance


def straight(text, matches):
    """An address, or nothing where the conditions of `matches` are the better answer.

    One condition and no more: its page. A need, a place, or the name of a listing beside no condition that people wrote: the finder.
    """
    asked = QueryDict(urlencode({"q": text}))
    search = Search(asked)
    parts = search.asked.parts
    is_all = not (search.criteria.words or search.asked.unheard)
    if len(parts) == 1 and parts[0].condition and is_all and not (parts[0].is_mended or parts[0].others):
        return reverse("condition", args=[parts[0].condition.slug])
    if is_crisis(text) or any(not part.condition and set(part.asks) != {"stage"} for part in parts) or _is_of_listings(search, matches):
        return f"{reverse('find')}?{asked.urlencode()}#results"
    return ""


def _is_of_listings(search, matches):
    """Whether listings hold all the words, and only imported names, or mended ones, are like them."""
    slugs = search.names.by_slug
    is_own = any(not match.is_mended and slugs[match.condition.slug].is_own for match in matches if match.condition.slug in slugs)
    typed = words(search.asked.typed)
    return not is_own and not search.asked.conditions and len(typed) <= MOST_HELD and search.index.hold_all(typed)
