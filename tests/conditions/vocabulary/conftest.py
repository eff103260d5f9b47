from pathlib import Path

import pytest

from conditions.files import Faulty
from conditions.vocabulary import cleaning, reading, saving

DISEASES = Path(__file__).parent / "diseases.obo"


class Obo:
    """A small vocabulary on disk, without a fault until a test spoils it."""

    def __init__(self, path):
        self.path, self.text = path, DISEASES.read_text()
        self.write()

    def write(self):
        self.path.write_text(self.text)

    def change(self, old, new):
        assert self.text.count(old) == 1, f"{old!r} should stand once"
        self.text = self.text.replace(old, new)
        self.write()

    def remove(self, term):
        """Take away the stanza of a term."""
        stanza = next(part for part in self.text.split("\n\n") if f"id: {term}\n" in part)
        self.change(f"{stanza}\n\n", "")

    def line(self, words):
        return next(number for number, line in enumerate(self.text.splitlines(), 1) if words in line)

    def clean(self):
        return cleaning.clean(reading.read(self.path))

    def load(self, **options):
        return saving.load(self.clean(), **options)

    def faults(self):
        """`(line, message)` of each fault that reading finds."""
        with pytest.raises(Faulty) as found:
            reading.read(self.path)
        return [(fault.line, fault.message) for fault in found.value.faults]


@pytest.fixture
def obo(tmp_path):
    return Obo(tmp_path / "diseases.obo")
