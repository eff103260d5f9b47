import pytest

from conditions.lint.reading import grade
from conditions.lint.text import blocks

PLAIN = "Your child may fall. Ask for a walker. A nurse can show you how to use it. Try it at home first."
LEARNED = (
    "Multidisciplinary rehabilitation encompassing physiotherapeutic and occupational interventions constitutes the cornerstone "
    "of management, necessitating longitudinal evaluation of functional capabilities in affected individuals."
)


def of(text, mask=lambda text: text):
    return grade(blocks(text), mask)


def test_plain_words_in_short_sentences_are_easy_and_learned_ones_hard():
    assert of(PLAIN)[0] < 5
    assert of(LEARNED)[0] > 18


def test_words_and_words_a_sentence_are_counted():
    assert of("One two three four. Five six seven eight nine ten.")[1:] == (10, 5.0)


def test_masked_words_do_not_count_as_hard():
    text = "A pontocerebellar hypoplasia is rare. Ask for a neurologist who knows it."
    masked = of(text, lambda sentence: sentence.replace("pontocerebellar hypoplasia", "word"))
    assert masked[0] < of(text)[0]


@pytest.mark.parametrize("text", ["", "### A title\n\n| a | table |", "Yes.", "1234 5678"])
def test_what_is_no_prose_has_no_grade(text):
    assert of(text) == (0, 0, 0)


def test_a_dot_in_a_number_ends_no_sentence():
    assert of("The U.S. rate is 3.5 points of the 9.25 points we saw.")[2] > 8


def test_items_and_paragraphs_count_alike():
    assert of("- Ask for a walker\n- Try it at home first")[2] == of("Ask for a walker. Try it at home first.")[2]
