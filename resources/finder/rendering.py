"""The facets' rows as HTML without the template engine, which takes 50 times as long for them (docs/benchmarks.md). All text is escaped."""

from functools import lru_cache

from django.utils.html import escape
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

GROUPS, OTHERS = (
    {"family": gettext_lazy("Family"), "money": gettext_lazy("Money"), "school": gettext_lazy("School")},
    gettext_lazy("Body and learning"),
)
_OPTION = (
    '<label class="option" data-facet="{facet}" data-value="{value}" data-count="',
    '"><input type="checkbox" name="{facet}" value="{value}"',
    '> <span>{label}</span> <span class="count">',
    '<span class="visually-hidden"> {results}</span></span></label>',
)
_FACET = (
    '<details class="facet"><summary>{label}{chosen}</summary><fieldset><legend class="visually-hidden">{label}</legend>{options}'
    "</fieldset></details>"
)


def facet_html(facet):
    """A facet, `{name, label, options, chosen}`, as a closed group of checkboxes."""
    label, name, results, group, rows = escape(facet["label"]), facet["name"], _("results"), "", []
    for option in facet["options"]:
        if option["group"] != group and option["group"]:
            rows.append(f'<p class="option-group">{escape(GROUPS.get(option["group"], OTHERS))}</p>')
        group, count = option["group"], int(option["count"])
        start, box, text, end = _option(name, option["value"], str(option["label"]), results)
        rows.append(f"{start}{count}{box}{' checked' if option['checked'] else ''}{text}{count}{end}")
    chosen = _chosen(facet["chosen"]) if facet["chosen"] else ""
    return mark_safe(_FACET.format(label=label, chosen=chosen, options="".join(rows)))  # noqa: S308 each value is escaped above


def _chosen(number):
    return f' <span class="muted">{escape(ngettext("%(n)d chosen", "%(n)d chosen", number) % {"n": number})}</span>'


@lru_cache(2_000)
def _option(facet, value, label, results):
    """What stands around the two counts and the check of a choice."""
    texts = {"facet": escape(facet), "value": escape(value), "label": escape(label), "results": escape(results)}
    return tuple(piece.format(**texts) for piece in _OPTION)
