"""A document, the form that it fills, and the document that the form gives back are the same: for every listing of the catalogue."""

import pytest

from resources import document as documents
from resources.curation.editor.sheet import Sheet, sent
from resources.models import Resource

from .conftest import controls

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("catalogue")]


def faults_of(sheet):
    return [*sheet.faults, *(f"{bound.auto_id}: {error}" for bound in sheet.visible_fields for error in bound.errors)]


def test_every_listing_of_the_catalogue_comes_back_as_it_was():
    lost, seen = {}, 0
    for document in documents.of_many(Resource.objects.all()):
        sheet = Sheet(document.kind, sent(document.model_dump(mode="json")), judged=True)
        seen += 1
        if sheet.document() != document:
            lost[document.slug] = faults_of(sheet)
    assert lost == {}
    assert seen >= 277


@pytest.mark.parametrize(
    "slug",
    [
        *("national-ataxia-foundation", "mda-care-center-network", "physical-therapy", "stem-cell-therapy"),
        *("rest-breaks", "ssi-child", "what-to-ask-a-clinic-that-offers-a-new-treatment"),
    ],
)
def test_a_browser_sends_back_what_the_page_showed(ana, slug):
    listing = Resource.objects.get(slug=slug)
    response = ana.opens(listing)
    form = controls(response)
    data = sent(documents.of(listing).model_dump(mode="json"))
    for name, values in form.items():
        data.setlist(name, values)
    assert {name for name, values in dict(data.lists()).items() if any(values)} <= set(form)
    sheet = Sheet(listing.kind, data, judged=True)
    assert sheet.document() == documents.of(listing), faults_of(sheet)


@pytest.mark.parametrize(
    ("name", "value", "field", "said"),
    [
        ("name", "", "id_name", "Fill in “Name”."),
        ("website", "not an address", "id_website", "Write the whole address"),
        ("organization-year_founded", "long ago", "id_organization-year_founded", "Enter a whole number."),
        ("phones-0-source", "no-such-key", "id_phones-0-source", "Select a valid choice"),
        ("sources-0-seen_on", "yesterday", "id_sources-0-seen_on", "Write the day as 2026-03-31"),
        ("conditions", "atax", "id_conditions", "We do not know which one you mean: atax."),
        ("phones-0-languages", "Klingon!", "id_phones-0-languages", "“Klingon!” is no language"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(name, value, field, said):
    data = sent(documents.of(Resource.objects.get(slug="national-ataxia-foundation")).model_dump(mode="json"))
    data[name] = value
    sheet = Sheet("organization", data, judged=True)
    assert sheet.document() is None
    [wrong] = faults_of(sheet)
    assert wrong.startswith(f"{field}: {said}")


def test_what_only_the_whole_document_can_tell_stands_above_or_at_its_row():
    data = sent(documents.of(Resource.objects.get(slug="national-ataxia-foundation")).model_dump(mode="json"))
    data["sources-1-key"] = data["sources-0-key"]
    sheet = Sheet("organization", data, judged=True)
    assert sheet.document() is None
    assert "two sources have the same key" in " ".join(sheet.faults).lower()


def test_a_form_that_is_not_judged_shows_no_fault():
    data = sent(documents.of(Resource.objects.get(slug="national-ataxia-foundation")).model_dump(mode="json"))
    data["name"] = ""
    assert not Sheet("organization", data).errors


def test_names_of_conditions_are_understood_and_sources_named():
    data = sent(documents.of(Resource.objects.get(slug="national-ataxia-foundation")).model_dump(mode="json"))
    data["conditions"] = "Cerebral palsy\r\nataxia"
    data["sources-1-key"] = ""
    document = Sheet("organization", data, judged=True).document()
    assert document.conditions == ["ataxia", "cerebral-palsy"]
    assert [source.key for source in document.sources][:2] == ["podcast", "national-ataxia-foundation"]


def test_a_row_in_which_nothing_was_typed_is_none():
    document = documents.of(Resource.objects.get(slug="national-ataxia-foundation"))
    data = sent(document.model_dump(mode="json"))
    for name in ("number", "label", "languages", "hours", "source"):
        data[f"phones-7-{name}"] = ""
    data["phones-7-type"] = "voice"
    assert Sheet("organization", data, judged=True).document() == document
