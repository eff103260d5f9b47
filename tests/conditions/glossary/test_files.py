import pytest

from conditions.files import Faulty
from conditions.glossary.files import read

GOOD = """\
sources:
  nih: {title: Words, publisher: NIH, owner_kind: government, seen_on: 2026-11-21, supports: what ataxia is}
terms:
  ataxia: {term: ataxia, forms: [ataxic], plain: unsteady movement, means: Shaky movement., topic: medical, source: nih}
"""


def faults(tmp_path, text):
    path = tmp_path / "glossary.yaml"
    path.write_text(text)
    with pytest.raises(Faulty) as found:
        read(path)
    return [(fault.line, fault.message) for fault in found.value.faults]


def test_a_good_file_is_read(tmp_path):
    (tmp_path / "glossary.yaml").write_text(GOOD)
    assert read(tmp_path / "glossary.yaml").terms["ataxia"].forms == ["ataxic"]


@pytest.mark.parametrize(
    ("more", "line", "message"),
    [
        ("  other: {term: Ataxic, plain: x, means: y, topic: medical}", 5, "'Ataxic' stands in the glossary already"),
        ("  other: {term: other, plain: x, means: y, topic: medical, source: nobody}", 5, "'nobody' is cited but is no source"),
        ("  other: {term: other, plain: x, means: y, topic: magic}", 5, "'terms.other.topic'"),
        ("  other: {term: other, plain: '', means: y, topic: medical}", 5, "'terms.other.plain'"),
    ],
)
def test_faults_are_named_with_their_line(tmp_path, more, line, message):
    ((at, said),) = faults(tmp_path, GOOD + more)
    assert at == line
    assert said.startswith(message)
