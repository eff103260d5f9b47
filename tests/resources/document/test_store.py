import json
from contextlib import contextmanager
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.editorial import State
from conditions.files import Faulty
from resources import document as documents
from resources.document import shape, store
from resources.models import Evidence, Resource, Revision, Source
from tests.factories import OrganizationFactory, ServiceFactory, SourceFactory, TherapyFactory

from .strategies import KINDS, KNOWN, listings, make_known

pytestmark = pytest.mark.django_db
thorough = settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
WHO = {"why": "because", "verb": "edit", "by_name": "a test"}


@pytest.fixture
def known():
    make_known()


def fresh(resource):
    """The same listing, as another process finds it."""
    return Resource.objects.get(pk=resource.pk)


@contextmanager
def undone():
    """One try within a property: whatever it wrote is gone afterwards."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.usefixtures("known")
class TestRoundTrips:
    @thorough
    @given(listings())
    def test_what_is_saved_is_read_back_whole_from_the_rows_and_from_the_revision(self, listing):
        with undone():
            saved = documents.save(listing, **WHO)
            assert documents.of(saved) == listing
            assert documents.read(Revision.objects.get().document) == listing

    @thorough
    @given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(listings([kind]), listings([kind]))))
    def test_a_listing_that_becomes_another_keeps_nothing_of_the_first(self, pair):
        first, second = pair
        with undone():
            saved = documents.save(first, **WHO)
            for listing in (second, second, first):
                again = documents.save(listing, resource=fresh(saved), **WHO)
                assert documents.of(fresh(again)) == listing
                assert (again.pk, again.uuid) == (saved.pk, saved.uuid)
                assert Source.objects.count() == len(listing.sources)
            assert [revision.number for revision in saved.revisions.all()] == [4, 3, 2, 1]

    @given(listings())
    def test_a_document_is_the_same_after_a_trip_through_json(self, listing):
        assert documents.read(json.loads(json.dumps(listing.model_dump(mode="json")))) == listing


def example(kind, **fields):
    """A small document of a kind, from rows that the factories make."""
    fields |= {
        "organization": {"organization": shape.Organization()},
        "service": {"service": shape.Service(provider=KNOWN["providers"][0])},
        "money": {"money": shape.Money(form="grant", steps=["Apply"])},
        "therapy": {
            "therapy": shape.Therapy(
                form="drug",
                questions=[],
                **{name: "Text." for name, field in shape.Therapy.model_fields.items() if field.annotation is str and field.is_required()},
            )
        },
    }.get(kind, {})
    return documents.Listing(**{"kind": kind, "slug": "example", "name": "Example", "summary": "What it is."} | fields)


SOURCE = shape.Source(key="about", title="About", publisher="It", owner_kind="charity", seen_on=date(2026, 1, 1), supports="all")
LABEL = shape.Evidence(condition="ataxia", level="strong", standing="option", us_status="approved", why="Trials.", sources=["about"])


@pytest.mark.usefixtures("known")
class TestRules:
    def test_a_new_listing_begins_as_a_draft_with_a_first_revision(self):
        saved = documents.save(example("guide"), **WHO, source="a letter")
        assert saved.state == State.DRAFT
        assert (saved.found_on, saved.checked_on, saved.waits_for) == (None, None, "")
        revision = saved.revisions.get()
        assert (revision.number, revision.verb, revision.why, revision.by, revision.by_name, revision.source) == (
            *(1, "edit", "because", None, "a test", "a letter"),
        )

    def test_a_revision_names_the_person(self):
        person = get_user_model().objects.create_user("sam", first_name="Sam", last_name="Lee")
        documents.save(example("guide"), by=person, why="a call", verb="create")
        assert (Revision.objects.get().by, Revision.objects.get().by_name) == (person, "Sam Lee")

    def test_saving_leaves_the_state_and_the_check_alone(self):
        saved = documents.save(example("guide", first_step="Call."), **WHO)
        facts = {"state": State.PUBLISHED, "found_on": date(2026, 1, 2), "checked_on": date(2026, 2, 3), "checked_by": "Editor"}
        facts |= {"checked_how": "By phone", "next_check_on": date(2027, 2, 3), "waits_for": "nothing"}
        Resource.objects.filter(pk=saved.pk).update(**facts)
        documents.save(example("guide", first_step="Write."), resource=fresh(saved), **WHO)
        assert {name: getattr(fresh(saved), name) for name in facts} == facts
        assert fresh(saved).first_step == "Write."

    def test_an_evidence_label_that_stays_keeps_the_day_it_was_checked(self):
        other = LABEL.model_copy(update={"applies_to": "children"})
        saved = documents.save(example("therapy", sources=[SOURCE], evidence=[LABEL, other]), **WHO)
        Evidence.objects.update(checked_on=date(2026, 3, 4))
        changed = LABEL.model_copy(update={"level": "limited", "why": "A new review."})
        fresh_one = LABEL.model_copy(update={"condition": "sma"})
        documents.save(example("therapy", sources=[SOURCE], evidence=[changed, fresh_one]), resource=fresh(saved), **WHO)
        assert {(row.condition.slug, row.applies_to, row.level, row.checked_on) for row in Evidence.objects.all()} == {
            ("ataxia", "", "limited", date(2026, 3, 4)),
            ("sma", "", "strong", None),
        }

    @pytest.mark.parametrize(
        ("listing", "unknown"),
        [
            (example("guide", terms={"need": ["respite", "gold"]}), ["term 'need: gold'"]),
            (example("guide", terms={"offer": ["respite"]}), ["term 'offer: respite'"]),
            (example("guide", terms={"sausage": ["respite"]}), ["term 'sausage: respite'"]),
            (example("guide", conditions=["ataxia", "ataxa"]), ["condition 'ataxa'"]),
            (example("therapy", sources=[SOURCE], evidence=[LABEL.model_copy(update={"condition": "ataxa"})]), ["condition 'ataxa'"]),
            (example("service").model_copy(update={"service": shape.Service(provider="nobody")}), ["provider 'nobody'"]),
            (example("service").model_copy(update={"service": shape.Service(provider="therapy-one")}), ["provider 'therapy-one'"]),
            (
                example("service").model_copy(
                    update={"service": shape.Service(provider="provider-one", therapies=["magic", "provider-one"])}
                ),
                ["therapy 'magic'", "therapy 'provider-one'"],
            ),
            (
                example("money").model_copy(update={"money": shape.Money(form="grant", steps=[], provider="nobody")}),
                ["provider 'nobody'"],
            ),
        ],
    )
    def test_what_is_not_there_is_named_and_nothing_is_written(self, listing, unknown):
        before = Resource.objects.count()
        with pytest.raises(documents.UnknownReferences) as found:
            documents.save(listing, **WHO)
        assert found.value.unknown == unknown
        assert all(name in str(found.value) for name in unknown)
        assert Resource.objects.count() == before
        assert not Revision.objects.exists()

    def test_a_kind_stays_what_it_is(self):
        saved = documents.save(example("guide"), **WHO)
        with pytest.raises(ValueError, match="a guide cannot become a organization"):
            documents.save(example("organization"), resource=saved, **WHO)
        assert fresh(saved).kind == "guide"

    def test_a_save_that_fails_half_way_leaves_the_listing_as_it_was(self, monkeypatch):
        before = example("guide", documents=["A letter"])
        saved = documents.save(before, **WHO)

        def fail(*arguments, **options):
            raise DatabaseError("the disk is full")

        monkeypatch.setattr(store, "_replace", fail)
        with pytest.raises(DatabaseError):
            documents.save(example("guide", name="Other", conditions=["ataxia"]), resource=fresh(saved), **WHO)
        monkeypatch.undo()
        assert documents.of(fresh(saved)) == before
        assert Revision.objects.count() == 1

    def test_control_characters_are_kept_or_refused_but_never_lost(self):
        for letter in map(chr, [*range(1, 32), 127, 0x85, 0x2028]):
            for text in (f"{letter}one", f"one{letter}", f"o{letter}ne"):
                try:
                    listing = example("guide", slug=f"guide-{ord(letter)}-{text.index(letter)}", name=text, documents=[text, "two"])
                except ValueError:
                    continue
                assert documents.of(fresh(documents.save(listing, **WHO))) == listing, repr(text)

    @pytest.mark.parametrize(("field", "value"), [("website", "https://x.example/\0"), ("email", "a\0@example.org"), ("name", "a\0b")])
    def test_a_nul_is_refused_before_the_database_sees_it(self, field, value):
        with pytest.raises(Faulty):
            documents.read(example("guide").model_dump(mode="json") | {field: value})


def test_rows_that_people_made_become_documents_too():
    service = ServiceFactory(published=True, phones=["1-800-555-0100"])
    document = documents.of(service)
    assert document.slug == service.slug
    assert document.service.provider == service.provider.slug
    assert document.phones[0].number == "1-800-555-0100"
    assert document.phones[0].source in {source.key for source in document.sources}


def test_a_document_takes_as_many_queries_for_much_as_for_little(django_assert_max_num_queries):
    make_known()
    keys = [f"source-{number}" for number in range(30)]
    much = example(
        "therapy",
        conditions=KNOWN["conditions"],
        sources=[SOURCE.model_copy(update={"key": key}) for key in keys],
        phones=[shape.Phone(number="211", source=key) for key in keys],
        evidence=[LABEL.model_copy(update={"condition": slug, "sources": keys}) for slug in KNOWN["conditions"]],
    )
    saved = fresh(documents.save(much, **WHO))
    with django_assert_max_num_queries(14):
        assert documents.of(saved) == much


def test_the_rows_of_one_listing_are_not_those_of_another():
    first, second = OrganizationFactory(slug="one"), OrganizationFactory(slug="two")
    SourceFactory(resource=first, key="about")
    SourceFactory(resource=second, key="about")
    documents.save(documents.of(first).model_copy(update={"sources": []}), resource=first, **WHO)
    assert [source.resource_id for source in Source.objects.all()] == [second.pk]


def test_a_therapy_that_is_dropped_by_a_service_stays():
    therapy = TherapyFactory(slug="therapy-one")
    OrganizationFactory(slug="provider-one")
    saved = documents.save(
        example("service").model_copy(update={"service": shape.Service(provider="provider-one", therapies=["therapy-one"])}), **WHO
    )
    documents.save(example("service"), resource=fresh(saved), **WHO)
    assert not therapy.services.exists()
    assert fresh(therapy).slug == "therapy-one"
