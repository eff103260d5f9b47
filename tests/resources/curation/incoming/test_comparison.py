"""What a proposal would change, beside what the listing says today."""

import pytest

from resources import document as documents
from resources import workflow
from resources.curation.incoming.comparison import Comparison, number_of_fields
from resources.models import Proposal
from tests.factories import ResourceFactory

from .conftest import proposed

pytestmark = pytest.mark.django_db


def fetched(proposal):
    return Proposal.objects.select_related("resource").with_documents().get(pk=proposal.pk)


def test_each_row_of_a_list_is_an_item_in_words(listing):
    source = listing.sources.get().key
    proposal = fetched(proposed(listing, phones=[{"number": "555-0142", "hours": "Mornings", "source": source}]))
    (row,) = Comparison(proposal).rows
    assert (row.field, row.label) == ("phones", "Phones")
    (item,) = row.items
    assert item.change.after.startswith("555-0142 (Call, Mornings, Seen on: ")
    assert (item.conflicts, item.already) == (False, False)


def test_a_part_of_a_field_stands_under_it(listing):
    (row,) = Comparison(fetched(proposed(listing, funding={"status": "known", "note": "Gifts"}))).rows
    assert [part for part, _change in row.differs] == ["Do we know who pays for it?", "Who pays"]


def test_a_part_of_the_kind_is_a_field_of_its_own(listing):
    (row,) = Comparison(fetched(proposed(listing, **{"organization.legal_name": "The Fund, Inc."}))).rows
    assert (row.field, row.differs[0][0]) == ("organization.legal_name", "")


def test_the_same_change_made_by_another_is_no_conflict(listing, editing):
    proposal = proposed(listing, fees="Free", alert="We move.")
    editing(listing, fees="Free", alert="They move.")
    rows = {row.field: (row.conflicts, row.already) for row in Comparison(fetched(proposal)).rows}
    assert rows == {"fees": (False, True), "alert": (True, False)}


def test_a_listing_without_a_revision_is_compared_as_it_stands():
    guide = ResourceFactory(fees="$1")
    proposal = fetched(proposed(guide, fees="Free"))
    assert [(row.field, row.changes[0].before) for row in Comparison(proposal).rows] == [("fees", "$1")]


def test_a_document_of_another_kind_proposes_nothing(listing):
    other = documents.of(ResourceFactory())
    proposal = fetched(workflow.propose(origin="provider", resource=listing, document=other))
    assert Comparison(proposal).rows == []


def test_of_a_new_listing_only_what_is_said_is_shown():
    document = documents.of(ResourceFactory(name="A guide", fees="Free"))
    comparison = Comparison(fetched(workflow.propose(origin="suggestion", document=document)))
    assert [row.field for row in comparison.rows] == ["kind", "slug", "name", "summary", "fees"]


def test_fields_are_counted_from_the_revision_that_the_sender_saw(listing, editing):
    proposal = proposed(listing, fees="Free", alert="We move.")
    editing(listing, fees="Free")
    assert number_of_fields(fetched(proposal)) == 2
