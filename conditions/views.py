"""Conditions from A to Z over all their names, and the suggestions that pickers show."""

import string
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.vary import vary_on_headers

from .names import typed
from .search import search
from .table import table

LETTERS = string.ascii_uppercase
OTHER = "0-9"
A_PAGE = 200
MANY = 1_000  # names of a letter from which on it is parted by the second one


def conditions(request, straight=lambda text, matches: ""):
    """`?q=` searches, and leads straight to the page where one condition is called just that; `?letter=` lists.

    `straight`: gives the address of a better answer than these matches, or nothing.
    """
    asked = typed(request.GET.get("q", ""))
    context = {"letters": [*LETTERS, OTHER], "asked": asked[:200]}
    if asked:
        matches = search(asked)
        same = [match for match in matches if match.is_exact]
        if len(same) == 1:
            return redirect(same[0].condition)
        if better := straight(asked[:200], matches):
            return redirect(better)
        if not matches:
            return redirect(f"{reverse('find')}?{urlencode({'q': asked[:200]})}#results")
        return render(request, "conditions/index.html", context | {"matches": matches})
    return render(request, "conditions/index.html", context | _listed(request.GET))


def _listed(query):
    """The names that begin so, those of conditions with a page first, a page at a time; and the pairs that a full letter is parted into."""
    known, asked = table(), query.get("letter", "").casefold()
    is_pair = len(asked) == 2 and asked.isascii() and asked.isalpha()
    begin = asked if is_pair or asked.upper() in (*LETTERS, OTHER) else "a"
    letter = OTHER if begin == OTHER else begin[0]
    entries = known.entries[: known.place_of("a")] + known.entries[known.place_of("{") :] if begin == OTHER else known.beginning_with(begin)
    pairs = [] if begin == OTHER or len(known.beginning_with(letter)) < MANY else _pairs(known, letter)
    page = Paginator(sorted(entries, key=lambda entry: entry.condition.order > 0), A_PAGE).get_page(query.get("page"))
    return {"letter": letter.upper(), "begin": begin.capitalize() if begin != OTHER else OTHER, "pairs": pairs, "page": page}


def _pairs(known, letter):
    return [(letter + second).capitalize() for second in LETTERS.lower() if known.beginning_with(letter + second)]


@vary_on_headers("Accept", "HX-Request")
@never_cache
def suggest(request):
    """Conditions for what is typed so far: a list of links for htmx, JSON where that is asked for, else a whole page.

    With `pick=find` the rest of the query is the finder's own form, and each link adds the condition to it.
    """
    is_for_finder = request.GET.get("pick") == "find"
    asked = typed((request.GET.getlist("condition") or [""])[0] if is_for_finder else request.GET.get("q", ""))
    matches = [
        {"match": match, "add": _with_condition(request.GET, match.condition.slug) if is_for_finder else ""}
        for match in search(asked, limit=8)
    ]
    if not request.htmx and request.get_preferred_type(["text/html", "application/json"]) == "application/json":
        return JsonResponse({"asked": asked[:200], "suggestions": [_plain(**one) for one in matches]})
    template = "conditions/suggestions.html" if request.htmx else "conditions/suggest.html"
    return render(request, template, {"matches": matches, "asked": asked[:200]})


def _plain(match, add):
    condition = match.condition
    return {
        "slug": condition.slug,
        "name": condition.name,
        "found_by": match.name,
        "is_exact": match.is_exact,
        "is_mended": match.is_mended,
        "url": add or condition.get_absolute_url(),
    }


def _with_condition(query, slug):
    """The finder's address with the typed condition (the first value) replaced by a slug."""
    changed = query.copy()
    for name in ("pick", "page"):
        changed.pop(name, None)
    changed.setlist("condition", [slug, *query.getlist("condition")[1:]])
    for name in [name for name, values in changed.lists() if not any(values)]:
        del changed[name]
    return f"{reverse('find')}?{changed.urlencode()}"
