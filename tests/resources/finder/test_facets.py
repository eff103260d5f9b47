import pytest
from django.http import QueryDict

from resources.finder.facets import FACETS
from resources.finder.search import Search
from resources.models import ResourceKind, Term
from tests.factories import ResourceFactory, TermFactory


def test_every_vocabulary_is_a_facet_but_what_an_organization_offers():
    """Offers are mapped to needs, by which families ask."""
    assert {facet.vocabulary for facet in FACETS if facet.vocabulary} == set(Term.Vocabulary) - {Term.Vocabulary.OFFER}


@pytest.mark.django_db
@pytest.mark.parametrize("facet", [facet for facet in FACETS if facet.vocabulary], ids=lambda facet: facet.name)
def test_a_new_word_is_a_choice_without_more_code(facet):
    word = TermFactory(vocabulary=facet.vocabulary, slug="new-word", label="A new word")
    ResourceFactory(published=True, terms=[word])
    ((shown),) = [one for one in Search(QueryDict("")).facets if one["name"] == facet.name]
    assert [(option["value"], option["label"], option["count"]) for option in shown["options"]] == [("new-word", "A new word", 1)]


@pytest.mark.django_db
def test_kinds_are_a_facet_too():
    ResourceFactory(published=True, kind=ResourceKind.GUIDE)
    (kinds,) = [one for one in Search(QueryDict("")).facets if one["name"] == "kind"]
    assert [(option["value"], option["count"]) for option in kinds["options"]] == [("guide", 1)]
