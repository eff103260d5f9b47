"""A bare Django view: what `startproject` sets up, one query for twenty rows, one plain template."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from resources.models import Resource

PAGE = engines["django"].from_string(
    "<!doctype html><title>Listings</title>{% for one in listings %}<h3>{{ one.name }}</h3><p>{{ one.summary }}</p>{% endfor %}"
)


def listings(request):
    return HttpResponse(PAGE.render({"listings": Resource.objects.published().order_by("pk")[:20]}))


urlpatterns = [path("", listings)]
