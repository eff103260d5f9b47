"""When something is wrong the page helps, and asks nothing of what may be broken."""

from unittest import mock

import pytest
from django.test import Client

from .reading import Page, text
from .rules import breaches


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def broken_rules(made):
    return {breach.partition(":")[0] for breach in breaches(made)}


def leads_on(made):
    """Addresses of the main part, those to call among them."""
    return {element.get("href") or element.get("action") for element in made.main.iter() if element.tag in ("a", "form")}


@pytest.mark.parametrize(
    "address", ["/nothing/", "/find/nothing/", "/%00/", "/%3Cscript%3Ealert(1)%3C/script%3E/", "/" + "x" * 5000 + "/", "/ümläut/"]
)
def test_an_address_that_leads_nowhere_helps_on(client, address):
    response = client.get(address)
    made = Page(response)
    assert response.status_code == 404
    assert broken_rules(made) <= {"names_its_canonical_address"}
    assert made.is_noindex
    assert "We cannot find that page" in text(made.one("h1"))
    assert {"/conditions/", "/find/", "tel:211"} <= leads_on(made)
    assert "<script>alert" not in made.html


@pytest.mark.parametrize(
    "query", ["&".join(f"a{number}=1" for number in range(5_100)), "&".join("kind=money" for _ in range(5_100))], ids=["names", "values"]
)
def test_far_too_many_parameters_are_refused_with_a_page_that_helps(client, query):
    response = client.get(f"/find/?{query}")
    made = Page(response)
    assert response.status_code == 400
    assert broken_rules(made) <= {"names_its_canonical_address"}
    assert made.is_noindex
    assert {"/conditions/", "/find/", "tel:211"} <= leads_on(made)


def test_another_host_name_is_refused_and_not_repeated(client):
    response = client.get("/find/", headers={"Host": "evil.example"})
    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()
    assert "default-src 'self'" in response["Content-Security-Policy"]


def test_a_fault_of_ours_says_whom_to_call_and_asks_no_database(client):
    """No `django_db` mark: any query would fail, and a broken database must not break this page."""
    with mock.patch("resources.finder.views.Search", side_effect=ZeroDivisionError("canary")):
        response = client.get("/find/?q=canary")
    made = Page(response)
    assert response.status_code == 500
    assert broken_rules(made) <= {"names_its_canonical_address"}
    assert made.is_noindex
    assert {"tel:911", "tel:988", "tel:211", "/"} <= leads_on(made)
    assert "canary" not in made.html
    assert "Traceback" not in made.html


def test_a_form_that_is_not_ours_is_refused_with_a_page():
    response = Client(enforce_csrf_checks=True).post("/find/")
    assert response.status_code == 403
    assert "Nothing was saved" in response.content.decode()
    assert broken_rules(Page(response)) <= {"names_its_canonical_address"}
