"""How many wait, of a queue that may be long."""

import pytest

from resources.curation.queues import overview
from resources.models.roles import EDITOR
from tests.factories import OrganizationFactory, PersonFactory, today

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("late", "said"), [(1, "1"), (3, "3"), (4, "3+"), (5, "3+")])
def test_a_long_queue_is_not_counted_to_its_end(monkeypatch, late, said):
    monkeypatch.setattr(overview, "MOST", 3)
    for _ in range(late):
        OrganizationFactory(published=True, next_check_on=today(-1))
    lots = {lot.queue.key: lot for lot in overview.lots(PersonFactory(role=EDITOR))}
    assert lots["overdue"].many == said
    assert lots["drafts"].many == "0"
