"""A parent meets a word that they do not know."""

import pytest
from playwright.sync_api import expect

from .people import PHONE

pytestmark = [pytest.mark.journey, pytest.mark.usefixtures("catalogue")]


def test_a_hard_word_is_explained_without_losing_the_place(person, page):
    person.opens("/conditions/epilepsy/", PHONE)
    word = page.locator("#used-seizure")
    person.follows(word)

    meaning = page.locator("#word-seizure")
    expect(meaning).to_be_in_viewport()
    expect(meaning).to_contain_text("A sudden burst of signals in the brain")
    assert meaning.evaluate("element => getComputedStyle(element).position") == "fixed"

    person.follows(meaning.get_by_role("link", name="Close"))
    expect(word).to_be_in_viewport()
    assert meaning.evaluate("element => getComputedStyle(element).position") == "static"


def test_all_words_stand_on_one_page(person, page):
    person.opens("/therapies/riluzole/")
    person.follows(page.get_by_role("link", name="All words explained"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Words explained")
    person.follows(page.get_by_role("link", name="School words"))
    expect(page.locator("#school")).to_be_in_viewport()
