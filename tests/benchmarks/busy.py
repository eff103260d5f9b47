"""A workspace in full use, in bulk: a history for every listing, and something of all that waits for a person. Only to measure with."""

from datetime import timedelta
from itertools import count, islice
from unittest import mock

from django.db import connection
from django.db.models import Exists, F, Max, OuterRef, TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from conditions import document as pages
from conditions.editorial import State
from conditions.models import Condition, ConditionEdit, ConditionRevision
from resources import document as documents
from resources.curation.queues.table import QUEUES
from resources.models import (
    Check,
    CheckRequest,
    Draft,
    DuplicatePair,
    Edit,
    Errand,
    Link,
    LinkUse,
    Proposal,
    Resource,
    Revision,
    SavedView,
)
from resources.models.roles import EDITOR, SOCIAL_WORKER
from tests.factories import PersonFactory

PEOPLE = 12
CHUNK = 1_000
STEPS = 20  # of a listing's fate: each is that of one listing in twenty
WHY = "Their page says so now."
STATES = {0: State.DRAFT, 1: State.DRAFT, 2: State.IN_REVIEW, 3: State.RETIRED, 7: State.DRAFT}
VERBS = {0: ["create"], 1: ["create", "submit", "send_back"], 2: ["create", "submit"], 3: ["load_published", "retire"], 7: ["load_draft"]}
OVERDUE = (4, 5, 6)
ORIGINS = {9: "reader", 10: "suggestion", 11: "provider", 12: "import", 13: "link"}


def fill(progress=lambda chunks: chunks):
    """Give all listings a fate by turns, whose documents are read for a history; returns the people who work there."""
    people = [_person(number) for number in range(PEOPLE)]
    fate_of_all(people, progress)
    _pages(people)
    SavedView.objects.bulk_create(SavedView(owner=people[0], name=f"View {n}", query=f"state=draft&q=a{n}", shared=True) for n in range(12))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return people


def fate_of_all(people, progress=lambda chunks: chunks):
    """To those that have none yet."""
    site = Concat(Value("https://site"), Cast(F("pk") / 20, TextField()), Value(".example/"), F("slug"), output_field=TextField())
    Resource.objects.filter(website="").update(website=site)
    fated = Link.objects.filter(uses__resource=OuterRef("pk"))
    pks = list(Resource.objects.filter(~Exists(fated)).order_by("pk").values_list("pk", flat=True))
    chunks = [pks[start : start + CHUNK] for start in range(0, len(pks), CHUNK)]
    for ago, some in zip(count(1), progress(chunks)):
        then = timezone.now() - timedelta(days=ago % 300, hours=ago % 7)
        with mock.patch("django.utils.timezone.now", return_value=then):
            _fates(some, people, then)
    _errands(people)


def _person(number):
    role = EDITOR if number % 3 == 0 else SOCIAL_WORKER
    return PersonFactory(username=f"worker-{number}", first_name=f"Worker {number}", role=role)


def _fates(pks, people, then):
    fates = {pk: pk % STEPS for pk in pks}
    written = dict(zip(pks, documents.of_many(Resource.objects.filter(pk__in=pks).order_by("pk"))))
    data = {pk: document.model_dump(mode="json") for pk, document in written.items()}
    by = {pk: people[pk % PEOPLE] for pk in pks}
    documents.save_keys({pk: documents.keys_of(document) for pk, document in written.items()})
    _revisions(fates, data, by)
    for fate, state in STATES.items():
        Resource.objects.filter(pk__in=[pk for pk in pks if fates[pk] == fate]).update(state=state)
    today = then.date()
    Resource.objects.filter(pk__in=pks).update(next_check_on=timezone.now().date() + timedelta(days=400))
    Resource.objects.filter(pk__in=[pk for pk in pks if fates[pk] in OVERDUE]).update(next_check_on=today - timedelta(days=pks[0] % 90 + 1))
    Resource.objects.filter(pk__in=[pk for pk in pks if fates[pk] == 7]).update(waits_for="Whom it serves")
    _checks(fates, by, then)
    _proposals(fates, data, by, then)
    _links(fates, data, today)
    Draft.objects.bulk_create(
        Draft(resource_id=pk, kind=data[pk]["kind"], by=by[pk], base=1, data={"name": ["Begun"]}) for pk in pks if fates[pk] == 15
    )
    kinds = {kind: [pk for pk in pks if data[pk]["kind"] == kind] for kind in {one["kind"] for one in data.values()}}
    for same in kinds.values():
        _pairs(same, fates, by, then)
    therapies = [pk for pk in pks if data[pk]["kind"] == "therapy" and fates[pk] > 13]
    Edit.objects.bulk_create(Edit(resource_id=pk, document=data[pk] | {"summary": WHY}, base=1, by=by[pk], why=WHY) for pk in therapies)


def _revisions(fates, data, by):
    made, written = [], dict(Revision.objects.filter(resource__in=fates).values_list("resource").annotate(Max("number")).order_by())
    for pk, fate in fates.items():
        verbs = VERBS.get(fate, ["load_published"]) + ["edit"] * (STEPS if pk % 500 == 0 else fate == 14)
        for number, verb in enumerate(verbs, written.get(pk, 0) + 1):
            loaded = verb.startswith("load_")
            who = {"by_name": "catalogue files"} if loaded else {"by": by[pk], "by_name": by[pk].get_full_name()}
            made.append(Revision(resource_id=pk, number=number, document=data[pk], verb=verb, why=WHY, **who))
    Revision.objects.bulk_create(made, batch_size=500)


def _checks(fates, by, then):
    outcomes = {5: "closed", 6: "no_answer", 14: "confirmed", 15: "changed", 16: "no_answer"}
    Check.objects.bulk_create(
        Check(resource_id=pk, by=by[pk], asked_at=then, how="call", outcome=outcomes[fate], note="Front desk.")
        for pk, fate in fates.items()
        if fate in outcomes
    )
    Resource.objects.filter(pk__in=[pk for pk, fate in fates.items() if fate in (14, 15)]).update(checked_on=then.date())


def _proposals(fates, data, by, then):
    made = []
    for pk, fate in fates.items():
        if origin := ORIGINS.get(fate):
            about = {} if fate == 10 else {"resource_id": pk, "base": 1}
            document = data[pk] | {"summary": WHY} if fate > 10 else None
            made.append(Proposal(origin=origin, document=document, note="Somebody wrote this.\nAnd more.", **about))
        elif fate == 14:
            done = {"state": "declined", "decided_by": by[pk], "decided_at": then, "ground": "mistaken", "reason": WHY}
            made.append(Proposal(origin="reader", resource_id=pk, problem="wrong", note="It has moved.", **done))
    answers = {one.resource_id: one for one in Proposal.objects.bulk_create(made, batch_size=500) if one.origin == "provider"}
    CheckRequest.objects.bulk_create(
        CheckRequest(resource_id=pk, sent_by=by[pk], sent_at=then, expires_at=then + timedelta(days=30), **_answered(answers.get(pk), then))
        for pk, fate in fates.items()
        if fate in (11, 17, 18)
    )


def _answered(answer, then):
    return {"answer": answer, "answered_at": then, "said": "corrects"} if answer else {}


def _links(fates, data, today):
    """An address of its own for each listing; every twentieth fails."""
    failing = {"days_failed": 3, "failing_since": today, "last_failed_on": today, "result": "fails", "reason": "status"}
    links = Link.objects.bulk_create(
        Link(address=f"https://www.example.org/{pk}", **(failing if fate == 8 else {"result": "works"})) for pk, fate in fates.items()
    )
    LinkUse.objects.bulk_create(LinkUse(link=link, resource_id=pk, place="website") for pk, link in zip(fates, links))


def _pairs(pks, fates, by, then):
    found = []
    for first, second in zip(pks, pks[1:]):
        if fates[first] in (16, 17):
            decided = {"state": "apart", "decided_by": by[first], "decided_at": then, "why": WHY} if fates[first] == 17 else {}
            reasons = [["name", "much alike", 55]]
            found.append(DuplicatePair(first_id=first, second_id=second, score=50 + first % 50, reasons=reasons, **decided))
    DuplicatePair.objects.bulk_create(found)


def _errands(people):
    """In each queue, every third item is somebody's and every seventh put off."""
    for queue in QUEUES.values():
        items = islice(queue.items(people[0]).order_by().values_list("pk", flat=True), 3_000)
        made = [_errand(queue, place, item, people[place % PEOPLE]) for place, item in enumerate(items) if not (place % 3 and place % 7)]
        Errand.objects.bulk_create(made, ignore_conflicts=True)


def _errand(queue, place, item, person):
    now = timezone.now()
    asleep = {"snoozed_until": now.date() + timedelta(days=9), "snoozed_by": person, "reason": "They are moving."} if not place % 7 else {}
    held = {"holder": person, "held_since": now} if not place % 3 else {}
    return Errand(queue=queue.key, item=item, **asleep, **held)


def _pages(people):
    """Conditions with a history, some of them sent back, in review, or with an edit that waits."""
    for place, condition in enumerate(Condition.objects.order_by("pk")[:600]):
        fate, data = place % 5, pages.of(condition).model_dump(mode="json")
        by = people[place % PEOPLE]
        verbs = {0: ["create"], 1: ["create", "submit", "send_back"], 2: ["create", "submit"]}.get(fate, ["start"] + ["edit"] * 12)
        if condition.has_page:
            verbs, fate = ["start", *["edit"] * 12], 3
        written = condition.revisions.count()
        ConditionRevision.objects.bulk_create(
            ConditionRevision(condition=condition, number=n, document=data, verb=verb, why=WHY, by=by, by_name=by.get_full_name())
            for n, verb in enumerate(verbs, written + 1)
        )
        if fate == 2:
            Condition.objects.filter(pk=condition.pk).update(page_state=State.IN_REVIEW)
        if fate > 2:
            ConditionEdit.objects.create(condition=condition, document=data | {"summary": WHY}, base=1, by=by, why=WHY)
