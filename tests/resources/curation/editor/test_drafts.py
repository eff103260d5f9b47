"""What was typed and not saved is kept for its writer, and never touches the listing."""

from copy import copy

import pytest

from resources.models import Draft
from tests.factories import OrganizationFactory

from .conftest import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def listing(written):
    return written(OrganizationFactory(name="Friends", fees="Free", published=True))


def test_a_draft_is_filled_in_when_its_writer_comes_back(ana, ben, listing):
    ana.opens(listing)
    assert "Draft saved at" in words(ana.presses("draft", name="", fees="Ten dollars"))  # it may lack what is needed
    assert "This is your draft of" in words(ana.opens(listing))
    assert (ana.form["name"], ana.form["fees"]) == ([""], ["Ten dollars"])
    ben.opens(listing)
    assert ben.form["fees"] == ["Free"]
    listing.refresh_from_db()
    assert listing.name == "Friends" and listing.revisions.count() == 1


def test_the_script_keeps_it_without_a_page(ana, listing):
    ana.opens(listing)
    assert ana.presses("autosave", fees="Nine").json() == {"saved": True}
    ana.presses("autosave", fees="Ten")
    assert Draft.objects.get().data["fees"] == ["Ten"]
    assert "csrfmiddlewaretoken" not in Draft.objects.get().data


def test_discarding_brings_back_the_listing(ana, listing):
    ana.opens(listing)
    ana.presses("draft", fees="Ten dollars")
    ana.client.post(ana.address, {"do": "discard"})
    ana.opens(listing)
    assert ana.form["fees"] == ["Free"]


def test_it_goes_once_the_edit_is_saved(ana, listing):
    ana.opens(listing)
    ana.presses("draft", fees="Ten dollars")
    ana.presses("save", why="Seen on their page.")
    assert not Draft.objects.exists()


def test_what_was_refused_is_kept(ana, listing):
    ana.opens(listing)
    ana.presses("save", fees="Ten dollars", first_step="", why="Seen.")
    assert Draft.objects.get().data["fees"] == ["Ten dollars"]


def test_a_new_listing_has_one_draft_a_kind(ana):
    ana.opens("guide")
    ana.presses("draft", name="A guide")
    ana.opens("money")
    ana.presses("draft", name="A grant")
    ana.presses("draft", name="A loan")
    ana.opens("guide")
    assert ana.form["name"] == ["A guide"]
    assert Draft.objects.count() == 2


def test_what_was_sent_before_the_save_and_comes_after_it_leaves_no_draft(ana, ben, listing):
    ana.opens(listing)
    ana.presses("save", fees="Ten dollars", why="Seen on their page.")
    assert ana.presses("autosave", fees="Ten doll").status_code == 409
    assert not Draft.objects.exists()
    ben.opens(listing)
    ana.opens(listing)
    ana.presses("save", waiting="Two weeks", why="They told me.")
    assert ben.presses("autosave", fees="Nine").json() == {"saved": True}  # what another saved costs nobody their words


class TestTwoTabsOfOnePerson:
    """Neither takes the other's place unasked, and no word of either is lost."""

    @pytest.fixture
    def tabs(self, ana, listing):
        """Two, opened one after the other before anything is typed."""
        other = copy(ana)
        ana.opens(listing)
        other.opens(listing)
        return ana, other

    def test_the_script_is_told_and_the_draft_stays(self, tabs):
        one, other = tabs
        assert one.presses("autosave", fees="Nine").json() == {"saved": True}
        answer = other.presses("autosave", fees="Ten")
        assert (answer.status_code, answer.json()) == (409, {"saved": False})
        assert one.presses("autosave", fees="Nine dollars").status_code == 200
        assert Draft.objects.get().data["fees"] == ["Nine dollars"]

    @pytest.mark.parametrize(("button", "status"), [("draft", 409), ("look", 200), ("add:phones", 200), ("difference", 200)])
    def test_without_a_script_the_page_tells_and_keeps_what_was_typed(self, tabs, button, status):
        one, other = tabs
        one.presses("draft", fees="Nine")
        answer = other.presses(button, fees="Ten")
        assert (answer.status_code, other.form["fees"]) == (status, ["Ten"])
        assert "You have this open in another tab too" in words(answer)
        assert Draft.objects.get().data["fees"] == ["Nine"]

    def test_told_so_the_writer_may_keep_this_one_and_the_other_tab_is_told_then(self, tabs):
        one, other = tabs
        one.presses("draft", fees="Nine")
        other.presses("draft", fees="Ten")
        assert "Draft saved at" in words(other.presses("draft"))
        assert Draft.objects.get().data["fees"] == ["Ten"]
        assert "in another tab too" in words(one.presses("draft", fees="Nine dollars"))

    def test_a_tab_that_was_opened_on_the_draft_goes_on_with_it(self, ana, listing):
        ana.opens(listing)
        ana.presses("draft", fees="Nine")
        later = copy(ana)
        later.opens(listing)
        assert later.form["fees"] == ["Nine"]
        assert later.presses("autosave", fees="Ten").status_code == 200
        assert ana.presses("autosave", fees="Eleven").status_code == 409

    def test_what_one_tab_saves_leaves_the_draft_of_the_other(self, tabs):
        one, other = tabs
        one.presses("draft", waiting="A week")
        answer = other.client.post(other.address, other.form | {"fees": ["Ten"], "why": ["Seen."], "do": ["save"]}, follow=True)
        assert "It is kept as your draft" in words(answer)
        assert Draft.objects.get().data["waiting"] == ["A week"]
        one.presses("save", why="They told me.")
        assert one.form["fees"] == ["Ten"] and one.form["waiting"] == ["A week"]  # both, to be looked over

    def test_a_tab_of_before_the_draft_was_discarded_keeps_what_it_has(self, tabs):
        one, other = tabs
        one.presses("draft", fees="Nine")
        one.client.post(one.address, {"do": "discard"})
        assert other.presses("autosave", fees="Ten").status_code == 200
