"""The gallery of shared pieces is for those who build the site."""

import pytest
from django.contrib.auth import get_user_model

from resources.models import Evidence
from tests.factories import ResourceFactory

from .reading import Page
from .rules import breaches

pytestmark = pytest.mark.django_db


def sign_in(client, **values):
    client.force_login(get_user_model().objects.create_user("builder", **values))


def test_readers_do_not_find_it(client):
    assert client.get("/components/").status_code == 404


def test_a_curator_does_not_find_it(client):
    sign_in(client, is_staff=False)
    assert client.get("/components/").status_code == 404


def test_staff_see_every_piece(client):
    ResourceFactory(published=True)
    sign_in(client, is_staff=True)
    made = Page(client.get("/components/"))
    assert made.response.status_code == 200
    assert [label.get("data-evidence") for label in made.all("*[@data-evidence]")] == Evidence.Level.values
    assert made.all("article[@data-resource]")
    assert made.by_id("error-summary") is not None
    assert made.is_noindex
    assert breaches(made) == []


def test_it_is_open_while_building(client, settings):
    settings.DEBUG = True
    assert client.get("/components/").status_code == 200
