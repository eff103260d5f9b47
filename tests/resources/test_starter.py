"""The starter catalogue: every fault named with file and line, nothing half-loaded, and no curator's word overwritten."""

import io
import shutil
from textwrap import dedent

import pytest
from django.core.management import CommandError, call_command

from conditions.editorial import State
from conditions.files import Faulty
from resources import document as documents
from resources import starter, workflow
from resources.models import Organization, Resource, Revision
from tests.factories import ConditionFactory, PersonFactory, ResourceFactory

pytestmark = pytest.mark.django_db

ORGANIZATION = """\
starter:
  state: published
  found_on: 2026-11-20
format: 1
kind: organization
slug: an-ataxia-group
name: An Ataxia Group
summary: It helps families.
website: https://www.example.org
first_step: Call and ask for a parent.
eligibility: Any family.
phones:
  - {number: "1-800-555-0100", source: about}
  - {number: "1-800-555-0199"}
terms:
  offer: [helpline]
conditions: [ataxia]
sources:
  - key: about
    title: About us
    publisher: An Ataxia Group
    owner_kind: charity
    seen_on: 2026-11-20
    supports: what it does
organization: {}
"""
SERVICE = """\
starter:
  state: draft
  waits_for: its phone
format: 1
kind: service
slug: a-clinic
name: A clinic
summary: It sees children.
service: {provider: an-ataxia-group}
"""


@pytest.fixture
def root(tmp_path):
    """A small catalogue without a fault."""
    ConditionFactory(slug="ataxia")
    shutil.copy(starter.ROOT / "terms.yaml", tmp_path)
    for kind, slug, text in (("organization", "an-ataxia-group", ORGANIZATION), ("service", "a-clinic", SERVICE)):
        (tmp_path / kind).mkdir()
        (tmp_path / kind / f"{slug}.yaml").write_text(dedent(text))
    return tmp_path


def load(root):
    return starter.load(starter.read(root))


def change(root, old, new, name="organization/an-ataxia-group.yaml"):
    path = root / name
    text = path.read_text()
    assert text.count(old) == 1
    path.write_text(text.replace(old, new))


FAULTS = {
    "an unknown key": ("name: An Ataxia Group", "nickname: AAG", "unknown key 'nickname'"),
    "a bad date": ("found_on: 2026-11-20", "found_on: 2026-02-30", "is no date"),
    "a cited source that is missing": ("source: about}", "source: gone}", "source 'gone' is cited"),
    "an unknown condition": ("[ataxia]", "[attaxia]", "unknown condition 'attaxia'"),
    "an unknown term": ("[helpline]", "[hotline]", "unknown term 'offer: hotline'"),
    "a key that stands twice": ("summary: It helps families.", "summary: A\nsummary: B", "'summary' stands twice"),
    "no first step": ("first_step: Call and ask for a parent.\n", "", "does not say what to do first"),
    "no day on which it was found": ("  found_on: 2026-11-20\n", "", "'found_on' is missing"),
    "another slug than its file": ("slug: an-ataxia-group", "slug: another", "expected the file organization/another.yaml"),
    "a wrong kind": ("kind: organization", "kind: charity", "'kind'"),
    "no block about the listing": ("starter:\n  state: published\n  found_on: 2026-11-20\n", "", "the block 'starter' is missing"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_named_with_file_and_line_and_nothing_is_loaded(fault, root):
    old, new, message = FAULTS[fault]
    change(root, old, new)
    with pytest.raises(CommandError) as refused:
        call_command("load_catalogue", root=root, stdout=io.StringIO())
    line = next(line for line in str(refused.value).splitlines() if message in line)
    path, number, _said = line.split(":", 2)
    assert path.endswith("organization/an-ataxia-group.yaml")
    assert int(number) >= 1
    assert not Resource.objects.exists()


def test_the_line_is_that_of_the_fault(root):
    change(root, "eligibility: Any family.", "eligibility: 5")
    with pytest.raises(Faulty) as found:
        starter.read(root)
    lines = (root / "organization/an-ataxia-group.yaml").read_text().splitlines()
    assert lines[found.value.faults[0].line - 1] == "eligibility: 5"


def test_all_faults_of_all_files_are_told_at_once(root):
    change(root, "name: An Ataxia Group", "nickname: AAG")
    change(root, "provider: an-ataxia-group", "provider: nobody", "service/a-clinic.yaml")
    change(root, "waits_for: its phone", "waits_for: ''", "service/a-clinic.yaml")
    with pytest.raises(Faulty) as found:
        starter.read(root)
    assert {fault.path.name for fault in found.value.faults} == {"an-ataxia-group.yaml", "a-clinic.yaml"}


def test_a_slug_is_one_listings_alone(root):
    (root / "guide").mkdir()
    guide = SERVICE.replace("kind: service", "kind: guide").replace("service: {provider: an-ataxia-group}\n", "")
    (root / "guide" / "a-clinic.yaml").write_text(guide)
    with pytest.raises(Faulty, match="the slug 'a-clinic' is taken"):
        starter.read(root)


def test_a_slug_that_a_curator_took_is_said(root):
    ResourceFactory(slug="a-clinic")
    with pytest.raises(Faulty, match="taken by another listing in the database"):
        starter.read(root)


@pytest.mark.parametrize("text", [b"\xff\xfe", b"", b"- a\n- b\n", b"a: [", b"? [a, b]\n: c\n", b"name: \x00\n"])
def test_a_file_that_is_no_listing_gets_a_sentence(text, root):
    (root / "organization" / "an-ataxia-group.yaml").write_bytes(text)
    with pytest.raises(Faulty):
        starter.read(root)


def test_a_published_listing_and_a_draft_are_loaded_as_such(root):
    counts, kept = load(root)
    assert (counts, kept) == ({"new": 2}, [])
    published, draft = Resource.objects.get(slug="an-ataxia-group"), Resource.objects.get(slug="a-clinic")
    assert (published.state, str(published.found_on), published.checked_on) == (State.PUBLISHED, "2026-11-20", None)
    assert (draft.state, draft.waits_for, draft.found_on) == (State.DRAFT, "its phone", None)
    assert [phone.number for phone in published.phones.public()] == ["1-800-555-0100"]
    assert {revision.by_name for revision in Revision.objects.all()} == {workflow.STARTER}


def test_offers_bring_the_needs_that_they_meet(root):
    load(root)
    needs = Resource.objects.get(slug="an-ataxia-group").terms.filter(vocabulary="need").values_list("slug", flat=True)
    assert set(needs) == {"new_diagnosis", "emotional_support"}


def test_a_second_load_changes_nothing(root):
    load(root)
    before = list(Revision.objects.values_list("pk", flat=True))
    assert load(root) == ({"same": 2}, [])
    assert list(Revision.objects.values_list("pk", flat=True)) == before


def test_a_changed_file_changes_its_listing_and_keeps_its_uuid(root):
    load(root)
    uuid = Organization.objects.get().uuid
    change(root, "It helps families.", "It helps many families.")
    assert load(root) == ({"same": 1, "changed": 1}, [])
    assert (Organization.objects.get().summary, Organization.objects.get().uuid) == ("It helps many families.", uuid)


def edited(listing):
    document = documents.read(documents.of(listing).model_dump(mode="json") | {"summary": "A curator's words."})
    workflow.edit(resource=listing, document=document, by=PersonFactory(role="Editor"), why="asked", base=workflow.latest(listing))


def retired(listing):
    workflow.retire(resource=listing, by=PersonFactory(role="Editor"), why="closed")


def by_hand(listing):
    Resource.objects.filter(pk=listing.pk).update(fees="Free")


@pytest.mark.parametrize("touch", [edited, retired, by_hand])
def test_what_a_curator_changed_is_left_and_reported(touch, root):
    load(root)
    listing = Resource.objects.get(slug="an-ataxia-group")
    touch(listing)
    listing.refresh_from_db()
    before = documents.of(listing), listing.state
    change(root, "It helps families.", "It helps many families.")
    said = io.StringIO()
    call_command("load_catalogue", root=root, stdout=said)
    listing = Resource.objects.get(slug="an-ataxia-group")
    assert (documents.of(listing), listing.state) == before
    assert "changed since it was loaded: organization an-ataxia-group" in said.getvalue()
