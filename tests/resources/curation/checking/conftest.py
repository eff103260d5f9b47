import pytest

from resources.models import Resource
from resources.models.roles import SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory
from tests.shell.reading import Page
from tests.shell.rules import breaches


@pytest.fixture
def worker(client):
    """A social worker, signed in."""
    person = PersonFactory(role=SOCIAL_WORKER)
    client.force_login(person)
    return person


@pytest.fixture
def listing():
    made = OrganizationFactory(published=True, name="Ramp Society", phones=["555-0101"], email="old@example.org", unconfirmed=["email"])
    return Resource.objects.get(pk=made.pk)


@pytest.fixture
def whole():
    """`whole(response)`: the page, which keeps every rule for pages; in the workspace there is a cookie."""

    def read(response, cookie=True):
        page = Page(response)
        left = ["sets_no_cookie"] * cookie + ["names_its_canonical_address"] * (response.status_code in (404, 410))
        assert [breach for breach in breaches(page) if not breach.startswith(tuple(left))] == []
        return page

    return read


def boxes(page):
    """What a browser would send of the page's main form, untouched."""
    form = next(one for one in page.all('form[@novalidate=""]'))
    sent = {}
    for field in (one for one in form.iter() if one.tag in ("input", "textarea", "select")):
        kind, name = field.get("type"), field.get("name")
        if kind in ("radio", "checkbox") and field.get("checked") is None:
            continue
        if field.tag == "textarea":
            sent[name] = (field.text or "").removeprefix("\n").replace("\n", "\r\n")
        elif field.tag == "select":
            chosen = next((one for one in field.iter("option") if one.get("selected") is not None), field.find("option"))
            sent[name] = chosen.get("value")
        else:
            sent[name] = field.get("value", "")
    return sent
