"""Whatever somebody uploads: a clear sentence, and nothing lost or kept that should not be."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from resources.curation.spreadsheets import grid
from resources.models import Partner, Spreadsheet
from resources.transfer import sheets
from tests.resources.transfer.files import a_workbook, a_zip
from tests.shell.reading import Page, text

from .conftest import ELM, HEADINGS, LIST, OAK, a_file, outcomes, reasons

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.xlsm", a_workbook(["Name"], ["x"]), "may hold macros (.xlsm)"),
        ("a.xlsx", a_zip(**{"xl/vbaProject.bin": "x"}), "holds macros"),
        ("a.xlsx", a_zip(**{"xl/workbook.xml": b"0" * (sheets.MAX_UNPACKED + 1)}), "unpacks to more than 100 MB"),
        ("a.xlsx", b"not a workbook", "This is not an XLSX workbook"),
        ("a.csv", b"%PDF-1.7 \xe2\xe3\xcf\xd3", "is a PDF. Save it as CSV or XLSX."),
        ("a.csv", a_workbook(["Name"], ["x"]), "is a XLSX."),
        ("a.pdf", b"%PDF", "is not a spreadsheet that can be read"),
        ("a.csv", b" \n", "The file is empty."),
        ("a.csv", b"Name,Phone\nOak\x00,1\n", "holds bytes that no text has"),
        ("a.csv", b'Name,Phone\nOak,"1\n', "breaks off"),
        ("a.csv", b"Name\n" + b"Oak\n" * 20_000, "more than 5,000 listings: split it"),
        ("a.csv", b",".join(b"c%d" % n for n in range(16_384)) + b"\nx\n", "Row 1 has more than 200 columns"),
        ("a.xlsx", a_workbook([f"c{n}" for n in range(300)], ["x"]), "Row 1 has more than 200 columns"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_a_sentence(client, upload, name, content, why):
    answer = upload(content, name)
    page = Page(answer)
    assert answer.status_code == 400
    assert why.replace("5,000", "5000") in text(page.by_id("error-summary"))
    assert page.title.startswith("Error: ")
    assert page.by_id("id_new_partner").get("value") == "Example Alliance"
    assert not Spreadsheet.objects.exists()


def test_a_file_of_50_mb_is_refused_by_its_size_before_it_is_read(client, sam, monkeypatch):
    monkeypatch.setattr(grid, "guess", lambda *_args: pytest.fail("it was read"))
    answer = client.post(LIST, {"new_partner": "Example Alliance", "file": SimpleUploadedFile("list.csv", bytes(50 * 1024**2))})
    assert "The file is larger than 10 MB: split it." in answer.content.decode()


def test_headings_alone_are_told_at_once_where_they_stand(client, upload):
    answer = upload(a_file())
    page = Page(client.get(answer.url))
    assert "There are headings, but no row below them." in text(page.main)


class TestEncodings:
    NAME = "Société d’Entraide"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "mac-roman"])
    def test_are_guessed_and_shown(self, client, upload, encoding):
        rows = [[*OAK[:1], self.NAME, *OAK[2:]], [*ELM[:1], "Fundación “Corazón”", *ELM[2:]]]
        page = Page(client.get(upload(a_file(*rows, encoding=encoding)).url))
        shown = [option.get("value") for option in page.by_id("id_encoding") if option.get("selected") is not None]
        assert shown == ["utf-8-sig" if encoding == "utf-8" else encoding]
        assert self.NAME in text(page.main)

    def test_can_be_chosen_instead_and_what_cannot_be_read_so_is_said(self, client, upload):
        address = upload(a_file([*OAK[:1], self.NAME, *OAK[2:]], encoding="cp1252")).url
        said = {"verb": "read", "delimiter": ",", "heading_row": 1}
        refused = client.post(address, said | {"encoding": "utf-8-sig"})
        assert "cannot be read as UTF-8" in text(Page(refused).by_id("error-summary"))
        assert client.post(address, said | {"encoding": "cp1250"}).status_code == 302
        assert Spreadsheet.objects.get().encoding == "cp1250"


class TestLayouts:
    @pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
    def test_a_delimiter_is_guessed(self, upload, delimiter):
        upload(a_file(OAK, ELM, delimiter=delimiter))
        assert Spreadsheet.objects.get().delimiter == delimiter

    def test_headings_may_stand_below_a_title_and_can_be_said_to_stand_elsewhere(self, client, upload):
        answer = upload(b"Our list of members,,,\n\n" + a_file(OAK, ELM))
        assert Spreadsheet.objects.get().heading_row == 3
        client.post(answer.url, {"verb": "read", "encoding": "utf-8-sig", "delimiter": ",", "heading_row": 4})
        labels = [text(label) for label in Page(client.get(answer.url)).all("th/label")]
        assert labels[1] == "Oak Family Center"

    def test_headings_may_stand_twice_or_be_missing(self, client, upload):
        answer = upload(a_file(OAK, headings=["Phone", "Phone", "", *HEADINGS[3:]]))
        labels = [text(label) for label in Page(client.get(answer.url)).all("th/label")]
        assert labels[:3] == ["Phone", "Phone (2)", "Column 3"]

    def test_merged_cells_numbers_and_dates_of_a_workbook(self, previewed):
        content = a_workbook(["ID", "Name", "Phone", "ZIP"], [1, "Oak", 5125550100.0, 2139], [None, "Elm", 5125550101, "78701"])
        sheet = previewed(content, "list.xlsx")
        assert outcomes(sheet) == ["new", "new"]
        document = sheet.batch.rows[0]["document"]
        assert (document["phones"][0]["number"], document["locations"][0]["postal_code"]) == ("512-555-0100", "02139")

    def test_characters_that_are_no_text_are_told_and_not_kept(self, previewed):
        sheet = previewed(a_workbook(["ID", "Na_x0000_me"], ["1", "Oak_x0000_"], ["2", "Elm"]), "list.xlsx", column_1="name")
        assert reasons(sheet) == ["Na me: it holds a character that is no text", "it has no name"]
        assert sheet.batch.rows[0]["cells"] == ["1", "Oak"]

    def test_a_cell_that_is_a_formula_stays_a_text(self, previewed):
        row = [OAK[0], "=HYPERLINK(1)", *OAK[2:]]
        assert previewed(a_file(row)).batch.rows[0]["document"]["name"] == "=HYPERLINK(1)"


class TestColumns:
    def test_two_columns_for_one_of_ours_are_told_at_the_second(self, client, upload, go_on):
        page = Page(client.get(upload(a_file(OAK)).url))
        answer = go_on(page, column_9="name")
        assert "“Agency Name” and “Remarks” both go to “Name”" in text(Page(answer).by_id("error-summary"))
        assert answer.status_code == 400

    def test_no_column_for_the_name_is_told(self, client, upload, go_on):
        answer = go_on(Page(client.get(upload(a_file(OAK)).url)), column_1="")
        assert "No column goes to “Name”" in text(Page(answer).by_id("error-summary"))

    def test_an_unknown_condition_for_all_is_told(self, client, upload, go_on):
        answer = go_on(Page(client.get(upload(a_file(OAK)).url)), conditions="Atxia")
        assert "we do not know “Atxia”" in text(Page(answer).by_id("error-summary"))

    def test_a_choice_is_remembered_by_the_heading_for_the_partners_next_file(self, client, previewed, upload):
        previewed(a_file(OAK), column_9="first_step")
        assert Partner.objects.get().mapping["Remarks"] == "first_step"
        moved = [HEADINGS[-1], *HEADINGS[:-1]]
        page = Page(client.get(upload(a_file([OAK[-1], *OAK[:-1]], headings=moved)).url))
        select = page.by_id("id_column_0")
        assert [one.get("value") for one in select.iter("option") if one.get("selected") is not None] == ["first_step"]

    def test_what_a_kind_has_no_field_for_goes_into_its_description(self, previewed):
        sheet = previewed(a_file(OAK), column_9="service.schedule")
        assert sheet.batch.rows[0]["document"]["description"] == "**Opening hours:** Ring twice"

    def test_a_service_names_an_organization_of_the_same_file(self, imported):
        headings = ["Name", "Kind", "Parent organization"]
        rows = [["Oak clinic", "service", "Oak Center"], ["Oak Center", "organization", ""], ["Lost clinic", "service", "Nobody"]]
        sheet = imported(a_file(*rows, headings=headings))
        assert dict(sheet.imported.values_list("place", "outcome")) == {2: "made", 3: "made"}
        assert reasons(sheet) == ["we do not know the organization “Nobody”"]


def test_a_preview_that_was_made_anew_is_not_confirmed_unseen(client, previewed, go_on):
    sheet = previewed(a_file(OAK))
    go_on(Page(client.get(reverse("spreadsheet_columns", args=[sheet.pk]))), column_9="")
    answer = client.post(reverse("spreadsheet", args=[sheet.pk]), {"why": "w", "batch": sheet.batch_id}, follow=True)
    assert "made anew" in answer.content.decode()
    assert Spreadsheet.objects.get().confirmed_at is None


def test_a_bad_row_names_all_that_is_wrong_in_it(previewed):
    row = [*OAK[:2], "2026-01-02", "ftp://oak", *OAK[4:8], "Unheard of", OAK[9]]
    why = " ".join(reasons(previewed(a_file(row))))
    for part in ("“2026-01-02” is a date", "“Web”: begin the web address with https://", "we do not know “Unheard of”"):
        assert part in why
    assert "missing" not in why


@pytest.mark.parametrize("state", ["tx", "TEXAS", "texas ", "T.X.", "us-tx"])
def test_a_state_is_known_however_it_is_written(previewed, state):
    sheet = previewed(a_file([*OAK[:6], state, *OAK[7:]]))
    assert outcomes(sheet) == ["new"]
    assert sheet.batch.rows[0]["said"]["location.region"] == "TX"


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("Texass", "ST: “Texass” is no state of the United States that we know. Did you mean Texas? Write two letters, such as TX"),
        ("ZZ", "ST: “ZZ” is no state of the United States that we know. Write two letters"),
        ("USA", "ST: “USA” is no state of the United States that we know. Write two letters"),
    ],
)
def test_what_is_no_state_is_said_with_what_to_write(previewed, state, said):
    sheet = previewed(a_file([*OAK[:6], state, *OAK[7:]]))
    assert outcomes(sheet) == ["bad"]
    assert reasons(sheet)[0].startswith(said)


def test_guam_is_no_word_of_the_finder_and_still_a_place(previewed):
    sheet = previewed(a_file([*OAK[:6], "Guam", *OAK[7:]]))
    assert sheet.batch.rows[0]["said"]["location.region"] == "GU"


WIDER = ["Agency ID", "Agency Name", "States served", "Reach", "Kind"]


@pytest.mark.parametrize("served", ["USA", "U.S.", "nationwide", "All states"])
def test_the_whole_country_is_a_reach_and_no_state(previewed, served):
    [row] = previewed(a_file(["1", "Oak", served, "", ""], headings=WIDER)).batch.rows
    assert (row["outcome"], row["said"].get("coverage"), "terms.area" in row["said"]) == ("new", "national", False)


@pytest.mark.parametrize(
    ("cells", "said"),
    [
        (["Texass", "", ""], "States served: “Texass” is no state of the United States that we know. Did you mean Texas?"),
        (["", "Texas", ""], "Reach: “Texas” is a state: say that this column means “States served”"),
        (["", "", "Therapy"], "Kind: a therapy or a school accommodation is written one by one, under “New listing”: take the row out"),
    ],
)
def test_a_cell_in_the_wrong_column_is_said_with_what_to_do(previewed, cells, said):
    [row] = previewed(a_file(["1", "Oak", *cells], headings=WIDER)).batch.rows
    assert row["outcome"] == "bad" and row["reasons"][0].startswith(said)


def test_the_upload_page_says_what_does_not_come_by_spreadsheet_and_what_to_do(client, sam):
    main = Page(client.get(reverse("spreadsheets"))).main
    assert "Therapies and school accommodations do not come by spreadsheet" in text(main)
    assert reverse("listing_new") in [link.get("href") for link in main.iter("a")]
