"""The part of the form that belongs to a listing's kind."""

from django import forms
from django.utils.translation import gettext_lazy as later

from ...models import FinancialAid, SchoolAccommodation, TherapyType
from .fields import Named, choice, line, lines, number, text
from .forms import Part


class Organization(Part):
    part = "organization"
    legal_name = line(later("Legal name"), later("Where it differs from the name."))
    identifiers = lines(later("Identifiers"), later("One a line, such as “EIN 12-3456789”."))
    year_founded = number(later("Founded in"), later("The year."), least=1700, most=2100)


class Service(Part):
    part = "service"
    provider = Named("organization", most=1, label=later("Organization that runs it"), help_text=later("Its name or its address here."))
    schedule = line(later("When it is open"), later("“Monday to Friday, 9 a.m. to 5 p.m.”"))
    capacity = line(later("How many it has room for"))
    therapies = Named("therapy", label=later("Therapies it gives"), required=False, help_text=later("One a line."))


class Therapy(Part):
    """DISCERN's questions 8 to 15, one field each."""

    part = "therapy"
    form = choice(later("Which kind of treatment"), TherapyType.Form)
    red_flag_reason = text(
        later("A warning to begin with"), later("Only where families must be warned: then the page opens with it, as a red flag.")
    )
    what_it_is = text(later("What it is"), later("The plain word first, the medical word after it in brackets."), required=True)
    how_it_works = text(later("How it works"), required=True)
    benefits = text(later("What it may do for you"), later("“May help”, never “cures” or “best”. A figure needs a source."), required=True)
    harms = text(later("Risks and side effects"), later("The common ones first, then the dangerous ones."), required=True)
    without_it = text(later("What if you do nothing"), required=True)
    quality_of_life = text(later("Daily life with it"), required=True)
    alternatives = text(later("Other choices"), required=True)
    unknowns = text(later("What is not known"), later("“Nobody has tested this” is an honest answer."), required=True)
    time_and_cost = text(later("Time and cost"), required=True)
    who_gives_it = text(later("Who gives it"), required=True)
    questions = lines(later("Questions to ask"), later("One a line, for families to decide together with their doctor."))
    red_flags = lines(later("Red flags"), later("One a line: what should make a family stop."))


class School(Part):
    part = "school"
    form = choice(later("What it is"), SchoolAccommodation.Form)
    need_met = text(later("What it helps with"), later("What the child finds hard."), required=True)
    looks_like = lines(later("What it looks like in class"), later("One example a line."))
    practice_is_ours = forms.BooleanField(
        label=later("These examples are our own"), required=False, help_text=later("The law is sourced; the page says that these are ours.")
    )
    how_to_ask = text(later("How to ask for it"), later("Begin with a verb: “Write to …”."), required=True)
    whom_to_ask = line(later("Whom to ask"), required=True)
    evidence_to_bring = lines(later("What to bring"), later("One thing a line."))
    clock = line(later("How long the school has"))
    if_refused = text(later("If they say no"), later("The next step, beginning with a verb."))


class Money(Part):
    part = "money"
    form = choice(later("Which kind of help"), FinancialAid.Form)
    provider = Named("organization", most=1, label=later("Who gives it"), required=False, help_text=later("An organization that we list."))
    steps = lines(later("Steps"), later("One a line, in their order, each beginning with a verb."))
    clock = line(later("Deadlines, and how long an answer takes"))
    if_refused = text(later("If they say no"), later("The next step, beginning with a verb."))
