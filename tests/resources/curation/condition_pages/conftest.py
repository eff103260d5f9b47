"""A published page with a history, and people who work on it."""

import pytest

from conditions import document as documents
from resources.models.roles import EDITOR, SOCIAL_WORKER
from resources.workflow import pages
from tests.factories import PersonFactory, kinship
from tests.resources.workflow.test_pages import PAGE, latest


@pytest.fixture
def worker(client):
    """A social worker, who is signed in."""
    person = PersonFactory(role=SOCIAL_WORKER, username="wanda")
    client.force_login(person)
    return person


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR, username="edith")


@pytest.fixture
def ataxia(worker, editor):
    kinship(rare_disease=[])
    made = pages.create(slug="ataxia", document=PAGE, by=worker, why="Families ask for it.")
    pages.submit(condition=made, base=latest(made), by=worker)
    return pages.publish(condition=made, base=latest(made), by=editor)


@pytest.fixture
def form(client):
    """`form(ataxia, school="…")`: what the browser would send of the edit form, with some of it typed anew."""

    def fill(condition, do="save", **typed):
        context = client.get(f"/work/conditions/{condition.slug}/edit/").context
        editor = context["editor"]
        sent = {field.html_name: field.value() for form in editor.forms for field in form}
        for part, formset in editor.rows.items():
            sent |= {f"{part}-TOTAL_FORMS": len(formset.forms), f"{part}-INITIAL_FORMS": len(formset.forms)}
        sent = {name: value for name, value in sent.items() if value is not None and value is not False}
        sections = {f"section-{kind}": typed.pop(kind) for kind in list(typed) if kind in ("school", "money")}
        return sent | {"do": do, "why": "It was wrong."} | sections | typed

    return fill


@pytest.fixture
def text():
    return lambda condition, kind="school": documents.of(type(condition).objects.get(pk=condition.pk)).sections.get(kind)
