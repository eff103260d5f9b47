"""A filtered view as an Atom feed: news without leaving an e-mail address."""

from datetime import datetime, time

from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _

from .cards import cards
from .query import query_with
from .search import Search

MOST = 50


class FilteredFeed(Feed):
    """The most recently found or checked listings of a finder view; the same parameters."""

    feed_type = Atom1Feed

    def get_object(self, request):
        return Search(request.GET)

    def title(self, search):
        return _("Caregiver Finder: %(asked)s") % {"asked": search.title or _("all listings")}

    def link(self, search):
        return reverse("find") + query_with(search.query)

    def feed_url(self, search):
        return reverse("feed") + query_with(search.query)

    def subtitle(self, search):
        return _("Listings by the day on which they were found or checked, newest first.")

    def items(self, search):
        return cards(search.answer.only(sort="checked")[:MOST])

    def item_title(self, item):
        return item.name

    def item_description(self, item):
        return item.summary

    def item_guid(self, item):
        return f"urn:uuid:{item.uuid}"

    def item_updateddate(self, item):
        return make_aware(datetime.combine(item.dated_on, time.min))
