"""From OBO to plain diseases; no database."""

import pytest

from conditions.models import ConditionKind
from conditions.vocabulary import cleaning, reading


def test_names_codes_and_parents_of_a_disease(obo):
    disease = obo.clean().diseases["0000003"]
    assert disease.name == "Zed-Young ataxia"
    assert sorted(disease.names.values()) == [
        ("Young's unsteadiness", "former"),
        ("ZYA", "abbreviation"),
        ("Zed disease", "synonym"),
        ('ataxia of "Zed"', "synonym"),
    ]
    assert disease.codes == {("mondo", "0000003"), ("omim", "213000"), ("icd10cm", "G11.1")}
    assert disease.parents == ["0000002"]


def test_an_orphanet_code_makes_a_disease_and_those_below_it_rare(obo):
    assert {number: one.is_rare for number, one in obo.clean().diseases.items()} == {
        "0000001": False,
        "0000002": True,
        "0000003": True,
        "0000004": True,
        "0000005": False,
    }


def test_what_is_no_disease_is_left_out_and_said(obo):
    vocabulary = obo.clean()
    assert vocabulary.diseases.keys() == {"0000001", "0000002", "0000003", "0000004", "0000005"}
    assert vocabulary.left_out == ["1 terms of other vocabularies", "2 terms that are no human disease"]


def test_a_former_term_knows_its_heir_and_the_origin_its_version(obo):
    vocabulary = obo.clean()
    assert vocabulary.replaced == {"0000006": "0000003"}
    assert (vocabulary.system, vocabulary.origin) == ("mondo", "mondo 2026-05-05")


def test_a_wide_class_without_a_code_is_a_group(obo):
    many = "".join(f"[Term]\nid: MONDO:01{n:05}\nname: cold {n}\nis_a: MONDO:0000001\n\n" for n in range(9))
    obo.change("[Typedef]\n", f"{many}[Typedef]\n")
    diseases = obo.clean().diseases
    assert (diseases["0000001"].kind, diseases["0000003"].kind) == (ConditionKind.GROUP, ConditionKind.DISEASE)


def test_a_name_that_no_column_holds_is_left_out_and_said(obo):
    obo.change('"ZYA" EXACT ABBREVIATION', f'"{"long " * 70}" EXACT')
    assert any("too long" in line for line in obo.clean().left_out)


def test_a_vocabulary_that_nobody_knows_is_refused(obo):
    obo.path.write_text(obo.text.replace("MONDO:", "XYZ:"))
    with pytest.raises(ValueError, match="we know"):
        cleaning.clean(reading.read(obo.path))
