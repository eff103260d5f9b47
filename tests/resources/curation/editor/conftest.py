"""Somebody before the editor, and what a browser would send from the page that it shows."""

import pytest
from django.test import Client
from django.urls import reverse

from resources import document as documents
from resources.models import Resource, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import PersonFactory
from tests.shell.reading import Page, text


def controls(response):
    """What the page's editor would send, button left aside: `{name: [values]}`."""
    sent = {}
    for field in Page(response).all('form[@id="editor"]//*[@name]'):
        kind, name = field.get("type"), field.get("name")
        if field.tag == "button" or name == "csrfmiddlewaretoken" or (kind in ("checkbox", "radio") and field.get("checked") is None):
            continue
        if field.tag == "select":
            options = list(field.iter("option"))
            chosen = [option for option in options if option.get("selected") is not None] or options[:1]
            values = [option.get("value") for option in chosen]
        elif field.tag == "textarea":
            values = [(field.text or "").replace("\n", "\r\n")]
        else:
            values = [field.get("value", "on" if kind == "checkbox" else "")]
        sent.setdefault(name, []).extend(values)
    return sent


def words(response):
    """All the words of the page's main part."""
    return text(Page(response).main)


class Writer:
    """Opens the editor, types and presses buttons, without JavaScript."""

    def __init__(self, role, **fields):
        self.person = PersonFactory(role=role, **fields)
        self.client = Client()
        self.client.force_login(self.person)

    def opens(self, listing):
        self.address = (
            reverse("listing_edit", args=[listing.pk]) if isinstance(listing, Resource) else reverse("listing_create", args=[listing])
        )
        return self._sees(self.client.get(self.address))

    def presses(self, button, **typed):
        """Every field keeps what it has but for those typed; `phones__0__number` stands for `phones-0-number`."""
        self.form |= {name.replace("__", "-"): value if isinstance(value, list) else [value] for name, value in typed.items()}
        return self._sees(self.client.post(self.address, self.form | {"do": [button]}))

    def _sees(self, response):
        if response.status_code in (200, 400, 409) and b'id="editor"' in response.content:
            self.form = controls(response)
        self.response = response
        return response


@pytest.fixture
def ana(db):
    return Writer(SOCIAL_WORKER, first_name="Ana", last_name="Reyes")


@pytest.fixture
def ben(db):
    return Writer(EDITOR, first_name="Ben", last_name="Okafor")


@pytest.fixture
def written():
    """`written(listing)`: with a revision that holds it whole, as every listing has outside of tests."""

    def write(listing):
        resource = Resource.objects.get(pk=listing.pk)
        document = documents.of(resource).model_dump(mode="json")
        Revision.objects.write(resource=resource, document=document, verb="create", why="As it was.", by=PersonFactory())
        return resource

    return write
