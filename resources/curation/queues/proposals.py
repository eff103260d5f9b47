"""What waits of proposals: rows for the table of queues."""

from django.db.models import Case, F, OuterRef, Subquery, TextField, Value, When
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Concat, Left, NullIf, Replace, StrIndex, Substr, Trim, TruncDate
from django.urls import reverse

from conditions.models import Condition

from ...models import Proposal


def of_origin(origin):
    return lambda user: Proposal.objects.open().filter(origin=origin).select_related("resource").annotate(since=TruncDate("at"))


def about():
    """A proposal's name: of its listing, of the condition whose page it is about, the page's address, or the first line of its words."""
    slug = Replace(Replace(OuterRef("page"), Value("/conditions/")), Value("/"))
    condition = Condition.objects.filter(slug=slug).values("name")[:1]
    of_page = Case(When(page__startswith="/conditions/", then=Subquery(condition)))
    line = Left(Substr("note", 1, StrIndex(Concat("note", Value("\n")), Value("\n")) - 1), 90)
    named = [F("resource__name"), KT("document__name"), of_page, NullIf(F("page"), Value("")), NullIf(Trim(line), Value(""))]
    return Coalesce(*named, Value("–"), output_field=TextField())


def said(proposal):
    return ": ".join(filter(None, [str(proposal.get_problem_display()) if proposal.problem else "", proposal.note]))


def address(proposal):
    return reverse("proposal", args=[proposal.pk])
