"""Texts in templates: `{% load text %}`."""

from django import template
from django.utils.html import conditional_escape

from .. import markdown as markdowns

register = template.Library()


@register.filter
def markdown(text):
    return markdowns.render(text)


@register.filter
def linked(text):
    """Plain text, escaped, whose phone numbers and addresses are links."""
    return markdowns.linked(conditional_escape(text))


@register.simple_tag
def cited(text, sources):
    """Markdown whose `[^key]` become links to `sources`, numbered in their order on the page."""
    return markdowns.render(text, {source.key: number for number, source in enumerate(sources, 1)})
