"""`manage.py lint_text` on passages of our own, on files that cannot be read, and on the whole catalogue."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from resources.lint.texts import Reader, of_file

PASSAGES = Path(__file__).parent / "passages"


def lint(*args):
    """`(exit code, what was printed)`."""
    out = StringIO()
    try:
        call_command("lint_text", *map(str, args), stdout=out)
    except CommandError as error:
        return 1, f"{out.getvalue()}{error}"
    return 0, out.getvalue()


def passages(side):
    """Made up for this test, some by people who had not seen the rules; none is true, and none is for families."""
    return (PASSAGES / f"{side}.txt").read_text().split("\n\n=====\n\n")


@pytest.fixture(scope="module", autouse=True)
def reader():
    """All read by one: to learn the catalogue's names takes a second."""
    made = Reader.of_files()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "of_files", lambda: made)
        yield made


def errors(reader, passage, folder):
    path = folder / "passage.txt"
    path.write_text(passage)
    return [finding for finding in reader.findings(of_file(path)) if finding.level == "error"]


@pytest.mark.parametrize("passage", passages("promotional"), ids=lambda passage: passage[:30])
def test_a_text_that_sells_blames_or_shows_off_is_caught(reader, passage, tmp_path):
    assert errors(reader, passage, tmp_path)


@pytest.mark.parametrize("passage", passages("plain"), ids=lambda passage: passage[:30])
def test_a_plain_text_passes(reader, passage, tmp_path):
    assert errors(reader, passage, tmp_path) == []


def test_it_names_place_rule_why_and_how_to_mend_it_and_fails(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("Our clinic is kind.\n\nIt is a miracle.")
    code, said = lint(path)
    assert code == 1
    assert f"{path}:3: error: breakthrough: “miracle” The word sells." in said and " → Say what is new" in said
    assert said.endswith("1 texts read: 2 errors, 0 pieces of advice.")


def test_the_whole_catalogue_passes():
    code, said = lint("--errors-only")
    assert code == 0, said


def test_advice_is_printed_and_does_not_fail(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("She has ataxia. " + "It is so. " * 6)
    code, said = lint(path)
    assert code == 0
    assert "a.txt:1: advice: long-paragraph" in said and "unexplained-word" in said
    assert "advice:" not in lint(path, "--errors-only")[1]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n\x00\xff", "is not UTF-8 text"),
        (b"words\x00words", "holds a NUL byte"),
        (b"", "the file is empty"),
        (b" \n\n ", "the file is empty"),
        (b"words " * 2_000_000, "2 MB at most"),
    ],
    ids=["binary", "NUL", "empty", "blank", "12 MB"],
)
def test_what_cannot_be_read_gets_a_sentence(tmp_path, content, sentence):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    code, said = lint(path)
    assert code == 1
    assert str(path) in said and sentence in said


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path):
    code, said = lint(tmp_path / "nowhere.txt")
    assert (code, "there is no such file" in said) == (1, True)


def test_a_folder_gets_a_sentence(tmp_path):
    assert "there is no such file" in lint(tmp_path)[1]


@pytest.mark.parametrize("words", ["the cat sat ", "no cure ", "[", "a](", "**"])
def test_one_long_line_is_read(tmp_path, words):
    path = tmp_path / "a.txt"
    path.write_text(words * (100_000 // len(words)))
    assert "texts read" in lint(path)[1]
