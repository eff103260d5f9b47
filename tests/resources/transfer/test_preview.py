import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from resources import document as documents
from resources.models import Resource, Revision
from resources.transfer.preview import preview
from resources.transfer.reading import Entry
from resources.transfer.rows import flat
from tests.factories import (
    ConditionFactory,
    OrganizationFactory,
    ResourceFactory,
    ServiceFactory,
    TermFactory,
    TherapyFactory,
)
from tests.resources.document.strategies import listings, make_known

pytestmark = pytest.mark.django_db
GUIDE = {"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."}
SERVICE = GUIDE | {"kind": "service", "slug": "a-service", "service.provider": "a-provider"}
PROVIDER = GUIDE | {"kind": "organization", "slug": "a-provider"}


@pytest.fixture
def known():
    make_known()


def of_rows(*rows):
    return preview([Entry(place, row=row) for place, row in enumerate(rows, 2)])


def of_documents(*data):
    return preview([Entry(place, data=one) for place, one in enumerate(data, 1)])


def outcomes(plans):
    return [plan["outcome"] for plan in plans]


def fields(plan):
    return [field for field, _before, _after in plan["changes"]]


def data_of(listing):
    return documents.of(listing).model_dump(mode="json")


class TestOutcomes:
    def test_a_slug_that_is_not_there_is_new(self):
        [plan] = of_rows(GUIDE)
        assert (plan["outcome"], plan["slug"], plan["name"], plan["kind"], plan["base"]) == ("new", "a-guide", "A guide", "guide", 0)
        assert documents.read(plan["document"]) == documents.Listing(**GUIDE)

    def test_a_listing_as_it_stands_is_the_same(self):
        listing = OrganizationFactory(published=True, phones=["1-800-555-0100"])
        for [plan] in (of_rows(flat(documents.of(listing))), of_documents(data_of(listing))):
            assert (plan["outcome"], plan["document"], plan["changes"]) == ("same", None, [])

    def test_a_change_is_told_field_by_field(self):
        listing = OrganizationFactory(slug="one", fees="Free")
        [plan] = of_rows({"slug": "one", "fees": "$10", "organization.year_founded": "1957"})
        assert plan["outcome"] == "changed"
        assert plan["changes"] == [["fees", "Free", "$10"], ["organization.year_founded", "", "1957"]]
        assert documents.read(plan["document"]).name == listing.name

    def test_a_change_remembers_the_revision_on_which_it_was_seen(self):
        listing = ResourceFactory(slug="one")
        for why in ("first", "second", "third"):
            documents.save(documents.of(listing), resource=Resource.objects.get(pk=listing.pk), why=why, verb="edit", by_name="x")
        assert of_rows({"slug": "one", "fees": "$10"})[0]["base"] == 3

    def test_nothing_is_saved(self):
        ResourceFactory(slug="one")
        of_rows({"slug": "one", "fees": "$10"}, GUIDE)
        assert (Resource.objects.get().fees, Revision.objects.count()) == ("", 0)

    @pytest.mark.usefixtures("known")
    @settings(max_examples=20, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much])
    @given(st.lists(listings(), min_size=1, max_size=3, unique_by=lambda listing: listing.slug))
    def test_what_is_planned_is_plain_data_that_holds_the_whole_document(self, several):
        for plans in (of_rows(*map(flat, several)), of_documents(*(one.model_dump(mode="json") for one in several))):
            kept = json.loads(json.dumps(plans))
            assert outcomes(kept) == ["new"] * len(several)
            assert [documents.read(plan["document"]) for plan in kept] == several


class TestColumnsLeftOut:
    def test_a_column_that_the_file_leaves_out_stays_and_an_empty_cell_empties(self):
        listing = OrganizationFactory(published=True, slug="one", fees="Free", waiting="Two weeks", phones=["1-800-555-0100"])
        [plan] = of_rows({"slug": "one", "fees": ""})
        after = documents.read(plan["document"])
        assert after == documents.of(listing).model_copy(update={"fees": ""})

    def test_other_line_ends_are_no_change(self):
        listing = ResourceFactory(slug="one", description="One\r\ntwo", documents=["A", "B"])
        row = flat(documents.of(listing)) | {"description": "One\ntwo", "documents": "A\r\nB"}
        assert outcomes(of_rows(row)) == ["same"]

    def test_a_new_listing_needs_what_every_listing_needs(self):
        [plan] = of_rows({"slug": "one", "fees": ""})
        assert plan["outcome"] == "bad"
        assert plan["reasons"] == ["'kind' is missing", "'name' is missing", "'summary' is missing"]

    def test_a_json_document_is_whole(self):
        listing = ResourceFactory(slug="one", fees="Free")
        [plan] = of_documents({"kind": "guide", "slug": "one", "name": listing.name, "summary": listing.summary})
        assert plan["changes"] == [["fees", "Free", ""]]


class TestBadRows:
    @pytest.mark.parametrize(
        ("row", "reason"),
        [
            (GUIDE | {"terms.need": "respite\ngold"}, "unknown term 'need: gold'"),
            (GUIDE | {"conditions": "ataxia\nataxa"}, "unknown condition 'ataxa'"),
            (SERVICE | {"service.provider": "nobody"}, "unknown provider 'nobody'"),
            (SERVICE | {"service.therapies": "magic"}, "unknown therapy 'magic'"),
            (SERVICE | {"service.provider": "a-therapy"}, "unknown provider 'a-therapy'"),
            (GUIDE | {"kind": "charity"}, "'kind': choose 'organization'"),
            (GUIDE | {"phones": "555"}, "'phones': write a list"),
            (GUIDE | {"phones": '[{"number": "211", "source": "about"}]'}, "source 'about' is cited but not listed under sources"),
            (GUIDE | {"slug": "A Guide"}, "'slug': use small letters"),
            (GUIDE | {"slug": ""}, "'slug' is missing"),
            (GUIDE | {"description": "a\x00b"}, "it holds a NUL, or half of a character"),
            (GUIDE | {"description": "a\ud800b"}, "it holds a NUL, or half of a character"),
            (GUIDE | {"locations": '[{"city": "\\u0000"}]'}, "it holds a NUL, or half of a character"),
        ],
    )
    def test_the_reason_is_said(self, row, reason):
        OrganizationFactory(slug="a-provider")
        TherapyFactory(slug="a-therapy")
        TermFactory(slug="respite")
        ConditionFactory(slug="ataxia")
        [plan] = of_rows(row)
        assert plan["outcome"] == "bad"
        assert plan["document"] is None
        assert [one for one in plan["reasons"] if reason in one]

    @pytest.mark.parametrize(
        ("data", "reason"),
        [
            (GUIDE | {"phone": "1"}, "unknown key 'phone'"),
            (GUIDE | {"format": 2}, "'format': choose 1"),
            (GUIDE | {"format": []}, "'format': choose 1"),
            (GUIDE | {"name": json.loads("[" * 900 + "]" * 900)}, "this is not a listing document"),
            (GUIDE | {"slug": 5}, "'slug': write a text"),
            (GUIDE | {"state": "published"}, "unknown key 'state'"),
            (GUIDE | {"terms": {"sausage": ["a"]}}, "unknown term 'sausage: a'"),
            (GUIDE | {"website": "https://example.org/\x00"}, "it holds a NUL, or half of a character"),
            (GUIDE | {"name\ud800": 1}, "it holds a NUL, or half of a character"),
            ({}, "'slug' is missing"),
        ],
    )
    def test_the_reason_is_said_of_a_document_too(self, data, reason):
        [plan] = of_documents(data)
        assert plan["outcome"] == "bad"
        assert [one for one in plan["reasons"] if reason in one]

    def test_what_was_found_while_the_file_was_read_counts(self):
        [plan] = preview([Entry(2, row=GUIDE, faults=["the cell in column 9 has no column name above it"])])
        assert (plan["outcome"], plan["reasons"]) == ("bad", ["the cell in column 9 has no column name above it"])

    def test_a_slug_that_stands_twice_is_named_with_its_places(self):
        plans = of_rows(GUIDE, GUIDE | {"slug": "other"}, GUIDE | {"name": "Another"})
        assert outcomes(plans) == ["bad", "new", "bad"]
        assert plans[0]["reasons"] == plans[2]["reasons"] == ["the slug “a-guide” stands more than once, at 2, 4"]

    def test_a_listing_keeps_its_kind(self):
        OrganizationFactory(slug="one")
        for [plan] in (of_rows(GUIDE | {"slug": "one"}), of_documents(GUIDE | {"slug": "one"})):
            assert plan["outcome"] == "bad"
            assert plan["reasons"] == [
                "“organization” cannot become “guide”: make a new listing with a slug of its own, and retire this one"
            ]

    def test_a_published_listing_stays_complete(self):
        ResourceFactory(slug="shown", published=True)
        ResourceFactory(slug="draft", first_step="Call.")
        shown, draft = of_rows({"slug": "shown", "first_step": "", "sources": ""}, {"slug": "draft", "first_step": ""})
        assert shown["reasons"] == ["it is published, and it does not say what to do first", "it is published, and it has no source"]
        assert draft["outcome"] == "changed"

    def test_an_incomplete_published_listing_that_the_file_leaves_as_it_is_is_the_same(self):
        listing = TherapyFactory(published=True)
        assert outcomes(of_documents(data_of(listing))) == ["same"]
        assert outcomes(of_documents(data_of(listing) | {"fees": "$10"})) == ["bad"]

    def test_what_is_quoted_of_a_bad_row_can_be_shown_and_stored(self):
        [plan] = of_documents({"slug": "\ud800\x00" + "s" * 500, "k" * 5_000: 1, "\x00": 1})
        text = json.dumps(plan, ensure_ascii=False)
        assert len(text.encode()) < 2_000
        assert "\\u0000" not in text

    def test_a_listing_of_faults_ends(self):
        [plan] = of_documents({f"key{number}": 1 for number in range(200)})
        assert len(plan["reasons"]) == 20


class TestWithinOneFile:
    def test_a_service_may_name_a_provider_of_the_same_file(self):
        assert outcomes(of_rows(SERVICE, PROVIDER)) == ["new", "new"]

    def test_it_may_name_a_therapy_of_the_same_file(self):
        therapy = flat(documents.of(TherapyFactory(slug="a-therapy"))) | {"slug": "another-therapy"}
        assert outcomes(of_rows(PROVIDER, SERVICE | {"service.therapies": "another-therapy"}, therapy)) == ["new", "new", "new"]

    def test_a_guide_of_the_same_file_is_no_provider(self):
        assert outcomes(of_rows(SERVICE, PROVIDER | {"kind": "guide"})) == ["bad", "new"]


@pytest.mark.parametrize(("stands", "waits"), [({"published": True}, True), ({"checked": True}, True), ({}, False)])
def test_a_change_of_a_published_or_checked_listing_is_only_proposed(stands, waits):
    listing = ResourceFactory(slug="one", **stands)
    [plan] = of_rows({"slug": "one", "fees": "$10"})
    assert (plan["outcome"], plan["waits"], plan["listing"]) == ("changed", waits, listing.pk)


def test_many_rows_take_as_many_queries_as_few(django_assert_max_num_queries):
    rows = [flat(documents.of(ServiceFactory(published=True, phones=["211"]))) | {"fees": "$10"} for _ in range(30)]
    with django_assert_max_num_queries(18):
        assert outcomes(of_rows(*rows, *[GUIDE | {"slug": f"new-{number}"} for number in range(30)])) == ["changed"] * 30 + ["new"] * 30
