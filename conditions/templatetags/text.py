"""Texts in templates: `{% load text %}`."""

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe

from .. import markdown as markdowns
from ..glossary import explaining

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


@register.tag
def explain(parser, token):
    """`{% explain %}…{% words_here %}…{% endexplain %}`: marks the glossary's words in the first part and lists them between the two."""
    nodelist = parser.parse(("endexplain",))
    parser.delete_first_token()
    return Explained(nodelist)


WORDS_HERE = mark_safe("<!-- words -->")


@register.simple_tag
def words_here():
    return WORDS_HERE


class Explained(template.Node):
    def __init__(self, nodelist):
        self.nodelist = nodelist

    def render(self, context):
        text, _place, rest = self.nodelist.render(context).partition(WORDS_HERE)
        text, words = explaining.from_database().explain(text)
        return text + (render_to_string("components/words.html", {"words": words}) if words else "") + rest
