from pathlib import Path
from textwrap import dedent

import pytest

from conditions import catalogue_files
from conditions.files import Faulty

ATAXIA = """\
    name: Ataxia
    summary: Unsteady balance, walking, hands or speech.
    kind: finding
    names:
      - {name: Poor coordination, kind: report}
      - {name: Ataxias}
    codes: {mondo: ["0000437"], icd10cm: ["R27.0"]}
    unchecked_codes: [icd10cm]
    genes:
      - {symbol: CASK, inheritance: X-linked, source: orphanet}
    """
JOUBERT = """\
    name: Joubert syndrome
    summary: The middle of the cerebellum did not form as usual.
    kind: disease
    codes: {orphanet: ["475"]}
    """
KINSHIP = """\
    groups:
      - slug: rare-disease
        name: Rare disease
        summary: A condition that few people have.
        kind: group
        names:
          - {name: Orphan disease}
    parents:
      ataxia: [rare-disease]
      joubert-syndrome: [ataxia, rare-disease]
    tags:
      any: null
      joubert: joubert-syndrome
    """
PAGE = """\
    ---
    reviewer: Not yet reviewed by a clinician
    reviewed_on: 2026-11-20
    next_review_on: 2027-11-20
    funding: No sponsor.
    sources:
      ninds:
        title: Ataxia
        publisher: NINDS
        owner_kind: government
        url: https://www.example.gov/ataxia
        published: "2024"
        seen_on: 2026-11-20
        supports: what it is
      naf: {title: About, publisher: NAF, owner_kind: charity, seen_on: 2026-11-20, supports: who helps}
    ---
    # main-message
    You are not alone. [^ninds]

    1. Call someone.

    # school
    Schools can help. [^naf] [^ninds]
    """
GLOSSARY = """\
    terms:
      ataxia: {term: ataxia, forms: [ataxic], plain: unsteady movement, means: Shaky movement., topic: medical}
    """


class Tree:
    """A small catalogue on disk, without a fault until a test spoils it."""

    def __init__(self, root):
        self.root = root
        self.write("conditions/ataxia.yaml", ATAXIA)
        self.write("conditions/joubert-syndrome.yaml", JOUBERT)
        self.write("kinship.yaml", KINSHIP)
        self.write("pages/ataxia.md", PAGE)
        self.write("glossary.yaml", GLOSSARY)

    def write(self, name, text):
        path = self.root / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())

    def change(self, name, old, new):
        path = self.root / name
        text = path.read_text()
        assert text.count(old) == 1, f"{old!r} should stand once in {name}"
        path.write_text(text.replace(old, new))

    def line(self, name, words):
        """Number of the first line of a file that holds these words."""
        return next(number for number, line in enumerate((self.root / name).read_text().splitlines(), 1) if words in line)

    def read(self):
        return catalogue_files.read(self.root)

    def faults(self):
        """`(file, line, message)` of each fault that reading finds."""
        with pytest.raises(Faulty) as found:
            self.read()
        return [(str(Path(fault.path).relative_to(self.root)), fault.line, fault.message) for fault in found.value.faults]


@pytest.fixture
def tree(tmp_path):
    return Tree(tmp_path)
