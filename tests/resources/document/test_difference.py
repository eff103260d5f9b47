import json
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from resources import document as documents
from resources.document import labels, rows
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
    ("guide", ("conditions",), ["ataxia"], "conditions", "Ataxia\nJoubert syndrome", "Ataxia"),
    ("guide", ("terms", "need"), ["respite"], "terms.need", "Fine motor\nRespite", "Respite"),
    ("guide", ("funding", "note"), "Gifts", "funding.note", "", "Gifts"),
    ("guide", ("coverage",), "national", "coverage", "Worldwide", "All of the United States"),
    ("school", ("school", "practice_is_ours"), False, "school.practice_is_ours", "Yes", "No"),
]


@pytest.mark.parametrize(("kind", "place", "value", "field", "before", "after"), CHANGES)
def test_one_change_is_told_by_its_field(kind, place, value, field, before, after):
    one = of_kind(kind)
    assert told(documents.read(one), documents.read(changed(one, place, value))) == [(field, before, after)]


ROWS = [
    ("guide", ("phones", 0, "hours"), "", "phones.1-800-555-0100", "Phones"),
    ("guide", ("phones", 1, "source"), "news", "phones.1-800-555-0101", "Phones"),
    ("guide", ("phones", 1, "number"), "1-800-555-0111", "phones.#2", "Phones"),
    ("guide", ("sources", 1, "title"), "News", "sources.news", "Sources"),
    ("therapy", ("evidence", 1, "level"), "limited", "evidence.ataxia, children", "Evidence labels"),
    ("money", ("money", "amounts", 0, "year"), 2027, "money.amounts.$994 a month", "Amounts"),
]


@pytest.mark.parametrize(("kind", "place", "value", "field", "label"), ROWS)
def test_a_row_is_one_change_under_the_name_of_its_list(kind, place, value, field, label):
    one = of_kind(kind)
    (change,) = difference(documents.read(one), documents.read(changed(one, place, value)))
    assert (change.field, change.label) == (field, label)
    assert change.before and change.after and change.before != change.after


def with_phone(**phone):
    listing = of_kind("guide")
    return documents.read(listing), documents.read(changed(listing, ("phones",), [{"type": "voice"} | phone, *listing["phones"]]))


def test_a_row_that_came_or_went_is_a_line_of_words():
    before, after = with_phone(number="1-800-444-0000", label="Main line", source="news")
    (change,) = difference(before, after)
    news = next(source for source in after.sources if source.key == "news")
    words = f"1-800-444-0000 (Main line, Call, Seen on: {news.publisher}: {news.title})"
    assert (change.before, change.after, change.html) == ("", words, f"+ <ins>{words}</ins>")
    (change,) = difference(after, before)
    assert change.html == f"− <del>{words}</del>"


def test_terms_are_called_by_the_names_at_hand_and_no_query_is_made():
    one = of_kind("guide")
    other = documents.read(changed(one, ("terms", "need"), ["respite"]))
    (change,) = difference(documents.read(one), other, {"respite": "A break"})
    assert (change.label, change.after) == ("What you need", "A break")


TURNED = ["phones", "sources", "locations", "documents"]


@pytest.mark.parametrize("name", TURNED)
def test_another_order_is_a_difference_where_order_counts(name):
    one = of_kind("guide")
    assert difference(documents.read(one), documents.read(changed(one, (name,), one[name][::-1])))


def test_a_new_listing_differs_in_all_that_it_says():
    listing = documents.read(of_kind("guide"))
    fields = {field: after for field, _before, after in told(None, listing)}
    assert fields["name"] == "A guide"
    assert fields["sources.about"].startswith("National Ataxia Foundation, About us (")
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


def test_the_label_is_what_the_editor_shows():
    assert Change("hsds_status", "", "").label == "Open or closed"
    assert Change("first_step", "", "").label == "What to do first"
    assert Change("phones.hours", "", "").label == "Phones"  # of a row that is called so


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_label_and_every_listed_list_is_one(kind):
    document = documents.read(of_kind(kind))
    values = documents.fields(document)
    rows_of = {name: value for name, value in values.items() if isinstance(value, list) and value and isinstance(value[0], dict)}
    assert rows_of.keys() <= rows.LISTS.keys()
    inner = [f"{name.rpartition('.')[2]}.{key}" for name, value in rows_of.items() for key in value[0]]
    assert {*values, *inner} - {"format", "funding"} <= labels.LABELS.keys()
