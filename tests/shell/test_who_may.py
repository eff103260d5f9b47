"""Every address × everybody: who reaches it, who is led to sign in, who to set up a second step, who is refused.

A new address without a row fails. A row says who reaches it by a GET; whoever does not is answered the same to a POST.
"""

from itertools import product

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from conditions import document as documents_of_conditions
from conditions.glossary.models import GlossarySource, GlossaryTerm
from resources import document as documents
from resources import workflow
from resources.models import Draft, DuplicatePair, Errand, ImportBatch, Link, Merge, Partner, Proposal, SavedView
from resources.models.roles import EDITOR, SOCIAL_WORKER, STAFF
from tests import factories

pytestmark = pytest.mark.django_db

ROLES = {"n": None, "w": SOCIAL_WORKER, "e": EDITOR, "s": STAFF, "u": "superuser"}
# Signed out, deactivated, and each role with and (upper case) without a second step.
OUT, SECURED, BARE = "-x", "nwesu", "NWESU"
EVERYBODY = OUT + SECURED + BARE
REACHED, SIGN_IN, SECOND_STEP, REFUSED, MISSING = "reached", "led to sign in", "led to a second step", "refused", "not found"


def public():
    return dict.fromkeys(EVERYBODY, REACHED)


def signed_in(**instead):
    return dict.fromkeys(OUT, SIGN_IN) | dict.fromkeys(SECURED + BARE, REACHED) | instead


def at_work(who):
    """Below /work/ and /admin/: those roles, with a second step."""
    return dict.fromkeys(OUT, SIGN_IN) | dict.fromkeys(BARE, SECOND_STEP) | {one: REACHED if one in who else REFUSED for one in SECURED}


WORKERS, INVITERS, RUNNERS, ANYONE = "wesu", "esu", "su", SECURED
SITE = {
    route: public()
    for route in (
        *("", "find/", "find/feed/", "conditions/", "conditions/suggest/", "glossary/", "conditions/<slug:slug>/"),
        "^(?P<path>organizations|services|therapies|school|money|guides)/(?P<slug>[-a-z0-9]+)/$",
        *("report/", "report/thanks/", "suggest/", "suggest/thanks/", "verify/thanks/", "verify/<str:token>/"),
        *("about/", "about/how-we-check/", "about/inclusion/", "about/corrections/"),
        *("privacy/health-data/", "accessibility/", "status/", "es/", "health/", "robots.txt", "sitemap.xml", "sitemap-<section>.xml"),
        *("account/sign-in/", "account/deactivated/", "account/forgotten/", "account/welcome/<uidb64>/<token>/"),
    )
} | {"components/": signed_in() | dict.fromkeys(OUT, MISSING)}
STEP = "account/second-step/"
ACCOUNT = {
    route: signed_in()
    for route in (
        *("account/", "account/sign-out/", "account/confirm/", "account/password/", "account/sessions/"),
        *(STEP, f"{STEP}authenticate/", f"{STEP}reauthenticate/", f"{STEP}totp/activate/", f"{STEP}recovery-codes/generate/"),
        *(f"{STEP}webauthn/", f"{STEP}webauthn/add/", f"{STEP}webauthn/login/", f"{STEP}webauthn/reauthenticate/"),
        *(f"{STEP}webauthn/keys/<int:pk>/remove/", f"{STEP}webauthn/keys/<int:pk>/edit/"),
    )
} | {
    route: signed_in() | dict.fromkeys(BARE, MISSING) | instead
    for route, instead in {
        f"{STEP}totp/deactivate/": {},
        f"{STEP}recovery-codes/": {},
        f"{STEP}recovery-codes/download/": dict.fromkeys(OUT, SIGN_IN),
    }.items()
}
WORK = {
    "work/": at_work(WORKERS),
    "work/listings/": at_work(WORKERS),
    "work/listings/chosen/": at_work(WORKERS),
    "work/listings/views/": at_work(WORKERS),
    "work/listings/views/<int:pk>/": at_work(WORKERS),
    "work/done/": at_work(WORKERS),
    "work/status/": at_work(INVITERS),
    "work/queues/leave/": at_work(WORKERS),
    "work/queues/<slug:key>/": at_work(WORKERS),
    "work/queues/<slug:key>/next/": at_work(WORKERS),
    "work/queues/<slug:key>/<int:pk>/": at_work(WORKERS),
    "work/listings/<int:pk>/": at_work(WORKERS),
    "work/listings/<int:pk>/preview/": at_work(WORKERS),
    "work/listings/<int:pk>/history/": at_work(WORKERS),
    "work/listings/<int:pk>/history/<int:number>/": at_work(WORKERS),
    "work/incoming/": at_work(WORKERS),
    "work/incoming/<int:pk>/": at_work(WORKERS),
    "work/duplicates/": at_work(WORKERS),
    "work/duplicates/<int:pk>/": at_work(WORKERS),
    "work/duplicates/merges/<int:pk>/undo/": at_work(INVITERS),
    "work/listings/<int:pk>/edit/": at_work(WORKERS),
    "work/listings/new/": at_work(WORKERS),
    "work/listings/new/<slug:kind>/": at_work(WORKERS),
    "work/listings/<int:pk>/check/": at_work(WORKERS),
    "work/listings/<int:pk>/ask/": at_work(WORKERS),
    "work/listings/<int:pk>/links/": at_work(WORKERS),
    "work/links/": at_work(WORKERS),
    "work/links/run/": at_work(INVITERS),
    "work/requests/": at_work(WORKERS),
    "work/requests/<int:pk>/<slug:verb>/": at_work(WORKERS),
    "work/spreadsheets/": at_work(WORKERS),
    "work/spreadsheets/template.<str:form>": at_work(WORKERS),
    "work/spreadsheets/<int:pk>/": at_work(WORKERS),
    "work/spreadsheets/<int:pk>/columns/": at_work(WORKERS),
    "work/spreadsheets/<int:pk>/progress/": at_work(WORKERS),
    "work/spreadsheets/<int:pk>/discard/": at_work(WORKERS),
    "work/spreadsheets/<int:pk>/bad.csv": at_work(WORKERS),
    "work/spreadsheets/<int:pk>/report.<str:form>": at_work(WORKERS),
    "work/conditions/": at_work(WORKERS),
    "work/conditions/<slug:slug>/": at_work(WORKERS),
    "work/conditions/<slug:slug>/edit/": at_work(WORKERS),
    "work/conditions/<slug:slug>/preview/": at_work(WORKERS),
    "work/new-condition/": at_work(WORKERS),
    "work/people/": at_work(INVITERS),
    "work/people/invite/": at_work(INVITERS),
    "work/people/<int:pk>/": at_work(INVITERS),
    "work/people/<int:pk>/<slug:verb>/": at_work(INVITERS),
}
HOUSE = {
    f"admin/{route}": at_work(who)
    for route, who in {
        "": ANYONE,
        "login/": ANYONE,
        "password_change/done/": ANYONE,
        "autocomplete/": "",
        "jsi18n/": ANYONE,
        "coverage/": WORKERS,
        "r/<path:content_type_id>/<path:object_id>/": ANYONE,
    }.items()
} | {
    "admin/logout/": at_work(ANYONE) | dict.fromkeys(OUT, REACHED),  # nothing happens
    "admin/password_change/": at_work(ANYONE) | dict.fromkeys(OUT, REACHED),  # leads to the account's own page
    "admin/^(?P<app_label>conditions|resources|auth)/$": at_work(WORKERS) | {"n": MISSING},
    "admin/(?P<url>.*)$": at_work(ANYONE) | dict.fromkeys(SECURED, MISSING),
}
# model → who looks at rows, adds one, deletes one
LISTINGS = {
    f"resources/{model}": (WORKERS, WORKERS, "")
    for model in ("organization", "service", "therapytype", "schoolaccommodation", "financialaid", "guide")
} | {"resources/resource": (WORKERS, "", "")}
MODELS = LISTINGS | {
    "conditions/condition": (WORKERS, "", ""),
    "conditions/conditionrevision": (WORKERS, "", ""),
    "conditions/conditionedit": (WORKERS, "", ""),
    "conditions/glossaryterm": (WORKERS, RUNNERS, RUNNERS),
    "conditions/glossarysource": (WORKERS, RUNNERS, RUNNERS),
    "resources/term": (WORKERS, RUNNERS, RUNNERS),
    "resources/revision": (WORKERS, "", ""),
    "resources/check": (WORKERS, "", ""),
    "resources/checkrequest": (WORKERS, "", ""),
    "resources/edit": (WORKERS, "", ""),
    "resources/duplicatepair": (WORKERS, "", ""),
    "resources/merge": (WORKERS, "", ""),
    "resources/draft": (WORKERS, "", RUNNERS),
    "resources/signin": (WORKERS, "", ""),
    "resources/link": (WORKERS, "", ""),
    "resources/savedview": (WORKERS, RUNNERS, RUNNERS),
    "resources/errand": (WORKERS, "", ""),
    "resources/proposal": (WORKERS, "", ""),
    "resources/partner": (WORKERS, RUNNERS, RUNNERS),
    "resources/spreadsheet": (WORKERS, "", ""),
    "resources/partnerrow": (WORKERS, "", ""),
    "resources/importedrow": (WORKERS, "", ""),
    "auth/user": (RUNNERS, RUNNERS, ""),
}
for model, (look, add, delete) in MODELS.items():
    rows = {"": look, "add/": add, "<path:object_id>/": ANYONE, "<path:object_id>/delete/": delete}
    rows |= {"<path:object_id>/change/": look, "<path:object_id>/history/": look}
    if model in LISTINGS:
        rows |= {
            "<int:pk>/revisions/": look,
            "<int:pk>/preview/": look,
            "export/<str:form>/": look,
            "import/": look,
            "import/<int:pk>/": look,
        }
    HOUSE |= {f"admin/{model}/{route}": at_work(who) for route, who in rows.items()}
# These only lead on, to where it is asked who may.
HOUSE |= {"admin/resources/resource/<path:object_id>/change/": at_work(ANYONE), "admin/auth/user/add/": at_work(ANYONE)}
TABLE = SITE | ACCOUNT | WORK | HOUSE


def routes(patterns=None, before=""):
    for pattern in patterns or get_resolver().url_patterns:
        route = before + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from routes(pattern.url_patterns, route)
        else:
            yield route


def test_every_address_has_a_row_and_every_row_an_address():
    assert set(routes()) == set(TABLE)


@pytest.fixture
def somebody():
    """`somebody("e")`: signed in as an editor with a second step."""

    def sign_in(one):
        client = Client()
        client.person = None
        if one == "-":
            return client
        role = ROLES[one.lower()] if one != "x" else SOCIAL_WORKER
        person = factories.PersonFactory(
            role=role if role != "superuser" else None, is_superuser=role == "superuser", secured=one.islower()
        )
        if one.islower():
            RecoveryCodes.activate(person)
        client.force_login(person)
        if one == "x":
            person.is_active = False
            person.save()
        client.person = person
        return client

    return sign_in


@pytest.fixture
def house():
    """A row of every model: `{model: row}`."""
    organization = factories.OrganizationFactory(slug="a-listing", published=True)
    editor = factories.PersonFactory(role=EDITOR)
    guide, twin = factories.ResourceFactory(published=True), factories.ResourceFactory()
    workflow.edit(resource=organization, document=documents.of(organization), by=editor, why="So that there is a revision.", base=0)
    check = workflow.check(resource=organization, by=editor, how="call", outcome="confirmed")
    therapy = factories.EvidenceFactory(therapy=factories.TherapyFactory(published=True)).therapy
    source = GlossarySource.objects.create(
        key="s", title="T", publisher="P", owner_kind="charity", url="https://example.org", seen_on="2026-01-01", supports="x"
    )
    condition = factories.ConditionFactory(slug="a-condition", with_page=True)
    page = documents_of_conditions.of(condition)
    return {
        "conditionrevision": documents_of_conditions.record(condition, page, verb="edit", why="w", by=editor),
        "conditionedit": condition.edits.create(document=page.model_dump(mode="json"), base=1, by=editor, why="w"),
        "organization": organization,
        "service": factories.ServiceFactory(),
        "therapytype": therapy,
        "schoolaccommodation": factories.SchoolFactory(),
        "financialaid": factories.MoneyFactory(),
        "guide": guide,
        "resource": guide,
        "condition": condition,
        "glossarysource": source,
        "glossaryterm": GlossaryTerm.objects.create(slug="t", term="t", plain="t", means="t", source=source),
        "term": factories.TermFactory(),
        "revision": organization.revisions.first(),
        "check": check,
        "checkrequest": workflow.ask(resource=organization, by=editor),
        "edit": therapy.edits.create(document=documents.of(therapy).model_dump(mode="json"), base=0, by=editor, why="w"),
        "duplicatepair": DuplicatePair.objects.create(first=guide, second=twin, score=60),
        "merge": Merge.objects.create(loser=twin, winner=guide, by=editor, why="w", loser_state="draft", before={}, number=1),
        "draft": Draft.objects.create(resource=guide, kind="guide", by=editor, data={}),
        "signin": editor.sign_ins.create(succeeded=True),
        "link": Link.objects.create(address="https://example.org/"),
        "savedview": SavedView.objects.create(owner=editor, name="Drafts", query="state=draft", shared=True),
        "errand": Errand.objects.create(queue="overdue", item=organization.pk),
        "proposal": Proposal.objects.create(origin="reader", problem="wrong"),
        **a_spreadsheet(guide, editor),
        "user": factories.PersonFactory(role=SOCIAL_WORKER),
    }


def a_spreadsheet(listing, by):
    """A partner's, that is done."""
    batch = ImportBatch.objects.create(name="a.csv", rows=[], by=by)
    partner = Partner.objects.create(name="Example Alliance", slug="example-alliance")
    then = {"confirmed_at": timezone.now(), "finished_at": timezone.now(), "confirmed_by": by}
    sheet = partner.spreadsheets.create(name="a.csv", batch=batch, by=by, **then)
    return {
        "partner": partner,
        "spreadsheet": sheet,
        "partnerrow": partner.rows.create(key="1", resource=listing, seen=sheet),
        "importedrow": sheet.imported.create(place=2, outcome="same", resource=listing),
    }


SAMPLES = {
    "work/spreadsheets/template.<str:form>": "work/spreadsheets/template.csv",
    "work/spreadsheets/<int:pk>/report.<str:form>": "work/spreadsheets/{spreadsheet.pk}/report.csv",
    **{
        f"work/spreadsheets/<int:pk>/{page}": f"work/spreadsheets/{{spreadsheet.pk}}/{page}"
        for page in ("", "columns/", "progress/", "discard/", "bad.csv")
    },
    "^(?P<path>organizations|services|therapies|school|money|guides)/(?P<slug>[-a-z0-9]+)/$": "organizations/a-listing/",
    "conditions/<slug:slug>/": "conditions/a-condition/",
    "sitemap-<section>.xml": "sitemap-pages.xml",
    "account/welcome/<uidb64>/<token>/": "account/welcome/MQ/none/",
    "work/people/<int:pk>/<slug:verb>/": "work/people/{user.pk}/link/",
    "work/conditions/<slug:slug>/": "work/conditions/a-condition/",
    "work/conditions/<slug:slug>/edit/": "work/conditions/a-condition/edit/",
    "work/conditions/<slug:slug>/preview/": "work/conditions/a-condition/preview/",
    "work/people/<int:pk>/": "work/people/{user.pk}/",
    "work/listings/views/<int:pk>/": "work/listings/views/{savedview.pk}/",
    "work/queues/<slug:key>/": "work/queues/overdue/",
    "work/queues/<slug:key>/next/": "work/queues/overdue/next/",
    "work/queues/<slug:key>/<int:pk>/": "work/queues/overdue/{guide.pk}/",
    "work/duplicates/<int:pk>/": "work/duplicates/{duplicatepair.pk}/",
    "work/duplicates/merges/<int:pk>/undo/": "work/duplicates/merges/{merge.pk}/undo/",
    "work/listings/<int:pk>/": "work/listings/{guide.pk}/",
    "work/listings/<int:pk>/preview/": "work/listings/{guide.pk}/preview/",
    "work/listings/<int:pk>/history/": "work/listings/{guide.pk}/history/",
    "work/listings/<int:pk>/history/<int:number>/": "work/listings/{organization.pk}/history/1/",
    "work/incoming/<int:pk>/": "work/incoming/{proposal.pk}/",
    "work/listings/<int:pk>/edit/": "work/listings/{guide.pk}/edit/",
    "work/listings/new/<slug:kind>/": "work/listings/new/guide/",
    "work/listings/<int:pk>/check/": "work/listings/{guide.pk}/check/",
    "work/listings/<int:pk>/links/": "work/listings/{guide.pk}/links/",
    "work/listings/<int:pk>/ask/": "work/listings/{guide.pk}/ask/",
    "work/requests/<int:pk>/<slug:verb>/": "work/requests/{checkrequest.pk}/remind/",
    "admin/r/<path:content_type_id>/<path:object_id>/": "admin/r/{types[condition]}/{condition.pk}/",
    "admin/^(?P<app_label>conditions|resources|auth)/$": "admin/resources/",
    "admin/(?P<url>.*)$": "admin/nothing/at/all/",
}


def address_of(route, house, batch):
    if route == "verify/<str:token>/":
        return house["checkrequest"].get_absolute_url()
    types = {name: ContentType.objects.get_for_model(row).pk for name, row in house.items()}
    if route in SAMPLES:
        return "/" + SAMPLES[route].format(types=types, **house)
    if "/import/<int:pk>/" in route:
        return "/" + route.replace("<int:pk>", str(batch))
    model = route.split("/")[2] if route.startswith("admin/") and route.count("/") > 2 else ""
    pk = house[model].pk if model in house else 1
    return "/" + route.replace("<path:object_id>", str(pk)).replace("<int:pk>", str(pk)).replace("<str:form>", "csv")


def outcome(response):
    if response.status_code in (301, 302):
        path = response.url.partition("?")[0]
        to = {reverse("account_login"): SIGN_IN, reverse("admin:login"): SIGN_IN, reverse("mfa_index"): SECOND_STEP}
        return to.get(path, REACHED)
    return {403: REFUSED, 404: MISSING, 200: REACHED, 405: REACHED}.get(response.status_code, response.status_code)


@pytest.mark.parametrize("one", EVERYBODY)
def test_everybody_reaches_what_their_row_says(one, somebody, house):
    client = somebody(one)
    batch = ImportBatch.objects.create(name="a.csv", rows=[], by=client.person or house["user"]).pk
    wrong = []
    for route, method in product(TABLE, ("get", "post")):
        expected = TABLE[route][one]
        if method == "post" and expected == REACHED:
            continue
        response = getattr(client, method)(address_of(route, house, batch))
        if outcome(response) != expected and not (method == "post" and response.status_code == 405):
            wrong.append(f"{method} {route}: {outcome(response)}, not {expected}")
    assert "\n".join(wrong) == ""
    assert not LogEntry.objects.exists()
