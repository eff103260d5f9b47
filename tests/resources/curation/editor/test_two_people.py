"""Two people on one listing are told of each other, and nothing is overwritten unseen."""

import pytest

from resources import document as documents
from resources.models import Resource
from tests.factories import OrganizationFactory
from tests.shell.reading import Page, text

from .conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(written):
    return written(OrganizationFactory(name="Friends", fees="Free", waiting="", published=True))


def saved(listing):
    return documents.of(Resource.objects.get(pk=listing.pk))


def test_who_has_a_draft_or_saved_lately_is_named(ana, ben, listing):
    ana.opens(listing)
    ana.presses("draft", fees="Ten dollars")
    assert "Ana Reyes has been editing this since" in words(ben.opens(listing))
    ben.presses("save", waiting="Two weeks", why="They told me.")
    assert "Edited by Ben Okafor on" in words(ana.opens(listing))  # over her draft
    ana.client.post(ana.address, {"do": "discard"})
    assert "Edited by Ben Okafor at" in words(ana.opens(listing))


def test_different_changes_are_brought_together(ana, ben, listing):
    ana.opens(listing)
    ben.opens(listing)
    ben.presses("save", waiting="Two weeks", why="They told me.")
    response = ana.presses("save", fees="Ten dollars", why="Seen on their page.")
    assert response.status_code == 409
    assert "Edited by Ben Okafor at" in words(response) and "Taken over from them: How long people wait" in words(response)
    assert (ana.form["waiting"], ana.form["fees"], ana.form["why"]) == (["Two weeks"], ["Ten dollars"], ["Seen on their page."])
    assert (saved(listing).waiting, saved(listing).fees) == ("Two weeks", "Free")
    assert ana.presses("save").status_code == 302
    assert (saved(listing).waiting, saved(listing).fees) == ("Two weeks", "Ten dollars")


@pytest.mark.parametrize(("choice", "stays"), [("theirs", "Five dollars"), ("mine", "Ten dollars")])
def test_where_both_changed_a_field_one_chooses(ana, ben, listing, choice, stays):
    ana.opens(listing)
    ben.opens(listing)
    ben.presses("save", fees="Five dollars", waiting="Two weeks", why="They told me.")
    response = ana.presses("save", fees="Ten dollars", why="Seen on their page.")
    assert [text(one) for one in Page(response).all('p[@class="words-of"]')] == ["Five dollars", "Ten dollars"]
    assert ana.presses("difference").status_code == 200  # nobody has to choose before saving
    undecided = ana.presses("save")
    assert undecided.status_code == 400
    assert text(Page(undecided).one('div[@id="error-summary"]//li')) == "Choose whose “What it costs” stays."
    ana.presses("add:phones", **{"take-fees": choice})  # what was chosen stays chosen
    assert ana.presses("save").status_code == 302
    assert (saved(listing).fees, saved(listing).waiting) == (stays, "Two weeks")


def test_a_third_save_in_between_is_shown_too(ana, ben, listing):
    for fees in ("Five dollars", "Six dollars"):
        ana.opens(listing) if fees == "Five dollars" else None
        ben.opens(listing)
        ben.presses("save", fees=fees, why="They told me.")
        response = ana.presses("save", fees="Ten dollars", why="Seen.", **{"take-fees": "mine"})
        assert response.status_code == 409
    assert saved(listing).fees == "Six dollars"
    assert ana.form["conflict"] == ["fees"]


def test_a_base_that_never_was_overwrites_nothing(ana, listing):
    ana.opens(listing)
    response = ana.presses("save", base="77", fees="Ten dollars", why="Seen.")
    assert response.status_code == 409
    assert ana.form["conflict"] == ["fees"]
    assert saved(listing).fees == "Free"


@pytest.mark.parametrize("verb", ["check", "publish", "load_published"])
def test_what_changed_no_text_is_no_warning(ana, ben, listing, verb):
    document = saved(listing).model_dump(mode="json")
    listing.revisions.model.objects.write(resource=listing, document=document, verb=verb, why="As it was.", by=ben.person)
    assert "Ben Okafor" not in words(ana.opens(listing))


def test_after_my_own_save_older_ones_are_no_news(ana, ben, listing):
    ben.opens(listing)
    ben.presses("save", waiting="Two weeks", why="They told me.")
    ana.opens(listing)
    ana.presses("save", fees="Ten dollars", why="Seen.")
    assert "Ben Okafor" not in words(ana.opens(listing))
