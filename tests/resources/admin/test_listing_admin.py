"""The listing admin: rows change only through the workflow, whatever the form says."""

import pytest
from django.urls import reverse

from conditions.editorial import State
from resources import document as documents
from resources import workflow
from resources.models import Edit, Evidence, Organization, Proposal, Resource, TherapyType
from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from tests.factories import (
    ConditionFactory,
    ConditionNameFactory,
    OrganizationFactory,
    PersonFactory,
    ResourceFactory,
    SourceFactory,
    TermFactory,
    TherapyFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ["resource", "organization", "service", "therapytype", "schoolaccommodation", "financialaid", "guide"]


@pytest.fixture
def sign_in(client):
    def as_(role):
        person = PersonFactory(role=role)
        client.force_login(person)
        return person

    return as_


def change_address(listing):
    return reverse(f"admin:resources_{listing._meta.model_name}_change", args=[listing.pk])


def as_a_browser_sends(response, **answers):
    """The fields of a change form as they stand, with some answers changed."""
    forms = [response.context["adminform"].form]
    for inline in response.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    values = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in values.items() if value is not None and value is not False} | answers


def send(client, listing, **answers):
    address = change_address(listing)
    return client.post(address, as_a_browser_sends(client.get(address), **answers))


def an_organization(**fields):
    return OrganizationFactory(published=True, website="https://www.example.org", **fields)


def a_therapy():
    made = TherapyFactory(published=True)
    if not made.evidence.exists():
        label = Evidence.objects.create(
            therapy=made, condition=ConditionFactory(), level="strong", standing="option", us_status="approved", why="Trials agree."
        )
        label.sources.add(made.sources.first())
    return TherapyType.objects.get(pk=made.pk)


@pytest.mark.parametrize("role", [SOCIAL_WORKER, EDITOR, STAFF])
@pytest.mark.parametrize("name", LISTS)
def test_every_role_opens_every_list_of_listings(name, role, client, sign_in):
    sign_in(role)
    assert client.get(reverse(f"admin:resources_{name}_changelist")).status_code == 200


def test_somebody_without_a_role_sees_nothing(client, sign_in):
    sign_in(None)
    assert client.get(reverse("admin:resources_resource_changelist")).status_code == 403


class TestSaving:
    def test_a_change_is_public_with_who_and_why(self, client, sign_in):
        person, listing = sign_in(SOCIAL_WORKER), an_organization()
        response = send(client, listing, summary="It helps.", why="their page says so")
        assert response.status_code == 302
        listing.refresh_from_db()
        revision = listing.revisions.get()
        assert (listing.summary, listing.state) == ("It helps.", State.PUBLISHED)
        assert (revision.verb, revision.by, revision.why) == ("edit", person, "their page says so")
        assert revision.document["summary"] == "It helps."

    def test_an_inline_is_part_of_the_revision(self, client, sign_in):
        sign_in(SOCIAL_WORKER)
        listing = an_organization()
        source = listing.sources.first()
        phone = {"phones-TOTAL_FORMS": "1", "phones-0-number": "1-800-555-0199", "phones-0-type": "voice", "phones-0-position": "0"}
        send(client, listing, why="a number", **phone, **{"phones-0-source": source.pk})
        assert [one["number"] for one in listing.revisions.get().document["phones"]] == ["1-800-555-0199"]

    def test_without_a_reason_nothing_is_saved(self, client, sign_in):
        sign_in(EDITOR)
        listing = an_organization()
        response = send(client, listing, summary="It helps.")
        assert response.status_code == 200
        assert response.context["adminform"].form.errors["why"]
        assert not listing.revisions.exists()

    def test_a_stale_form_is_refused_by_name_and_keeps_the_words(self, client, sign_in):
        listing = an_organization()
        first = sign_in(EDITOR)
        address = change_address(listing)
        opened = as_a_browser_sends(client.get(address))
        client.post(address, opened | {"summary": "One.", "why": "first"})
        sign_in(EDITOR)
        response = client.post(address, opened | {"summary": "Two.", "why": "second"})
        page = response.content.decode()
        assert first.username in page
        assert "in between" in page
        assert "Two." in page
        listing.refresh_from_db()
        assert listing.summary == "One."

    def test_a_published_listing_cannot_be_made_incomplete(self, client, sign_in):
        sign_in(EDITOR)
        listing = an_organization()
        response = send(client, listing, eligibility="", why="shorter")
        assert "who can use it" in response.content.decode()
        listing.refresh_from_db()
        assert listing.eligibility

    def test_a_new_listing_is_a_draft_of_its_kind(self, client, sign_in):
        sign_in(SOCIAL_WORKER)
        address = reverse("admin:resources_guide_add")
        fields = {"name": "How to ask", "slug": "how-to-ask", "summary": "What to say.", "why": "families asked"}
        response = client.post(address, as_a_browser_sends(client.get(address), **fields))
        made = Resource.objects.get(slug="how-to-ask")
        assert response.status_code == 302
        assert (made.kind, made.state, made.revisions.get().verb) == ("guide", State.DRAFT, "create")

    def test_a_taken_slug_is_said_at_the_field(self, client, sign_in):
        sign_in(SOCIAL_WORKER)
        ResourceFactory(slug="taken")
        address = reverse("admin:resources_guide_add")
        response = client.post(address, as_a_browser_sends(client.get(address), name="X", slug="taken", summary="Y.", why="Z"))
        assert response.context["adminform"].form.errors["slug"]

    def test_a_therapy_waits_for_a_second_person_who_applies_it(self, client, sign_in):
        listing = a_therapy()
        old = listing.summary
        sign_in(SOCIAL_WORKER)
        send(client, listing, summary="Corrected.", why="a new review")
        listing.refresh_from_db()
        edit = Edit.objects.get()
        assert (listing.summary, edit.state, edit.document["summary"]) == (old, Edit.State.WAITING, "Corrected.")
        sign_in(EDITOR)
        history = reverse("admin:resources_therapytype_revisions", args=[listing.pk])
        assert "Corrected." in client.get(history).content.decode()
        client.post(history, {"verb": "apply", "edit": edit.pk, "why": "agreed"})
        listing.refresh_from_db()
        assert listing.summary == "Corrected."

    def test_nobody_deletes_a_listing(self, client, sign_in):
        sign_in(STAFF)
        listing = an_organization()
        assert client.post(reverse("admin:resources_organization_delete", args=[listing.pk])).status_code == 403


class TestActions:
    def act(self, client, action, listings, **answers):
        """As the browser would send it: with what the page that asks has put into its form."""
        address, chosen = (
            reverse("admin:resources_resource_changelist"),
            {"action": action, "_selected_action": [one.pk for one in listings]},
        )
        if "confirmed" in answers:
            answers = {"bases": client.post(address, chosen).context["form"]["bases"].value()} | answers
        return client.post(address, chosen | answers, follow=True)

    def test_it_asks_first_and_does_nothing_before(self, client, sign_in):
        sign_in(EDITOR)
        listing = ResourceFactory(published=True)
        page = self.act(client, "retire", [listing]).content.decode()
        listing.refresh_from_db()
        assert listing.name in page
        assert listing.state == State.PUBLISHED

    def test_it_reports_listing_by_listing(self, client, sign_in):
        sign_in(EDITOR)
        published, draft = ResourceFactory(published=True), ResourceFactory()
        response = self.act(client, "retire", [published, draft], confirmed="1", why="closed")
        said = [str(message) for message in response.context["messages"]]
        assert said[0] == "1 listing done."
        assert said[1].startswith(draft.name)
        assert {one.state for one in Resource.objects.all()} == {State.RETIRED, State.DRAFT}

    def test_a_text_that_changed_since_the_page_asked_is_not_published(self, client, sign_in):
        editor = sign_in(EDITOR)
        listing = Resource.objects.get(pk=an_organization(state=State.IN_REVIEW).pk)
        for base in (0, 1):
            workflow.edit(resource=listing, document=documents.of(listing), by=editor, why="w", base=base)
        asked = f"{listing.pk}:1"
        said = [str(one) for one in self.act(client, "publish", [listing], confirmed="1", why="w", bases=asked).context["messages"]]
        assert len(said) == 1 and "saved this listing in between" in said[0]
        listing.refresh_from_db()
        assert listing.state == State.IN_REVIEW

    def test_a_check_moves_the_date(self, client, sign_in):
        sign_in(SOCIAL_WORKER)
        listing = ResourceFactory(published=True)
        self.act(client, "check", [listing], confirmed="1", how="call", outcome="confirmed", note="asked")
        listing.refresh_from_db()
        assert listing.checked_on

    def test_fifty_listings_are_retagged_and_one_is_undone(self, client, sign_in):
        sign_in(EDITOR)
        ConditionNameFactory(condition=ConditionFactory(slug="ataxia"), name="Shaky gait")
        term = TermFactory(slug="respite")
        listings = ResourceFactory.create_batch(50)
        self.act(client, "retag", listings, confirmed="1", why="asked for", add_conditions="shaky gait", add_terms=[term.pk])
        assert Resource.objects.filter(conditions__slug="ataxia", terms=term).count() == 50
        self.act(client, "retag", listings[:1], confirmed="1", why="not this one", remove_conditions="ataxia")
        assert Resource.objects.filter(conditions__slug="ataxia").count() == 49
        history = reverse("admin:resources_guide_revisions", args=[listings[0].pk])
        client.post(history, {"verb": "restore", "number": "1", "why": "it was right"})
        assert Resource.objects.filter(conditions__slug="ataxia").count() == 50

    def test_a_condition_that_nobody_knows_is_said(self, client, sign_in):
        sign_in(EDITOR)
        response = self.act(client, "retag", [ResourceFactory()], confirmed="1", why="x", add_conditions="zebra pox")
        assert "no one condition called “zebra pox”" in response.content.decode()

    def test_a_social_worker_is_not_offered_to_publish(self, client, sign_in):
        sign_in(SOCIAL_WORKER)
        ResourceFactory()
        page = client.get(reverse("admin:resources_resource_changelist")).content.decode()
        assert 'value="submit"' in page
        assert 'value="publish"' not in page


class TestLists:
    def test_queries_are_few_and_flat(self, client, sign_in, django_assert_max_num_queries):
        sign_in(STAFF)
        ResourceFactory.create_batch(5, published=True)
        for more in (0, 60):
            ResourceFactory.create_batch(more, published=True)
            with django_assert_max_num_queries(15):
                client.get(reverse("admin:resources_resource_changelist"))

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("missing=phone", {"bare", "draft"}),
            ("missing=source", {"draft"}),
            ("missing=first_step", {"draft"}),
            ("age=overdue", {"late"}),
            ("condition=Ataxia", {"tagged"}),
            ("need=respite", {"tagged"}),
            ("q=other+words", {"bare"}),
            ("state__exact=draft", {"draft"}),
        ],
    )
    def test_filters(self, query, found, client, sign_in):
        sign_in(SOCIAL_WORKER)
        ResourceFactory(slug="draft")
        ResourceFactory(slug="bare", published=True, also_known_as=["Other words"])
        late = ResourceFactory(slug="late", published=True, phones=["1-800-555-0100"])
        Resource.objects.filter(pk=late.pk).update(next_check_on="2020-01-01")
        tags = {"conditions": [ConditionFactory(slug="ataxia")], "terms": [TermFactory(slug="respite")]}
        ResourceFactory(slug="tagged", published=True, phones=["1-800-555-0101"], **tags)
        response = client.get(reverse("admin:resources_resource_changelist") + f"?{query}")
        assert {one.slug for one in response.context["cl"].result_list} == found

    def test_a_row_of_all_kinds_opens_in_the_admin_of_its_kind(self, client, sign_in):
        sign_in(STAFF)
        listing = an_organization()
        response = client.get(reverse("admin:resources_resource_change", args=[listing.pk]))
        assert response.url == change_address(listing)

    def test_the_index_says_how_the_house_is(self, client, sign_in):
        sign_in(STAFF)
        ResourceFactory.create_batch(2, published=True)
        ResourceFactory()
        Proposal.objects.create(origin="reader", problem="closed")
        page = " ".join(client.get(reverse("admin:index")).content.decode().split())
        for words in ("<strong>2</strong> Published", "<strong>1</strong> Draft", "<strong>1</strong> Reports and proposals, open"):
            assert words in page


def test_a_draft_can_be_previewed_and_says_that_it_is_one(client, sign_in):
    sign_in(SOCIAL_WORKER)
    draft = ResourceFactory(first_step="Call.")
    page = client.get(reverse("admin:resources_guide_preview", args=[draft.pk])).content.decode()
    assert "Families do not see this page" in page
    assert "Report a problem with this listing" not in page


@pytest.mark.parametrize("answers", [{"verb": "restore", "number": "²"}, {"verb": "apply", "edit": "abc"}, {"verb": "forge"}, {}])
def test_a_forged_history_form_changes_nothing(answers, client, sign_in):
    sign_in(EDITOR)
    listing = ResourceFactory(published=True)
    response = client.post(reverse("admin:resources_guide_revisions", args=[listing.pk]), answers | {"why": "x"})
    assert response.status_code in (302, 404)
    assert not listing.revisions.exists()


class TestPeople:
    def test_inviting_has_a_page_of_its_own(self, client, sign_in):
        sign_in(STAFF)
        assert client.get(reverse("admin:auth_user_add")).url == reverse("invite")

    def test_nobody_sets_the_password_of_somebody_else(self, client, sign_in):
        sign_in(STAFF)
        other = PersonFactory(role=EDITOR)
        answer = client.post(f"/admin/auth/user/{other.pk}/password/", {"password1": "a-new-word-1", "password2": "a-new-word-1"})
        other.refresh_from_db()
        assert answer.status_code in (302, 404) and other.check_password("a-long-password-1")
        assert "/password/" not in client.get(reverse("admin:auth_user_change", args=[other.pk])).content.decode()

    def test_a_person_is_deactivated_and_never_deleted(self, client, sign_in):
        me, other = sign_in(STAFF), PersonFactory()
        chosen = {"action": "deactivate", "_selected_action": [me.pk, other.pk]}
        client.post(reverse("admin:auth_user_changelist"), chosen)
        for one, active in ((me, True), (other, False)):
            one.refresh_from_db()
            assert one.is_active is active
        assert client.post(reverse("admin:auth_user_delete", args=[other.pk])).status_code == 403

    @pytest.mark.parametrize("role", [SOCIAL_WORKER, EDITOR])
    def test_only_staff_sees_people(self, role, client, sign_in):
        sign_in(role)
        assert client.get(reverse("admin:auth_user_changelist")).status_code == 403


def test_a_source_of_another_listing_cannot_be_cited(client, sign_in):
    sign_in(EDITOR)
    listing, other = an_organization(), SourceFactory(resource=ResourceFactory())
    phone = {"phones-TOTAL_FORMS": "1", "phones-0-number": "1", "phones-0-type": "voice", "phones-0-position": "0"}
    response = send(client, listing, why="x", **phone, **{"phones-0-source": other.pk})
    assert response.status_code == 200
    assert not Organization.objects.get(pk=listing.pk).phones.exists()
