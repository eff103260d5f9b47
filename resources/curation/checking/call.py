"""The form of a call: a script built from the listing, a box beside each question, and the log below."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from ...models import Check, Term
from .answers import AnswersForm, Words

Outcome = Check.Outcome
QUESTIONS = {
    "summary": later("Is this still what you do?"),
    "first_step": later("What should a family do first?"),
    "eligibility": later("Who can use it?"),
    "not_eligible": later("Is there anybody whom you cannot help?"),
    "documents": later("What should a family have ready?"),
    "fees": later("What does it cost?"),
    "waiting": later("How long does one wait at the moment?"),
    "service_schedule": later("On which days and at what hours are you there?"),
    "website": later("Is this the right website?"),
    "email": later("Is this the right e-mail address?"),
    "alert": later("Has anything changed lately, or is anything about to?"),
    "phone_new": later("Is there another number that families should have?"),
}
MATTERS = ("first_step", "eligibility", "documents", "fees", "waiting", "service_schedule")  # what families miss where it is empty
MOST_REPORTS = 5


class CallForm(AnswersForm):
    """`reports`: proposals without a document, such as readers' reports. `dead`: numbers that were found dead."""

    asked_at = forms.DateTimeField(
        label=later("When"),
        required=False,
        help_text=later("Leave it empty for just now. At most 14 days ago."),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"],
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
        error_messages={"invalid": later("Write the day and the time, such as 2026-03-31T14:05")},
    )
    how = forms.ChoiceField(label=later("How you asked"), choices=Check.How, initial=Check.How.CALL)
    whom = forms.CharField(
        label=later("Whom"), max_length=200, required=False, help_text=later("Their role, such as “front desk”. No name is needed.")
    )
    outcome = forms.ChoiceField(
        label=later("Outcome"),
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": later("Choose how it ended")},
    )
    note = forms.CharField(
        label=later("What changed, what else they said"), max_length=2_000, required=False, widget=forms.Textarea({"rows": 3})
    )

    def __init__(self, *args, reports, dead=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.reports, self.dead = reports, dead
        for place, number in enumerate(dead):
            self.fields[f"works_{place}"] = forms.BooleanField(label=_("%(number)s works again") % {"number": number}, required=False)
        self.fields["outcome"].choices = Outcome.choices
        numbers = [phone.number for phone in self.document.phones]
        if len(numbers) > 1:
            choices = [("", _("Choose"))] + [(number, number) for number in dict.fromkeys(numbers)]
            label = _("Which number, where one is dead")
            self.fields["number"] = forms.ChoiceField(label=label, choices=choices, required=False)
        for name, question in self._spoken().items():
            self.fields[name] = Words(label=question, max_length=500, required=False)

    def _spoken(self):
        """Questions whose answers go into the note: no single box of the listing holds them."""
        asked = {f"said_{one.pk}": _("A reader told us: “%(words)s” Is that so?") % {"words": _words(one)} for one in self.reports}
        if not self.document.terms.get(Term.Vocabulary.LANGUAGE):
            asked["said_languages"] = _("In which languages do you help?")
        places = "; ".join(filter(None, (f"{one.address} {one.city} {one.region}".strip() for one in self.document.locations)))
        if places:
            asked["said_places"] = _("Is this still where you are: %(places)s?") % {"places": places}
        if self.document.kind == "organization" and not any(phone.hours for phone in self.document.phones):
            asked["said_hours"] = _("On which days and at what hours does somebody answer the phone?")
        return asked

    def renewed(self, data):
        return type(self)(data, document=self.now, reports=self.reports, dead=self.dead)

    def clean(self):
        cleaned = super().clean()
        outcome, asked_at = cleaned.get("outcome"), cleaned.get("asked_at")
        if asked_at and asked_at > timezone.now():
            self.add_error("asked_at", _("This is in the future: write when you asked."))
        if outcome == Outcome.NUMBER_DEAD and "number" in self.fields and not cleaned.get("number"):
            self.add_error("number", _("Choose which number is dead"))
        if outcome and outcome != Outcome.CONFIRMED and self.works:
            self.add_error(
                "outcome", _("A number works again with “Confirmed”, or by its own button on the listing’s desk: take the tick away.")
            )
        if outcome == Outcome.CHANGED and not self.changes and not self.said:
            self.add_error("note", _("Say what changed: in the boxes of the script, or here."))
        if outcome and outcome != Outcome.CHANGED and self.changes:
            self.add_error("outcome", _("You changed what the listing says: choose “%(changed)s”.") % {"changed": Outcome.CHANGED.label})
        return cleaned

    @property
    def works(self):
        """Numbers that were found dead and are ticked as working again."""
        return [number for place, number in enumerate(self.dead) if self.cleaned_data.get(f"works_{place}")]

    @property
    def said(self):
        """The note, with the answers that no box of the listing holds."""
        spoken = [(self.fields[name].label, self.cleaned_data.get(name)) for name in self.fields if name.startswith("said_")]
        lines = [f"{question} — {words}" for question, words in spoken if words]
        return "\n".join(filter(None, [self.cleaned_data.get("note", ""), *lines]))

    @property
    def script(self):
        """`[(heading, [(question, box, box of the tick)])]`: what readers reported and what is unsure first."""
        unsure = [name for name in self.fields if f"{name}_confirmed" in self.fields]
        phones = [name for name in self.fields if name.startswith("phone_") and name[6:].isdigit() and name not in unsure]
        empty = [name for name in MATTERS if name in self.names and not self[name].initial]
        spoken = [name for name in self.fields if name.startswith("said_")]
        reported = [name for name in spoken if name[5:].isdigit()]
        missing = [*empty, *(name for name in spoken if name not in reported and name != "said_places")]
        first = {*unsure, *phones, *missing}
        rest = [*(name for name in (*self.names, "said_places") if name in self.fields and name not in first), "phone_new"]
        groups = [
            (_("What readers reported"), reported),
            (_("Not confirmed yet, and so hidden from families"), unsure),
            (_("What we do not know yet"), missing),
            (_("Is the phone number still right?"), phones),
            (_("Is this still right?"), rest),
        ]
        return [(heading, [self._line(name) for name in names]) for heading, names in groups if names]

    def _line(self, name):
        tick = f"{name}_confirmed"
        return QUESTIONS.get(name, self.fields[name].label), self[name], self[tick] if tick in self.fields else None

    @property
    def log(self):
        return [self[name] for name in ("outcome", "number", *self.ticks, "note", "whom", "how", "asked_at") if name in self.fields]

    @property
    def ticks(self):
        return [f"works_{place}" for place, _number in enumerate(self.dead)]


def _words(report):
    words = report.note or report.get_problem_display()
    return words if len(words) <= 300 else f"{words[:300]}…"
