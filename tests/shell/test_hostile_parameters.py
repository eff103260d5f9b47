"""Whatever stands in an address: never a fault of ours, and nothing of it becomes a tag."""

from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.models import Condition
from resources.models import Proposal, Resource
from tests.factories import ConditionFactory, ConditionNameFactory, OrganizationFactory, ResourceFactory, TermFactory, kinship

from .reading import Page
from .rules import nothing_is_inline

pytestmark = pytest.mark.django_db
PARAMETERS = {
    "/find/": [
        "q",
        "condition",
        "kind",
        "need",
        "stage",
        "audience",
        "language",
        "format",
        "cost",
        "state",
        "near",
        "within",
        "as",
        "checked",
        "sort",
        "page",
    ],
    "/find/feed/": ["q", "condition", "kind", "need", "state", "near", "within", "checked", "sort", "page"],
    "/conditions/": ["q", "letter", "page"],
    "/conditions/suggest/": ["q", "condition", "pick"],
    "/report/": ["listing", "page"],
    "/report/thanks/": ["listing"],
}
PAIRS = [(address, name) for address, names in PARAMETERS.items() for name in names]
# Already encoded, so that what no text can hold is tried too.
VALUES = {
    "10,000 letters": "x" * 10_000,
    "10,000 words": "a+b+" * 2_500,
    "10,000 letters beyond ASCII": quote("ü" * 10_000),
    "10,000 emoji": quote("😀" * 10_000),
    "one that grows when folded": quote("ﷺ" * 400),
    "null": "%00",
    "null in a slug": "sma%00",
    "control characters": "%01%08%0B%1B%7F%C2%80%C2%9F",
    "line breaks": "a%0D%0ASet-Cookie:+b=c",
    "not a character": "%EF%BF%BE%EF%BF%BF%EF%B7%90",
    "lone surrogates": "%ED%A0%80%ED%BF%BF",
    "broken UTF-8": "%FF%C0%AF%E2%82",
    "broken percent": "%zz%",
    "script": quote("<script>alert(1)</script>"),
    "attribute": quote("\" onmouseover=alert(1) x='"),
    "end of a data block": quote("</script><img src=x onerror=alert(1)>"),
    "template": quote("{{ settings.SECRET_KEY }}{% debug %}"),
    "SQL": quote("' OR 1=1; DROP TABLE resources_resource; --"),
    "SQL pattern": quote("%_\\%"),
    "regular expression": quote("(a+)+$[[[***"),
    "path": quote("../../../etc/passwd"),
    "address": quote("https://evil.example/"),
    "two slashes": quote("//evil.example/"),
    "right to left": quote("\u202eמילים\u202c العربية"),
    "combining marks": quote("Z" + "̈" * 500),
    "emoji": quote("👩‍👩‍👧"),
    "digits of another script": quote("١٢٣²①"),
    "huge number": "9" * 5_000,
    "negative number": "-1",
    "no number": "NaN",
    "exponent": "1e309",
    "white space": "+%09%0A+",
    "nothing": "",
    "brackets": "%5B%5D",
}


@pytest.fixture(autouse=True)
def a_small_catalogue():
    cache.clear()
    made = kinship(sma_5q=["sma"], sma=["rare-disease"])
    ConditionNameFactory(condition=made["sma"], name="SMA's other name, 100%_sure")
    ConditionFactory(slug="undiagnosed-condition")
    OrganizationFactory(published=True, conditions=[made["sma"]], terms=[TermFactory(slug="respite"), TermFactory(vocabulary="area")])
    ResourceFactory(published=True)


def check(client, address, query):
    """Follows redirects, as a browser would; gives the last answer."""
    response = client.get(f"{address}?{query}", follow=True)
    allowed = (200, 404) if address.startswith("/report/") else (200,)
    assert response.status_code in allowed, f"{response.status_code} at {address}?{query[:200]}"
    assert all(url.startswith("/") and not url.startswith("//") for url, _ in response.redirect_chain)
    assert not response.cookies
    html = response.content.decode()
    for trace in ("<script>alert", "<img src=x", "for-tests-alone", "root:x:"):
        assert trace not in html
    if response["Content-Type"].startswith("text/html"):
        page = Page(response)
        assert [*page.parse_errors, *nothing_is_inline(page)] == [], f"{address}?{query[:200]}"
    return response


@pytest.mark.parametrize("what", VALUES)
@pytest.mark.parametrize("address", PARAMETERS)
def test_no_value_of_any_parameter_breaks_a_page(client, address, what):
    for name in PARAMETERS[address]:
        check(client, address, f"{name}={VALUES[what]}")


@pytest.mark.parametrize(("address", "name"), PAIRS)
def test_a_parameter_may_be_repeated_with_anything(client, address, name):
    check(client, address, "&".join(f"{name}={value}" for value in VALUES.values() if len(value) < 200))


@pytest.mark.parametrize("address", PARAMETERS)
@pytest.mark.parametrize(
    "query", ["=", "&&&", "q", "q&q", "=x", "%00=x", "q[]=x", "q=a;kind=b", "?q=a", "csrfmiddlewaretoken=x", "_method=DELETE"]
)
def test_a_query_that_is_hardly_one_breaks_nothing(client, address, query):
    check(client, address, query)


@pytest.mark.parametrize("address", PARAMETERS)
@given(data=st.data())
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_no_parameters_whatever_break_a_page(client, address, data):
    value = st.text(max_size=20) | st.sampled_from(["sma", "SMA's other name", "respite", "organization", "near", "find", "2", "A"])
    asked = data.draw(st.dictionaries(st.sampled_from(PARAMETERS[address]), st.lists(value, min_size=1, max_size=3)))
    check(client, address, urlencode(asked, doseq=True))


@pytest.mark.parametrize("address", ["/find/", "/conditions/", "/report/"])
@pytest.mark.parametrize(
    "htmx", [{"HX-Request": "true"}, {"HX-Request": "true", "HX-Current-URL": "https://evil.example/%zz", "HX-Prompt": "\x00"}]
)
def test_headers_of_htmx_break_nothing(client, address, htmx):
    assert client.get(address, headers=htmx).status_code == 200


def test_nothing_that_was_asked_changed_anything(client):
    before = (Resource.objects.count(), Condition.objects.count())
    for address, name in PAIRS:
        check(client, address, f"{name}={VALUES['SQL']}")
    assert (Resource.objects.count(), Condition.objects.count(), Proposal.objects.count()) == (*before, 0)


@pytest.mark.parametrize("codec", ["base64", "hex", "undefined", "rot13", "nonsense", "utf-16", "idna", "punycode"])
def test_a_codec_that_is_none_for_texts_does_no_harm(client, codec):
    content_type = f"application/x-www-form-urlencoded; charset={codec}"
    assert client.generic("GET", "/find/?q=%C3%A9", content_type=content_type).status_code in (200, 400)
    assert client.generic("POST", "/report/", b"problem=%E9", content_type=content_type).status_code == 400
