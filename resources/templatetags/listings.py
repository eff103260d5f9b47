"""What listing templates ask for: `{% load listings %}`."""

import json
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from ..finder import pieces
from ..finder.card import resource_card
from ..finder.query import query_with

register = template.Library()

SCHEMA_TYPES = {"organization": "Organization", "service": "Service", "therapy": "MedicalTherapy", "money": "Service"}


register.filter(pieces.tel)
register.simple_tag(pieces.languages)
register.simple_tag(pieces.phone_line)
register.simple_tag(pieces.dated)
register.simple_tag(pieces.overdue)
register.simple_tag(resource_card)


@register.tag
def undial(parser, token):
    """`{% undial dead shown %}…{% endundial %}`: in it, numbers that were found dead are words, not links."""
    _name, *phones = token.split_contents()
    nodelist = parser.parse(("endundial",))
    parser.delete_first_token()
    return Undialled(nodelist, [parser.compile_filter(one) for one in phones])


class Undialled(template.Node):
    def __init__(self, nodelist, phones):
        self.nodelist, self.phones = nodelist, phones

    def render(self, context):
        return pieces.undialled(self.nodelist.render(context), *(one.resolve(context) or () for one in self.phones))


@register.filter
def host(url):
    """The name of a site, as a short link text.

    >>> host("https://www.ataxia.org/contact/")
    'ataxia.org'
    """
    return urlsplit(url).netloc.removeprefix("www.")


@register.simple_tag(takes_context=True)
def to_page(context, number):
    """The address of another page of the same view."""
    return f"{query_with(context['request'].GET, page=number)}#results"


@register.simple_tag
def listing_data(listing, request):
    """schema.org data of a listing."""
    data = {
        "@type": SCHEMA_TYPES.get(listing.kind, "Article"),
        "name": listing.name,
        "description": listing.summary,
        "url": request.build_absolute_uri(listing.get_absolute_url()),
    }
    if listing.also_known_as:
        data["alternateName"] = listing.also_known_as
    if listing.kind == "organization":
        data |= {"sameAs": listing.public_website} if listing.public_website else {}
        phones = [phone.number for phone in listing.phones.all() if phone.is_public]
        data |= {"telephone": phones[0]} if phones else {}
    return json_ld(data)


@register.simple_tag
def condition_data(condition, request):
    """schema.org data of a condition's page."""
    about = {"@type": "MedicalCondition", "name": condition.name, "alternateName": [name.name for name in condition.names.all()]}
    data = {
        "@type": "MedicalWebPage",
        "name": condition.name,
        "description": condition.summary,
        "url": request.build_absolute_uri(condition.get_absolute_url()),
        "about": about,
        "audience": {"@type": "MedicalAudience", "audienceType": "Caregiver"},
    }
    if condition.reviewed_on:
        data["dateModified"] = condition.reviewed_on.isoformat()
    return json_ld(data)


def json_ld(data):
    """A data block; what could end the script element is escaped."""
    text = json.dumps({"@context": "https://schema.org"} | data, ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308 escaped above
