"""What listings are filtered by, in the workspace and in the admin: each a condition on the rows, without a join that multiplies them."""

import re
from datetime import timedelta

from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.functions import Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from conditions.names import fold

from ...models import Phone, Resource, Revision, Source
from ...models.resource import SOON

YEAR = timedelta(days=365)
AGES = {
    "overdue": _("Check overdue"),
    "soon": _("Due within 60 days"),
    "found": _("Only found, never checked with the provider"),
    "checked": _("Checked with the provider within 12 months"),
    "undated": _("No date at all"),
}
MISSING = {
    "phone": _("No phone that families see"),
    "source": _("No source"),
    "first_step": _("No first step"),
    "eligibility": _("Not said who can use it"),
    "conditions": _("No condition: for everybody"),
    "website": _("No confirmed website"),
}
FEWEST_DIGITS = 4  # of a phone number: fewer are a year or an age


def of_age(age):
    today = timezone.localdate()
    return {
        "overdue": Q(next_check_on__lt=today),
        "soon": Q(next_check_on__range=(today, today + SOON)),
        "found": Q(checked_on=None, found_on__isnull=False),
        "checked": Q(checked_on__gte=today - YEAR),
        "undated": Q(checked_on=None, found_on=None),
    }[age]


def lacking(part):
    return {
        "phone": Q(~Exists(Phone.objects.public().filter(resource=OuterRef("pk")))),
        "source": Q(~Exists(Source.objects.filter(resource=OuterRef("pk")))),
        "first_step": Q(first_step=""),
        "eligibility": Q(eligibility=""),
        "conditions": Q(~Exists(Resource.conditions.through.objects.filter(resource=OuterRef("pk")))),
        "website": Q(website="") | Q(unconfirmed__contains="website"),
    }[part]


def tagged_with(vocabulary, slug):
    return Q(Exists(Resource.terms.through.objects.filter(resource=OuterRef("pk"), term__vocabulary=vocabulary, term__slug=slug)))


def about(condition):
    """Tagged with the condition of this slug or name."""
    tagged = Resource.conditions.through.objects.filter(resource=OuterRef("pk"))
    named = Q(condition__slug=condition) | Q(condition__folded=fold(condition)) | Q(condition__names__folded=fold(condition))
    return Q(Exists(tagged.filter(named)))


def saying(words):
    """Each word in the name, the other names or the slug; or the digits in a phone number, however it is written."""
    said = Q()
    for word in words.split():
        said &= Q(name__icontains=word) | Q(also_known_as__icontains=word) | Q(slug__icontains=word)
    digits = re.sub(r"\D", "", words)
    if len(digits) < FEWEST_DIGITS or re.search(r"[^\W\d_]", words):
        return said
    plain = F("number")
    for mark in " -().":
        plain = Replace(plain, Value(mark), Value(""))
    return said | Q(pk__in=Phone.objects.annotate(digits=plain).filter(digits__contains=digits).values("resource"))


def last_changed_by(person):
    later = Revision.objects.filter(resource=OuterRef("resource"), number__gt=OuterRef("number"))
    return Q(pk__in=Revision.objects.filter(~Exists(later), by=person).values("resource"))
