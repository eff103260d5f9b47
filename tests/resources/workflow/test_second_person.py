"""What takes two persons: no door makes it public by the hand of one, whatever the door."""

from types import SimpleNamespace

import pytest
from django.urls import reverse

from conditions.editorial import State
from resources import document as documents
from resources import starter, workflow
from resources.models import DuplicatePair, Edit, ImportBatch, Proposal, Resource
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import OrganizationFactory, PersonFactory, TermFactory
from tests.resources.admin.test_listing_admin import as_a_browser_sends
from tests.resources.curation.editor.conftest import controls

pytestmark = pytest.mark.django_db
VOCABULARY, SLUG = workflow.URGENT
OWN = "The words of one person."


@pytest.fixture
def author():
    return PersonFactory(role=EDITOR)


@pytest.fixture
def another():
    return PersonFactory(role=EDITOR)


@pytest.fixture
def mark():
    return TermFactory(vocabulary=VOCABULARY, slug=SLUG)


@pytest.fixture
def line(mark):
    """What families call in danger. Its first revision says something else than it does now."""
    listing = an_organization(slug="a-line", terms=[mark])
    loader = PersonFactory(role=EDITOR)
    now = documents.of(listing)
    for document in (documents.patched(now, {"summary": OWN}), now):
        documents.save(document, resource=listing, by=loader, why="As it was.", verb="create")
    return Resource.objects.get(pk=listing.pk)


def an_organization(**fields):
    return Resource.objects.get(pk=OrganizationFactory(published=True, **fields).pk)


def own(listing, **fields):
    return documents.patched(documents.of(listing), {"summary": OWN} | fields)


def by_editor(client, author, listing):
    address = reverse("listing_edit", args=[listing.pk])
    client.post(address, controls(client.get(address)) | {"summary": OWN, "why": "Shorter.", "do": "save-anyway"})


def by_call(client, author, listing):
    said = {"how": "call", "outcome": "changed", "document": own(listing), "base": workflow.latest(listing)}
    workflow.check(resource=listing, by=author, **said)


def by_call_page(client, author, listing):
    address = reverse("listing_check", args=[listing.pk])
    form = client.get(address).context["form"]
    sent = {box.html_name: box.value() for box in form if box.value() not in (None, False)}
    client.post(address, sent | {"summary": OWN, "how": "call", "outcome": "changed"})


def by_tags(client, author, listing):
    """Families no longer find it so, and the next edit would need nobody."""
    client.post(
        reverse("listings_chosen"),
        {
            "act": "retag",
            "listing": [listing.pk],
            "confirmed": "1",
            "why": "Not needed.",
            "remove_terms": list(listing.terms.values_list("pk", flat=True)),
        }
        | {"bases": f"{listing.pk}:{workflow.latest(listing)}"},
    )


def by_mark_alone(client, author, listing):
    document = documents.patched(documents.of(listing), {"terms": {}})
    workflow.edit(resource=listing, document=document, by=author, why="Not urgent.", base=workflow.latest(listing))


def by_restore(client, author, listing):
    workflow.restore(resource=listing, number=1, by=author, why="It was better.")


def by_own_apply(client, author, listing):
    edit = workflow.edit(resource=listing, document=own(listing), by=author, why="Shorter.", base=workflow.latest(listing))
    workflow.apply(edit=edit, by=author)


def by_proposal(client, author, listing):
    proposal = workflow.propose(origin=Proposal.Origin.READER, resource=listing, document=own(listing))
    workflow.accept(proposal=proposal, by=author, why="So it is.", document=own(listing), base=workflow.latest(listing))


def by_proposal_page(client, author, listing):
    proposal = workflow.propose(origin=Proposal.Origin.PROVIDER, resource=listing, document=own(listing))
    address = reverse("proposal", args=[proposal.pk])
    client.post(
        address, {"verb": "accept", "seen": workflow.latest(listing), "take-summary": "on", "value-summary": OWN, "why": "So it is."}
    )


def by_spreadsheet(client, author, listing):
    base, batch = workflow.latest(listing), ImportBatch.objects.create(by=author, name="a.csv", rows=[])
    brought = workflow.bring_change(resource=listing, document=own(listing), by=author, why="Their list.", base=base, batch=batch)
    workflow.accept(proposal=brought, by=author, why="So it is.", document=own(listing), base=base)


def by_merge(client, author, listing):
    bases = {"base": workflow.latest(listing), "loser_base": 0}
    workflow.merge(winner=listing, loser=an_organization(), document=own(listing), by=author, why="The same.", **bases)


def by_merge_page(client, author, listing):
    other = an_organization(summary=OWN, name="Another")
    pair = DuplicatePair.objects.create(first=listing, second=other, score=60)
    address = reverse("compare", args=[pair.pk])
    form = client.get(address).context["form"]
    chosen = {field.html_name: field.value() for field in form} | {"stays": "first", "summary": "second"}
    client.post(address, chosen | {"do": "merge", "why": "The same."})


def by_admin(client, author, listing):
    address = reverse("admin:resources_organization_change", args=[listing.pk])
    client.post(address, as_a_browser_sends(client.get(address), summary=OWN, why="Shorter."))


def by_detour(client, author, listing):
    """Taken down, the mark taken off, and up again."""
    workflow.retire(resource=listing, by=author, why="A moment.")
    workflow.reopen(resource=listing, by=author, why="Again.")
    document = own(listing, terms={})
    workflow.edit(resource=listing, document=document, by=author, why="Shorter.", base=workflow.latest(listing))
    workflow.submit(resource=listing, by=author)
    workflow.publish(resource=listing, by=author)


DOORS = [
    by_editor, by_call, by_call_page, by_tags, by_mark_alone, by_restore, by_own_apply, by_proposal, by_proposal_page, by_spreadsheet,
    by_merge, by_merge_page, by_admin, by_detour,
]  # fmt: skip
REFUSING = {by_own_apply, by_merge, by_detour}


@pytest.mark.parametrize("door", DOORS, ids=lambda door: door.__name__)
def test_no_door_lets_one_person_change_what_families_read_in_danger(client, line, author, door):
    client.force_login(author)
    before = documents.of(line)
    if door in REFUSING:
        with pytest.raises(workflow.NotAllowed, match="needs a second person"):
            door(client, author, line)
    else:
        door(client, author, line)
    line.refresh_from_db()
    is_read = line.state == State.PUBLISHED
    assert not is_read or documents.of(line) == before
    assert is_read or door is by_detour


# By these what one person wrote is kept for another, who decides.
WAITING = [door for door in DOORS if door not in {*REFUSING, by_merge_page}]


@pytest.mark.parametrize("door", WAITING, ids=lambda door: door.__name__)
def test_what_one_person_wrote_waits_for_another_who_makes_it_public(client, line, author, another, door):
    client.force_login(author)
    before = documents.of(line)
    door(client, author, line)
    edit = Edit.objects.get(state=Edit.State.WAITING)
    assert (edit.resource, edit.by) == (line, author)
    workflow.apply(edit=edit, by=another)
    assert documents.of(line) != before


def test_an_ordinary_listing_takes_one_person(author):
    listing = an_organization()
    by_call(None, author, listing)
    assert (documents.of(listing).summary, listing.edits.count()) == (OWN, 0)


def test_whoever_marks_a_listing_as_urgent_needs_the_second_person_too(author, mark):
    listing = an_organization()
    document = documents.patched(documents.of(listing), {"terms": {VOCABULARY: [SLUG]}})
    assert workflow.edit(resource=listing, document=document, by=author, why="They answer at night.", base=0)


def test_an_urgent_listing_does_not_go_into_another_with_a_text_that_one_person_chose(author, line):
    other = an_organization()
    with pytest.raises(workflow.NotAllowed, match="needs a second person"):
        workflow.merge(winner=other, loser=line, document=own(other), by=author, why="The same.", base=0, loser_base=workflow.latest(line))


def test_a_draft_of_one_is_published_by_an_editor_who_did_not_write_it(author, another, line):
    draft = workflow.create(document=own(line, slug="fresh"), by=author, why="New.")
    workflow.submit(resource=draft, by=author)
    with pytest.raises(workflow.NotAllowed, match="A line for urgent help needs a second person"):
        workflow.publish(resource=draft, by=author)
    workflow.publish(resource=draft, by=another)
    assert Resource.objects.get(pk=draft.pk).state == State.PUBLISHED


def test_the_starter_catalogue_publishes_it_by_itself(line):
    said = SimpleNamespace(state="published", found_on=line.found_on, waits_for="")
    workflow.load(document=own(line), starter=said, uuid=line.uuid, resource=line)
    assert documents.of(line).summary == OWN


def test_the_catalogue_marks_the_numbers_that_every_page_names():
    marked = [path.stem for path in starter.listing_files() if SLUG in starter.read_entry(path).listing.terms.get(VOCABULARY, [])]
    assert marked == ["211", "988-suicide-and-crisis-lifeline"]


@pytest.mark.parametrize("name", ["desk", "listing_edit"])
def test_the_desk_and_the_editor_say_that_it_takes_two(client, line, name):
    client.force_login(PersonFactory(role=SOCIAL_WORKER))
    assert "A line for urgent help: what" in client.get(reverse(name, args=[line.pk])).content.decode()
    assert "Two persons" not in client.get(reverse(name, args=[an_organization().pk])).content.decode()


def test_a_term_that_a_listing_carries_stays(client, line, mark):
    client.force_login(PersonFactory(role="Staff", is_superuser=True))
    address = reverse("admin:resources_term_delete", args=[mark.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    client.post(
        reverse("admin:resources_term_change", args=[mark.pk]), {"label": "Help", "slug": "other", "vocabulary": "need", "position": 0}
    )
    mark.refresh_from_db()
    assert (mark.vocabulary, mark.slug) == workflow.URGENT


def test_a_form_that_is_sent_twice_waits_once(line, author, another):
    said = {"resource": line, "base": workflow.latest(line), "why": "Shorter."}
    first = workflow.edit(document=own(line), by=author, **said)
    assert workflow.edit(document=own(line), by=author, **said) == first
    workflow.edit(document=own(line, fees="None."), by=author, **said)
    workflow.edit(document=own(line), by=another, **said)
    assert Edit.objects.count() == 3
    workflow.decline(edit=first, by=another, why="Too short.")
    assert workflow.edit(document=own(line), by=author, **said) != first
