"""What listing templates ask for: `{% load listings %}`."""

import json
import re
from urllib.parse import urlsplit

from django import template
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from ..finder.query import query_with

register = template.Library()

KEYS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "22233344455566677778889999")
SCHEMA_TYPES = {"organization": "Organization", "service": "Service", "therapy": "MedicalTherapy", "money": "Service"}


@register.filter
def tel(number, scheme="tel"):
    """The address that dials a number as people write it. Letters stand for keys, as on a telephone.

    >>> tel("1-800-999-6673")
    'tel:+18009996673'
    >>> tel("988", "sms")
    'sms:988'
    >>> tel("623-242-5234 ext 306")
    'tel:+16232425234;ext=306'
    >>> tel("1-833-NEED-ABB")
    'tel:+18336333222'
    """
    parts = re.fullmatch(r"(.*?)(?:\s*(?:ext(?:ension)?\.?|x|#)\s*([0-9]+))?", number.strip(), flags=re.IGNORECASE | re.DOTALL)
    main, extension = parts[1], parts[2]
    digits = re.sub(r"[^0-9]", "", main.upper().translate(KEYS))
    if main.strip().startswith("+"):
        dialled = f"+{digits}"
    elif len(digits) in (10, 11):
        dialled = f"+1{digits[-10:]}"
    else:
        dialled = digits
    return f"{scheme}:{dialled}" + (f";ext={extension}" if extension else "")


@register.filter
def host(url):
    """The name of a site, as a short link text.

    >>> host("https://www.ataxia.org/contact/")
    'ataxia.org'
    """
    return urlsplit(url).netloc.removeprefix("www.")


LANGUAGES = {"en": _("in English"), "es": _("in Spanish"), "asl": _("in American Sign Language"), "interpreter": _("with an interpreter")}


@register.simple_tag
def languages(slugs):
    """The languages spoken at a number, in words."""
    return "(" + ", ".join(str(LANGUAGES.get(slug, slug)) for slug in slugs) + ")"


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
