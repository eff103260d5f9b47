"""A file that is not whole, or not OBO, is refused with the line."""

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from conditions.files import Faulty
from conditions.vocabulary import reading


def test_a_file_is_read_packed_or_not(obo, tmp_path):
    packed = tmp_path / "diseases.obo.gz"
    packed.write_bytes(gzip.compress(obo.path.read_bytes()))
    assert set(reading.read(obo.path)) == set(reading.read(packed)) >= {"MONDO:0000003", "HP:0001251"}


def test_line_ends_of_windows_and_a_byte_order_mark_are_no_fault(obo):
    whole = set(reading.read(obo.path))
    obo.path.write_bytes(b"\xef\xbb\xbf" + obo.text.replace("\n", "\r\n").encode())
    assert set(reading.read(obo.path)) == whole


@pytest.mark.parametrize(
    ("old", "new", "at", "words"),
    [
        ("is_a: MONDO:0000002 !", "is_a: MONDO:0000099 !", "MONDO:0000099", "the parent MONDO:0000099 of MONDO:0000003 is not declared"),
        ("is_a: MONDO:0000003 !", "is_a: MONDO:0000006 !", "is_a: MONDO:0000006", "is obsolete"),
        ("id: MONDO:0000005", "id: MONDO:0000004", "name: common cold", "MONDO:0000004 stands twice"),
        ("name: common cold\n", "", "id: MONDO:0000005", "a term without a name"),
        ("id: MONDO:0000005\n", "", "name: common cold", "a term without an id"),
        ('synonym: "cold, common" EXACT []', 'synonym: "cold, comm', 'synonym: "cold, comm', "not a line of OBO"),
        ("xref: mesh:D003139", "mesh D003139", "mesh D003139", "not a line of OBO"),
    ],
)
def test_a_fault_is_named_with_its_line(old, new, at, words, obo):
    obo.change(old, new)
    [(line, message)] = obo.faults()
    assert words in message
    assert 0 <= obo.line(at) - line <= 2  # a stanza's own faults stand at its head


def test_a_circle_is_named_with_the_line_of_one_of_its_links(obo):
    obo.change("name: disease\n", "name: disease\nis_a: MONDO:0000004\n")
    [(line, message)] = obo.faults()
    assert message.startswith("kinship runs in a circle: MONDO:000000")
    assert obo.text.splitlines()[line - 1].startswith("is_a: ")


def test_a_file_that_is_cut_off_is_refused_wherever_it_ends_in_a_line(obo):
    obo.text = obo.text[: obo.text.index("common cold") + 4]
    obo.write()
    assert (len(obo.text.splitlines()), "the file was cut off: its last line has no end") in obo.faults()


def test_a_packed_file_that_is_cut_off_or_broken_is_refused(obo):
    packed = gzip.compress(obo.text.encode() * 50)
    for spoiled in (packed[: len(packed) // 2], packed[:40] + b"\x00" * 20 + packed[60:]):
        obo.path.write_bytes(spoiled)
        [(line, message)] = obo.faults()
        assert line >= 1
        assert "broken or cut off" in message


@pytest.mark.parametrize(
    ("raw", "line", "words"),
    [
        (b"", 1, "not an OBO file"),
        (b"<html>\n", 1, "not an OBO file"),
        (b"format-version: 1.2\n", 2, "names no term"),
        (b"format-version: 1.2\n\xff\xfe\n", 2, "not UTF-8"),
        (b"format-version: 1.2\n\n[Term]\nid: a\x00\n", 4, "NUL"),
    ],
)
def test_what_is_no_obo_file_is_refused(raw, line, words, obo):
    obo.path.write_bytes(raw)
    assert [(found, words in message) for found, message in obo.faults()] == [(line, True)]


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Faulty, match="cannot be read"):
        reading.read(tmp_path / "none.obo")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cut=st.integers(0, 1500), noise=st.binary(max_size=8))
def test_whatever_a_file_holds_it_is_read_or_refused(cut, noise, obo):
    raw = obo.text.encode()
    obo.path.write_bytes(raw[:cut] + noise + raw[cut + len(noise) :])
    try:
        assert reading.read(obo.path)
    except Faulty as found:
        assert all(fault.line >= 0 for fault in found.faults)
