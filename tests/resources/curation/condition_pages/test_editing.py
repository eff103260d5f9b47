"""The editor of conditions: what is typed is saved, checked, seen before; and never lost."""

import pytest

from conditions import document as documents
from conditions.document import ConditionDocument
from conditions.models import Condition, ConditionRevision
from resources.workflow import pages
from tests.factories import ConditionFactory, PersonFactory, kinship
from tests.resources.people.test_pages import MOST_QUERIES, faults
from tests.resources.workflow.test_pages import PAGE, changed, latest
from tests.shell.reading import Page
from tests.shell.reading import text as words

pytestmark = pytest.mark.django_db
EDIT = "/work/conditions/ataxia/edit/"


def typed(response, name):
    """What stands in a field of the form that came back."""
    return next(field.value() for form in response.context["editor"].forms for field in form if field.html_name == name)


def test_the_form_that_is_sent_back_unchanged_changes_nothing(client, ataxia, form):
    response = client.post(EDIT, form(ataxia))
    assert response.status_code == 400
    assert "Nothing is different from what is there now." in words(Page(response).by_id("error-summary"))
    assert faults(response) == []


def test_an_edit_of_a_published_page_waits(client, ataxia, form, text):
    response = client.post(EDIT, form(ataxia, school="Write to the school. [^naf]"), follow=True)
    main = words(Page(response).main)
    assert "It waits below for a second person" in main
    assert "Write to the school." in main
    assert text(ataxia) == "Schools help. [^naf]"
    assert ataxia.edits.get().by.username == "wanda"


def test_a_condition_without_a_page_gets_names_at_once(client, worker, form):
    zed = ConditionFactory(slug="zed", name="Zed", origin="mondo 1")
    kinship(ataxia=[])
    sent = form(zed, parents="Ataxia") | {
        "names-TOTAL_FORMS": 1,
        "names-0-name": "Zett",
        "names-0-kind": "former",
        "names-0-language": "en",
    }
    assert "Saved." in words(Page(client.post("/work/conditions/zed/edit/", sent, follow=True)).main)
    document = documents.of(Condition.objects.get(slug="zed"))
    assert ([row.name for row in document.names], document.parents) == (["Zett"], ["ataxia"])
    assert "zed" in client.get("/conditions/suggest/?q=zett").content.decode()


def test_a_reason_is_asked_for_and_nothing_typed_is_lost(client, ataxia, form):
    response = client.post(EDIT, form(ataxia, school="Write.", why=""))
    assert response.status_code == 400
    assert typed(response, "section-school") == "Write."
    assert Page(response).title.startswith("Error: Edit Ataxia")
    assert faults(response) == []
    assert not ataxia.edits.exists()


WRONG = {
    "a citation without a source": ({"school": "Ask. [^nobody]"}, "“School” cites [^nobody], which is no source of this page"),
    "a circle": ({"parents": "joubert"}, "Joubert already lies under Ataxia: this would close a circle."),
    "itself": ({"parents": "ataxia"}, "Ataxia cannot be a kind of itself."),
    "an unknown parent": ({"parents": "rare diseas"}, "Did you mean: rare-disease (Rare disease)"),
    "no name": ({"name": ""}, "This field is required."),
    "a long line": ({"summary": "x" * 161}, "at most 160 characters"),
    "no funding": ({"funding": ""}, "Say who paid for it, even if nobody did."),
    "a review too late": ({"next_review_on": "2199-01-01"}, "within 36 months"),
    "no day": ({"reviewed_on": "soon"}, "Enter a valid date."),
    "no first message": ({"section-main-message": " "}, "It has no “What matters first”"),
    "a gene with too much": ({"genes": "A|b|c|d|e|f|g"}, "a line begins with a gene’s symbol"),
    "a gene twice": ({"genes": "FXN\nFXN"}, "genes: 'FXN' stands twice"),
    "a source without a title": ({"sources-0-title": ""}, "This field is required."),
    "a source with a bad address": ({"sources-0-url": "not an address"}, "Enter a valid URL."),
    "a source with a bad key": ({"sources-0-key": "Not a key"}, "Small letters, digits and hyphens alone"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_at_its_field_and_all_comes_back(what, client, ataxia, form):
    kinship(joubert=["ataxia"])
    changes, sentence = WRONG[what]
    response = client.post(EDIT, form(ataxia, **({"money": "Kept."} | {"school": "Schools help. [^naf]"} | changes)))
    assert response.status_code == 400
    assert sentence in words(Page(response).by_id("error-summary"))
    assert typed(response, "section-money") == "Kept."
    assert faults(response) == []
    assert not ataxia.edits.exists()


def test_a_draft_may_lack_what_a_page_needs(client, worker, form, text):
    made = pages.create(slug="zed", document=ConditionDocument(name="Zed"), by=worker, why="A start.")
    client.post("/work/conditions/zed/edit/", form(made, school="Not done. [^later]"))
    assert text(made) == "Not done. [^later]"


def test_a_section_that_is_emptied_is_taken_away(client, ataxia, editor, form, text):
    client.post(EDIT, form(ataxia, school="  "))
    pages.apply(edit=ataxia.edits.get(), base=latest(ataxia), by=editor)
    assert text(ataxia) is None
    assert 'id="school"' not in client.get("/conditions/ataxia/").content.decode()


def test_rows_and_sections_are_added_and_taken_away_by_buttons(client, ataxia, form):
    sent = form(ataxia, do="add-sources", school="Half typed [^")
    response = client.post(EDIT, sent)
    assert len(response.context["editor"].rows["sources"].forms) == 2
    assert typed(response, "section-school") == "Half typed [^"
    assert faults(response) == []
    response = client.post(EDIT, sent | {"do": "remove-sources-0"})
    assert len(response.context["editor"].rows["sources"].forms) == 0
    response = client.post(EDIT, sent | {"do": "add-section", "section": "money"})
    assert not typed(response, "section-money")
    assert typed(response, "section-school") == "Half typed [^"
    assert [kind for kind, _field in response.context["editor"].head.sections] == ["main-message", "school", "money"]
    for do in ("remove-sources-x", "remove-nothing-0", "add-nothing", "add-section"):
        assert client.post(EDIT, sent | {"do": do, "section": "weather"}).status_code == 200
    assert client.post(EDIT, sent | {"do": "explode"}).status_code == 404
    assert not ataxia.edits.exists()


def test_an_empty_row_is_no_row(client, ataxia, form):
    rows = {"names-TOTAL_FORMS": 2}
    for place, name in enumerate(["", "Wobbles"]):
        rows |= {f"names-{place}-name": name, f"names-{place}-kind": "synonym", f"names-{place}-language": "en"}
    client.post(EDIT, form(ataxia, summary="New.") | rows)
    assert [row["name"] for row in ataxia.edits.get().document["names"]] == ["Wobbles"]


def test_control_characters_that_were_pasted_are_dropped(client, ataxia, form):
    client.post(EDIT, form(ataxia, school="A\x00B\x0b\n\nC"))
    assert ataxia.edits.get().document["sections"]["school"] == "AB\n\nC"


def test_a_source_is_added_and_cited(client, ataxia, editor, form, text):
    source = {"key": "idea", "title": "IDEA", "publisher": "ED", "owner_kind": "government", "seen_on": "2026-03-01", "supports": "plans"}
    rows = {"sources-TOTAL_FORMS": 2} | {f"sources-1-{name}": value for name, value in source.items()}
    client.post(EDIT, form(ataxia, school="Ask for a plan. [^idea] [^naf]") | rows)
    pages.apply(edit=ataxia.edits.get(), base=latest(ataxia), by=editor)
    assert "Ask for a plan." in words(Page(client.get("/conditions/ataxia/")).main)
    assert [one.key for one in ataxia.sources.all()] == ["naf", "idea"]


def test_checking_shows_the_lint_the_grade_and_the_difference_and_saves_nothing(client, ataxia, form):
    hard = (
        "Our revolutionary cure works. "
        + "Multidisciplinary interdisciplinary rehabilitation facilitates neurodevelopmental outcomes. " * 6
    )
    response = client.post(EDIT, form(ataxia, do="check", school=hard, why=""))
    found = Page(response)
    school = words(found.by_id("check-school"))
    assert response.status_code == 200
    assert "Grade" in school and "Mend" in school and "revolutionary" in school
    assert "revolutionary" in words(found.by_id("checked"))
    assert faults(response) == []
    assert not ataxia.edits.exists()


def test_htmx_gets_the_check_of_one_section_alone(client, ataxia, form):
    response = client.post(EDIT, form(ataxia, do="check-school", school="Ask. [^nobody]"), headers={"HX-Request": "true"})
    assert "[^nobody] is no source of this page." in response.content.decode()
    assert "<html" not in response.content.decode()
    assert client.post(EDIT, form(ataxia, do="check-weather")).status_code == 404


def test_the_preview_is_the_real_page_and_saves_nothing(client, ataxia, form, text):
    before = ConditionRevision.objects.count()
    response = client.post(EDIT, form(ataxia, do="preview", school="Write to the **school**. [^naf]", why=""))
    found = Page(response)
    assert "Write to the school." in words(found.by_id("school"))
    assert "Families do not see this yet." in words(found.main)
    assert found.is_noindex
    assert faults(response) == []
    assert text(ataxia) == "Schools help. [^naf]"
    assert (ataxia.edits.count(), ConditionRevision.objects.count()) == (0, before)


def test_a_condition_is_added_after_it_was_seen(client, worker):
    sent = {"name": "Zed", "slug": "zed", "kind": "disease", "why": "A family asked.", "section-school": "Ask."}
    rows = {f"{part}-{what}_FORMS": 0 for part in ("sources", "names", "codes") for what in ("TOTAL", "INITIAL")}
    assert "Families do not see this yet" in client.post("/work/new-condition/", sent | rows | {"do": "preview"}).content.decode()
    assert not Condition.objects.exists()
    response = client.post("/work/new-condition/", sent | rows | {"do": "save"}, follow=True)
    assert response.redirect_chain == [("/work/conditions/zed/", 302)]
    assert "It names no source." in words(Page(response).main)
    again = client.post("/work/new-condition/", sent | rows | {"do": "save"})
    assert "There is a condition with the address “zed” already." in words(Page(again).by_id("error-summary"))


def test_who_saves_on_an_old_base_gets_both_changes_and_nothing_is_overwritten(client, ataxia, editor, form, text):
    mine = form(ataxia, school="Mine. [^naf]", money="Mine too.")
    theirs = changed(school="Theirs. [^naf]").model_copy(update={"summary": "Their line."})
    pages.apply(edit=pages.edit(condition=ataxia, document=theirs, by=PersonFactory(role="Editor"), why="w", base=3), base=3, by=editor)
    response = client.post(EDIT, mine)
    assert response.status_code == 409
    assert faults(response) == []
    main = words(Page(response).main)
    assert "edith saved revision 4 while you wrote" in main
    assert "You both changed: School." in main
    assert "Their line." in main
    assert (typed(response, "section-school"), typed(response, "section-money")) == ("Mine. [^naf]", "Mine too.")
    assert (typed(response, "summary"), typed(response, "base"), typed(response, "why")) == ("Their line.", 4, "It was wrong.")
    assert (text(ataxia), ataxia.edits.filter(state="waiting").count()) == ("Theirs. [^naf]", 0)


def test_going_on_with_a_waiting_edit_replaces_it(client, ataxia, form):
    client.post(EDIT, form(ataxia, school="One. [^naf]"))
    first = ataxia.edits.get()
    response = client.get(f"{EDIT}?edit={first.pk}")
    assert (typed(response, "section-school"), typed(response, "edit")) == ("One. [^naf]", first.pk)
    client.post(EDIT, form(ataxia, school="Two. [^naf]", edit=first.pk))
    assert [one.document["sections"]["school"] for one in ataxia.edits.filter(state="waiting")] == ["Two. [^naf]"]


def test_another_person_s_edit_is_not_gone_on_with(client, ataxia, editor):
    theirs = pages.edit(condition=ataxia, document=changed(school="x"), by=editor, why="w", base=3)
    assert client.get(f"{EDIT}?edit={theirs.pk}").status_code == 404


def test_what_a_vocabulary_brought_is_shown_and_kept(client, ataxia, form):
    ataxia.names.create(name="FRDA", folded="frda", origin="mondo 1")
    main = words(Page(client.get(EDIT)).main)
    assert "A vocabulary adds, and keeps: FRDA" in main


def test_the_largest_form_is_below_django_s_limit_of_fields(settings):
    from resources.curation.condition_pages.forms import MOST_ROWS, ROWS

    most = sum(MOST_ROWS[part] * len(form.base_fields) for part, form in ROWS.items())
    assert most + 40 < (settings.DATA_UPLOAD_MAX_NUMBER_FIELDS or 1000)


@pytest.mark.parametrize("rows", ["-1", "99999999", "x", ""])
def test_a_forged_number_of_rows_is_no_fault_of_ours(rows, client, ataxia, form):
    assert client.post(EDIT, form(ataxia) | {"sources-TOTAL_FORMS": rows}).status_code == 400
    assert client.post(EDIT, form(ataxia, do="add-names") | {"sources-TOTAL_FORMS": rows}).status_code == 200


def test_it_is_cheap_however_much_there_is(client, ataxia, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        assert faults(client.get(EDIT)) == []
    for number in range(20):
        ataxia.names.create(name=f"Name {number}", folded=f"name {number}", origin="mondo 1")
    with django_assert_max_num_queries(MOST_QUERIES):
        client.get(EDIT)


def test_a_page_that_was_loaded_before_there_were_revisions_can_be_edited(client, worker, editor, form, text):
    made = ConditionFactory(slug="ataxia", with_page=True)
    documents.store.write(PAGE, made)
    client.post(EDIT, form(made, school="New. [^naf]"))
    pages.apply(edit=made.edits.get(), base=latest(made), by=editor)
    assert text(made) == "New. [^naf]"
    assert made.revisions.get(number=1).document["sections"]["school"] == "Schools help. [^naf]"
