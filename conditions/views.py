"""Conditions from A to Z over all their names, and the suggestions that pickers show."""

import string
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import F
from django.shortcuts import redirect, render
from django.urls import reverse

from .models import Condition, ConditionName
from .names import typed
from .search import search

LETTERS = string.ascii_uppercase
OTHER = "0-9"
A_PAGE = 200


def conditions(request):
    """`?q=` searches, and leads straight to the page where one condition is called just that; `?letter=` lists."""
    asked = typed(request.GET.get("q", ""))
    letter = request.GET.get("letter", "").upper()
    context = {"letters": [*LETTERS, OTHER], "asked": asked[:200]}
    if asked:
        matches = search(asked)
        same = [match for match in matches if match.is_exact]
        if len(same) == 1:
            return redirect(same[0].condition)
        if not matches:
            return redirect(f"{reverse('find')}?{urlencode({'q': asked[:200]})}#results")
        context["matches"] = matches
    else:
        context["letter"] = letter if letter in context["letters"] else "A"
        context["page"] = Paginator(_names(context["letter"]), A_PAGE).get_page(request.GET.get("page"))
    return render(request, "conditions/index.html", context)


def _names(letter):
    """All names that begin with a letter, as tuples: folded, name, the condition's own name, slug."""
    begins = {"folded__regex": "^[^a-z]"} if letter == OTHER else {"folded__startswith": letter.lower()}
    own = Condition.objects.filter(**begins).order_by().values_list("folded", "name", F("name"), "slug")
    other = ConditionName.objects.filter(**begins).order_by().values_list("folded", "name", "condition__name", "condition__slug")
    return own.union(other).order_by("folded", "slug")


def suggest(request):
    """Conditions for what is typed so far: a list of links for htmx, a whole page without it.

    With `pick=find` the rest of the query is the finder's own form, and each link adds the condition to it.
    """
    is_for_finder = request.GET.get("pick") == "find"
    asked = typed((request.GET.getlist("condition") or [""])[0] if is_for_finder else request.GET.get("q", ""))
    matches = [
        {"match": match, "add": _with_condition(request.GET, match.condition.slug) if is_for_finder else ""}
        for match in search(asked, limit=8)
    ]
    template = "conditions/suggestions.html" if request.htmx else "conditions/suggest.html"
    return render(request, template, {"matches": matches, "asked": asked[:200]})


def _with_condition(query, slug):
    """The finder's address with the typed condition (the first value) replaced by a slug."""
    changed = query.copy()
    for name in ("pick", "page"):
        changed.pop(name, None)
    changed.setlist("condition", [slug, *query.getlist("condition")[1:]])
    for name in [name for name, values in changed.lists() if not any(values)]:
        del changed[name]
    return f"{reverse('find')}?{changed.urlencode()}"
