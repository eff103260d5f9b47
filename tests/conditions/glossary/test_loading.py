import json

import pytest

from conditions.glossary.files import GlossaryShape
from conditions.glossary.loading import load
from conditions.glossary.models import GlossaryTerm

pytestmark = pytest.mark.django_db
NIH = {"title": "Words", "publisher": "NIH", "owner_kind": "government", "seen_on": "2026-11-21", "supports": "what it is"}


def shape(means="Shaky movement."):
    term = {"term": "ataxia", "forms": ["ataxic"], "plain": "unsteady movement", "means": means, "topic": "medical", "source": "nih"}
    return GlossaryShape.model_validate_json(json.dumps({"sources": {"nih": NIH}, "terms": {"ataxia": term}}))


def test_terms_are_written_once():
    assert load(shape())[0] == {"new": 1}
    term = GlossaryTerm.objects.get()
    assert (term.forms, term.source.publisher) == (["ataxic"], "NIH")
    assert load(shape()) == ({"same": 1}, [])


def test_a_changed_file_changes_the_term():
    load(shape())
    assert load(shape("Clumsy movement."))[0] == {"changed": 1}
    assert GlossaryTerm.objects.get().means == "Clumsy movement."


def test_what_staff_changed_is_left_alone():
    load(shape())
    GlossaryTerm.objects.update(means="Written by staff.")
    assert load(shape("Clumsy movement.")) == ({}, ["ataxia"])
    assert GlossaryTerm.objects.get().means == "Written by staff."
