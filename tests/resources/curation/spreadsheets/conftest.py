"""A social worker, and files as partners send them."""

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from conditions.models import Condition
from resources.models import Spreadsheet, Term
from resources.models.roles import SOCIAL_WORKER, make_groups
from tests.factories import ConditionFactory, PersonFactory, TermFactory
from tests.shell.reading import Page

LIST = reverse("spreadsheets")
# A partner's own columns and spellings.
HEADINGS = ["Agency ID", "Agency Name", "Telephone", "Web", "Street", "Town", "ST", "Zip Code", "Diagnosis", "Remarks"]
OAK = [
    "17",
    "Oak Family Center",
    "(512) 555-0117",
    "www.oak.example.org",
    "17 Oak Street",
    "Austin",
    "Texas",
    "78701",
    "Ataxia",
    "Ring twice",
]
ELM = ["18", "Elm Respite House", "512-555-0118", "elm.example.org", "18 Elm Avenue", "Dallas", "TX", "75201", "", ""]


def a_file(*rows, headings=HEADINGS, encoding="utf-8", delimiter=","):
    lines = [delimiter.join(f'"{cell}"' if delimiter in cell or "\n" in cell else cell for cell in row) for row in (headings, *rows)]
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


@pytest.fixture
def world(db):
    """The words that the files use."""
    ConditionFactory(slug="ataxia", name="Ataxia")
    TermFactory(vocabulary=Term.Vocabulary.AREA, slug="us-tx", label="Texas")
    return Condition.objects.get()


@pytest.fixture
def sam(client, world):
    """A social worker, signed in."""
    make_groups(apps)
    made = PersonFactory(username="sam", role=SOCIAL_WORKER)
    client.force_login(made)
    return made


@pytest.fixture
def upload(client, sam):
    """`upload(content)`: the answer to an uploaded file."""

    def send(content, name="list.csv", partner="Example Alliance"):
        return client.post(LIST, {"new_partner": partner, "file": SimpleUploadedFile(name, content)})

    return send


@pytest.fixture
def go_on(client):
    """`go_on(page, **instead)`: send the page's columns as they were guessed, but for what is given."""

    def send(page, **instead):
        fields = {select.get("name"): chosen(select) for select in page.all("select") if select.get("name").startswith("column_")}
        said = {"kind": "organization", "coverage": "local", "conditions": "", "verb": "plan"}
        return client.post(page.response.request["PATH_INFO"], said | fields | instead)

    return send


def chosen(select):
    return next((option.get("value") for option in select.iter("option") if option.get("selected") is not None), "")


@pytest.fixture
def previewed(client, upload, go_on):
    """`previewed(content)`: the spreadsheet with its preview, its columns as they were guessed."""

    def send(content, name="list.csv", partner="Example Alliance", **instead):
        answer = upload(content, name, partner)
        assert answer.status_code == 302, answer.context["form"].errors
        answer = go_on(Page(client.get(answer.url)), **instead)
        assert answer.status_code == 302, (answer.context["form"].errors, answer.context["why"])
        return Spreadsheet.objects.latest("pk")

    return send


@pytest.fixture
def imported(client, previewed):
    """`imported(content)`: the spreadsheet once all of its good rows are done."""

    def send(content, **said):
        sheet = previewed(content, **said)
        client.post(reverse("spreadsheet", args=[sheet.pk]), {"why": "They asked us to.", "batch": sheet.batch_id})
        while not Spreadsheet.objects.get(pk=sheet.pk).finished_at:
            client.get(reverse("spreadsheet_progress", args=[sheet.pk]))
        return Spreadsheet.objects.get(pk=sheet.pk)

    return send


def outcomes(sheet):
    return [row["outcome"] for row in sheet.batch.rows]


def reasons(sheet):
    return [reason for row in sheet.batch.rows for reason in row["reasons"]]
