"""The caregiver page of a condition: its sections, and the help found for it and through its ancestors."""

from django.db.models import prefetch_related_objects
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _

from conditions.editorial import State
from conditions.kinship import kin
from conditions.models import Condition, Section, SectionKind

from ..models import Evidence, ResourceKind
from ..models.resource import Coverage
from .cards import cards
from .criteria import Criteria
from .index import Index

NEAREST = 3  # listings shown of each kind
MOST_PEOPLE = 12  # of whom the three to talk to are chosen
SHOWN_KINDS = {
    ResourceKind.ORGANIZATION: _("Organizations"),
    ResourceKind.SERVICE: _("Services"),
    ResourceKind.SCHOOL: _("Help at school"),
    ResourceKind.MONEY: _("Help with money"),
    ResourceKind.GUIDE: _("Guides"),
}
PEOPLE_FIRST = (SectionKind.SUPPORT, SectionKind.MONEY, SectionKind.SCHOOL, SectionKind.THERAPIES)
PEOPLE = (ResourceKind.ORGANIZATION, ResourceKind.SERVICE)
# Where each kind of listing stands on the page: after the section that speaks of it.
HOME_OF_KIND = {"organization": "support", "service": "support", "school": "school", "money": "money", "guide": "support"}


def condition_page(request, slug):
    condition = get_object_or_404(Condition.objects.select_related("replaced_by"), slug=slug)
    if condition.replaced_by:
        return redirect(condition.replaced_by, permanent=True)
    return render(request, "conditions/condition.html", context_of(condition))


def context_of(condition, relatives=None):
    """What the page of a condition shows. `relatives`: its `Kin`, where that is not what the database says."""
    prefetch_related_objects([condition], "names", "codes", "genes")
    relatives = relatives or kin([condition.slug])
    found = Index.load().answer(Criteria(conditions=(condition.slug,)), relatives)
    nearest, talk = nearest_of_each_kind(found)
    near_page = nearest_page(relatives)
    texts = texts_of(condition.sections.all()) if condition.has_page else {}
    shown = parts(texts, nearest, evidence_for(relatives))
    return {
        "condition": condition,
        "sources": condition.sources.all() if condition.has_page else [],
        "talk": talk,
        "near_page": near_page,
        "borrowed": texts_of(Section.objects.filter(condition=near_page.id)).get(SectionKind.GET_HELP_NOW)
        if near_page and not condition.has_page
        else None,
        "lead": next((part for part in shown if part["key"] == SectionKind.MAIN_MESSAGE), None),
        "parts": [part for part in shown if part["key"] != SectionKind.MAIN_MESSAGE],
        "relatives": [one for one in relatives.ancestors if one.distance],
        "relatives_with_pages": [one for one in relatives.all if one.page_state == State.PUBLISHED and one.distance],
        "narrower": relatives.narrower,
        "count": len(found.ids),
    }


def nearest_page(relatives):
    """The nearest wider condition with a page; a disease or a group before a finding, which has many causes."""
    wider = [one for one in relatives.ancestors if one.distance and one.page_state == State.PUBLISHED]
    return min(wider, key=lambda one: (one.kind == "finding", one.nearness), default=None)


def texts_of(sections):
    """Section kind → section."""
    return {section.kind: section for section in sections}


def parts(texts, nearest, evidence):
    """What stands on the page, in order: sections with text, listings or labels. One with none of them is not there.

    Without texts of its own, a page begins with people.
    """
    made = []
    for kind in SectionKind if texts else PEOPLE_FIRST:
        lists = [group for name, group in nearest.items() if HOME_OF_KIND[name] == kind]
        labels, wider = evidence if kind == SectionKind.THERAPIES else ([], [])
        if kind in texts or lists or labels or wider:
            part = {"key": kind.value, "title": kind.label, "section": texts.get(kind), "lists": lists}
            made.append(part | {"evidence": labels, "wider": wider})
    return made


def nearest_of_each_kind(found):
    """`{kind: {kind, label, cards, count}}` of the nearest listings, and the nearest people to talk to."""
    of_kind = {kind: found.only([kind]) for kind in SHOWN_KINDS}
    nearest = {kind: ids[:NEAREST] for kind, ids in of_kind.items()}
    people = [*found.only(PEOPLE)[:MOST_PEOPLE], *found.only(PEOPLE, with_phone=True)[:MOST_PEOPLE]]
    shown = {row.pk: row for row in cards({pk for ids in (people, *nearest.values()) for pk in ids}, found.nearest)}
    groups = {
        kind.value: {
            "kind": kind.value,
            "label": SHOWN_KINDS[kind],
            "cards": [shown[pk] for pk in nearest[kind] if pk in shown],
            "count": len(ids),
        }
        for kind, ids in of_kind.items()
        if len(ids)
    }
    return groups, people_to_talk_to([shown[pk] for pk in dict.fromkeys(people) if pk in shown])


def people_to_talk_to(people):
    """At most three, the nearest first; no number twice.

    Those who know the condition itself, even where only their site is known; then those of wider groups, and for everybody,
    who have a phone and serve more than one place. One of the three has a phone, if any has.
    """
    own = [one for one in people if one.near and not one.near.distance]
    wider = [one for one in people if one not in own and one.public_phones and one.coverage != Coverage.LOCAL]
    own.sort(key=lambda one: not one.public_phones)
    has_phone = bool(own and own[0].public_phones)
    chosen, numbers = [], set()
    for one in (*(own if has_phone else own[: NEAREST - 1]), *wider, *own):
        number = one.public_phones[0].number if one.public_phones else one.pk
        if number not in numbers and len(chosen) < NEAREST:
            chosen.append(one)
            numbers.add(number)
    return chosen


def evidence_for(relatives):
    """Evidence labels as two lists, the best evidence first: the condition's own, and those tested in a wider group.

    Each therapy's label is from the nearest condition that has one. A label for the next narrower type counts as the
    condition's own, so that the page of SMA shows the medicines for its 5q form; a group has too many types for that.
    From a wider group come only what needs no specialist to judge, and warnings.
    """
    is_group = any(one.kind == "group" for one in relatives.asked)
    shown = (*relatives.ancestors, *(() if is_group else relatives.types))
    place = {relative.id: number for number, relative in enumerate(shown)}
    own = {relative.id for relative in shown if relative.distance <= 0}
    rows = Evidence.objects.filter(condition__in=place, therapy__state=State.PUBLISHED).select_related("therapy", "condition")
    nearest = {}
    for row in rows:
        nearest[row.therapy_id] = min(place[row.condition_id], nearest.get(row.therapy_id, len(place)))
    kept = [row for row in rows if place[row.condition_id] == nearest[row.therapy_id]]
    kept.sort(key=lambda row: (Evidence.Level.values.index(row.level), row.therapy.name, row.applies_to))
    return [row for row in kept if row.condition_id in own], [row for row in kept if row.condition_id not in own and _travels(row)]


def _travels(row):
    """Whether a wider group's label helps here."""
    if row.standing == Evidence.Standing.AVOID:
        return bool(row.therapy.red_flag_reason)
    return row.standing != Evidence.Standing.SPECIALIST_ONLY
