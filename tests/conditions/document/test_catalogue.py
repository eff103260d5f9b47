"""Every condition of the real catalogue: from rows to a document and back, nothing is lost."""

import pytest

from conditions import document as documents
from conditions.models import Condition

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def rows(condition):
    parts = (condition.names, condition.codes, condition.genes, condition.sections, condition.sources, condition.parent_links)
    return [[*Condition.objects.filter(pk=condition.pk).values()], *([*part.order_by("pk").values()] for part in parts)]


def test_every_condition_comes_back_as_it_was():
    conditions = [*Condition.objects.order_by("slug")]
    assert len(conditions) >= 120
    for condition in conditions:
        document = documents.of(condition)
        other = documents.save(document, condition=Condition(slug=f"{condition.slug[:70]}-again"), why="A test.", verb="create")
        assert documents.of(Condition.objects.get(pk=other.pk)) == document, condition.slug
        assert documents.read(other.revisions.get().document) == document, condition.slug


def test_saving_what_is_there_writes_a_revision_alone():
    for condition in Condition.objects.with_pages():
        before = rows(condition)
        documents.save(documents.of(condition), condition=condition, why="A test.", verb="edit")
        assert rows(condition) == before
        assert [step.verb for step in condition.revisions.all()] == ["edit", "load"]
