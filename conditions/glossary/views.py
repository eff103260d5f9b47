from django.shortcuts import render

from .models import GlossaryTerm


def glossary(request):
    """All words with their meanings, by topic and from A to Z."""
    terms = sorted(GlossaryTerm.objects.select_related("source"), key=lambda one: one.term.casefold())
    topics = [(topic, [one for one in terms if one.topic == topic]) for topic in GlossaryTerm.Topic]
    sources = sorted({one.source for one in terms if one.source}, key=lambda source: (source.publisher, source.title))
    return render(request, "conditions/glossary.html", {"topics": [pair for pair in topics if pair[1]], "sources": sources})
