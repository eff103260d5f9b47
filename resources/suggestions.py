"""Suggest a listing: in plain words, by anybody. It is proposed, never listed by itself (docs/adr/0024)."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from conditions.names import free_slug, typed

from . import document as documents
from . import workflow
from .models import Proposal, Resource
from .public_forms import PublicForm, answer

ORGANIZATION, SERVICE = "organization", "service"
KINDS = [
    (ORGANIZATION, _("A group or organization")),
    (SERVICE, _("A service, clinic or program")),
    ("school", _("Help at school")),
    ("money", _("Money, insurance or equipment")),
    ("therapy", _("A therapy or device")),
    ("other", _("Something else, or I am not sure")),
]


class Line(forms.CharField):
    """One tidy line of what was typed."""

    def to_python(self, value):
        return typed(super().to_python(value))


def words(rows, most, **more):
    """A field of several lines; the browser stops at what fits, whatever it counts a line's end as."""
    return forms.CharField(max_length=most, widget=forms.Textarea(attrs={"rows": rows, "maxlength": most - 200}), **more)


class SuggestionForm(PublicForm):
    name = Line(label=_("What is it called?"), max_length=200, error_messages={"required": _("Say what it is called")})
    kind = forms.ChoiceField(
        label=_("What kind of help is it?"),
        choices=KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what kind of help it is")},
    )
    site = Line(label=_("Its web address"), required=False, max_length=400, help_text=_("Such as example.org"))
    phone = Line(label=_("Its phone number"), required=False, max_length=60)
    whom = Line(
        label=_("Whom does it help?"), required=False, max_length=400, help_text=_("Conditions, ages or places, in your own words.")
    )
    does = words(3, 1400, label=_("What does it do?"), error_messages={"required": _("Say what it does, in a sentence or two")})
    more = words(3, 1200, label=_("Anything else?"), required=False, help_text=_("Please leave out names and health details."))
    field_order = ["name", "kind", "site", "phone", "whom", "does", "more", "website"]
    action = "suggest"
    button = _("Send suggestion")
    too_many = _("Too many suggestions came from your network in the last hour. Please try again in an hour; your words are still below.")

    def clean_site(self):
        site = self.cleaned_data["site"]
        address = site if not site or "://" in site else f"https://{site}"
        try:
            URLValidator(schemes=["http", "https"])(address or "https://example.org")
        except ValidationError as error:
            raise ValidationError(_("Write a web address such as example.org")) from error
        return address

    def clean(self):
        answers = super().clean()
        if answers.get("phone") and not documents.is_phone_number(answers["phone"]):
            self.add_error("phone", _("Write a phone number, such as 1-800-555-0100. Words belong in another box."))
        if not {"site", "phone"} & self.errors.keys() and not answers.get("site") and not answers.get("phone"):
            self.add_error("site", _("Give a web address or a phone number, so that we can check it"))
        return answers


def in_words(answers):
    """All that was said, as a proposal keeps it. It begins with the name."""
    lines = [answers["name"], str(dict(KINDS)[answers["kind"]]), answers["site"], answers["phone"]]
    labels = (("whom", _("For")), ("does", _("What it does")), ("more", _("More")))
    labelled = [f"{label}: {answers[name]}" for name, label in labels if answers[name]]
    return "\n".join([*filter(None, lines), "", *labelled])


def as_document(answers):
    """A draft of an organization; None for the other kinds, which need more than a reader can know."""
    if answers["kind"] not in (ORGANIZATION, SERVICE):
        return None
    name = answers["name"]
    slug = free_slug(name, lambda one: Resource.objects.filter(slug=one).exists(), longest=70, otherwise="suggestion")
    phones = [{"number": answers["phone"]}] if answers["phone"] else []
    data = {"kind": ORGANIZATION, "slug": slug, "name": name, "summary": answers["does"], "organization": {}}
    unseen = {"website": answers["site"], "unconfirmed": ["website"] if answers["site"] else [], "phones": phones}
    return documents.read(data | unseen)


@never_cache
@csrf_exempt
def suggest(request):
    def keep(form):
        answers = form.cleaned_data
        workflow.propose(origin=Proposal.Origin.SUGGESTION, document=as_document(answers), note=in_words(answers))

    return answer(
        request, SuggestionForm, template="resources/suggest.html", context={}, keep=keep, thanks=reverse("suggest_resource_thanks")
    )


def thanks(request):
    return render(request, "resources/suggest_thanks.html")
