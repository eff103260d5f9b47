"""Two listings become one and, if that was wrong, two again: nothing is lost either way."""

import pytest

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import DuplicatePair, Merge, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import EvidenceFactory, MoneyFactory, OrganizationFactory, PersonFactory, ServiceFactory, TherapyFactory
from tests.shell.reading import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return PersonFactory(role=EDITOR)


@pytest.fixture
def kept():
    return OrganizationFactory(slug="kept", name="Kept", published=True).resource_ptr


@pytest.fixture
def gone():
    return OrganizationFactory(slug="gone", name="Gone", published=True).resource_ptr


def said(listing, **values):
    return documents.patched(documents.of(listing), values)


def merge(winner, loser, by, **instead):
    bases = {"base": workflow.latest(winner), "loser_base": workflow.latest(loser)}
    document = said(winner, also_known_as=[loser.name])
    return workflow.merge(**{"winner": winner, "loser": loser, "document": document, "by": by, "why": "The same."} | bases | instead)


def now(listing):
    return Resource.objects.get(pk=listing.pk)


def test_the_winner_says_what_was_chosen_and_the_loser_is_retired(kept, gone, editor):
    made = merge(kept, gone, editor)
    assert (now(kept).also_known_as, now(kept).state, now(gone).state) == (["Gone"], State.PUBLISHED, State.RETIRED)
    assert [one.revisions.first().verb for one in (kept, gone)] == ["merge", "merge"]
    assert gone.revisions.first().why == "Merged into “Kept”. The same."
    assert (made.winner, made.loser, made.loser_state, made.number) == (kept, gone, State.PUBLISHED, 1)


def test_undone_both_are_as_they_were(kept, gone, editor):
    before = [documents.of(one) for one in (kept, gone)]
    made = merge(kept, gone, editor)
    assert workflow.unmerge(merge=made, by=editor, why="They are two.") == []
    assert [documents.of(one) for one in (kept, gone)] == before
    assert [now(one).state for one in (kept, gone)] == [State.PUBLISHED] * 2
    assert [one.revisions.first().verb for one in (kept, gone)] == ["unmerge", "unmerge"]
    assert not Merge.objects.standing().exists()
    with pytest.raises(workflow.WrongStep, match="undone already"):
        workflow.unmerge(merge=made, by=editor, why="Again.")


def test_a_winner_that_was_edited_since_keeps_its_text(kept, gone, editor):
    made = merge(kept, gone, editor)
    workflow.edit(resource=kept, document=said(kept, fees="Free"), by=editor, why="They say so.", base=made.number)
    [change] = workflow.unmerge(merge=made, by=editor, why="They are two.")
    assert (change.field, change.after) == ("fees", "Free")
    assert (now(kept).fees, now(kept).also_known_as, now(gone).state) == ("Free", ["Gone"], State.PUBLISHED)


def test_what_named_the_loser_names_the_winner_until_it_is_undone(kept, gone, editor):
    service = ServiceFactory(provider=gone.organization, published=True)
    aid = MoneyFactory(provider=gone.organization, form="grant")
    made = merge(kept, gone, editor)
    for one in (service, aid):
        one.refresh_from_db()
        assert one.provider_id == kept.pk
        assert one.revisions.first().verb == "merge"
    workflow.edit(
        resource=aid, document=documents.patched(documents.of(aid), {"money.provider": None}), by=editor, why="It has none.", base=1
    )
    workflow.unmerge(merge=made, by=editor, why="They are two.")
    service.refresh_from_db()
    aid.refresh_from_db()
    assert (service.provider_id, aid.provider_id) == (gone.pk, None)


def test_services_that_give_both_of_two_therapies_give_both_again(editor):
    one, two = TherapyFactory(slug="one"), TherapyFactory(slug="two")
    service = ServiceFactory()
    service.therapies.set([one, two])
    made = merge(one.resource_ptr, two.resource_ptr, editor)
    assert {each.slug for each in service.therapies.all()} == {"one"}
    workflow.unmerge(merge=made, by=editor, why="They are two.")
    assert {each.slug for each in service.therapies.all()} == {"one", "two"}


def test_checks_and_reports_stay_with_the_loser(kept, gone, editor):
    workflow.check(resource=gone, by=editor, how="call", outcome="confirmed")
    gone.refresh_from_db()
    merge(kept, gone, editor)
    assert (gone.checks.count(), kept.checks.count(), now(kept).checked_on) == (1, 0, None)


def test_a_therapys_public_text_is_changed_by_two_people_only(editor):
    one, two = (EvidenceFactory(therapy=TherapyFactory(published=True)).therapy.resource_ptr for _ in range(2))
    for therapy in (one, two):
        therapy.therapytype.evidence.get().sources.add(therapy.sources.first())
    with pytest.raises(workflow.NotAllowed, match="second person"):
        merge(one, two, editor)
    assert not one.edits.exists()
    merge(one, two, editor, document=documents.of(one))
    assert now(two).state == State.RETIRED


@pytest.mark.parametrize(
    ("winner", "loser", "sentence"),
    [
        ({"state": "draft"}, {}, "let that one stay"),
        ({"state": "retired"}, {}, "is retired"),
        ({}, {"state": "retired"}, "is retired"),
    ],
)
def test_families_lose_no_listing_by_a_merge(winner, loser, sentence, kept, gone, editor):
    Resource.objects.filter(pk=kept.pk).update(**winner or {"state": "published"})
    Resource.objects.filter(pk=gone.pk).update(**loser or {"state": "published"})
    with pytest.raises(workflow.WrongStep, match=sentence):
        merge(kept, gone, editor)


def test_neither_itself_nor_another_kind(kept, editor):
    for other in (kept, TherapyFactory().resource_ptr):
        with pytest.raises(workflow.WrongStep, match="of one kind"):
            merge(kept, other, editor)


def test_whoever_chose_on_an_older_text_is_told(kept, gone, editor):
    workflow.edit(resource=gone, document=said(gone, fees="Free"), by=editor, why="x", base=0)
    with pytest.raises(workflow.Stale):
        merge(kept, gone, editor, loser_base=0)
    with pytest.raises(workflow.Stale):
        workflow.edit(resource=kept, document=said(kept, fees="Free"), by=editor, why="x", base=0)
        merge(kept, gone, editor, base=0)


def test_a_social_worker_neither_merges_nor_undoes(kept, gone, editor):
    worker = PersonFactory(role=SOCIAL_WORKER)
    with pytest.raises(workflow.NotAllowed):
        merge(kept, gone, worker)
    made = merge(kept, gone, editor)
    with pytest.raises(workflow.NotAllowed):
        workflow.unmerge(merge=made, by=worker, why="x")


def test_a_merged_listing_comes_back_by_undoing_alone(kept, gone, editor):
    merge(kept, gone, editor)
    with pytest.raises(workflow.WrongStep, match="Undo the merge"):
        workflow.reopen(resource=now(gone), by=editor, why="x")


def test_addresses_lead_through_a_chain_of_merges_and_a_chain_is_undone_from_its_end(kept, gone, editor, client):
    last = OrganizationFactory(slug="last", name="Last", published=True).resource_ptr
    first, second = merge(kept, gone, editor), merge(last, now(kept), editor)
    for slug in ("gone", "kept"):
        response = client.get(f"/organizations/{slug}/")
        assert (response.status_code, response.url) == (301, "/organizations/last/")
        assert response["Cache-Control"] == "max-age=3600"
        assert client.get(f"/report/?listing={slug}").context["listing"] == last
    with pytest.raises(workflow.WrongStep, match="merged into “Last” later"):
        workflow.unmerge(merge=first, by=editor, why="x")
    workflow.unmerge(merge=second, by=editor, why="x")
    workflow.unmerge(merge=first, by=editor, why="x")
    assert [client.get(f"/organizations/{slug}/").status_code for slug in ("gone", "kept", "last")] == [200] * 3


def test_an_address_leads_nowhere_while_the_winner_is_not_public(kept, gone, editor, client):
    merge(kept, gone, editor)
    workflow.retire(resource=now(kept), by=editor, why="It closed.")
    assert client.get("/organizations/gone/").status_code == 404
    assert client.get("/report/?listing=gone").status_code == 404


def test_the_finder_sees_a_merge_and_its_undo(kept, gone, editor, client):
    def found():
        page = Page(client.get("/find/?kind=organization"))
        return page.count, sorted(page.slugs)

    assert found() == (2, ["gone", "kept"])
    made = merge(kept, gone, editor)
    assert found() == (1, ["kept"])
    workflow.unmerge(merge=made, by=editor, why="x")
    assert found() == (2, ["gone", "kept"])


def test_a_merge_answers_the_pair_and_drops_other_questions_about_the_loser(kept, gone, editor):
    third = OrganizationFactory().resource_ptr
    pair = DuplicatePair.objects.create(first=kept, second=gone, score=90)
    DuplicatePair.objects.create(first=gone, second=third, score=60)
    made = merge(kept, gone, editor)
    [pair] = DuplicatePair.objects.all()
    assert (pair.state, pair.decided_by, pair.why) == (DuplicatePair.State.MERGED, editor, "The same.")
    workflow.unmerge(merge=made, by=editor, why="x")
    assert DuplicatePair.objects.open().get().score == 90


def test_pairs_are_kept_apart_with_a_reason_and_the_question_can_be_opened_again(kept, gone):
    worker = PersonFactory(role=SOCIAL_WORKER)
    pair = DuplicatePair.objects.create(first=kept, second=gone, score=90)
    with pytest.raises(workflow.Refused, match="Say why"):
        workflow.keep_apart(pair=pair, by=worker, why=" ")
    workflow.keep_apart(pair=pair, by=worker, why="", are_branches=True)
    with pytest.raises(workflow.WrongStep, match="already decided: Branches"):
        workflow.keep_apart(pair=pair, by=worker, why="x")
    workflow.ask_again(pair=pair, by=worker)
    assert DuplicatePair.objects.open().exists()
    pair.delete()
    pair.pk = 1_000
    with pytest.raises(workflow.Refused, match="no longer in the queue"):
        workflow.keep_apart(pair=pair, by=worker, why="x")


def test_a_loser_edited_since_comes_back_as_a_draft(kept, gone, editor):
    made = merge(kept, gone, editor)
    workflow.edit(resource=now(gone), document=said(gone, fees="Free"), by=editor, why="x", base=workflow.latest(gone))
    workflow.unmerge(merge=made, by=editor, why="They are two.")
    assert (now(gone).state, now(gone).fees) == (State.DRAFT, "Free")


@pytest.mark.parametrize("between", ["check", "merge"])
def test_what_changed_no_text_since_hinders_no_undo(between, kept, gone, editor):
    before, made = documents.of(kept), merge(kept, gone, editor)
    if between == "check":
        workflow.check(resource=kept, by=editor, how="call", outcome="confirmed")
    else:
        third = OrganizationFactory(slug="third", name="Third", published=True).resource_ptr
        workflow.unmerge(merge=merge(kept, third, editor), by=editor, why="They are two.")
    assert workflow.unmerge(merge=made, by=editor, why="They are two.") == []
    assert documents.of(kept) == before
