import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import document as documents
from resources.document import Listing, shape
from resources.document.store import MODELS, PLAIN
from resources.models import Evidence, Resource

from .strategies import listings
from .test_reading import of_kind

# What a workflow writes: a document that held it could forge a check when it is restored.
WORKFLOW = {field.name for model in (Resource, Evidence) for field in model._meta.local_fields if not field.editable}
WORKFLOW |= {"by", "by_name", "at", "verb", "revision"}


def field_names(schema):
    """The names of all fields of a JSON schema, at any depth."""
    if isinstance(schema, dict):
        yield from schema.get("properties", {})
        for inner in schema.values():
            yield from field_names(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from field_names(inner)


def test_a_document_holds_no_field_of_the_workflow():
    names = set(field_names(Listing.model_json_schema()))
    assert {"slug", "citation", "applies_to"} <= names
    assert {"uuid", "state", "found_on", "checked_on", "checked_by", "checked_how", "next_check_on", "waits_for"} <= WORKFLOW
    assert names & WORKFLOW == set()


@pytest.mark.parametrize("kind", MODELS)
def test_every_column_of_a_kind_is_in_its_document(kind):
    own = {field.name for field in MODELS[kind]._meta.local_fields} - {"resource_ptr", "provider"}
    assert own == set(PLAIN[kind])


def test_every_column_of_a_listing_is_in_the_document():
    columns = {field.name for field in Resource._meta.local_fields if field.editable and not field.primary_key}
    renamed = {"funding_status": "funding", "funding_note": "funding"}
    assert {renamed.get(name, name) for name in columns} <= set(Listing.model_fields)


@settings(suppress_health_check=[HealthCheck.too_slow])
@given(listings(), st.randoms(use_true_random=False))
def test_the_order_of_what_has_no_order_does_not_matter(listing, random):
    data = listing.model_dump(mode="json")

    def shuffled(values):
        return random.sample([*values, *values], 2 * len(values))

    other = data | {
        "conditions": shuffled(data["conditions"]),
        "unconfirmed": shuffled(data["unconfirmed"]),
        "terms": {name: shuffled(slugs) for name, slugs in reversed(data["terms"].items())} | {"format": []},
        "evidence": [row | {"sources": shuffled(row["sources"])} for row in random.sample(data["evidence"], len(data["evidence"]))],
    }
    if listing.service:
        other["service"] = data["service"] | {"therapies": shuffled(data["service"]["therapies"])}
    assert documents.read(other).model_dump(mode="json") == data


@pytest.mark.parametrize("name", ["phones", "locations", "documents", "also_known_as", "sources"])
def test_the_order_of_what_has_an_order_is_kept(name):
    data = of_kind("guide")
    turned = documents.read(data | {name: data[name][::-1]})
    assert turned.model_dump(mode="json")[name] == data[name][::-1]


def test_spaces_around_a_text_do_not_count():
    listing = Listing(kind="guide", slug="a-guide", name="  A guide ", summary="\n What it is.\n\n", documents=[" one "])
    assert (listing.name, listing.summary, listing.documents) == ("A guide", "What it is.", ["one"])


@pytest.mark.parametrize("kind", ["therapy", "school", "money", "guide"])
def test_every_citation_is_told(kind):
    listing = documents.read(of_kind(kind))
    expected = {"therapy": ["about", "news", "news", "about"], "guide": ["about"]}.get(kind, ["about", "about"])
    assert sorted(listing.cited()) == sorted(expected)


def test_a_listing_of_nothing_cites_nothing():
    assert list(Listing(kind="organization", slug="a", name="A", summary="", organization=shape.Organization()).cited()) == []
