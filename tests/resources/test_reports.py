"""Report a problem: without account, cookie, JavaScript, or any trace of who sent it."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.editorial import State
from resources.models import Proposal
from tests.factories import ResourceFactory
from tests.shell.reading import Page, text
from tests.shell.rules import breaches

pytestmark = pytest.mark.django_db
GOOD = {"problem": "wrong", "message": "The number has changed.", "website": ""}
PER_HOUR = 10
LONGEST = Proposal._meta.get_field("note").max_length


@pytest.fixture(autouse=True)
def nobody_has_reported_yet():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client():
    """Enforces what a browser meets: a form without a token would be refused wherever one is asked for."""
    return Client(enforce_csrf_checks=True)


def whole(response):
    """The page, which keeps every rule for pages."""
    made = Page(response)
    assert breaches(made) == []
    return made


def test_the_form_asks_nothing_about_the_sender(client):
    form = whole(client.get("/report/")).one('form[@method="post"]')
    names = {field.get("name") for field in form.iter() if field.tag in ("input", "textarea", "select")}
    assert names == {"problem", "message", "website"}


def test_every_problem_can_be_chosen(client):
    values = [box.get("value") for box in Page(client.get("/report/")).all('input[@type="radio"]')]
    assert values == Proposal.Problem.values


def test_people_do_not_meet_the_trap_for_programs(client):
    found = Page(client.get("/report/"))
    trap = found.one('div[@class="trap"]')
    field = found.one('input[@name="website"]')
    assert field in trap.iter()
    assert trap.get("aria-hidden") == "true"
    assert field.get("tabindex") == "-1"
    assert text(found.main).count("Leave this empty") == 1


def test_a_report_on_a_listing_is_stored_for_curators(client):
    listing = ResourceFactory(published=True, name="The fund")
    address = f"/report/?listing={listing.slug}"
    assert "The fund" in text(whole(client.get(address)).main)
    response = client.post(address, GOOD)
    assert (response.status_code, response.url) == (302, f"/report/thanks/?listing={listing.slug}")
    (report,) = Proposal.objects.all()
    assert (report.resource_id, report.page, report.problem, report.note) == (listing.pk, "", "wrong", GOOD["message"])
    assert report.state == "open"
    thanks = whole(client.get(response.url))
    assert "Your report is saved" in text(thanks.main)
    assert listing.get_absolute_url() in [link.get("href") for link in thanks.main.iter("a")]


def test_a_report_on_a_page_keeps_its_address(client):
    client.post("/report/?page=/conditions/cerebral-palsy/", GOOD)
    (report,) = Proposal.objects.all()
    assert (report.resource, report.page) == (None, "/conditions/cerebral-palsy/")


def test_a_report_on_nothing_in_particular_is_stored_too(client):
    response = client.post("/report/", {"problem": "other"})
    assert response.url == "/report/thanks/"
    (report,) = Proposal.objects.all()
    assert (report.resource, report.page, report.note) == (None, "", "")


def test_every_page_links_to_the_form_and_names_itself(client):
    link = next(link for link in Page(client.get("/about/")).all("a") if text(link) == "Report a problem with this page")
    assert link.get("href") == "/report/?page=/about/"
    client.post(link.get("href"), GOOD)
    assert Proposal.objects.get().page == "/about/"


def test_nothing_about_the_sender_is_kept(client):
    client.post("/report/", GOOD, REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="Canary/1.0", HTTP_REFERER="https://canary.example/")
    (row,) = Proposal.objects.values()
    assert {name for name, value in row.items() if value} == {"id", "origin", "problem", "note", "at", "state"}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        remembered = repr(row) + repr(cursor.fetchall())
    for trace in ("203.0.113", "Canary", "canary.example"):
        assert trace not in remembered


def test_no_cookie_is_set_and_nothing_is_cached(client):
    for response in (client.get("/report/"), client.post("/report/", {}), client.post("/report/", GOOD)):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_a_form_on_another_site_is_refused(client, site):
    response = client.post("/report/", GOOD, headers={"Sec-Fetch-Site": site})
    assert response.status_code == 403
    assert whole(response).is_noindex
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("headers", [{}, {"Sec-Fetch-Site": "same-origin"}, {"Sec-Fetch-Site": "none"}, {"Origin": "null"}])
def test_our_own_form_and_old_browsers_are_not_refused(client, headers):
    assert client.post("/report/", GOOD, headers=headers).status_code == 302
    assert Proposal.objects.count() == 1


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client):
    response = client.post("/report/", GOOD | {"website": "https://spam.example/"})
    assert response.url == "/report/thanks/"
    assert not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "sentence"),
    [
        ({"problem": ""}, "id_problem_0", "Choose what the problem is"),
        ({"problem": "nonsense"}, "id_problem_0", "nonsense"),
        ({"message": "x" * (LONGEST + 1)}, "id_message", str(LONGEST)),
    ],
)
def test_an_error_is_told_above_and_at_its_field_in_the_same_words(client, wrong, field, sentence):
    response = client.post("/report/", GOOD | wrong)
    assert response.status_code == 400
    found = whole(response)
    assert found.title.startswith("Error: Report a problem")
    summary = found.by_id("error-summary")
    assert text(summary.find("h2")) == "There is a problem"
    assert (summary.get("role"), summary.get("tabindex")) == ("alert", "-1")
    (link,) = summary.iter("a")
    assert link.get("href") == f"#{field}"
    assert sentence in text(link)
    beside = found.one('p[@class="field-error"]')
    assert text(beside) == f"Error: {text(link)}"
    described = {name for element in found.main.iter() for name in (element.get("aria-describedby") or "").split()}
    assert beside.get("id") in described
    assert not Proposal.objects.exists()


def test_what_was_written_survives_an_error(client):
    found = Page(client.post("/report/", {"problem": "", "message": "My <words> & more"}))
    assert found.one("textarea").text.strip() == "My <words> & more"
    found = Page(client.post("/report/", {"problem": "unsafe", "message": "x" * (LONGEST + 1)}))
    (chosen,) = found.all("input[@checked]")
    assert chosen.get("value") == "unsafe"


def test_too_many_reports_from_one_network_wait_and_lose_no_words(client):
    for _ in range(PER_HOUR):
        assert client.post("/report/", GOOD).status_code == 302
    response = client.post("/report/", GOOD | {"message": "The eleventh."})
    assert response.status_code == 400
    found = whole(response)
    assert "Please try again in an hour" in text(found.by_id("error-summary"))
    assert found.one("textarea").text.strip() == "The eleventh."
    assert found.title.startswith("Error:")
    assert Proposal.objects.count() == PER_HOUR
    assert client.post("/report/", GOOD, REMOTE_ADDR="203.0.113.77").status_code == 302


def test_behind_our_proxy_networks_are_told_apart_by_the_address_that_it_saw(client, settings):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1  # as BEHIND_PROXY sets it
    for number in range(PER_HOUR):
        client.post("/report/", GOOD, headers={"X-Forwarded-For": f"192.0.2.{number}, 203.0.113.77"})
    assert client.post("/report/", GOOD, headers={"X-Forwarded-For": "192.0.2.99, 203.0.113.77"}).status_code == 400
    assert client.post("/report/", GOOD, headers={"X-Forwarded-For": "203.0.113.78"}).status_code == 302


def test_without_a_proxy_nobody_can_pass_for_another(client):
    for number in range(PER_HOUR):
        client.post("/report/", GOOD, headers={"X-Forwarded-For": f"192.0.2.{number}"})
    assert client.post("/report/", GOOD, headers={"X-Forwarded-For": "203.0.113.78"}).status_code == 400


def test_mistakes_do_not_count_as_reports(client):
    for _ in range(PER_HOUR + 1):
        client.post("/report/", {})
    assert client.post("/report/", GOOD).status_code == 302


@pytest.mark.parametrize("slug", ["nothing-known", "%00", "%3Cscript%3E", "x" * 10_000, "Ümläut"])
def test_an_unknown_listing_is_not_found(client, slug):
    for response in (client.get(f"/report/?listing={slug}"), client.post(f"/report/?listing={slug}", GOOD)):
        assert response.status_code == 404
    assert not Proposal.objects.exists()


@pytest.mark.parametrize("state", [state for state in State if state != State.PUBLISHED])
def test_what_is_not_published_cannot_be_reported_nor_named(client, state):
    listing = ResourceFactory(state=state, name="A secret draft")
    assert client.get(f"/report/?listing={listing.slug}").status_code == 404
    assert client.post(f"/report/?listing={listing.slug}", GOOD).status_code == 404
    assert "secret" not in client.get(f"/report/thanks/?listing={listing.slug}").content.decode()
    assert not Proposal.objects.exists()


@given(message=st.text(max_size=300), page_address=st.text(max_size=300))
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_any_words_are_kept_as_they_are_or_refused_with_a_sentence(client, message, page_address):
    cache.clear()
    Proposal.objects.all().delete()
    response = client.post("/report/", GOOD | {"message": message}, query_params={"page": page_address})
    stored = Proposal.objects.first()
    if response.status_code == 302:
        assert stored.note == message.strip()
        assert stored.page == page_address.replace("\x00", "")[:200]
    else:
        assert response.status_code == 400
        assert "There is a problem" in response.content.decode()
        assert stored is None
