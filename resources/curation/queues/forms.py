"""What a queue's page asks: which rows to show, and what to do with those that are ticked."""

from django import forms
from django.contrib.auth.models import User
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from conditions.models import Condition
from conditions.names import fold, typed

from ...models import Errand, Resource, ResourceKind
from ...models.roles import ROLES
from . import errands


class Show:
    ALL, MINE, FREE, SNOOZED = "", "mine", "free", "snoozed"
    CHOICES = [(ALL, _("All")), (MINE, _("Mine")), (FREE, _("Nobody’s")), (SNOOZED, _("Snoozed"))]


class NarrowForm(forms.Form):
    """By GET, so that a narrowed queue has an address."""

    show = forms.ChoiceField(label=_("Show"), choices=Show.CHOICES, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=[("", _("Any")), *ResourceKind.choices], required=False)
    condition = forms.CharField(label=_("Condition"), required=False)
    q = forms.CharField(label=_("Words in the name"), required=False)

    def __init__(self, *args, queue, **kwargs):
        super().__init__(*args, **kwargs)
        self.queue = queue
        if queue.listing is None:
            del self.fields["kind"], self.fields["condition"]

    def rows(self, user):
        """The rows that were asked for. What cannot be read asks for nothing."""
        self.is_valid()
        queue = self.queue
        asked = {name: typed(value) for name, value in self.cleaned_data.items()}
        rows = _shown(asked.get("show"), queue, user).annotate(title=queue.title)
        if kind := asked.get("kind"):
            rows = rows.filter(**{queue.part("kind"): kind})
        if name := fold(asked.get("condition", "")):
            meant = Condition.objects.filter(Q(folded__contains=name) | Q(names__folded__contains=name))
            tagged = Resource.conditions.through.objects.filter(condition__in=meant.values("pk"))
            rows = rows.filter(**{f"{queue.part('pk')}__in": tagged.values("resource")})
        return rows.filter(title__icontains=asked["q"]) if asked.get("q") else rows


def _shown(show, queue, user):
    if show == Show.SNOOZED:
        return queue.items(user).filter(pk__in=Errand.objects.snoozed().filter(queue=queue.key).values("item"))
    rows = errands.waiting(queue, user)
    if show == Show.MINE:
        return rows.filter(pk__in=errands.held_by(user, queue))
    return rows.filter(errands.free(queue)) if show == Show.FREE else rows


class Colleague(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return errands.name_of(person)


class ActForm(forms.Form):
    """Beside the ticked rows, what some verbs ask."""

    until = forms.DateField(label=_("Snooze until"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=_("Because"), max_length=300, required=False)
    to = Colleague(label=_("Assign to"), queryset=User.objects.none(), required=False, empty_label=_("Choose a colleague"))

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        if by.has_perm(errands.ASSIGN.name_in_full):
            self.fields["to"].queryset = colleagues()
        else:
            del self.fields["to"]

    def needs(self, verb):
        """Say what a verb lacks."""
        if verb == "snooze" and not self.cleaned_data.get("until") and "until" not in self.errors:
            self.add_error("until", _("Choose the day on which it shall come back."))
        if verb == "snooze" and not self.cleaned_data.get("reason") and "reason" not in self.errors:
            self.add_error("reason", _("Say why, in a few words: colleagues see it."))
        if verb == "assign" and "to" in self.fields and not self.cleaned_data.get("to") and "to" not in self.errors:
            self.add_error("to", _("Choose a colleague."))


def colleagues():
    return (
        User.objects.filter(Q(groups__name__in=ROLES) | Q(is_superuser=True), is_active=True).distinct().order_by("first_name", "username")
    )
