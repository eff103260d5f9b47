import json
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resources import document as documents
from resources.document.difference import Change, difference

from .strategies import KINDS, listings
from .test_reading import changed, of_kind

quick = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def told(before, after):
    return [(change.field, change.before, change.after) for change in difference(before, after)]


@quick
@given(listings())
def test_a_document_does_not_differ_from_itself(listing):
    assert difference(listing, documents.read(json.loads(listing.model_dump_json()))) == []


@quick
@given(st.sampled_from(KINDS).flatmap(lambda kind: st.tuples(listings([kind]), listings([kind]))))
def test_documents_that_differ_have_a_difference_and_the_way_back_is_the_same(pair):
    one, other = pair
    forth, back = told(one, other), told(other, one)
    assert bool(forth) == (one != other)
    assert sorted(forth) == sorted((field, after, before) for field, before, after in back)


CHANGES = [
    ("guide", ("name",), "B guide", "name", "A guide", "B guide"),
    ("guide", ("conditions",), ["ataxia"], "conditions", "ataxia\njoubert-syndrome", "ataxia"),
    ("guide", ("terms", "need"), ["respite"], "terms.need", "fine_motor\nrespite", "respite"),
    ("guide", ("funding", "note"), "Gifts", "funding.note", "", "Gifts"),
    ("guide", ("phones", 0, "hours"), "", "phones.1-800-555-0100.hours", "Monday to Friday, 9 to 5 Eastern", ""),
    ("guide", ("phones", 1, "source"), "news", "phones.1-800-555-0101.source", "", "news"),
    ("guide", ("sources", 1, "title"), "News", "sources.news.title", "About us", "News"),
    ("therapy", ("evidence", 1, "level"), "limited", "evidence.ataxia (children).level", "not_recommended", "limited"),
    ("school", ("school", "practice_is_ours"), False, "school.practice_is_ours", "True", "False"),
    ("money", ("money", "amounts", 0, "year"), 2027, "money.amounts.1.year", "2026", "2027"),
]


@pytest.mark.parametrize(("kind", "place", "value", "field", "before", "after"), CHANGES)
def test_one_change_is_told_by_its_field(kind, place, value, field, before, after):
    one = of_kind(kind)
    assert told(documents.read(one), documents.read(changed(one, place, value))) == [(field, before, after)]


TURNED = ["phones", "sources", "locations", "documents"]


@pytest.mark.parametrize("name", TURNED)
def test_another_order_is_a_difference_where_order_counts(name):
    one = of_kind("guide")
    assert difference(documents.read(one), documents.read(changed(one, (name,), one[name][::-1])))


def test_a_new_listing_differs_in_all_that_it_says():
    listing = documents.read(of_kind("guide"))
    fields = {field: after for field, _before, after in told(None, listing)}
    assert fields["name"] == "A guide"
    assert fields["sources.about.publisher"] == "National Ataxia Foundation"
    assert all(before == "" for _field, before, _after in told(None, listing))


@pytest.mark.parametrize(
    ("before", "after", "html"),
    [
        ("Call us today", "Call them today", "Call <del>us</del> <ins>them</ins> today"),
        ("", "New words", "<ins>New words</ins>"),
        ("Old words", "", "<del>Old words</del>"),
        ("a <b> c", "a <i> c", "a <del>&lt;b&gt;</del> <ins>&lt;i&gt;</ins> c"),
    ],
)
def test_words_taken_away_and_put_in_are_marked(before, after, html):
    assert Change("name", before, after).html == html


class Words(HTMLParser):
    def __init__(self, html):
        super().__init__()
        self.tags, self.within, self.old, self.new = set(), "", [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.within = tag

    def handle_endtag(self, tag):
        self.within = ""

    def handle_data(self, data):
        self.old += data.split() if self.within != "ins" else []
        self.new += data.split() if self.within != "del" else []


words = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=30) | st.sampled_from(
    ["one two three", "one three", "<b>one</b> &amp;"]
)


@given(words, words)
@example("a b c", "c b a")
def test_both_texts_can_be_read_off_the_marked_words(before, after):
    marked = Words(Change("name", before, after).html)
    assert (marked.old, marked.new) == (before.split(), after.split())
    assert marked.tags <= {"ins", "del"}


def test_the_label_is_for_people():
    assert Change("phones.988.hours", "", "").label == "Phones › 988 › hours"
    assert Change("first_step", "", "").label == "First step"
