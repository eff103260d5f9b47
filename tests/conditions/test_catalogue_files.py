from datetime import date

import pytest

from conditions.catalogue_files import read_page

ATAXIA, JOUBERT, KINSHIP, PAGE = "conditions/ataxia.yaml", "conditions/joubert-syndrome.yaml", "kinship.yaml", "pages/ataxia.md"


def test_a_good_catalogue_is_read_whole(tree):
    catalogue = tree.read()
    assert [*catalogue.conditions] == ["ataxia", "joubert-syndrome", "rare-disease"]
    assert catalogue.conditions["ataxia"].codes == {"mondo": ["0000437"], "icd10cm": ["R27.0"]}
    assert catalogue.parents == {"ataxia": ["rare-disease"], "joubert-syndrome": ["ataxia", "rare-disease"]}
    assert catalogue.tags == {"any": None, "joubert": "joubert-syndrome"}
    page = catalogue.pages["ataxia"]
    assert page.head.next_review_on == date(2027, 11, 20)
    assert page.sections == {
        "main-message": "You are not alone. [^ninds]\n\n1. Call someone.",
        "school": "Schools can help. [^naf] [^ninds]",
    }
    assert page.cited("school") == ["naf", "ninds"]


# What is spoilt: the file, the words that stand there, what they are changed to, the words on the line that is to be named, what is said.
SPOILT = {
    "unknown key": (ATAXIA, "kind: finding", "kind: finding\ncolour: red", "colour", "unknown key 'colour'"),
    "unknown key of a name": (ATAXIA, "{name: Ataxias}", "{name: Ataxias, tongue: en}", "Ataxias", "unknown key 'names.1.tongue'"),
    "unknown kind": (ATAXIA, "kind: finding", "kind: sausage", "sausage", "'kind': "),
    "unknown system of codes": (ATAXIA, "mondo:", "monde:", "monde", "codes.monde"),
    "a code of odd letters": (ATAXIA, '"0000437"', '"12 ; 34"', "12 ; 34", "codes.mondo.0"),
    "a summary that is too long": (ATAXIA, "Unsteady", "Unsteady " * 20, "Unsteady", "'summary': at most 160 letters"),
    "no name": (JOUBERT, "name: Joubert syndrome\n", "", "summary", "'name' is missing"),
    "an empty name": (JOUBERT, "name: Joubert syndrome", "name: ''", "name", "'name': "),
    "a key twice": (ATAXIA, "kind: finding", "kind: finding\nkind: injury", "kind: injury", "'kind' stands twice"),
    "a name twice": (ATAXIA, "{name: Ataxias}", "{name: POOR  coordination}", "POOR", "'poor coordination' stands twice"),
    "a gene twice": (ATAXIA, "orphanet}", "orphanet}\n  - {symbol: CASK}", "{symbol: CASK}", "'CASK' stands twice"),
    "a code twice": (ATAXIA, '"0000437"', '"0000437", "0000437"', "0000437", "stands twice"),
    "a name of a group twice": (
        KINSHIP,
        "- {name: Orphan disease}",
        "- {name: Orphan disease}\n      - {name: ORPHAN DISEASE}",
        "ORPHAN",
        "stands twice",
    ),
    "a group with a slug that is taken": (KINSHIP, "slug: rare-disease", "slug: ataxia", "slug: ataxia", "the slug 'ataxia' is taken"),
    "a slug that is none": (KINSHIP, "slug: rare-disease", "slug: Rare Disease", "slug: Rare", "'groups.0.slug'"),
    "an unknown child": (KINSHIP, "  ataxia: [rare", "  ataxiaa: [rare", "ataxiaa", "unknown condition 'ataxiaa'"),
    "an unknown parent": (KINSHIP, "[ataxia, rare-disease]", "[ataxia, rarity]", "rarity", "unknown condition 'rarity'"),
    "an unknown condition at a tag": (
        KINSHIP,
        "joubert: joubert-syndrome",
        "joubert: joubert",
        "joubert: joubert",
        "unknown condition 'joubert'",
    ),
    "a circle": (KINSHIP, "ataxia: [rare-disease]", "ataxia: [rare-disease, joubert-syndrome]", "ataxia: [", "kinship runs in a circle: "),
    "a condition under itself": (KINSHIP, "ataxia: [rare-disease]", "ataxia: [ataxia]", "ataxia: [", "ataxia → ataxia"),
    "no groups": (KINSHIP, "groups:", "group:", "group:", "unknown key 'group'"),
    "a bad date": (PAGE, "reviewed_on: 2026-11-20\n", "reviewed_on: 2026-11-31\n", "reviewed_on", "day is out of range"),
    "a date in words": (PAGE, "reviewed_on: 2026-11-20\n", "reviewed_on: last week\n", "reviewed_on", "'reviewed_on': "),
    "no reviewer": (PAGE, "reviewer: Not yet reviewed by a clinician\n", "", "reviewed_on", "'reviewer' is missing"),
    "an empty reviewer": (PAGE, "reviewer: Not yet reviewed by a clinician", "reviewer: ''", "reviewer", "'reviewer': "),
    "no funding line": (PAGE, "funding: No sponsor.", "funding: ''", "funding", "'funding': "),
    "a source without what it supports": (PAGE, "    supports: what it is\n", "", "ninds:", "'sources.ninds.supports' is missing"),
    "a source of an unknown owner": (PAGE, "owner_kind: government", "owner_kind: friend", "friend", "'sources.ninds.owner_kind': "),
    "an address that is none": (PAGE, "https://www.example.gov/ataxia", "javascript:alert(1)", "javascript", "'sources.ninds.url': "),
    "an unknown section": (PAGE, "# school", "# schooling", "# schooling", "unknown section 'schooling'"),
    "a section twice": (
        PAGE,
        "# school\n",
        "# school\nText.\n#  main-message\n",
        "#  main-message",
        "the section 'main-message' stands twice",
    ),
    "an empty section": (PAGE, "# school\n", "# money\n\n# school\n", "# money", "the section 'money' is empty"),
    "a citation of no source": (PAGE, "Call someone.", "Call someone. [^nowhere]", "[^nowhere]", "'nowhere' is cited but is no source"),
    "a citation with capitals": (PAGE, "Call someone.", "Call someone. [^NINDS]", "[^NINDS]", "'NINDS' is cited but is no source"),
    "text before the first section": (PAGE, "# main-message", "Hello.\n# main-message", "Hello.", "text before the first section"),
    "no main message": (PAGE, "# main-message", "# money", "---", "the section 'main-message' is missing"),
    "a review that is due before it was made": (PAGE, "2027-11-20", "2026-11-20", "next_review_on", "within 36 months"),
    "a review that is due too late": (PAGE, "2027-11-20", "2029-11-21", "next_review_on", "within 36 months"),
}


@pytest.mark.parametrize("spoilt", SPOILT)
def test_a_fault_is_named_with_its_file_and_line(spoilt, tree):
    name, old, new, words, message = SPOILT[spoilt]
    tree.change(name, old, new)
    faults = tree.faults()
    assert (name, tree.line(name, words)) in [(file, line) for file, line, said in faults if message in said], faults


def test_the_faults_of_all_files_are_told_at_once(tree):
    for spoilt in ("unknown key", "no name", "an unknown parent", "an unknown section", "a citation of no source"):
        tree.change(*SPOILT[spoilt][:3])
    assert {file for file, _line, _said in tree.faults()} == {ATAXIA, JOUBERT, KINSHIP, PAGE}


def test_without_kinship_there_is_no_catalogue(tree):
    (tree.root / KINSHIP).unlink()
    assert (KINSHIP, 1, "the file is missing") in tree.faults()


def test_a_folder_without_anything_is_no_catalogue(tree):
    tree.root = tree.root / "nowhere"
    assert tree.faults() == [("glossary.yaml", 1, "the file is missing"), (KINSHIP, 1, "the file is missing")]


def test_a_page_without_its_condition_is_refused(tree):
    tree.write("pages/gout.md", (tree.root / PAGE).read_text())
    assert tree.faults() == [("pages/gout.md", 1, "there is no condition 'gout' for this page")]


@pytest.mark.parametrize("name", ["Ataxia Type 1", "ataxia_1", "ataxía", "a" * 81])
def test_a_file_whose_name_is_no_slug_is_refused(name, tree):
    tree.write(f"conditions/{name}.yaml", (tree.root / JOUBERT).read_text())
    assert [file for file, _line, _said in tree.faults()] == [f"conditions/{name}.yaml"]


@pytest.mark.parametrize("text", ["", "# main-message\nHello.\n", "---\nreviewer: A\n# main-message\n", "--\n--\n"])
def test_a_page_begins_with_its_front_matter(text, tree):
    tree.write(PAGE, text)
    assert tree.faults() == [(PAGE, 1, "expected front matter between two lines of ---")]


@pytest.mark.parametrize(
    ("name", "content", "line"), [(PAGE, b"---\n\xff", 1), (ATAXIA, b"name: A\nkind: \x00\n", 2), (KINSHIP, b"\xff", 1)]
)
def test_a_file_that_is_no_text_is_refused(name, content, line, tree):
    tree.write(name, content)
    assert (name, line) in [(file, found) for file, found, _said in tree.faults()]


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        (JOUBERT, "name: Joubert syndrome", 'name: "Joubert\\0"'),
        (JOUBERT, "summary: The middle", 'summary: "The\\0" # middle'),
        (ATAXIA, "inheritance: X-linked", 'inheritance: "X\\0"'),
        (PAGE, "url: https://www.example.gov/ataxia", 'url: "https://www.example.gov/\\0"'),
    ],
)
def test_a_nul_written_as_an_escape_is_refused_too(name, old, new, tree):
    tree.change(name, old, new)
    assert (name, tree.line(name, "\\0")) in [(file, line) for file, line, _said in tree.faults()]


def test_the_longest_review_is_36_months(tree):
    tree.change(PAGE, "2027-11-20", "2029-11-20")
    assert tree.read().pages["ataxia"].head.next_review_on == date(2029, 11, 20)


def test_headings_within_a_section_belong_to_it(tree):
    tree.change(PAGE, "Schools can help.", "### Who decides\n\nSchools can help.")
    assert read_page(tree.root / PAGE).sections["school"].startswith("### Who decides\n\nSchools")
