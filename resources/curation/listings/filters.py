"""The list's contract: one FilterSet over GET parameters, for the page, its pages and the saved views.

It asks the database nothing but the rows: a view's filters are read, and its listings counted, without a look-up of their own.
"""

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.db.models import F, OuterRef, Subquery
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State

from ...finder.query import query_without, tidy
from ...models import Resource, ResourceKind, Revision, Term
from . import narrowing

ME = "me"
STATES = [(state.value, state.label.partition(":")[0]) for state in State]
LATEST = Revision.objects.filter(resource=OuterRef("pk")).order_by("-number")
SORTS = {
    "due": (_("Next check, soonest first"), [F("next_check_on").asc(nulls_last=True), "pk"]),
    "changed": (_("Last changed first"), [Subquery(LATEST.values("at")[:1]).desc(nulls_last=True), "-pk"]),
    "new": (_("Newest first"), ["-pk"]),
}


class ListingFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label=_("Name, slug or phone"), method="narrow", max_length=200, widget=forms.TextInput(attrs={"type": "search", "data-key": "/"})
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=STATES, empty_label=_("Any"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ResourceKind, empty_label=_("Any"))
    age = django_filters.ChoiceFilter(label=_("Check"), choices=list(narrowing.AGES.items()), empty_label=_("Any"), method="narrow")
    condition = django_filters.CharFilter(label=_("Condition"), method="narrow", max_length=200)
    term = django_filters.CharFilter(label=_("Need or other term"), method="narrow", widget=forms.Select)
    missing = django_filters.ChoiceFilter(label=_("Missing"), choices=list(narrowing.MISSING.items()), empty_label=_("–"), method="narrow")
    by = django_filters.CharFilter(label=_("Last changed by"), method="narrow", widget=forms.Select)
    sort = django_filters.ChoiceFilter(
        label=_("Order"), choices=[(name, label) for name, (label, _by) in SORTS.items()], empty_label=_("Name, A to Z"), method="order"
    )

    class Meta:
        model = Resource
        fields: list[str] = []

    def narrow(self, listings, name, value):
        match name:
            case "q":
                fits = narrowing.saying(value)
            case "age":
                fits = narrowing.of_age(value)
            case "condition":
                fits = narrowing.about(value)
            case "missing":
                fits = narrowing.lacking(value)
            case "term":
                vocabulary, _colon, slug = value.partition(":")
                fits = narrowing.tagged_with(vocabulary, slug)
            case "by":
                person = self.request.user.pk if value == ME else value
                if not str(person).isdecimal() or len(str(person)) > 18:
                    return listings.none()
                fits = narrowing.last_changed_by(int(person))
        return listings.filter(fits)

    def order(self, listings, name, value):
        return listings.order_by(*SORTS[value][1])


NAMES = list(ListingFilter.base_filters)
HIDDEN_AT_FIRST = ("condition", "term", "missing", "by", "sort")


def asked(query):
    """The filters of an address, in one order and without the rest: equal questions are equal texts."""
    found, kept = tidy(query), QueryDict(mutable=True)
    for name in NAMES:
        if found.get(name):
            kept[name] = found[name]
    return kept


def fill_selects(form):
    """What the two lists of rows offer: terms by vocabulary, and those who work here. Two queries, for the page that shows them."""
    groups: dict[str, list] = {}
    for vocabulary, slug, label in Term.objects.values_list("vocabulary", "slug", "label").order_by("vocabulary", "position", "label"):
        groups.setdefault(vocabulary, []).append((f"{vocabulary}:{slug}", label))
    terms = [(label, groups[vocabulary]) for vocabulary, label in Term.Vocabulary.choices if vocabulary in groups]
    form.fields["term"].widget.choices = [("", _("Any")), *terms]
    people = User.objects.filter(groups__isnull=False).distinct().order_by("last_name", "username")
    named = [(str(person.pk), person.get_full_name() or person.username) for person in people]
    form.fields["by"].widget.choices = [("", _("Anybody")), (ME, _("Me")), *named]


def chips(form, query):
    """The filters in use: `{label, value, without}`, the value in words, and the address without it. The order is no filter."""
    labels = {}
    for name in NAMES:
        widget = form.fields[name].widget
        for value, label in getattr(widget, "choices", []):
            labels |= {(name, str(one)): text for one, text in (label if isinstance(label, list) else [(value, label)])}
    return [
        {
            "label": form.fields[name].label,
            "value": labels.get((name, query[name]), query[name]),
            "without": query_without(query, name),
        }
        for name in NAMES
        if name in query and name != "sort"
    ]
