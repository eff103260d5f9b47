"""What waits of condition pages: rows for the table of queues."""

from django.db.models import Case, Exists, F, OuterRef, Subquery, Value, When
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from conditions.editorial import State
from conditions.models import Condition, ConditionEdit, ConditionRevision
from conditions.verbs import MOVING

from ...models import LinkUse
from ...models.link import BROKEN_AFTER


def sent_back(user):
    moved_since = ConditionRevision.objects.filter(condition=OuterRef("condition"), number__gt=OuterRef("number"), verb__in=MOVING)
    last = ConditionRevision.objects.filter(~Exists(moved_since), verb="send_back", condition=OuterRef("pk"))
    sent_to = ConditionRevision.objects.filter(condition=OuterRef("pk"), verb="submit").order_by("-number").values("by")[:1]
    said = {name: Subquery(last.values(field)[:1]) for name, field in (("reason", "why"), ("sent_by", "by_name"))}
    rows = Condition.objects.filter(Exists(last), page_state=State.DRAFT).annotate(sent_to=Subquery(sent_to), **said)
    mine = Case(When(sent_to=user.pk, then=Value(0)), default=Value(1))
    return rows.annotate(since=TruncDate(Subquery(last.values("at")[:1])), rank=mine)


def edits(user):
    rows = ConditionEdit.objects.filter(state=ConditionEdit.State.WAITING).exclude(by=user)
    return rows.select_related("condition", "by").annotate(since=TruncDate("at"))


def in_review(user):
    submitted = ConditionRevision.objects.filter(condition=OuterRef("pk"), verb="submit").order_by("-number")
    rows = Condition.objects.filter(page_state=State.IN_REVIEW)
    return rows.annotate(since=TruncDate(Subquery(submitted.values("at")[:1])), sent_by=Subquery(submitted.values("by_name")[:1]))


def overdue(user):
    return Condition.objects.with_pages().filter(next_review_on__lt=timezone.localdate()).annotate(since=F("next_review_on"))


def broken_links(user):
    broken = LinkUse.objects.filter(link__days_failed__gte=BROKEN_AFTER, condition__isnull=False)
    first = broken.filter(condition=OuterRef("pk")).order_by("link__failing_since", "link")
    rows = Condition.objects.with_pages().filter(pk__in=broken.values("condition"))
    return rows.annotate(since=Subquery(first.values("link__failing_since")[:1]), broken=Subquery(first.values("link__address")[:1]))


def address(condition):
    return reverse("condition_desk", args=[condition.slug])
