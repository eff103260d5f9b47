from django import template

from ..curation.links import views

register = template.Library()


@register.simple_tag
def links_of(listing):
    """`{links: [(link, places)], wait}`, in two queries and a few more while somebody waits."""
    return views.of_listing(listing)
