"""The finder page: load, decide, answer."""

from django.shortcuts import redirect, render

from conditions.search import search

from .parameters import CHECKED
from .query import query_as_words, query_instead, query_without
from .search import Search


def find(request):
    asked = Search(request.GET)
    if not asked.unknown_conditions:
        return render(request, "find/find.html", {"search": asked, "checked": CHECKED.items()})
    typed = asked.unknown_conditions[0]  # the form has one text field; more come from addresses alone, and have their turn
    matches = search(typed, limit=6)
    if not matches:
        return redirect(request.path + query_as_words(asked.query, typed))
    if [match.is_exact for match in matches[:2]] in ([True], [True, False]):
        return redirect(request.path + query_instead(asked.query, "condition", typed, matches[0].condition.slug))
    guesses = [(match, query_instead(asked.query, "condition", typed, match.condition.slug)) for match in matches]
    context = {"search": asked, "checked": CHECKED.items(), "typed": typed, "guesses": guesses}
    return render(request, "find/find.html", context | {"without": query_without(asked.query, "condition", typed)})
