"""The caregiver page of a condition: its sections, and the help found for it and through its ancestors."""

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State
from conditions.kinship import kin
from conditions.models import Condition, Section, SectionKind

from ..models import Evidence, ResourceKind
from .criteria import Criteria
from .index import Index
from .views import cards

NEAREST = 3  # listings shown of each kind
SHOWN_KINDS = {
    ResourceKind.ORGANIZATION: _("Organizations"),
    ResourceKind.SERVICE: _("Services"),
    ResourceKind.SCHOOL: _("Help at school"),
    ResourceKind.MONEY: _("Help with money"),
    ResourceKind.GUIDE: _("Guides"),
}
# Where each kind of listing stands on the page: after the section that speaks of it.
HOME_OF_KIND = {"organization": "support", "service": "support", "school": "school", "money": "money", "guide": "support"}


def condition_page(request, slug):
    condition = get_object_or_404(
        Condition.objects.prefetch_related("names", "codes", "genes", "sources", Prefetch("sections", Section.objects.all())), slug=slug
    )
    relatives = kin([slug])
    found = Index([]).answer(Criteria(conditions=(slug,)), relatives=relatives)
    shown = parts(condition, nearest_of_each_kind(found), evidence_for(relatives))
    context = {
        "condition": condition,
        "lead": next((part for part in shown if part["key"] == SectionKind.MAIN_MESSAGE), None),
        "parts": [part for part in shown if part["key"] != SectionKind.MAIN_MESSAGE],
        "relatives": [one for one in relatives.ancestors if one.distance],
        "relatives_with_pages": [
            one for one in (*relatives.ancestors, *relatives.narrower) if one.page_state == State.PUBLISHED and one.distance
        ],
        "narrower": relatives.narrower,
        "count": len(found.ids),
    }
    return render(request, "conditions/condition.html", context)


def parts(condition, nearest, evidence):
    """What stands on the page, in order: sections with text, listings or labels. One with none of them is not there."""
    texts = {section.kind: section for section in condition.sections.all()}
    made = []
    for kind in SectionKind:
        lists = [group for name, group in nearest.items() if HOME_OF_KIND[name] == kind]
        labels = evidence if kind == SectionKind.THERAPIES else []
        if kind in texts or lists or labels:
            made.append({"key": kind.value, "title": kind.label, "section": texts.get(kind), "lists": lists, "evidence": labels})
    return made


def nearest_of_each_kind(found):
    """`{kind: {kind, label, cards, count}}` of the nearest listings."""
    by_kind = {kind: [pk for pk in found.ids if found.rows[pk].kind == kind] for kind in SHOWN_KINDS}
    shown = {row.pk: row for row in cards([pk for ids in by_kind.values() for pk in ids[:NEAREST]], found.nearest)}
    return {
        kind.value: {"kind": kind.value, "label": SHOWN_KINDS[kind], "cards": [shown[pk] for pk in ids[:NEAREST]], "count": len(ids)}
        for kind, ids in by_kind.items()
        if ids
    }


def evidence_for(relatives):
    """Evidence labels for the condition, each therapy's from the nearest condition that has one; the best evidence first.

    A label for the next narrower type counts as the farthest, so that the page of SMA shows the medicines for its 5q form.
    """
    place = {relative.id: number for number, relative in enumerate((*relatives.ancestors, *relatives.types))}
    rows = (
        Evidence.objects.filter(condition__in=place, therapy__state=State.PUBLISHED)
        .select_related("therapy", "condition")
        .order_by("therapy__name", "applies_to")
    )
    nearest = {}
    for row in rows:
        nearest[row.therapy_id] = min(place[row.condition_id], nearest.get(row.therapy_id, len(place)))
    shown = [row for row in rows if place[row.condition_id] == nearest[row.therapy_id]]
    return sorted(shown, key=lambda row: (Evidence.Level.values.index(row.level), row.therapy.name, row.applies_to))
