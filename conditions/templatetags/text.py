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
    """`{% explain title %}…{% words_here %}…{% endexplain %}`: marks the glossary's words in the first part, lists them between the two."""
    _name, title = token.split_contents()
    nodelist = parser.parse(("endexplain",))
    parser.delete_first_token()
    return Explained(nodelist, parser.compile_filter(title))


WORDS_HERE = mark_safe("<!-- words -->")


@register.simple_tag
def words_here():
    return WORDS_HERE


class Explained(template.Node):
    def __init__(self, nodelist, title):
        self.nodelist, self.title = nodelist, title

    def render(self, context):
        text, _place, rest = self.nodelist.render(context).partition(WORDS_HERE)
        text, words = explaining.from_database().explain(text, self.title.resolve(context))
        return text + (render_to_string("components/words.html", {"words": words}) if words else "") + rest
