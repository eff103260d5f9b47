import pytest

from conditions.codes import codes


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ORPHA:475", {("orphanet", "475")}),
        ("orpha 475", {("orphanet", "475")}),
        ("Orphanet code 475", {("orphanet", "475")}),
        ("OMIM 213000", {("omim", "213000")}),
        ("MIM#213000", {("omim", "213000")}),
        ("213000", {("omim", "213000")}),
        ("Q04.3", {("icd10cm", "Q04.3")}),
        ("icd-10-cm: g11.1", {("icd10cm", "G11.1")}),
        ("diagnosis G80 and Q04.3", {("icd10cm", "G80"), ("icd10cm", "Q04.3")}),
        ("MONDO:0018772", {("mondo", "0018772")}),
        ("mesh D003139", {("mesh", "D003139")}),
        ("DOID:0060681", {("doid", "0060681")}),
        ("joubert syndrome 3", set()),
        ("near 78701", set()),
        ("1-800-555-0100", set()),
        ("sma type 1", set()),
        ("٢١٣٠٠٠", set()),
    ],
)
def test_codes_as_people_write_them(text, found):
    assert set(codes(text)) == found
