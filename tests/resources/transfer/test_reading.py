import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from resources.transfer import reading, sheets
from resources.transfer.reading import Entry, Unreadable

from .files import a_csv, a_forged_workbook, a_json, a_workbook, a_zip, cell

BILLION_LAUGHS = f'<!ENTITY a "{"x" * 10_000}">' + "".join(f'<!ENTITY {name} "{f"&{inner};" * 100}">' for inner, name in ("ab", "bc", "cd"))
ROW = {"slug": "a-guide", "name": "A guide"}


def entries(name, content):
    return reading.read(name, content).entries


def refusal(name, content):
    with pytest.raises(Unreadable) as found:
        reading.read(name, content)
    return str(found.value)


class TestCsv:
    def test_rows_are_numbered_as_a_spreadsheet_program_does(self):
        content = b'slug,name\r\none,"A\nname"\r\n\r\n,\r\ntwo,B\r\n'
        assert entries("a.csv", content) == [
            Entry(2, row={"slug": "one", "name": "A\nname"}),
            Entry(5, row={"slug": "two", "name": "B"}),
        ]

    @pytest.mark.parametrize("delimiter", [",", ";", "\t"])
    def test_the_delimiter_of_any_country_is_understood(self, delimiter):
        assert entries("a.csv", a_csv(ROW, delimiter=delimiter)) == [Entry(2, row=ROW)]

    @pytest.mark.parametrize(("encoding", "said"), [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("cp1252", "Windows-1252")])
    def test_the_encoding_is_guessed_and_said(self, encoding, said):
        contents = reading.read("a.csv", a_csv(ROW | {"name": "Médecins – “x”"}, encoding=encoding))
        assert contents.entries[0].row["name"] == "Médecins – “x”"
        assert said in contents.notes[0]

    def test_a_short_row_is_filled_up(self):
        assert entries("a.csv", b"slug,name,summary\nx\n") == [Entry(2, row={"slug": "x", "name": "", "summary": ""})]

    def test_a_cell_without_a_column_is_named(self):
        [entry] = entries("a.csv", b"slug,,\nx,,y,z\n")
        assert entry.row == {"slug": "x"}
        assert entry.faults == ["the cell in column 3 has no column name above it", "the cell in column 4 has no column name above it"]

    def test_the_apostrophe_of_an_export_is_taken_off(self):
        assert entries("a.csv", b"slug,name\n'-x,''tis\n") == [Entry(2, row={"slug": "-x", "name": "'tis"})]

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"slug,phone\n", "“phone” (did you mean “phones”?)"),
            (b"slug,%s\n" % (b"z" * 500), "“" + "z" * 60 + "…”"),
            (b"slug,name,name,slug\n", "These columns stand twice: name, slug."),
            (b"name,summary\n", "no column “slug”"),
            (b"\n\n\n", "The file is empty."),
            (b",,\n", "no column “slug”"),
            (b"slug,name\n", "There is no listing in the file."),
            (b"slug,name\n,\n ,\n", "There is no listing in the file."),
            (b'slug,name\nx,"A\n', "near line 2: unexpected end of data"),
            (b'slug,name\nx,"A"B\n', "near line 2: ',' expected after '\"'"),
            (b"\x89PNG\r\n\x1a\n\x00\x00", "holds bytes that no text has"),
            (b"slug\n\x81\x8d", "neither UTF-8 nor Windows-1252"),
            ("slug\nx".encode("utf-16"), "This is not a CSV file"),
        ],
    )
    def test_a_bad_file_is_refused_by_name(self, content, why):
        assert why in refusal("a.csv", content)


class TestXlsx:
    def test_rows_and_cells_of_every_type(self):
        content = a_workbook(
            ["slug", "name", "organization.year_founded", "school.practice_is_ours"], ["x", 12, 1957.0, True], [], ["y", "'=1", None]
        )
        empty = {"organization.year_founded": "", "school.practice_is_ours": ""}
        assert entries("a.XLSX", content) == [
            Entry(2, row={"slug": "x", "name": "12", "organization.year_founded": "1957", "school.practice_is_ours": "yes"}),
            Entry(4, row={"slug": "y", "name": "=1"} | empty),
        ]

    def test_further_sheets_are_left_out_and_that_is_said(self):
        contents = reading.read("a.xlsx", a_workbook(["slug"], ["x"], more_sheets=["Notes"]))
        assert len(contents.entries) == 1
        assert contents.notes == ["Only the first sheet, “Sheet”, was read."]

    @pytest.mark.parametrize("claimed", ["A1:XFD1048576", "A1"])
    def test_sizes_that_a_sheet_claims_are_not_believed(self, claimed):
        header, row = cell("A1", "slug") + cell("B1", "name"), cell("A2", "a-guide") + cell("B2", "A guide")
        rows = f'<row r="1">{header}</row><row r="2">{row}</row>'
        assert entries("a.xlsx", a_forged_workbook(rows, before=f'<dimension ref="{claimed}"/>')) == [Entry(2, row=ROW)]

    def test_a_row_number_beyond_every_sheet_ends_the_reading(self):
        rows = f'<row r="1">{cell("A1", "slug")}</row><row r="99999999999">{cell("A99999999999", "x")}</row>'
        assert "delete the empty ones" in refusal("a.xlsx", a_forged_workbook(rows))

    def test_a_bomb_is_refused_before_it_is_opened(self):
        bomb = a_zip(**{"xl/workbook.xml": b"0" * (sheets.MAX_UNPACKED + 1)})
        assert len(bomb) < 1024**2
        assert refusal("a.xlsx", bomb) == "The workbook unpacks to more than 100 MB: split it."

    @pytest.mark.parametrize("entities", ['<!ENTITY d SYSTEM "file:///etc/passwd">', BILLION_LAUGHS])
    def test_entities_neither_reach_out_nor_swell(self, entities):
        rows = f'<row r="1">{cell("A1", "slug")}</row><row r="2">{cell("A2", "&d;")}</row>'
        assert "The workbook is damaged" in refusal("a.xlsx", a_forged_workbook(rows, doctype=f"<!DOCTYPE a [{entities}]>"))

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"slug,name\nx,y\n", "This is not an XLSX workbook"),
            (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "locked by a password, or of another kind"),
            (a_workbook(["slug"], ["x"])[:-200], "it is cut off"),
            (a_zip(**{"word/document.xml": "<a/>"}), "The workbook is damaged"),
            (a_forged_workbook("<row r='1'><c"), "The workbook is damaged"),
            (a_workbook(["name"], ["x"]), "no column “slug”"),
            (a_workbook(["slug", "Phone"], ["x", "y"]), "Unknown columns: “Phone”"),
        ],
    )
    def test_a_bad_file_is_refused_by_name(self, content, why):
        assert why in refusal("a.xlsx", content)


class TestJson:
    def test_a_list_of_documents(self):
        assert entries("a.json", b"\xef\xbb\xbf" + a_json(ROW, {"slug": 5})) == [Entry(1, data=ROW), Entry(2, data={"slug": 5})]

    @pytest.mark.parametrize("odd", [None, "text", 5, []])
    def test_what_is_no_document_is_named_in_its_place(self, odd):
        entry = entries("a.json", a_json(ROW, odd))[1]
        assert (entry.place, entry.faults) == (2, ["this is not a listing document"])

    @pytest.mark.parametrize(
        ("content", "why"),
        [
            (b"{}", "must hold a list of listing documents"),
            (b"[]", "There is no listing in the file."),
            (b'[{"slug": "x"', "this is not JSON: line 1, column 14"),
            (b'[{"slug": "x", "slug": "y"}]', "the key “slug” stands twice"),
            (b'[{"a": Infinity}]', "Infinity is not a number"),
            (b'[{"a": %s}]' % (b"1" * 5_000), "a number is too long"),
            (b"[" * 200_000, "nested too deeply"),
            (b"\xff\xfe[", "it is not UTF-8 text"),
        ],
    )
    def test_a_bad_file_is_refused_by_name(self, content, why):
        assert why in refusal("a.json", content)


class TestLimits:
    @pytest.mark.parametrize("name", ["a.txt", "a.xls", "a.ods", "csv", "a.csv.exe", ""])
    def test_other_kinds_of_file_are_refused(self, name):
        assert "choose a CSV, XLSX or JSON file" in refusal(name, b"slug\nx\n")

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json"])
    def test_an_empty_file_is_refused(self, name):
        assert refusal(name, b" \n") == "The file is empty."

    @pytest.mark.parametrize("name", ["a.csv", "a.xlsx", "a.json"])
    def test_a_file_that_is_too_large_is_refused_unread(self, name, monkeypatch):
        monkeypatch.setattr(reading, "READERS", dict.fromkeys(reading.READERS))
        assert refusal(name, b"x" * (sheets.MAX_BYTES + 1)) == "The file is larger than 10 MB: split it."

    @pytest.mark.parametrize(
        ("name", "made"),
        [
            ("a.csv", lambda count: a_csv(*[{"slug": f"x{number}"} for number in range(count)])),
            ("a.xlsx", lambda count: a_workbook(["slug"], *[[f"x{number}"] for number in range(count)])),
            ("a.json", lambda count: a_json(*[{"slug": f"x{number}"} for number in range(count)])),
        ],
    )
    def test_so_many_listings_and_no_more(self, name, made, monkeypatch):
        monkeypatch.setattr(sheets, "MAX_ENTRIES", 3)
        assert len(entries(name, made(3))) == 3
        assert refusal(name, made(4)) == "The file holds more than 3 listings: split it."

    def test_a_cell_may_be_long(self):
        assert len(entries("a.csv", a_csv({"slug": "x", "description": "a" * 500_000}))[0].row["description"]) == 500_000


FILES = {"a.csv": a_csv(ROW, ROW), "a.xlsx": a_workbook(list(ROW), list(ROW.values())), "a.json": a_json(ROW, ROW)}


@settings(max_examples=300)
@given(st.sampled_from(sorted(FILES)), st.data())
def test_a_damaged_file_is_read_or_refused_in_a_sentence(name, data):
    content = bytearray(FILES[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    try:
        contents = reading.read(name, bytes(content[:cut]))
    except Unreadable as why:
        assert str(why).endswith(".")
    else:
        assert contents.entries


@settings(max_examples=200)
@given(st.sampled_from(["a.csv", "a.xlsx", "a.json"]), st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(name, content):
    try:
        assert reading.read(name, content).entries
    except Unreadable as why:
        assert str(why)
