from django import template

from ..curation.checking.requests import panel

register = template.Library()


@register.filter
def by_number(phones):
    """One of each number: one that also takes texts stands there twice, and is dead once."""
    return list({phone.number: phone for phone in phones}.values())


@register.inclusion_tag("work/checking/panel.html", takes_context=True)
def checks_panel(context):
    """The checks of the page's `listing`, and the link to its provider."""
    return panel(context["request"], context["listing"]) | {name: context[name] for name in ("listing", "csrf_token", "perms")}
