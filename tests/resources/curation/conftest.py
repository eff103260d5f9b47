"""Somebody at work, and listings with a history."""

import pytest

from resources import document as documents
from resources import workflow
from resources.models import Resource
from tests.factories import OrganizationFactory, PersonFactory


@pytest.fixture
def at_work(client):
    """`at_work(EDITOR)`: somebody of that role, signed in."""

    def sign_in(role, **fields):
        person = PersonFactory(role=role, **fields)
        client.force_login(person)
        return person

    return sign_in


def retold(listing, **fields):
    """The listing's document with some fields changed."""
    return documents.patched(documents.of(listing), fields)


def written(by, why="A first text.", **fields):
    """A listing with one revision of its history."""
    listing = Resource.objects.get(pk=OrganizationFactory(published=True, **fields).pk)
    workflow.edit(resource=listing, document=documents.of(listing), by=by, why=why, base=0)
    return listing


def edited(listing, by, why="Their page says so now.", **fields):
    return workflow.edit(resource=listing, document=retold(listing, **fields), by=by, why=why, base=workflow.latest(listing))
