"""The finder page: what a family sees of an answer."""

import pytest
from django.http import QueryDict

from resources.finder.criteria import PAGE_SIZE
from resources.finder.filters import ResourceFilter
from resources.finder.index import Index
from tests.factories import (
    ConditionFactory,
    ConditionNameFactory,
    MoneyFactory,
    OrganizationFactory,
    PhoneFactory,
    ResourceFactory,
    TermFactory,
    kinship,
)
from tests.shell.reading import Page, asked, shown, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def find(client):
    """`find("kind=money")`: the finder's page."""

    def read(query=""):
        response = client.get(f"/find/?{query}")
        assert response.status_code == 200
        return Page(response)

    return read


@pytest.fixture
def hypoplasia():
    """A condition with a parent and a narrower type, and a listing for each of them and for everybody."""
    made = kinship(joubert_syndrome=["cerebellar-hypoplasia"], cerebellar_hypoplasia=["rare-disease"])
    OrganizationFactory(published=True, slug="for-all", name="A")
    OrganizationFactory(published=True, slug="rare", name="B", conditions=[made["rare-disease"]])
    MoneyFactory(published=True, slug="own", name="C", conditions=[made["cerebellar-hypoplasia"]])
    OrganizationFactory(published=True, slug="joubert-only", name="D", conditions=[made["joubert-syndrome"]])
    return made


def notes(page):
    return " ".join(text(note) for note in page.all('*[@role="note"]'))


def test_without_a_question_everything_published_is_shown(find):
    ResourceFactory(slug="draft")
    ResourceFactory(published=True, slug="b", name="B")
    OrganizationFactory(published=True, slug="a", name="A")
    found = find()
    assert found.slugs == ["a", "b"]
    assert [card.get("data-kind") for card in found.all("article")] == ["organization", "guide"]
    assert found.count == 2
    assert found.title == "Find help · Caregiver Finder"
    assert found.chips == {}


def test_a_condition_finds_its_own_its_ancestors_and_general_listings_and_says_by_which(find, hypoplasia):
    found = find("condition=cerebellar-hypoplasia")
    assert found.slugs == ["own", "rare", "for-all"]
    assert [text(card.find("p")) for card in found.all("article")] == [
        "Money · for Cerebellar hypoplasia",
        "Organization · for a wider group: Rare disease",
        "Organization",
    ]


def test_listings_for_a_narrower_type_are_named_outside_the_count(find, hypoplasia):
    found = find("condition=cerebellar-hypoplasia")
    assert found.count == 3
    (link,) = found.all('section[@aria-labelledby="narrower"]//a')
    assert link.get("href") == "/organizations/joubert-only/"
    assert "for Joubert syndrome" in text(found.one('section[@aria-labelledby="narrower"]'))
    assert not find("condition=joubert-syndrome").all('*[@id="narrower"]')
    assert not find("condition=cerebellar-hypoplasia&kind=money").all('*[@id="narrower"]')


def test_a_card_says_what_to_do_first_who_qualifies_whom_to_call_and_when_it_was_seen(find):
    listing = ResourceFactory(published=True, first_step="Ring the desk.", eligibility="Families in Texas.", alert="Moving in May.")
    PhoneFactory(resource=listing, number="1-800-555-0199", label="Help desk")
    PhoneFactory(resource=listing, number="1-800-555-0666", source=None)
    card = find().one("article")
    for words in ("Ring the desk.", "Families in Texas.", "Moving in May.", "1-800-555-0199", "Help desk", "ound on pages we cite on"):
        assert words in text(card)
    assert "0666" not in text(card)
    assert [link.get("href") for link in card.findall(".//a[@class='phone']")] == ["tel:+18005550199"]


def test_each_applied_filter_is_a_chip_that_takes_away_itself_alone(find):
    sma, cp = ConditionFactory(slug="sma"), ConditionFactory(slug="cp")
    need = TermFactory(slug="respite", label="A break")
    MoneyFactory(published=True, name="Ramp fund", terms=[need], conditions=[sma, cp])
    query = "q=ramp&condition=sma&condition=cp&kind=money&kind=guide&need=respite&checked=year&sort=name&page=1"
    found = find(query)
    applied = {
        "ramp ×": ("q", "ramp"),
        "Sma ×": ("condition", "sma"),
        "Cp ×": ("condition", "cp"),
        "Money ×": ("kind", "money"),
        "Guide ×": ("kind", "guide"),
        "A break ×": ("need", "respite"),
        "Found or checked in the last 12 months ×": ("checked", "year"),
    }
    assert {f"{label} ×" for label in found.chips} == set(applied)
    for label, (name, value) in applied.items():
        expected = asked(f"?{query}")
        expected.pop("page")
        expected[name] = [one for one in expected[name] if one != value]
        assert asked(found.chips[label.removesuffix(" ×")]) == {name: values for name, values in expected.items() if values}


def test_chips_say_that_they_remove_and_lead_to_the_results(find):
    MoneyFactory(published=True)
    (chip,) = find("kind=money").all('a[@class="chip"]')
    assert text(chip) == "Remove filter Kind of help: Money ×"
    assert chip.get("href").endswith("#results")
    (clear,) = [link for link in find("kind=money").all("a") if text(link) == "Clear all"]
    assert clear.get("href") == "/find/"


def test_chosen_values_stay_ticked_and_their_group_says_how_many(find):
    ResourceFactory(published=True, terms=[TermFactory(slug="respite"), TermFactory(slug="crisis")])
    found = find("need=respite&need=crisis&checked=year&q=plain")
    ticked = [(box.get("name"), box.get("value")) for box in found.all("input[@checked]")]
    assert ticked == [("need", "crisis"), ("need", "respite"), ("checked", "year")]
    assert [text(group) for group in found.all("summary")] == [
        "Near a place",
        "Kind of help",
        "What you need 2 chosen",
        "Last checked 1 chosen",
    ]


def test_a_condition_that_is_applied_stays_ticked_by_its_name(find, hypoplasia):
    (box,) = [box for box in find("condition=cerebellar-hypoplasia").all("input[@checked]") if box.get("name") == "condition"]
    assert (box.get("type"), box.get("value")) == ("checkbox", "cerebellar-hypoplasia")


def test_options_carry_the_count_that_choosing_them_alone_gives(find, hypoplasia):
    MoneyFactory(published=True, terms=[TermFactory(slug="respite")])
    query = "condition=cerebellar-hypoplasia&kind=money"
    options = find(query).options
    assert options["kind"] == {"organization": 2, "money": 2}
    assert options["need"] == {"respite": 1}
    vocabularies = Index.load().vocabularies
    for facet, counts in options.items():
        for value, count in counts.items():
            alone = QueryDict(query, mutable=True)
            alone.setlist(facet, [value])
            assert ResourceFilter(alone, vocabularies=vocabularies).qs.count() == count == find(alone.urlencode()).count


def test_a_chosen_value_that_finds_nothing_is_still_shown(find):
    OrganizationFactory(published=True)
    found = find("kind=money")
    assert found.count == 0
    assert found.options["kind"] == {"organization": 1, "money": 0}


def test_filters_are_fieldsets_of_checkboxes_in_a_form_that_only_a_button_sends(find):
    ResourceFactory(published=True, terms=[TermFactory()])
    found = find()
    form = found.one('form[@id="finder"]')
    assert (form.get("method"), form.get("action")) == ("get", "/find/#results")
    applies = [button for button in form.findall(".//button[@type='submit']") if text(button) == "Apply"]
    assert len(applies) >= 2
    for group in form.findall(".//details"):
        assert text(group.find("fieldset/legend")) in text(group.find("summary"))
        assert {box.get("type") for box in group.findall(".//input")} <= {"checkbox", "radio", "text"}
    triggers = [element.get("hx-trigger") for element in found.all("*[@hx-trigger]")]
    assert triggers == ["input changed delay:250ms"]


def test_the_condition_is_typed_not_chosen_from_a_long_list(find):
    ConditionFactory.create_batch(3)
    found = find()
    picker = found.by_id("f-condition")
    assert (picker.tag, picker.get("type"), picker.get("name")) == ("input", "text", "condition")
    assert picker.get("hx-get") == "/conditions/suggest/?pick=find"
    assert not found.all("datalist")
    assert not found.all("select")


def test_skip_links_lead_to_the_results_and_the_filters(find):
    found = find()
    skips = [link.get("href") for link in found.one("body")[:3]]
    assert skips == ["#main", "#results", "#filters"]
    for href in skips:
        assert found.by_id(href[1:]).get("tabindex") == "-1"


def test_the_count_is_announced_once_and_the_list_is_not(find):
    ResourceFactory(published=True)
    found = find()
    counted = [status for status in found.all('*[@role="status"]') if text(status)]
    assert [status.get("id") for status in counted] == ["result-count"]
    assert text(counted[0]) == "1 result"
    assert not [element for element in found.all("*[@aria-live]") if element.iter("article")]


def test_the_title_says_the_question_and_the_count(find):
    ConditionFactory(slug="sma", name="Spinal muscular atrophy")
    MoneyFactory(published=True, name="Ramp fund")
    found = find("q=ramp&condition=sma&kind=money")
    assert found.title == "Spinal muscular atrophy, “ramp”, Money: 1 result · Caregiver Finder"
    assert text(found.by_id("results")) == "1 result for Spinal muscular atrophy, “ramp”, Money"


@pytest.mark.parametrize("query", ["q=ramp", "kind=money", "page=2", "nonsense=1"])
def test_only_the_plain_finder_is_for_search_engines(find, query):
    assert not find().is_noindex
    assert find(query).is_noindex
    assert find(query).one('link[@rel="canonical"]').get("href") == "http://testserver/find/"


def test_what_is_unknown_is_named_and_left_out(find):
    MoneyFactory(published=True, slug="fund")
    found = find("kind=money&kind=nonsense&page=two&sort=%3Cb%3E")
    assert found.slugs == ["fund"]
    assert notes(found).startswith("Part of the address was not understood and was left out:")
    for words in ("Kind of help: “nonsense”", "Page: “two”", "Order: “<b>”"):
        assert words in notes(found)
    assert not find("kind=money").all('*[@role="note"]')


def test_a_typed_name_leads_to_the_view_of_that_condition(client):
    condition = ConditionFactory(slug="cerebellar-hypoplasia", name="Cerebellar hypoplasia")
    ConditionNameFactory(condition=condition, name="CBLH")
    for typed in ("CBLH", "cerebellar hypoplasia", "Cerebellar%20Hypoplasia!"):
        response = client.get(f"/find/?condition={typed}&kind=money&page=2")
        assert response.status_code == 302
        assert asked(response.url) == {"condition": ["cerebellar-hypoplasia"], "kind": ["money"]}


@pytest.mark.parametrize(
    "typed", ["Cerebellar++hypoplasia", "+cerebellar+hypoplasia+", "cerebellar%09hypoplasia", "cerebellar%00hypoplasia"]
)
def test_a_name_typed_untidily_leads_there_too(client, typed):
    ConditionFactory(slug="cerebellar-hypoplasia", name="Cerebellar hypoplasia")
    response = client.get(f"/find/?condition={typed}")
    assert response.status_code == 302
    assert asked(response.url) == {"condition": ["cerebellar-hypoplasia"]}


def test_a_typed_name_is_added_to_the_conditions_that_are_applied(client):
    ConditionFactory(slug="sma")
    ConditionFactory(slug="cerebellar-hypoplasia", name="Cerebellar hypoplasia")
    response = client.get("/find/?condition=sma&condition=Cerebellar+hypoplasia&condition=nothing+known")
    assert asked(response.url) == {"condition": ["sma", "cerebellar-hypoplasia", "nothing known"]}


def offers(found):
    """What a typed name may mean: `{link: parameters behind it}`."""
    return {text(link): asked(link.get("href")) for link in found.all('ul[@class="suggestions"]/li/a')}


def test_words_that_may_mean_several_conditions_offer_each_before_anything_is_shown(find):
    for slug in ("cerebellar-hypoplasia", "cerebellar-atrophy"):
        ConditionFactory(slug=slug, name=slug.replace("-", " ").capitalize())
    MoneyFactory(published=True)
    found = find("condition=cerebellar&kind=money")
    assert text(found.by_id("results")) == "“cerebellar” may mean:"
    assert offers(found) == {
        "Cerebellar hypoplasia": {"condition": ["cerebellar-hypoplasia"], "kind": ["money"]},
        "Cerebellar atrophy": {"condition": ["cerebellar-atrophy"], "kind": ["money"]},
    }
    assert found.slugs == []
    (none_of_these,) = [link for link in found.main.iter("a") if text(link).startswith("None of these")]
    assert asked(none_of_these.get("href")) == {"kind": ["money"]}


def test_one_name_of_two_conditions_is_not_decided_for_the_family(find):
    for slug in ("first", "second"):
        ConditionNameFactory(condition=ConditionFactory(slug=slug), name="CP")
    assert {query["condition"][0] for query in offers(find("condition=cp")).values()} == {"first", "second"}


@pytest.mark.parametrize("typed", ["no+such+thing", "no++such%00thing+"])
def test_what_names_no_condition_is_looked_for_as_words(client, typed):
    ResourceFactory(published=True, slug="general")
    ResourceFactory(published=True, slug="named", summary="There is no such thing.")
    response = client.get(f"/find/?condition={typed}&kind=guide")
    assert asked(response.url) == {"q": ["no such thing"], "kind": ["guide"]}
    assert Page(client.get(response.url)).slugs == ["named"]


@pytest.mark.parametrize(
    "query", ["condition=zebra", "condition=zebra&q=ramp", "condition=sma&condition=zebra", "condition=zebra&condition=yak"]
)
def test_what_was_typed_is_never_dropped_in_silence(client, query):
    ConditionFactory(slug="sma")
    ResourceFactory(published=True, name="A ramp")
    found = Page(client.get(f"/find/?{query}", follow=True))
    assert found.response.status_code == 200
    words = text(found.main) + found.by_id("f-q").get("value", "")
    assert all(typed in words for typed in ("zebra", "yak") if typed in query)


def test_no_result_is_help(find):
    OrganizationFactory(published=True, slug="ramps", name="Ramps")
    OrganizationFactory.create_batch(2, published=True)
    sma = ConditionFactory(slug="sma", name="Spinal muscular atrophy")
    MoneyFactory(published=True, conditions=[ConditionFactory()])
    found = find(f"q=ramps&kind=money&condition={sma.slug}")
    assert found.count == 0
    ways = {text(link): link.get("href") for link in found.one('div[@class="panel nothing"]').findall(".//a")}
    assert ways["211"] == "tel:211"
    assert ways["Clear all filters"] == "/find/"
    dropped = {label: href for label, href in ways.items() if label.startswith("Without ")}
    assert {label: asked(href) for label, href in dropped.items()} == {
        "Without Kind of help: 1 result": {"q": ["ramps"], "condition": ["sma"]},
    }
    for href in dropped.values():
        assert find(href.partition("?")[2].partition("#")[0]).count == 1


@pytest.mark.parametrize(
    ("query", "left_out", "shown_names"),
    [
        ("q=ramps+for+the+moon", "moon", ["Ramps and lifts"]),
        ("q=ramps+lifts+moon+zebra", "moon zebra", ["Ramps and lifts"]),
        ("q=moon&kind=organization", "moon", ["Lifts", "Ramps and lifts"]),
    ],
)
def test_words_that_find_nothing_together_lead_to_the_closest(find, query, left_out, shown_names):
    OrganizationFactory(published=True, name="Ramps and lifts")
    OrganizationFactory(published=True, name="Lifts")
    found = find(query)
    assert (found.count, found.slugs) == (0, [])
    closest = found.one('section[@aria-labelledby="closest"]')
    assert f"Closest, without “{left_out}”" in text(closest)
    assert [link.text for link in closest.iter("a")] == shown_names


def test_a_word_that_nothing_is_near_to_has_no_closest(find):
    OrganizationFactory(published=True, name="Ramps")
    assert not find("q=moon").all('section[@aria-labelledby="closest"]')


def test_results_come_in_pages_that_keep_the_question(find):
    for number in range(PAGE_SIZE + 1):
        MoneyFactory(published=True, slug=f"fund-{number:02}", name=f"Fund {number:02}")
    first = find("kind=money&sort=name")
    assert len(first.slugs) == PAGE_SIZE
    assert first.count == PAGE_SIZE + 1
    assert shown(first.one('nav[@class="pages"]')) == "Page 1 of 2 Next"
    (onward,) = first.all('a[@rel="next"]')
    assert asked(onward.get("href")) == {"kind": ["money"], "sort": ["name"], "page": ["2"]}
    assert not first.all('a[@rel="prev"]')
    last = find("kind=money&sort=name&page=2")
    assert last.slugs == [f"fund-{PAGE_SIZE}"]
    assert asked(last.one('a[@rel="prev"]').get("href")) == {"kind": ["money"], "sort": ["name"]}
    assert not last.all('a[@rel="next"]')


@pytest.mark.parametrize("number", ["3", "999999", "9" * 400])
def test_a_page_beyond_the_last_is_the_last(find, number):
    for _ in range(PAGE_SIZE + 1):
        ResourceFactory(published=True)
    assert find(f"page={number}").slugs == find("page=2").slugs


def test_the_order_can_be_chosen(find):
    ResourceFactory.create_batch(2, published=True)
    found = find("sort=name")
    (chosen,) = found.all("option[@selected]")
    assert chosen.get("value") == "name"
    assert [option.get("value") for option in found.all("option")] == ["", "name", "checked"]
    assert text(found.one('label[@for="f-sort"]')) == "Order"


def test_a_filtered_view_links_its_feed(find):
    found = find("kind=money&page=2")
    address = found.one('link[@type="application/atom+xml"]').get("href")
    assert address.startswith("/find/feed/?")
    assert asked(address)["kind"] == ["money"]
    assert address in [link.get("href") for link in found.all("a")]


def test_nothing_typed_can_become_a_tag(find):
    ConditionNameFactory(name="A <b>name</b>")
    ConditionNameFactory(name="A <b>nation</b>")
    assert "<b>" not in find("condition=%3Cb%3Ena").html
    found = find("q=%3Cscript%3Ealert(1)%3C/script%3E&sort=%22%3E%3Cimg src=x%3E&kind=%3Csvg onload=x%3E")
    assert "<script>alert" not in found.html
    assert not [image for image in found.all("img") if image.get("src") == "x"]
    assert not found.all("svg[@onload]")
    assert found.by_id("f-q").get("value") == "<script>alert(1)</script>"


def test_an_empty_result_leads_to_the_wider_condition_and_to_the_condition_alone(find, hypoplasia):
    found = find("condition=cerebellar-hypoplasia&kind=guide&q=zebra&checked=provider")
    assert found.count == 0
    ways = {text(link): link.get("href") for link in found.one('div[@class="panel nothing"]').findall(".//a")}
    assert ways["Help for the wider group: Rare disease"] == "/conditions/rare-disease/"
    (alone,) = [label for label in ways if "without any other filter" in label]
    assert alone == "Cerebellar hypoplasia without any other filter: 3 results"
    assert find(asked_of(ways[alone])).count == 3
    assert not any(label.startswith("Without ") for label in ways)


def asked_of(href):
    return href.partition("?")[2].partition("#")[0]


def test_an_empty_result_offers_a_spelling_that_finds_something(find):
    MoneyFactory(published=True, name="Wheelchairs & ramps")
    (link,) = [link for link in find("q=the+whelchair&kind=money").main.iter("a") if text(link) == "the wheelchairs"]
    assert find(asked_of(link.get("href"))).count == 1
    for query in ("q=whelchair&kind=guide", "q=zebra", "q=wheelchair", "q=wheel"):
        assert "Did you mean" not in text(find(query).main)


def test_a_broad_result_offers_the_choices_that_tell_most(find):
    half, few = TermFactory(slug="half", label="Half & <b>half</b>"), TermFactory(slug="few")
    for number in range(104):
        ResourceFactory(published=True, terms=[half] if number % 2 else [few] if number == 0 else [])
    MoneyFactory(published=True)
    links = find().one('p[@class="narrowing"]').findall("a")
    assert [text(link) for link in links] == ["Half & <b>half</b> (52)", "Money (1)"]
    for link in links:
        assert f"({find(asked_of(link.get('href'))).count})" in text(link)
    assert not find("kind=money").all('p[@class="narrowing"]')


def test_matched_words_are_marked_in_the_summary(find):
    ResourceFactory(published=True, name="A", summary="Ramps, <mark>ramping</mark> & grants for O'Haras.")
    (summary,) = [part for part in find("q=ramp+o'hara").one("article").findall("p") if part.findall("mark")]
    assert text(summary) == "Ramps, <mark>ramping</mark> & grants for O'Haras."
    assert [text(mark) for mark in summary.findall("mark")] == ["Ramps", "ramping", "O'Haras"]
    assert not find("").one("article").findall("p/mark")


def test_labels_of_facets_cannot_become_tags(find):
    hostile = "\"><script>alert('1')</script>&amp;"
    ResourceFactory(published=True, terms=[TermFactory(slug="a", label=hostile, group=hostile[:20])])
    TermFactory(slug=hostile, label="B").resources.add(ResourceFactory(published=True))
    found = find()
    assert not found.parse_errors
    assert [script for script in found.all("script") if "alert" in text(script)] == []
    assert [text(option.find("span")) for option in found.all('label[@data-facet="need"]')] == [hostile, "B"]
    assert found.options["need"] == {hostile: 1, "a": 1}


def test_options_stand_under_the_name_of_their_group(find):
    terms = [
        TermFactory(slug=slug, group=group, position=n)
        for n, (slug, group) in enumerate([("a", "family"), ("b", "family"), ("c", "money")])
    ]
    ResourceFactory(published=True, terms=[*terms, TermFactory(slug="z", position=9)])
    (group,) = [one for one in find("need=a").all("fieldset") if text(one.find("legend")) == "What you need"]
    assert [text(part) for part in group[1:]] == ["Family", "A 1 results", "B 1 results", "Money", "C 1 results", "Z 1 results"]
