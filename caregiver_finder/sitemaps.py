from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from conditions.models import Condition
from resources.models import Resource


class Pages(Sitemap):
    def items(self):
        return [
            "home",
            "find",
            "conditions",
            "about",
            "how_we_check",
            "inclusion",
            "corrections",
            "health_data",
            "accessibility",
            "spanish",
            "glossary",
            "status",
        ]

    def location(self, item):
        return reverse(item)


class ConditionPages(Sitemap):
    """Those with a page of their own; the others are not for search engines."""

    limit = 5000

    def items(self):
        return Condition.objects.with_pages().order_by("pk")

    def lastmod(self, item):
        return item.reviewed_on


class Listings(Sitemap):
    limit = 5000

    def items(self):
        return Resource.objects.published().order_by("pk")

    def lastmod(self, item):
        return item.dated_on


SITEMAPS = {"pages": Pages, "conditions": ConditionPages, "listings": Listings}
