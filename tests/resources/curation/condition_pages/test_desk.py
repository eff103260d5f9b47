"""The desk of a condition and the list: what is next, what waits, what was; by whom each is done."""

from datetime import date, timedelta

import pytest

from conditions.document import ConditionDocument
from conditions.editorial import State
from conditions.models import Condition, Section
from resources.workflow import pages
from tests.factories import ConditionFactory, PersonFactory
from tests.resources.people.test_pages import MOST_QUERIES, faults
from tests.resources.workflow.test_pages import PAGE, changed, edit, latest
from tests.shell.reading import Page
from tests.shell.reading import text as words

pytestmark = pytest.mark.django_db
DESK = "/work/conditions/ataxia/"


def act(client, verb, **said):
    """As the browser would send it: with the revision that stands on the desk."""
    base = client.get(DESK).context["newest"]
    return client.post(DESK, {"verb": verb, "why": "A reason.", "base": base} | said, follow=True)


def buttons(response):
    return [words(button) for button in Page(response).main.iter("button")][1:]  # the first signs out


def test_a_draft_goes_all_the_way(client, worker, editor):
    pages.create(slug="ataxia", document=PAGE, by=worker, why="w")
    assert "Submit for review" in buttons(client.get(DESK))
    assert "Submitted." in words(Page(act(client, "submit")).main)
    assert "another editor looks at it" in words(Page(client.get(DESK)).main)
    client.force_login(editor)
    assert buttons(client.get(DESK))[:2] == ["Publish", "Send back"]
    assert "Sent back" in words(Page(act(client, "send_back")).main)
    act(client, "submit")
    assert "families see it now" in words(Page(act(client, "publish")).main)
    assert Condition.objects.get().page_state == State.PUBLISHED
    assert "Retired: families no longer see" in words(Page(act(client, "retire")).main)
    assert "Reopened as a draft" in words(Page(act(client, "reopen")).main)


def test_a_text_that_the_editor_has_not_read_is_not_published(client, worker, editor, text):
    made = pages.create(slug="ataxia", document=PAGE, by=worker, why="w")
    pages.submit(condition=made, base=1, by=worker)
    client.force_login(editor)
    read = Page(client.get(DESK)).all('input[@name="base"]')[0].get("value")
    edit(made, changed(school="Unseen, dangerous words. [^naf]"), worker)
    response = act(client, "publish", base=read)
    assert response.status_code == 400
    assert "wanda saved this condition in between (revision 3). Read what it says now" in words(Page(response).by_id("error-summary"))
    assert "dangerous" in words(Page(response).main)  # the difference stands below
    assert faults(response) == []
    assert Condition.objects.get().page_state == State.IN_REVIEW
    act(client, "publish")
    assert Condition.objects.get().page_state == State.PUBLISHED


def test_what_a_draft_lacks_is_said(client, worker):
    pages.create(slug="ataxia", document=ConditionDocument(name="Ataxia", sections={"money": "Ask."}), by=worker, why="w")
    response = client.get(DESK)
    assert "It has no “What matters first”" in words(Page(response).main)
    assert faults(response) == []


def test_a_waiting_edit_shows_its_difference_and_is_applied_by_another(client, ataxia, worker, editor, text):
    document = changed(school="Schools must help. [^naf]", **{"get-help-now": "Call 911."})
    waiting = pages.edit(condition=ataxia, document=document, by=worker, why="The law says so.", base=3)
    response = client.get(DESK)
    assert faults(response) == []
    main = words(Page(response).main)
    assert "The law says so." in main and "urgent card" in main
    assert "<ins>must</ins>" in response.content.decode()
    assert "Apply: make it public" not in buttons(response)
    client.force_login(editor)
    assert "Applied" in words(Page(act(client, "apply", edit=waiting.pk)).main)
    assert text(ataxia) == "Schools must help. [^naf]"
    assert "Schools must help." in words(Page(client.get("/conditions/ataxia/")).by_id("school"))


def test_who_may_not_is_told_and_the_reason_is_not_lost(client, ataxia):
    response = client.post(DESK, {"verb": "restore", "number": 1, "why": "It was better.", "base": 3})
    assert response.status_code == 400
    assert "Your role does not allow this" in words(Page(response).by_id("error-summary"))


def test_a_reason_that_is_missing_is_asked_for(client, ataxia, editor):
    client.force_login(editor)
    response = act(client, "retire", why=" ")
    assert response.status_code == 400
    assert "Say why" in words(Page(response).by_id("error-summary"))
    assert faults(response) == []


def test_a_reason_that_was_refused_stands_in_its_field_still(client, ataxia, editor):
    client.force_login(editor)
    first = ataxia.revisions.get(number=1)
    response = act(client, "restore", number=first.number, why="As it was.")
    assert "Nothing is different" in words(Page(response).by_id("error-summary"))
    assert Page(response).by_id("why-restore1").get("value") == "As it was."


@pytest.mark.parametrize("said", [{"verb": "explode"}, {"verb": "apply", "edit": "9"}, {"verb": "decline", "edit": "x"}])
def test_a_forged_act_is_answered_plainly(said, client, ataxia):
    assert client.post(DESK, {"why": "w"} | said).status_code == 404


def test_an_edit_of_another_page_is_not_applied_here(client, ataxia, worker, editor):
    other = pages.create(slug="other", document=PAGE, by=worker, why="w")
    pages.submit(condition=other, base=latest(other), by=worker)
    pages.publish(condition=other, base=latest(other), by=editor)
    waiting = pages.edit(condition=other, document=changed(school="x"), by=worker, why="w", base=3)
    client.force_login(editor)
    assert client.post(DESK, {"verb": "apply", "edit": waiting.pk, "why": "w", "base": 3}).status_code == 404


def test_a_stale_edit_is_said_to_be_so(client, ataxia, worker, editor):
    one = pages.edit(condition=ataxia, document=changed(school="One."), by=worker, why="w", base=3)
    pages.edit(condition=ataxia, document=changed(money="Two."), by=worker, why="w", base=3)
    pages.apply(edit=one, base=one.base, by=editor)
    assert "The page has changed since this was written" in words(Page(client.get(DESK)).main)


@pytest.mark.parametrize("query", ["", "?revision=1", "?edit={edit}"])
def test_previews_are_whole_and_leave_no_trace(query, client, ataxia, worker):
    waits = pages.edit(condition=ataxia, document=changed(school="Soon."), by=worker, why="w", base=3)
    before = [*Condition.objects.values()], [*Section.objects.values()]
    response = client.get(f"{DESK}preview/{query.format(edit=waits.pk)}")
    assert faults(response) == []
    assert ("Soon." if "edit" in query else "Schools help.") in words(Page(response).by_id("school"))
    assert ([*Condition.objects.values()], [*Section.objects.values()]) == before
    assert client.get(f"{DESK}preview/?revision=99").status_code == 404


def test_a_long_history_is_read_in_pages(client, ataxia, worker, editor, django_assert_max_num_queries):
    for number in range(24):
        waits = pages.edit(condition=ataxia, document=changed(school=f"Text {number}."), by=worker, why="w", base=3 + number)
        pages.apply(edit=waits, base=waits.base, by=editor)
    for query, steps in (("", 10), ("?page=2", 10), ("?page=3", 7), ("?page=x", 10), ("?page=99", 0)):
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(DESK + query)
        assert len(response.context["steps"]) == steps
        assert faults(response) == []


def test_a_condition_that_nobody_has_touched_has_a_desk(client, worker, django_assert_max_num_queries):
    ConditionFactory(slug="ataxia", origin="mondo 1")
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(DESK)
    assert "It has no page yet." in words(Page(response).main)
    assert faults(response) == []


@pytest.fixture
def world(worker):
    """One condition in each situation."""
    today = date.today()
    for slug, days in (("overdue", -1), ("soon", 30), ("later", 300)):
        ConditionFactory(slug=slug, with_page=True, next_review_on=today + timedelta(days=days))
    document = ConditionDocument(name="x", sections={"money": "Ask."})
    pages.create(slug="draft", document=document.model_copy(update={"name": "Draft"}), by=worker, why="w")
    waits = pages.create(slug="waits", document=document.model_copy(update={"name": "Waits"}), by=worker, why="w")
    pages.submit(condition=waits, base=latest(waits), by=worker)
    ConditionFactory(slug="bare", origin="mondo 1")
    ConditionFactory(slug="gone", page_state=State.RETIRED)


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", "draft later overdue soon waits"),
        ("?show=overdue", "overdue"),
        ("?show=due", "soon"),
        ("?show=waiting", "waits"),
        ("?show=drafts", "draft"),
        ("?show=retired", "gone"),
        ("?show=all", "bare draft gone later overdue soon waits"),
        ("?show=nonsense", "draft later overdue soon waits"),
        ("?q=bar", "bare"),
        ("?q=bar&show=pages", ""),
        ("?q=zzzzzz", ""),
        ("?page=99999999999999999999", "draft later overdue soon waits"),
    ],
)
def test_the_list_shows_what_is_asked(query, slugs, client, world, django_assert_max_num_queries):
    with django_assert_max_num_queries(MOST_QUERIES):
        response = client.get(f"/work/conditions/{query}")
    assert sorted(row.slug for row in response.context["page"]) == slugs.split()
    assert faults(response) == []


def test_a_waiting_edit_shows_in_the_list(client, ataxia, worker):
    pages.edit(condition=ataxia, document=changed(school="x"), by=worker, why="w", base=3)
    response = client.get("/work/conditions/?show=waiting")
    assert [row.slug for row in response.context["page"]] == ["ataxia"]
    assert "An edit waits" in words(Page(response).main)


def test_the_list_asks_no_more_for_many(client, worker, django_assert_max_num_queries):
    ConditionFactory.create_batch(120, with_page=True)
    with django_assert_max_num_queries(MOST_QUERIES):
        assert len(client.get("/work/conditions/?page=2").context["page"]) == 50


def test_the_admin_looks_and_leads_to_the_workspace(client, ataxia):
    client.force_login(PersonFactory(role="Staff"))
    response = client.get(f"/admin/conditions/condition/{ataxia.pk}/change/")
    assert DESK in response.content.decode()
    assert client.post(f"/admin/conditions/condition/{ataxia.pk}/change/", {"name": "Forged"}).status_code == 403
    assert client.get("/admin/conditions/condition/add/").status_code == 403
    assert client.post(f"/admin/conditions/condition/{ataxia.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Condition.objects.get(pk=ataxia.pk).name == "Ataxia"
