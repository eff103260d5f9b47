"""What was typed and not saved is kept for its writer, and never touches the listing."""

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
