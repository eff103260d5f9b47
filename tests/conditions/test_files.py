from datetime import date
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import ValidationError

from conditions.files import Document, Fault, Faulty, gather, read_text, sentence, validate
from conditions.shapes import Shape

PATH = Path("catalogue/ataxia.yaml")


class Paper(Shape):
    title: str
    year: int = 2026
    seen_on: date | None = None
    authors: list[str] = []


def faults(call, *arguments):
    """`(line, message)` of each fault that a call is refused for."""
    with pytest.raises(Faulty) as found:
        call(*arguments)
    assert all(fault.path == PATH for fault in found.value.faults)
    return [(fault.line, fault.message) for fault in found.value.faults]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("name: Ataxia\nkind: finding\nname: Ataxias\n", 3, "'name' stands twice"),
        ("codes:\n  mondo: []\n  omim: []\n  mondo: []\n", 4, "'mondo' stands twice"),
        ("names:\n  - {name: A,\n     name: B}\n", 3, "'name' stands twice"),
        ("name: Ataxia\nkind: [finding\nnames: []\n", 3, "did not find expected ',' or ']'"),
        ("name: Ataxia\nsummary: One: two\n", 2, "mapping values are not allowed"),
        ("name: Ataxia\n\tkind: finding\n", 2, "found a tab character"),
        ('name: "Ataxia\n', 2, "found unexpected end of stream"),
        ("name: *nowhere\n", 1, "found undefined alias"),
        ("name: !!python/name:os.system\n", 1, "could not determine a constructor"),
        ("name: A\n---\nname: B\n", 2, "another document"),
        ("", 1, "expected keys and values"),
        ("# nothing but a remark\n", 1, "expected keys and values"),
        ("- a\n- b\n", 1, "expected keys and values"),
        ("only words\n", 1, "expected keys and values"),
        ("name: A\n? [a, b]\n: c\n", 2, "key"),
        ("name: A\n{ name: {} }: c\n", 2, "key"),
    ],
)
def test_broken_yaml_is_refused_with_its_line(text, line, words):
    [(found, message)] = faults(Document, PATH, text)
    assert found == line
    assert words in message


def test_lines_count_from_where_the_text_stands_in_its_file():
    assert [line for line, _ in faults(Document, PATH, "a: 1\na: 2\n", 10)] == [11]
    assert Document(PATH, "a: 1\nb: 2\n", first_line=10).line("b") == 11


TEXT = """\
# Remarks come first.
name: Ataxia
sources:
  - key: one
    url: https://www.example.org
  - {key: two,
     url: ""}
codes:
  mondo: ["1",
          "2"]
2026: a key that is no text
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 2),
        (("name",), 2),
        (("sources",), 3),
        (("sources", 0), 4),
        (("sources", 0, "url"), 5),
        (("sources", 1), 6),
        (("sources", 1, "url"), 7),
        (("codes", "mondo", 1), 10),
        (("2026",), 11),
        # The nearest thing around a place that is not there.
        (("sources", 0, "supports"), 4),
        (("sources", 7), 3),
        (("codes", "omim"), 8),
        (("name", "more"), 2),
        (("nothing", "here"), 2),
    ],
)
def test_every_place_has_a_line(place, line):
    assert Document(PATH, TEXT).line(*place) == line


@given(
    st.recursive(
        st.integers(0, 9),
        lambda inner: st.lists(inner, min_size=1, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, min_size=1),
    )
)
def test_a_place_stands_where_its_number_is_written(data):
    """Each leaf is written on a line of its own, which the test notes as it writes."""
    lines, places = [], {}

    def write(value, place, indent):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            head = f"{' ' * indent}{key}:" if isinstance(value, dict) else f"{' ' * indent}-"
            if isinstance(inner, int):
                lines.append(f"{head} {inner}")
                places[*place, key] = len(lines)
            else:
                lines.append(head)
                write(inner, (*place, key), indent + 1)

    write({"all": data}, (), 0)
    document = Document(PATH, "\n".join(lines))
    assert document.data == {"all": data}
    assert {place: document.line(*place) for place in places} == places


@given(st.text(alphabet="ab:-[]{}&*!#\"'|>?,%@\\ \n\t019.~", max_size=40))
@example("&a [*a]")
@example("a: &a {b: *a}")
@example("a: 2026-99-99")
@example("? {}\n: {}")
@example("a: .nan")
@example("1: a\n1.0: b")
def test_any_text_is_read_or_refused_with_a_line(text):
    try:
        Document(PATH, text).read(Paper)
    except Faulty as found:
        assert all(1 <= fault.line <= text.count("\n") + 2 and fault.message for fault in found.faults)


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("title: A\ncolour: red\n", 2, "unknown key 'colour'"),
        ("year: 2020\n", 1, "'title' is missing"),
        ("title: A\nyear: '2020'\n", 2, "'year': write a whole number"),
        ("title: A\nyear: yes\n", 2, "'year': write a whole number"),
        ("title: 5\n", 1, "'title': write a text"),
        ("title:\n", 1, "'title': write a text"),
        ("title: A\nseen_on: yesterday\n", 2, "'seen_on': write a day, as 2026-11-20"),
        ("title: A\nseen_on: '2026-02-30'\n", 2, "'seen_on': write a day, as 2026-11-20"),
        ("title: A\nseen_on: 2026-01-01 10:00:00\n", 2, "'seen_on'"),
        ("title: A\nauthors:\n- B\n- 5\n", 4, "'authors.1': write a text"),
        ("title: A\nauthors: B\n", 2, "'authors': write a list"),
        ("title: A\nyear: .inf\n", 2, "'year'"),
    ],
)
def test_what_does_not_fit_the_shape_is_named_with_its_line(text, line, message):
    [(found, said)] = faults(Document(PATH, text).read, Paper)
    assert found == line
    assert said.startswith(message)


@pytest.mark.parametrize(
    ("written", "words"), [("2026-02-30", "day"), ("2026-13-01", "month"), ("0000-01-01", "year"), ("2026-11-20 25:00:00", "hour")]
)
def test_a_date_that_does_not_exist_is_refused_with_its_line(written, words):
    [(line, message)] = faults(lambda: Document(PATH, f"title: A\nseen_on: {written}\n").read(Paper))
    assert line == 2
    assert words in message


def test_dates_may_be_written_with_and_without_quotes():
    for written in ("2026-11-20", "'2026-11-20'"):
        assert Document(PATH, f"title: A\nseen_on: {written}\n").read(Paper).seen_on == date(2026, 11, 20)


def test_all_faults_of_a_file_are_named_at_once():
    assert [line for line, _ in faults(Document(PATH, "year: x\ncolour: red\n").read, Paper)] == [1, 1, 2]


def test_a_part_is_named_by_its_place_in_the_file():
    document = Document(PATH, "papers:\n- title: A\n- title: B\n  year: x\n")
    with pytest.raises(Faulty) as found:
        document.read(Paper, document.data["papers"][1], at=("papers", 1))
    assert [fault.line for fault in found.value.faults] == [4]


@pytest.mark.parametrize("data", [{"title": {"a", "b"}}, {"title": object()}, {("a", "b"): 1}, {"title": "\ud800"}])
def test_what_is_no_plain_data_is_refused(data):
    with pytest.raises(Faulty):
        validate(Paper, data, lambda place, message: Fault(PATH, 1, message))


def test_a_rule_of_the_shape_speaks_in_its_own_words():
    with pytest.raises(ValidationError) as found:
        Paper.model_validate({"title": "A", "more": 1})
    assert [sentence(wrong) for wrong in found.value.errors()] == ["unknown key 'more'"]
    assert sentence({"type": "value_error", "loc": (), "ctx": {"error": ValueError("two are alike")}}) == "the whole: two are alike"


@pytest.mark.parametrize(
    ("content", "line", "message"),
    [
        ("name: Ménière".encode("latin-1"), 1, "the file is not UTF-8 text"),
        (b"\xff\xfe\x00", 1, "the file is not UTF-8 text"),
        (b"a: 1\nb: 2\nc: \x00\n", 3, "the file holds a NUL byte"),
    ],
)
def test_a_file_that_is_no_text_is_refused(content, line, message, tmp_path):
    path = tmp_path / "ataxia.yaml"
    path.write_bytes(content)
    with pytest.raises(Faulty) as found:
        read_text(path)
    assert found.value.faults == [Fault(path, line, message)]


def test_text_is_read_whatever_its_line_endings(tmp_path):
    path = tmp_path / "ataxia.yaml"
    path.write_bytes("name: Ménière\r\nkind: finding\r\n".encode())
    assert read_text(path) == "name: Ménière\nkind: finding\n"


def test_good_files_are_read_and_all_faults_gathered():
    def read(name):
        if name.startswith("bad"):
            raise Faulty([Fault(Path(name), 2, "second"), Fault(Path(name), 1, "first")])
        return name.upper()

    results, found = gather(["a", "bad1", "b", "bad2"], read)
    assert results == ["A", "B"]
    assert sorted(map(str, found)) == ["bad1:1: first", "bad1:2: second", "bad2:1: first", "bad2:2: second"]


def test_faults_are_told_in_the_order_of_the_lines():
    found = Faulty([Fault(Path("b"), 1, "z"), Fault(Path("a"), 10, "y"), Fault(Path("a"), 9, "x")])
    assert str(found) == "a:9: x\na:10: y\nb:1: z"
