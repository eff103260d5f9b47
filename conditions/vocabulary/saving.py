"""Writes a plan: all of it or nothing, in bulk."""

from django.db import connection, transaction

from ..editorial import State
from ..models import Condition, ConditionCode, ConditionName, Kinship
from .planning import Planner

A_BATCH = 2000
FIELDS = ("name", "folded", "kind", "page_state", "replaced_by")


def load(vocabulary, *, dry_run=False, progress=lambda rows, what: rows):
    """Plan and write a `Vocabulary`; returns the `Plan`. `progress(rows, what)` passes rows through."""
    with transaction.atomic():
        plan = Planner(vocabulary).make()
        if not dry_run and not plan.is_empty:
            _write(plan, progress)
    return plan


def _write(plan, progress):
    for rows, model in ((plan.links, Kinship), (plan.names, ConditionName), (plan.codes, ConditionCode)):
        for batch in _batches(rows.delete):
            model.objects.filter(pk__in=batch).delete()
    _create(Condition, list(plan.new.values()), progress, "conditions")
    Condition.objects.bulk_update(plan.changed.values(), FIELDS, batch_size=200)
    ids = dict(Condition.objects.values_list("slug", "pk"))
    for slug, heir in plan.retired.items():
        Condition.objects.filter(pk=ids[slug]).update(page_state=State.RETIRED, replaced_by=ids.get(heir))
    origin = plan.origin
    names = (
        ConditionName(condition_id=ids[slug], folded=folded, name=name, kind=kind, origin=origin)
        for slug, folded, name, kind in plan.names.create
    )
    _create(ConditionName, list(names), progress, "names")
    codes = (ConditionCode(condition_id=ids[slug], system=system, code=code, origin=origin) for slug, system, code in plan.codes.create)
    _create(ConditionCode, list(codes), progress, "codes")
    links = (Kinship(child_id=ids[child], parent_id=ids[parent], origin=origin) for child, parent in plan.links.create)
    _create(Kinship, list(links), progress, "kinship")
    _note_version(plan)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # the planner's figures are of a hundred conditions


def _create(model, rows, progress, what):
    for batch in progress(list(_batches(rows)), what):
        model.objects.bulk_create(batch)


def _batches(rows):
    return (rows[start : start + A_BATCH] for start in range(0, len(rows), A_BATCH))


def _note_version(plan):
    """What stays of an earlier version of the same vocabulary is of this one too."""
    earlier = {"origin__startswith": plan.system}
    retired = Condition.objects.filter(page_state=State.RETIRED).values("pk")
    Condition.objects.filter(**earlier).exclude(pk__in=retired).exclude(origin=plan.origin).update(origin=plan.origin)
    for model, owner in ((ConditionName, "condition"), (ConditionCode, "condition"), (Kinship, "child")):
        old = model.objects.filter(**earlier).exclude(**{f"{owner}__in": retired})
        old.exclude(origin=plan.origin).update(origin=plan.origin)
