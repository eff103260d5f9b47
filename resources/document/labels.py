"""What each field of a listing document is called, and its values in words: the one place for all that shows or compares."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from conditions.editorial import OwnerKind

from ..models import Evidence, FinancialAid, Phone, ResourceKind, SchoolAccommodation, Term, TherapyType
from ..models.resource import Coverage, FundingStatus, HsdsStatus

# Field of the document, or of a list's row → what it is called.
LABELS = {
    "name": _("Name"),
    "slug": _("Address of its page"),
    "also_known_as": _("Also called"),
    "summary": _("Summary"),
    "first_step": _("What to do first"),
    "eligibility": _("Who can use it"),
    "not_eligible": _("Who cannot use it"),
    "documents": _("What to have ready"),
    "website": _("Website"),
    "email": _("E-mail"),
    "unconfirmed": _("Not confirmed yet"),
    "fees": _("What it costs"),
    "waiting": _("How long people wait"),
    "alert": _("Please note"),
    "coverage": _("Where it serves"),
    "hsds_status": _("Open or closed"),
    "funding.status": _("Do we know who pays for it?"),
    "funding.note": _("Who pays"),
    "conditions": _("Conditions"),
    "description": _("More about it"),
    "organization.legal_name": _("Legal name"),
    "organization.identifiers": _("Identifiers"),
    "organization.year_founded": _("Founded in"),
    "service.provider": _("Organization that runs it"),
    "service.schedule": _("When it is open"),
    "service.capacity": _("How many it has room for"),
    "service.therapies": _("Therapies it gives"),
    "therapy.form": _("Which kind of treatment"),
    "therapy.red_flag_reason": _("A warning to begin with"),
    "therapy.what_it_is": _("What it is"),
    "therapy.how_it_works": _("How it works"),
    "therapy.benefits": _("What it may do for you"),
    "therapy.harms": _("Risks and side effects"),
    "therapy.without_it": _("What if you do nothing"),
    "therapy.quality_of_life": _("Daily life with it"),
    "therapy.alternatives": _("Other choices"),
    "therapy.unknowns": _("What is not known"),
    "therapy.time_and_cost": _("Time and cost"),
    "therapy.who_gives_it": _("Who gives it"),
    "therapy.questions": _("Questions to ask"),
    "therapy.red_flags": _("Red flags"),
    "school.form": _("What it is"),
    "school.need_met": _("What it helps with"),
    "school.looks_like": _("What it looks like in class"),
    "school.practice_is_ours": _("These examples are our own"),
    "school.how_to_ask": _("How to ask for it"),
    "school.whom_to_ask": _("Whom to ask"),
    "school.evidence_to_bring": _("What to bring"),
    "school.clock": _("How long the school has"),
    "school.if_refused": _("If they say no"),
    "money.form": _("Which kind of help"),
    "money.provider": _("Who gives it"),
    "money.steps": _("Steps"),
    "money.clock": _("Deadlines, and how long an answer takes"),
    "money.if_refused": _("If they say no"),
    "kind": _("Kind"),
    "terms": _("Found by"),
    "phones": _("Phones"),
    "locations": _("Places"),
    "sources": _("Sources"),
    "evidence": _("Evidence labels"),
    "school.legal_basis": _("Law"),
    "money.amounts": _("Amounts"),
    "phones.number": _("Number"),
    "phones.label": _("What it is for"),
    "phones.type": _("How"),
    "phones.languages": _("Languages"),
    "phones.hours": _("Hours"),
    "phones.source": _("Seen on"),
    "locations.name": _("Name of the place"),
    "locations.address": _("Street"),
    "locations.city": _("City"),
    "locations.region": _("State"),
    "locations.postal_code": _("ZIP code"),
    "locations.country": _("Country"),
    "locations.access": _("Getting in"),
    "locations.latitude": _("Latitude"),
    "locations.longitude": _("Longitude"),
    "sources.title": _("Title of the page"),
    "sources.publisher": _("Publisher"),
    "sources.owner_kind": _("Who owns it"),
    "sources.url": _("Address"),
    "sources.published": _("Date on the page"),
    "sources.seen_on": _("Seen on"),
    "sources.supports": _("What you saw there"),
    "sources.key": _("Short name"),
    "evidence.condition": _("Condition"),
    "evidence.applies_to": _("For whom, or which product"),
    "evidence.level": _("How well it was tested"),
    "evidence.standing": _("Its place in care"),
    "evidence.us_status": _("In the United States"),
    "evidence.us_status_note": _("Since when"),
    "evidence.why": _("Why this label"),
    "evidence.cautions": _("Take care"),
    "evidence.sources": _("Rests on"),
    "legal_basis.law": _("Law"),
    "legal_basis.citation": _("Citation"),
    "legal_basis.source": _("Seen on"),
    "amounts.text": _("Amount"),
    "amounts.year": _("Year"),
    "amounts.source": _("Seen on"),
}
# What a field's value is chosen from.
CHOICES = {
    "kind": ResourceKind,
    "coverage": Coverage,
    "hsds_status": HsdsStatus,
    "funding.status": FundingStatus,
    "therapy.form": TherapyType.Form,
    "school.form": SchoolAccommodation.Form,
    "money.form": FinancialAid.Form,
    "phones.type": Phone.Type,
    "sources.owner_kind": OwnerKind,
    "evidence.level": Evidence.Level,
    "evidence.standing": Evidence.Standing,
    "evidence.us_status": Evidence.UsStatus,
}
SLUGS = ("conditions", "service.provider", "service.therapies", "money.provider", "evidence.condition", "phones.languages")


def label(field):
    """What a field is called, or the list to which a row belongs.

    >>> label("first_step"), label("terms.need") == Term.Vocabulary.NEED.label, label("phones.555-0100")
    ('What to do first', True, 'Phones')
    """
    part, _dot, inner = field.partition(".")
    if part == "terms" and inner in Term.Vocabulary:
        return str(Term.Vocabulary(inner).label)
    for known in (field, ".".join(field.split(".")[:2]), part):
        if known in LABELS:
            return str(LABELS[known])
    return field.replace("_", " ").replace(".", ", ").capitalize()


def in_words(field, value, names=None):
    """A value as text. `names`: slug → name, of terms and of whatever else is at hand; without one the slug stands in words.

    >>> in_words("hsds_status", "active") == HsdsStatus.ACTIVE.label, in_words("terms.need", ["fine_motor", "rest"], {"rest": "A break"})
    (True, 'Fine motor\\nA break')
    """
    if isinstance(value, list):
        return "\n".join(in_words(field, one, names) for one in value)
    if isinstance(value, bool):
        return gettext("Yes") if value else gettext("No")
    if value is None or value == "":
        return ""
    if field in CHOICES:
        return str(dict(CHOICES[field].choices).get(value, value))
    if field == "unconfirmed":
        return label(value)
    if field.startswith("terms.") or field in SLUGS:
        return (names or {}).get(value) or slug_in_words(value)
    return str(value)


def slug_in_words(slug):
    return slug.replace("-", " ").replace("_", " ").capitalize()
