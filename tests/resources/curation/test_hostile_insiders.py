"""What somebody who is signed in may send, by slip or on purpose: a clean answer, and nothing breaks."""

import io

import openpyxl
import pytest

from resources import workflow
from resources.document.difference import Change
from resources.models import Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from resources.transfer.sheets import MAX_READ
from tests.factories import ConditionFactory, OrganizationFactory, PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(client):
    person = PersonFactory(role=SOCIAL_WORKER)
    client.force_login(person)
    return person


@pytest.mark.parametrize(
    "act", ["save:x", "autosave:x", "look:x", "preview:x", "add:phones:1", "pick:conditions:0:x:y", "beside:name:1", "none"]
)
def test_a_button_that_is_none_of_ours_is_not_found(client, worker, act):
    listing = OrganizationFactory()
    assert client.post(f"/work/listings/{listing.pk}/edit/", {"do": act}).status_code == 404


@pytest.mark.parametrize("data", [{"do": "autosave", "a\x00b": "1"}, {"do": "pick:conditions:0:x\x00", "conditions": "zz"}])
def test_a_nul_is_dropped_from_a_draft(client, worker, data):
    listing = OrganizationFactory()
    assert client.post(f"/work/listings/{listing.pk}/edit/", data).status_code in (200, 204)


def test_a_nul_is_dropped_from_a_reason(worker):
    listing = OrganizationFactory(published=True)
    workflow.retire(resource=listing, by=PersonFactory(role=EDITOR), why="Closed\x00.")
    assert listing.revisions.first().why == "Closed."


def test_the_address_of_what_was_public_stays(client, worker):
    editor = PersonFactory(role=EDITOR)
    listing = OrganizationFactory(slug="known", website="https://example.org", published=True)
    Resource.objects.filter(pk=listing.pk).update(state="in_review")
    workflow.publish(resource=listing, by=editor)
    workflow.retire(resource=listing, by=editor, why="Moved.")
    workflow.reopen(resource=listing, by=editor, why="Back.")
    page = client.get(f"/work/listings/{listing.pk}/edit/").content.decode()
    client.post(f"/work/listings/{listing.pk}/edit/", {"do": "save", "slug": "other", "name": "Known", "summary": "S.", "why": "w"})
    listing.refresh_from_db()
    assert listing.slug == "known"
    assert 'name="slug"' not in page or "disabled" in page


def test_a_new_condition_whose_address_is_taken_is_told_so(client, worker):
    ConditionFactory(slug="ataxia-telangiectasia")
    data = {"do": "preview", "name": "Zed", "kind": "disease", "slug": "ataxia-telangiectasia", "section-main_message": "Text"}
    data |= {f"{rows}-TOTAL_FORMS": "0" for rows in ("sources", "names", "codes")}
    response = client.post("/work/new-condition/", data)
    assert response.status_code == 400
    assert "There is a condition with the address" in response.content.decode()


def uploaded(client, name, content):
    file = io.BytesIO(content)
    file.name = name
    return client.post("/work/spreadsheets/", {"new_partner": "Example Alliance", "file": file}, follow=True)


def workbook(rows):
    book, out = openpyxl.Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize("cell", ["_xD800_", "_x0000_", "a_xDFFF_b"])
def test_half_a_character_in_a_workbook_breaks_no_page(client, worker, cell):
    response = uploaded(client, "a.xlsx", workbook([["Name", cell], ["Help", cell]]))
    assert response.status_code == 200
    assert client.get(response.redirect_chain[-1][0]).status_code == 200


def test_a_very_long_cell_is_read(client, worker):
    response = uploaded(client, "a.csv", b"Name,Notes\nHelp," + b"x" * 140_000 + b"\n")
    assert response.status_code in (200, 400)


def test_a_sheet_of_empty_rows_is_refused_before_it_is_counted(client, worker):
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active.append(["Name", "Web"])
    book.active.cell(MAX_READ + 5, 1, "Far below")
    book.save(out)
    response = uploaded(client, "a.xlsx", out.getvalue())
    assert response.status_code == 400
    assert "delete the empty ones" in response.content.decode()


def test_a_term_id_longer_than_any_is_none(client, worker):
    listing = OrganizationFactory()
    data = {"act": "retag", "listing": listing.pk, "confirmed": "1", "why": "x", "add_terms": "9" * 20}
    assert client.post("/work/listings/chosen/", data).status_code in (200, 400)


@pytest.mark.parametrize(("origin", "status"), [("https://evil.example", 403), ("null", 302), ("http://testserver", 302), (None, 302)])
def test_a_form_on_another_site_is_known_by_its_origin_where_a_browser_says_no_more(client, origin, status):
    headers = {"Origin": origin} if origin else {}
    assert client.post("/report/", {"problem": "wrong"}, headers=headers).status_code == status


def test_an_answer_without_its_boxes_empties_nothing(client, worker):
    listing = OrganizationFactory(published=True, website="https://example.org")
    asked = workflow.ask(resource=listing, by=worker)
    response = client.post(asked.get_absolute_url(), {"said": "confirms"})
    assert response.status_code == 400
    assert not listing.proposals.exists()


def test_two_long_texts_are_compared_in_good_time():
    change = Change("description", "a b " * 4_900, "b a c " * 3_300)
    assert "<del>" in change.html
