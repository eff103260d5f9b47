"""What the lint says of whole texts: grades, long sentences, jargon, and where it saw them."""

from conditions.glossary.explaining import Glossary, Word
from conditions.lint.checks import Passage, check

ATAXIA = Glossary([Word("ataxia", "ataxia", ("ataxic",), "unsteady movement", "Shaky movement.")])
PLAIN = """Your child may fall more than others. Ask the team for a walker.

A therapist can show you how to use it. Try it at home first. Then show the school."""


def findings(*passages, mask=lambda text: text):
    return check(passages, ATAXIA, mask)


def rules_in(*passages, **kwargs):
    return {finding.rule for finding in findings(*passages, **kwargs)}


def test_a_plain_text_has_no_finding():
    assert findings(Passage("a page", PLAIN, 1)) == []


def test_a_finding_says_where_what_why_and_how_to_mend_it():
    (finding,) = findings(Passage("page.md: school", f"{PLAIN}\n\nThis therapy is a breakthrough for us.", 10))
    assert (finding.place, finding.line, finding.level, finding.rule) == ("page.md: school", 14, "error", "breakthrough")
    assert str(finding).startswith("page.md: school:14: error: breakthrough: “breakthrough” The word sells.")
    assert "→ Say what is new" in str(finding)


def test_every_finding_says_in_plain_words_what_it_is_about():
    hard = "Comprehensive neurological rehabilitation encompasses individualized physiotherapeutic interventions. " * 5
    long = ("we go to the park and then to the pool and " * 2 + "we all go home. ").capitalize() * 5
    found = findings(Passage("a", hard, 1), Passage("b", long, 1), Passage("c", "A miracle. She has ataxia.", 1, explains=False))
    named = {"jargon", "reading-grade", "long-sentence", "long-sentences", "long-paragraph", "breakthrough", "unexplained-word"}
    assert {one.rule for one in found} >= named
    assert [one.rule for one in found if one.about == one.rule] == []


def test_a_place_without_lines_prints_none():
    (finding,) = findings(Passage("money/ssi: steps", "It is a miracle for families."))
    assert str(finding).startswith("money/ssi: steps: error")


def test_a_long_sentence_is_advice():
    long = "we go to the park and then to the pool and " * 2 + "we all go home at four."
    assert [(one.rule, one.level) for one in findings(Passage("a", long, 1))][:1] == [("long-sentence", "advice")]


def test_long_sentences_on_average_are_an_error():
    long = "we go to the park and then to the pool and " * 2 + "we all go home. "
    assert ("long-sentences", "error") in [(one.rule, one.level) for one in findings(Passage("a", long.capitalize() * 3, 1))]


def test_long_paragraphs_are_advice():
    assert [one.level for one in findings(Passage("a", "It is so. " * 5, 1)) if one.rule == "long-paragraph"] == ["advice"]
    assert "long-paragraph" not in rules_in(Passage("a", "It is so. " * 4, 1))


def test_each_section_is_graded_by_itself():
    hard = "Comprehensive neurological rehabilitation encompasses individualized physiotherapeutic interventions. " * 5
    graded = [one.place for one in findings(Passage("a: easy", PLAIN, 1), Passage("a: hard", hard, 5)) if one.rule == "reading-grade"]
    assert graded == ["a: hard"]


def test_a_name_that_is_masked_is_not_hard():
    hard = "Pontocerebellar hypoplasia is rare. " * 12
    assert "reading-grade" in rules_in(Passage("a", hard, 1))
    assert "reading-grade" not in rules_in(Passage("a", hard, 1), mask=lambda text: text.replace("Pontocerebellar hypoplasia", "It"))


def test_a_glossary_word_needs_its_plain_word_where_the_page_shows_none():
    assert rules_in(Passage("a file", "She has ataxia and walks.", 1, explains=False)) == {"unexplained-word"}
    assert not rules_in(Passage("a file", "She has unsteady movement (ataxia) and walks.", 1, explains=False))
    assert not rules_in(Passage("a page", "She has ataxia and walks.", 1))
