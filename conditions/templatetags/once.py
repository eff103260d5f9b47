"""For what is the same on every page: `{% load once %}{% once %}…{% endonce %}` (docs/adr/0030)."""

from django import template
from django.template import Context
from django.urls import get_script_prefix
from django.utils.translation import get_language

register = template.Library()


@register.tag
def once(parser, token):
    """What is inside is rendered once a process and language, without the page's context: what hangs on the request shows nothing there."""
    nodelist = parser.parse(("endonce",))
    parser.delete_first_token()
    return Once(nodelist)


class Once(template.Node):
    def __init__(self, nodelist):
        self.nodelist, self.kept = nodelist, {}

    def render(self, context):
        key = (get_language(), get_script_prefix())
        if key not in self.kept:
            with (empty := Context()).bind_template(context.template):
                self.kept[key] = self.nodelist.render(empty)
        return self.kept[key]
