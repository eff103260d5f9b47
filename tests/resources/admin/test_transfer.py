import csv
import io
import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from playwright.sync_api import expect

from conditions.editorial import State
from resources import document as documents
from resources.models import ImportBatch, Proposal, Resource, Revision
from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from resources.transfer import reading, writing
from tests.axe import faults
from tests.factories import (
    ConditionFactory,
    OrganizationFactory,
    PersonFactory,
    ResourceFactory,
    SchoolFactory,
    ServiceFactory,
    TherapyFactory,
)
from tests.journeys.people import follow
from tests.resources.transfer.files import a_csv, a_json, a_workbook
from tests.shell import rules
from tests.shell.reading import Page, text
from tests.signing_in import let_in

pytestmark = pytest.mark.django_db
GUIDE = {"kind": "guide", "slug": "a-guide", "name": "A guide", "summary": "What it is."}
LIST, IMPORT = reverse("admin:resources_resource_changelist"), reverse("admin:resources_resource_import")
OWN_RULES = [
    *(rules.parses_without_error, rules.has_one_h1, rules.headings_never_skip_a_level, rules.ids_are_unique),
    *(rules.references_lead_somewhere, rules.fields_have_labels, rules.nothing_is_inline, rules.loads_nothing_from_elsewhere),
]


def person(role, name="sam"):
    return PersonFactory(username=name, role=role)


@pytest.fixture
def sam(client):
    """A social worker, signed in."""
    made = person(SOCIAL_WORKER)
    client.force_login(made)
    return made


@pytest.fixture
def upload(client, sam):
    """`upload(content, name)`: the answer to an uploaded file."""

    def send(content, name="partner.csv"):
        return client.post(IMPORT, {"file": SimpleUploadedFile(name, content)})

    return send


@pytest.fixture
def previewed(client, upload):
    """`previewed(content)`: the address of its preview, and the page there."""

    def send(content, name="partner.csv"):
        answer = upload(content, name)
        assert answer.status_code == 302, answer.context["form"].errors
        return answer.url, Page(client.get(answer.url))

    return send


def exported(answer):
    """`[{column: text}]` of an exported CSV."""
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"), newline="")))


def slugs(answer):
    return [row["slug"] for row in exported(answer)]


def rows(page):
    """`(place, slug or name, what would happen)` of the preview's rows."""
    return [tuple(text(cell) for cell in row) for row in page.all('div[@class="results"]/table/tbody/tr')]


def messages(answer):
    return [str(one) for one in answer.wsgi_request._messages]


class TestExport:
    @pytest.mark.parametrize("form", ["csv", "xlsx", "json"])
    def test_a_file_is_a_download_of_its_type(self, client, sam, form):
        ResourceFactory(slug="one")
        answer = client.get(f"{LIST}export/{form}/")
        assert answer.headers["Content-Type"] == writing.TYPES[form]
        assert answer.headers["Content-Disposition"].startswith('attachment; filename="resource-2')
        assert answer.headers["Content-Disposition"].endswith(f'.{form}"')
        assert [one.data or one.row["slug"] for one in reading.read(f"a.{form}", answer.content).entries]

    @pytest.mark.parametrize("number_of_page", [2, 99])
    def test_the_whole_filtered_list_is_exported_whatever_the_page(self, client, sam, number_of_page):
        for number in range(55):
            OrganizationFactory(slug=f"org-{number:02}", published=True)
        OrganizationFactory(slug="draft")
        ResourceFactory(slug="a-guide", published=True)
        answer = client.get(f"{LIST}export/csv/?state__exact=published&kind__exact=organization&p={number_of_page}")
        assert slugs(answer) == [f"org-{number:02}" for number in range(55)]

    def test_a_search_and_a_filter_of_ours_count_too(self, client, sam):
        ataxia = ConditionFactory(slug="ataxia")
        for slug, conditions in (("alpha-one", [ataxia]), ("alpha-two", []), ("beta", [ataxia])):
            OrganizationFactory(slug=slug, conditions=conditions)
        assert slugs(client.get(f"{LIST}export/csv/?q=alpha&condition=ataxia")) == ["alpha-one"]

    def test_the_list_of_one_kind_exports_that_kind_and_its_columns(self, client, sam):
        SchoolFactory(slug="a-school")
        OrganizationFactory(slug="an-organization")
        [row] = exported(client.get(reverse("admin:resources_schoolaccommodation_export", args=["csv"])))
        assert row["slug"] == "a-school"
        assert "school.form" in row
        assert "organization.legal_name" not in row

    def test_chosen_rows_are_exported_by_an_action(self, client, sam):
        one, _two, three = (ResourceFactory(slug=slug) for slug in ("one", "two", "three"))
        answer = client.post(LIST, {"action": "export_json", "_selected_action": [one.pk, three.pk]})
        assert sorted(document["slug"] for document in json.loads(answer.content)) == ["one", "three"]

    @pytest.mark.parametrize("form", ["csv", "xlsx"])
    def test_the_other_actions_answer_with_their_files(self, client, sam, form):
        listing = ResourceFactory(slug="one")
        answer = client.post(LIST, {"action": f"export_{form}", "_selected_action": [listing.pk]})
        assert answer.headers["Content-Type"] == writing.TYPES[form]
        assert len(reading.read(f"a.{form}", answer.content).entries) == 1

    def test_the_buttons_keep_the_filters(self, client, sam):
        ResourceFactory(published=True)
        page = Page(client.get(f"{LIST}?state__exact=published"))
        links = {link.get("href") for link in page.all("a[@href]") if "/export/" in link.get("href")}
        assert links == {f"{LIST}export/{form}/?state__exact=published" for form in ("csv", "xlsx", "json")}

    @pytest.mark.parametrize("query", ["e=1", "nonsense=1", "state__exact=nonsense", "age=nonsense", "p=x"])
    def test_a_query_that_leads_nowhere_is_answered(self, client, sam, query):
        ResourceFactory()
        assert client.get(f"{LIST}export/csv/?{query}").status_code in (200, 302, 400)

    def test_other_forms_are_not_there(self, client, sam):
        assert client.get(f"{LIST}export/xml/").status_code == 404

    def test_what_no_workbook_can_hold_is_said_and_the_list_is_shown_again(self, client, sam, monkeypatch):
        monkeypatch.setattr(writing, "CELL_LIMIT", 20)
        ResourceFactory(name="Its name", summary="Longer than twenty letters.")
        answer = client.get(f"{LIST}export/xlsx/?state__exact=draft")
        assert answer.url == f"{LIST}?state__exact=draft"
        assert messages(answer) == ["“Its name”: its “summary” is longer than a workbook's cell can be. Export as CSV or JSON."]

    def test_many_listings_take_as_many_queries_as_few(self, client, sam, django_assert_max_num_queries):
        for _ in range(40):
            ServiceFactory(published=True, phones=["1-800-555-0100"])
        with django_assert_max_num_queries(30):
            assert len(slugs(client.get(f"{LIST}export/csv/"))) == 80


class TestWhoMay:
    @pytest.mark.parametrize("role", [SOCIAL_WORKER, EDITOR, STAFF])
    def test_every_role_imports_and_exports(self, client, role):
        client.force_login(person(role))
        assert client.get(IMPORT).status_code == 200
        assert client.get(f"{LIST}export/csv/").status_code == 200
        assert Page(client.get(LIST)).all(f'a[@href="{IMPORT}"]')

    def test_without_a_role_neither(self, client):
        client.force_login(person(None))
        assert client.get(IMPORT).status_code == 403
        assert client.get(f"{LIST}export/csv/").status_code == 403

    def test_whoever_may_only_look_exports_but_does_not_import(self, client):
        looker = person(None)
        role = Group.objects.create(name="Looker")
        role.permissions.set(Group.objects.get(name=STAFF).permissions.filter(codename="view_resource"))
        looker.groups.add(role)
        client.force_login(looker)
        assert client.get(f"{LIST}export/csv/").status_code == 200
        assert client.get(IMPORT).status_code == 403
        assert not Page(client.get(LIST)).all(f'a[@href="{IMPORT}"]')

    def test_a_stranger_is_led_to_the_sign_in(self, client):
        for address in (IMPORT, f"{LIST}export/csv/", f"{IMPORT}1/"):
            assert client.get(address).url.startswith("/admin/login/")

    def test_a_preview_is_its_authors_and_the_staffs_alone(self, client, previewed):
        address, _page = previewed(a_csv(GUIDE))
        for role, name, status in ((EDITOR, "ed", 404), (STAFF, "st", 200)):
            client.force_login(person(role, name))
            assert client.get(address).status_code == status
        client.force_login(get_user_model().objects.get(username="ed"))
        assert client.post(address, {"why": "x"}).status_code == 404
        assert not Resource.objects.exists()


class TestUpload:
    def test_a_file_leads_to_its_preview_and_nothing_is_saved(self, previewed):
        ResourceFactory(slug="one", name="One", summary="Old.", fees="Free")
        _address, page = previewed(a_csv(GUIDE, GUIDE | {"slug": "one", "name": "One", "summary": "New."}))
        changed, new = rows(page)
        assert changed == ("3", "One one", "Changed SummaryOld. New.")
        assert new[:2] == ("2", "A guide a-guide")
        assert new[2].startswith("New, as a draft Show the listing")
        assert [row.get("data-outcome") for row in page.all("tr[@data-outcome]")] == ["changed", "new"]
        assert (text(page.all("del")[0]), text(page.all("ins")[0])) == ("Old.", "New.")
        assert (Resource.objects.count(), Revision.objects.count()) == (1, 0)

    @pytest.mark.parametrize("name", ["partner.csv", "partner.xlsx", "partner.json"])
    def test_an_export_loads_again_and_changes_nothing(self, client, previewed, name):
        for factory in (OrganizationFactory, SchoolFactory, TherapyFactory):
            factory(published=True, phones=["+1 800 555 0100"], summary="=1+1", documents=["-A", "B"])
        content = client.get(f"{LIST}export/{name.partition('.')[2]}/").content
        address, page = previewed(content, name)
        assert [row[2] for row in rows(page)] == ["Same: nothing to do"] * 3
        assert not page.all('form[@id="confirm"]')
        assert "there is nothing to import" in text(page.main)

    @pytest.mark.parametrize(
        ("content", "name", "why"),
        [
            (b"", "a.csv", "The submitted file is empty."),
            (b"slug\nx\n", "a.pdf", "“a.pdf” is not a file that can be imported: choose a CSV, XLSX or JSON file."),
            (b"slug,phone\nx,1\n", "a.csv", "Unknown columns: “phone” (did you mean “phones”?)."),
            (b"PK\x03\x04 and then it breaks off", "a.xlsx", "This is not an XLSX workbook: it is cut off, locked by a password"),
            (b'[{"slug": "x"', "a.json", "The file cannot be read: this is not JSON: line 1, column 14"),
        ],
    )
    def test_a_bad_file_is_refused_on_the_page(self, upload, content, name, why):
        answer = upload(content, name)
        page = Page(answer)
        assert answer.status_code == 200
        assert why in text(page.one('a[@href="#id_file"]'))
        assert page.title.startswith("Error:")
        assert page.by_id("id_file").get("aria-describedby")
        assert not ImportBatch.objects.exists()

    def test_no_file_is_an_error_too(self, client, sam):
        assert client.post(IMPORT).status_code == 200
        assert "This field is required." in text(Page(client.post(IMPORT, {"other": "x"})).main)

    def test_a_file_that_is_too_large_is_refused(self, upload, monkeypatch):
        monkeypatch.setattr(reading, "MAX_BYTES", 1024**2)
        assert "larger than 1 MB" in text(Page(upload(b"x" * (1024**2 + 1))).main)

    def test_bad_rows_come_first_and_cannot_be_confirmed(self, client, previewed):
        ResourceFactory(slug="same", name="Same", summary="As it is.")
        content = a_json(
            *(GUIDE, {"kind": "guide", "slug": "same", "name": "Same", "summary": "As it is."}),
            *(GUIDE | {"slug": "bad", "phone": "1", "website": "<script>"}, GUIDE | {"slug": "bad"}),
        )
        address, page = previewed(content, "a.json")
        assert [row[0] for row in rows(page)] == ["3", "4", "1", "2"]
        for reason in (
            "unknown key 'phone'",
            "'website': begin the web address with https://",
            "the slug “bad” stands more than once, at 3, 4",
        ):
            assert reason in rows(page)[0][2]
        assert not page.all('form[@id="confirm"]')
        assert messages(client.post(address, {"why": "x"})) == ["Some rows are bad. Mend them in the file, and upload it again."]
        assert Resource.objects.count() == 1

    def test_how_the_file_was_read_is_said(self, previewed):
        _address, page = previewed(a_csv(GUIDE | {"name": "Médecins"}, encoding="cp1252"))
        assert "it was read as Windows-1252" in text(page.main)
        assert "Médecins" in rows(page)[0][1]

    def test_long_files_are_shown_page_by_page(self, client, previewed):
        address, page = previewed(a_csv(*[GUIDE | {"slug": f"guide-{number}"} for number in range(120)]))
        assert "Listings of the file, 1 to 50 of 120" in text(page.by_id("rows"))
        last = Page(client.get(f"{address}?page=3"))
        assert [row[0] for row in rows(last)] == [str(number) for number in range(102, 122)]
        assert client.get(f"{address}?page=x").status_code == 200

    def test_what_a_file_says_is_never_markup(self, previewed):
        _address, page = previewed(a_csv(GUIDE | {"name": "<b>Bold</b>", "summary": "<script>alert(1)</script>", "fees": "&amp;"}))
        assert "<script>alert" not in page.html
        assert "<b>Bold</b>" in rows(page)[0][1]


class TestConfirm:
    def test_what_was_previewed_is_imported_and_said(self, client, previewed, sam):
        ResourceFactory(slug="one", name="One", summary="Old.")
        address, page = previewed(a_csv(GUIDE, GUIDE | {"slug": "one", "name": "One", "summary": "New."}))
        assert page.one('form[@id="confirm"]')
        answer = client.post(address, {"why": "A partner's list."})
        assert answer.url == LIST
        assert messages(answer) == ["Imported. New drafts: 1. Changed: 1."]
        assert dict(Resource.objects.values_list("slug", "state")) == {"a-guide": State.DRAFT, "one": State.DRAFT}
        assert {(one.verb, one.why, one.by) for one in Revision.objects.all()} == {("import", "A partner's list.", sam)}

    def test_it_is_imported_once(self, client, previewed):
        address, _page = previewed(a_csv(GUIDE))
        client.post(address, {"why": "x"})
        page = Page(client.get(address))
        assert "This file was imported on" in text(page.main)
        assert not page.all('form[@id="confirm"]')
        assert "This file was already imported." in messages(client.post(address, {"why": "x"}))
        assert Revision.objects.count() == 1

    def test_a_stale_row_is_refused_by_name_and_nothing_is_saved(self, client, previewed):
        ResourceFactory(slug="two")
        listing = ResourceFactory(slug="one", name="The one")
        address, _page = previewed(a_csv({"slug": "two", "fees": "$10"}, {"slug": "one", "fees": "$10"}))
        documents.save(documents.of(listing), resource=Resource.objects.get(pk=listing.pk), why="x", verb="edit", by_name="Kim")
        page = Page(client.post(address, {"why": "A partner's list."}))
        assert "Row 3, “The one”: Kim saved this listing in between (revision 1)." in text(page.main)
        assert page.title.startswith("Error:")
        assert set(Resource.objects.values_list("fees", flat=True)) == {""}
        assert not Revision.objects.filter(verb="import").exists()

    def test_a_listing_that_got_another_slug_meanwhile_is_answered_in_a_sentence(self, client, previewed):
        listing = ResourceFactory(slug="one", name="The one")
        address, _page = previewed(a_csv({"slug": "one", "fees": "$10"}))
        renamed = documents.patched(documents.of(listing), {"slug": "renamed"})
        documents.save(renamed, resource=Resource.objects.get(), why="x", verb="edit", by_name="Kim")
        page = Page(client.post(address, {"why": "A partner's list."}))
        assert "Row 2, “The one”: Kim saved this listing in between (revision 1)." in text(page.main)

    def test_a_change_of_a_published_listing_is_proposed(self, client, previewed):
        therapy = TherapyFactory(slug="one", name="One", published=True)
        ataxia = ConditionFactory(slug="ataxia")
        label = {"condition": ataxia.slug, "level": "strong", "standing": "option", "us_status": "approved", "why": "Trials."}
        evidence = json.dumps([label | {"sources": [therapy.sources.get().key]}])
        address, page = previewed(a_csv({"slug": "one", "evidence": evidence}))
        assert "it is only proposed, and a curator decides" in rows(page)[0][2]
        answer = client.post(address, {"why": "x"})
        assert (
            "1 change of a published or checked listing is proposed: a curator decides, in the workspace under Incoming."
            in messages(answer)[1]
        )
        assert not therapy.evidence.exists()
        assert Proposal.objects.get().resource.slug == "one"

    def test_a_reason_is_asked_for(self, client, previewed):
        address, _page = previewed(a_csv(GUIDE))
        page = Page(client.post(address, {"why": " "}))
        assert page.title.startswith("Error:")
        assert page.one('a[@href="#id_why"]') is not None
        assert not Resource.objects.exists()


@pytest.mark.parametrize(
    "content", [a_csv(GUIDE), a_csv(GUIDE, GUIDE), a_csv({"slug": "one", "fees": "$10"}), a_csv({"slug": "one", "name": "One"})]
)
def test_the_preview_keeps_the_rules_of_a_page(previewed, content):
    ResourceFactory(slug="one", name="One")
    _address, page = previewed(content)
    assert [breach for rule in OWN_RULES for breach in rule(page)] == []


def test_the_form_keeps_the_rules_of_a_page(client, upload):
    for answer in (client.get(IMPORT), upload(b"x", "a.pdf")):
        assert [breach for rule in OWN_RULES for breach in rule(Page(answer))] == []


@pytest.fixture
def signed_in(page, live_server, transactional_db):
    let_in(page, live_server.url, person(SOCIAL_WORKER))
    page.goto(f"{live_server.url}{LIST}")
    return page


def test_an_export_a_change_in_the_file_the_preview_the_import(signed_in, tmp_path):
    page = signed_in
    OrganizationFactory(slug="one", name="One", summary="An old text.", published=True)
    OrganizationFactory(slug="two", name="Two", published=True)
    page.reload()
    with page.expect_download() as download:
        page.get_by_role("link", name="Export CSV").click()
    file = tmp_path / "partner.csv"
    file.write_text(download.value.path().read_text("utf-8-sig").replace("An old text.", "A new text."), "utf-8")
    follow(page.get_by_role("link", name="Import", exact=True))
    page.get_by_label("File").set_input_files(file)
    follow(page.get_by_role("button", name="Show what would change"))
    row = page.get_by_role("row").filter(has_text="One")
    expect(row.locator("del")).to_have_text(["An old"])
    expect(row.locator("ins")).to_have_text(["A new"])
    assert faults_of(page) == []
    page.get_by_label("Why this import").fill("A partner's list.")
    follow(page.get_by_role("button", name="Import", exact=True))
    expect(page.locator(".messagelist")).to_contain_text("1 change of a published or checked listing is proposed")
    assert Resource.objects.get(slug="one").summary == "An old text."
    assert Proposal.objects.get().document["summary"] == "A new text."


def test_a_bad_file_is_mended(signed_in, tmp_path):
    page, file = signed_in, tmp_path / "partner.xlsx"
    file.write_bytes(a_workbook(["slug", "kind", "name", "summary"], ["a-guide", "charity", "A guide", "What it is."]))
    follow(page.get_by_role("link", name="Import", exact=True))
    assert faults_of(page) == []
    page.get_by_label("File").set_input_files(file)
    follow(page.get_by_role("button", name="Show what would change"))
    expect(page.get_by_role("alert")).to_contain_text("Nothing can be imported while a row is bad.")
    assert faults_of(page) == []
    expect(page.get_by_role("button", name="Import", exact=True)).to_have_count(0)


def faults_of(page):
    """What axe finds, and what is wider than a phone."""
    found = []
    for width in (360, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        found += [f"{width}: {fault}" for fault in faults(page)]
    return found
