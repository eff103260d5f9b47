import io

import pytest
from django.core.management import CommandError, call_command

from conditions.models import Condition

pytestmark = pytest.mark.django_db


@pytest.fixture
def load(tree):
    def run():
        out = io.StringIO()
        call_command("load_conditions", root=tree.root, stdout=out, stderr=out)
        return out.getvalue()

    return run


def test_it_says_what_it_did(tree, load):
    assert load() == (
        "Conditions: 3 new, 0 changed, 0 same, 0 left as they are.\nGlossary: 1 new, 0 changed, 0 same, 0 left as they are.\n"
    )
    tree.change("conditions/ataxia.yaml", "Poor coordination", "Clumsiness")
    tree.change("glossary.yaml", "Shaky movement.", "Clumsy movement.")
    assert load() == (
        "Conditions: 0 new, 1 changed, 2 same, 0 left as they are.\nGlossary: 0 new, 1 changed, 0 same, 0 left as they are.\n"
    )
    assert load() == (
        "Conditions: 0 new, 0 changed, 3 same, 0 left as they are.\nGlossary: 0 new, 0 changed, 1 same, 0 left as they are.\n"
    )


def test_it_tells_what_staff_have_changed_and_leaves_it(tree, load):
    load()
    Condition.objects.filter(slug="ataxia").update(summary="Mended by hand.")
    tree.change("conditions/ataxia.yaml", "Poor coordination", "Clumsiness")
    assert load().splitlines() == [
        "Left as it is, changed since it was loaded: ataxia",
        "Conditions: 0 new, 0 changed, 2 same, 1 left as they are.",
        "Glossary: 0 new, 0 changed, 1 same, 0 left as they are.",
    ]
    assert Condition.objects.get(slug="ataxia").summary == "Mended by hand."


def test_it_names_every_fault_and_writes_nothing(tree, load):
    tree.change("conditions/ataxia.yaml", "kind: finding", "kind: sausage")
    tree.change("glossary.yaml", "topic: medical", "topic: sausage")
    tree.change("kinship.yaml", "joubert: joubert-syndrome", "joubert: nowhere")
    with pytest.raises(CommandError) as found:
        load()
    *faults, last = str(found.value).splitlines()
    assert any(fault.startswith(f"{tree.root / 'conditions/ataxia.yaml'}:3: 'kind'") for fault in faults)
    assert f"{tree.root / 'kinship.yaml'}:{tree.line('kinship.yaml', 'nowhere')}: unknown condition 'nowhere'" in faults
    assert any(fault.startswith(f"{tree.root / 'glossary.yaml'}:2: 'terms.ataxia.topic'") for fault in faults)
    assert last == f"{len(faults)} faults: nothing was loaded."
    assert not Condition.objects.exists()


def test_a_date_that_does_not_exist_is_named_like_any_other_fault(tree, load):
    tree.change("pages/ataxia.md", "next_review_on: 2027-11-20", "next_review_on: 2027-11-31")
    with pytest.raises(CommandError, match=r"(?s)ataxia\.md:4: .*nothing was loaded"):
        load()


def test_what_was_loaded_before_stays_when_a_file_is_spoilt_later(tree, load):
    load()
    tree.change("conditions/ataxia.yaml", "name: Ataxia\n", "name: Changed\ncolour: red\n")
    with pytest.raises(CommandError, match="unknown key 'colour'"):
        load()
    assert sorted(Condition.objects.values_list("name", flat=True)) == ["Ataxia", "Joubert syndrome", "Rare disease"]
