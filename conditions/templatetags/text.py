"""Texts in templates: `{% load text %}`."""

from django import template

from .. import markdown as markdowns

register = template.Library()


@register.filter
def markdown(text):
    return markdowns.render(text)


@register.simple_tag
def cited(text, sources):
    """Markdown whose `[^key]` become links to `sources`, numbered in their order on the page."""
    return markdowns.render(text, {source.key: number for number, source in enumerate(sources, 1)})
