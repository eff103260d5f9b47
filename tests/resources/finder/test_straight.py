"""Where the search on the home page leads: to a condition, to the finder, or to conditions to choose from."""

import pytest

from tests.factories import ConditionFactory, ConditionNameFactory, OrganizationFactory, TermFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world():
    dandy = ConditionFactory(slug="dandy-walker-malformation", name="Dandy-Walker malformation")
    ConditionFactory(slug="ataxia", name="Ataxia")
    ConditionFactory(slug="leukemia", name="Acute stem cell leukemia", origin="mondo")
    ConditionNameFactory(condition=dandy, name="DWM")
    TermFactory(slug="respite")
    TermFactory(slug="mobility")
    OrganizationFactory(published=True, name="What is known of stem cells")


def led_to(client, typed):
    response = client.get("/conditions/", {"q": typed})
    return response.headers.get("Location", "").replace("#results", "")


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("DWM", "/conditions/dandy-walker-malformation/"),
        ("dandy walker", "/conditions/dandy-walker-malformation/"),
        ("my son has Dandy Walker", "/conditions/dandy-walker-malformation/"),
        ("respite for ataxia", "/find/?q=respite+for+ataxia"),
        ("stem cells", "/find/?q=stem+cells"),
        ("I want to die", "/find/?q=I+want+to+die"),
        ("no such thing at all", "/find/?q=no+such+thing+at+all"),
    ],
)
def test_what_is_typed_leads_straight_to(client, typed, address):
    assert led_to(client, typed) == address


@pytest.mark.parametrize("typed", ["dandi walkr malformation", "MRI: ataxia, cause unclear"])
def test_where_it_is_not_sure_the_conditions_are_shown_to_choose_from(client, typed):
    assert led_to(client, typed) == ""
