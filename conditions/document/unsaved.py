"""A condition document as the row of a condition with all that its page shows, as `save` would write it. Nothing is written."""

from copy import copy

from ..held import NOWHERE, hold
from ..kinship import kin_with
from ..models import Condition, ConditionCode, ConditionName, ConditionSource, GeneLink, Section
from ..names import fold
from .store import HEAD, rows_of


def unsaved(document, condition):
    """`(row, its Kin)`, in two queries. `condition`: the row that the document would change, or a new one with a slug alone."""
    row = copy(condition) if condition.pk else Condition(pk=NOWHERE, slug=condition.slug)
    stored = rows_of(row)
    brought_as = [(row.name, ConditionName.Kind.SYNONYM)] if row.origin else []
    for name, value in ({name: getattr(document, name) for name in HEAD} | document.review.model_dump()).items():
        setattr(row, name, value)
    row._prefetched_objects_cache = {}
    hold(row, "names", _names(document, [*brought_as, *((name, kind) for name, kind, *_ in stored["name", True])]))
    hold(row, "codes", _codes(document, stored["code", True]))
    hold(row, "genes", [GeneLink(**one.model_dump()) for one in document.genes])
    hold(row, "sources", [ConditionSource(**one.model_dump()) for one in document.sources])
    hold(row, "sections", [Section(kind=kind, body=body) for kind, body in document.sections.items()])
    return row, kin_with(row, {*document.parents, *(slug for slug, *_ in stored["parent", True])})


def _names(document, brought):
    """People's own; and those that a vocabulary brought, where people do not say the same."""
    names = {fold(one.name): ConditionName(**one.model_dump()) for one in document.names}
    for name, kind in brought:
        if (folded := fold(name)) != fold(document.name):
            names.setdefault(folded, ConditionName(name=name, kind=kind))
    return sorted(names.values(), key=lambda row: row.name)


def _codes(document, brought):
    codes = {(one.system, one.code): ConditionCode(**one.model_dump()) for one in document.codes}
    for system, code, checked, *_ in brought:
        codes.setdefault((system, code), ConditionCode(system=system, code=code, checked=bool(checked)))
    return [codes[key] for key in sorted(codes)]
