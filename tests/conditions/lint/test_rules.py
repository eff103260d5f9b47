"""Each rule catches what it is for and lets its plain counterpart pass."""

import pytest

from conditions.glossary.explaining import Glossary
from conditions.lint.checks import Passage, claims, jargon
from conditions.lint.rules import rules

RULES = {rule.shape.id: rule for rule in rules().rules}
CAUGHT = [(name, sentence) for name, rule in RULES.items() for sentence in rule.shape.caught]
PASSES = [(name, sentence) for name, rule in RULES.items() for sentence in rule.shape.passes]


def found(text, **kwargs):
    return {finding.rule for finding in claims(Passage("a text", text, 1, **kwargs))}


@pytest.mark.parametrize(("rule", "sentence"), CAUGHT)
def test_caught(rule, sentence):
    assert rule in found(sentence)


@pytest.mark.parametrize(("rule", "sentence"), PASSES)
def test_passes(rule, sentence):
    assert rule not in found(sentence)


@pytest.mark.parametrize("name", list(RULES))
def test_each_rule_shows_both_sides_and_says_why_and_how_to_mend_it(name):
    shape = RULES[name].shape
    assert shape.caught and shape.passes
    assert shape.why.endswith(".") and len(shape.mend) > 20
    assert shape.about[0].isupper() and not shape.about.endswith(".")


def test_a_name_may_hold_a_word_that_is_not_ours_to_choose():
    assert not found("Ask the Society for Crippled Children, as it was called, for its old files.")
    assert not found("They met at the Handicapped Riders Club.")
    assert found("They met at a club for handicapped riders.") == {"person-first"}
    assert found("They met at a club for HANDICAPPED riders.") >= {"person-first"}


@pytest.mark.parametrize(
    "sentence",
    [
        "A clinic that says “our patients are cured” wants your money.",
        "Be wary of a page that promises a breakthrough.",
        "Will my child be cured?",
        "No drug has been shown to reverse the damage.",
    ],
)
def test_what_others_claim_is_no_claim(sentence):
    assert not found(sentence)


def test_a_warning_section_may_name_the_claims_but_not_blame():
    assert not found("- A miracle cure\n- 100% safe", warns=True)
    assert found("It happened because you waited.", warns=True) == {"blame"}


def test_a_number_needs_its_source_near_it():
    assert found("About 30% of children had seizures.") == {"percentage"}
    assert not found("About 30% of children had seizures. [^study]")
    assert not found("About 30% of children had seizures.", is_cited=True)
    assert found("First of all.[^study]\n\nAbout 30% of children had seizures.") == {"percentage"}


def test_a_source_does_not_excuse_a_cure():
    assert "cure" in found("This cures ataxia. [^study]")


@pytest.mark.parametrize("heading", ["Red flags", "What is unproven", "Beware of these words"])
def test_a_heading_that_warns_excuses_the_list_under_it(heading):
    assert not found(f"### {heading}\n\n- A miracle treatment for all")


def test_jargon_is_excused_by_its_plain_word():
    def words(text):
        return [finding.excerpt for finding in jargon(Passage("a text", text, 1), Glossary([]))]

    assert words("We utilize a multidisciplinary plan.") == ["utilize", "multidisciplinary"]
    assert not words("Its cause (etiology) is not known.")
    assert not words("Ask the Office of Psychosocial Care.")
