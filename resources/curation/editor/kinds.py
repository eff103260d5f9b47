"""The part of the form that belongs to a listing's kind."""

from django import forms
from django.utils.translation import gettext_lazy as later

from ...models import FinancialAid, SchoolAccommodation, TherapyType
from .fields import Named, choice, line, lines, number, text
from .forms import Part


class Organization(Part):
    part = "organization"
    legal_name = line(later("Where it differs from the name."))
    identifiers = lines(later("One a line, such as “EIN 12-3456789”."))
    year_founded = number(later("The year."), least=1700, most=2100)


class Service(Part):
    part = "service"
    provider = Named("organization", most=1, help_text=later("Its name or its address here."))
    schedule = line(later("“Monday to Friday, 9 a.m. to 5 p.m.”"))
    capacity = line()
    therapies = Named("therapy", required=False, help_text=later("One a line."))


class Therapy(Part):
    """DISCERN's questions 8 to 15, one field each."""

    part = "therapy"
    form = choice(TherapyType.Form)
    red_flag_reason = text(later("Only where families must be warned: then the page opens with it, as a red flag."))
    what_it_is = text(later("The plain word first, the medical word after it in brackets."), required=True)
    how_it_works = text(required=True)
    benefits = text(later("“May help”, never “cures” or “best”. A figure needs a source."), required=True)
    harms = text(later("The common ones first, then the dangerous ones."), required=True)
    without_it = text(required=True)
    quality_of_life = text(required=True)
    alternatives = text(required=True)
    unknowns = text(later("“Nobody has tested this” is an honest answer."), required=True)
    time_and_cost = text(required=True)
    who_gives_it = text(required=True)
    questions = lines(later("One a line, for families to decide together with their doctor."))
    red_flags = lines(later("One a line: what should make a family stop."))


class School(Part):
    part = "school"
    form = choice(SchoolAccommodation.Form)
    need_met = text(later("What the child finds hard."), required=True)
    looks_like = lines(later("One example a line."))
    practice_is_ours = forms.BooleanField(required=False, help_text=later("The law is sourced; the page says that these are ours."))
    how_to_ask = text(later("Begin with a verb: “Write to …”."), required=True)
    whom_to_ask = line(required=True)
    evidence_to_bring = lines(later("One thing a line."))
    clock = line()
    if_refused = text(later("The next step, beginning with a verb."))


class Money(Part):
    part = "money"
    form = choice(FinancialAid.Form)
    provider = Named("organization", most=1, required=False, help_text=later("An organization that we list."))
    clock = line()
    if_refused = text(later("The next step, beginning with a verb."))
