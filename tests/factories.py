"""Minimal rows. A trait names a situation: `OrganizationFactory(published=True)`."""

from datetime import timedelta

import factory
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group, User
from django.utils import timezone
from factory.django import DjangoModelFactory

from conditions.editorial import OwnerKind, State
from conditions.models import Condition, ConditionName, Kinship
from resources.models import (
    Amount,
    Evidence,
    FinancialAid,
    Location,
    Organization,
    Phone,
    Resource,
    ResourceKind,
    SchoolAccommodation,
    Service,
    Source,
    Term,
    TherapyType,
)

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of every person's app


def numbered(text):
    return factory.Sequence(lambda number: f"{text} {number}")


def slugged(text):
    return factory.Sequence(lambda number: f"{text}-{number}")


def today(plus=0):
    """The site's day, or the one so many days later. Asked as a test runs: a run may go past midnight."""
    return timezone.localdate() + timedelta(days=plus)


def a_while_ago(days):
    return factory.LazyFunction(lambda: today(-days))


class ConditionFactory(DjangoModelFactory):
    class Meta:
        model = Condition
        django_get_or_create = ("slug",)

    slug = slugged("condition")
    name = factory.LazyAttribute(lambda condition: condition.slug.replace("-", " ").capitalize())

    class Params:
        with_page = factory.Trait(
            page_state=State.PUBLISHED,
            reviewer="Not yet reviewed by a clinician",
            reviewed_on=a_while_ago(days=30),
            next_review_on=a_while_ago(days=-335),
            funding="No sponsor.",
        )


class ConditionNameFactory(DjangoModelFactory):
    class Meta:
        model = ConditionName

    condition = factory.SubFactory(ConditionFactory)
    name = numbered("Other name")


def kinship(**parents):
    """`kinship(joubert=["hypoplasia"])`: conditions by their slugs, each under its parents. Underscores stand for hyphens."""
    slugs = {child.replace("_", "-"): [*above] for child, above in parents.items()}
    made = {slug: ConditionFactory(slug=slug) for slug in {*slugs, *(one for above in slugs.values() for one in above)}}
    Kinship.objects.bulk_create(Kinship(child=made[child], parent=made[parent]) for child, above in slugs.items() for parent in above)
    return made


class TermFactory(DjangoModelFactory):
    class Meta:
        model = Term
        django_get_or_create = ("vocabulary", "slug")

    vocabulary = Term.Vocabulary.NEED
    slug = slugged("term")
    label = factory.LazyAttribute(lambda term: term.slug.replace("-", " ").capitalize())


class SourceFactory(DjangoModelFactory):
    class Meta:
        model = Source

    key = slugged("source")
    title = "About us"
    publisher = "Its publisher"
    owner_kind = OwnerKind.CHARITY
    url = "https://www.example.org/about"
    seen_on = a_while_ago(days=1)
    supports = "what it does"


class ResourceFactory(DjangoModelFactory):
    """A guide. Lists may be given: `terms=[…], conditions=[…]`, and `phones=["1-800-555-0100"]`, which are sourced and so shown."""

    class Meta:
        model = Resource
        skip_postgeneration_save = True

    kind = ResourceKind.GUIDE
    slug = factory.Sequence(lambda number: f"listing-{number}")
    name = factory.LazyAttribute(lambda listing: listing.slug.replace("-", " ").capitalize())
    summary = "What it is, in a plain sentence."

    class Params:
        published = factory.Trait(
            state=State.PUBLISHED,
            found_on=a_while_ago(days=1),
            first_step="Call and say what you need.",
            eligibility="Any family.",
            source=factory.RelatedFactory(SourceFactory, factory_related_name="resource"),
        )
        checked = factory.Trait(published=True, checked_on=a_while_ago(days=10), checked_by="A curator", checked_how="by phone")
        overdue = factory.Trait(published=True, found_on=a_while_ago(days=400))

    @factory.post_generation
    def terms(self, create, terms):
        self.terms.set(terms or [])

    @factory.post_generation
    def conditions(self, create, conditions):
        self.conditions.set(conditions or [])

    @factory.post_generation
    def phones(self, create, numbers):
        for number in numbers or []:
            PhoneFactory(resource=self, number=number)


class PhoneFactory(DjangoModelFactory):
    """Sourced, and so shown to families; `source=None` hides it."""

    class Meta:
        model = Phone

    resource = factory.SubFactory(ResourceFactory)
    number = "1-800-555-0100"
    source = factory.SubFactory(SourceFactory, resource=factory.SelfAttribute("..resource"))


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = Location

    resource = factory.SubFactory(ResourceFactory)
    city = "Austin"
    region = "TX"


class OrganizationFactory(ResourceFactory):
    class Meta:
        model = Organization

    kind = ResourceKind.ORGANIZATION
    website = "https://www.example.org/"


class ServiceFactory(ResourceFactory):
    class Meta:
        model = Service

    kind = ResourceKind.SERVICE
    website = "https://www.example.org/clinic"
    provider = factory.SubFactory(OrganizationFactory)


class TherapyFactory(ResourceFactory):
    class Meta:
        model = TherapyType

    kind = ResourceKind.THERAPY
    form = TherapyType.Form.THERAPY
    what_it_is = how_it_works = benefits = harms = without_it = "In plain words."
    quality_of_life = alternatives = unknowns = time_and_cost = who_gives_it = "In plain words."


class EvidenceFactory(DjangoModelFactory):
    class Meta:
        model = Evidence

    therapy = factory.SubFactory(TherapyFactory)
    condition = factory.SubFactory(ConditionFactory)
    level = Evidence.Level.LIMITED
    standing = Evidence.Standing.OPTION
    us_status = Evidence.UsStatus.NOT_APPLICABLE
    why = "Small studies only."


class SchoolFactory(ResourceFactory):
    class Meta:
        model = SchoolAccommodation

    kind = ResourceKind.SCHOOL
    form = SchoolAccommodation.Form.ACCOMMODATION
    need_met = "Tires fast."
    looks_like = ["A rest in the middle of the morning"]
    how_to_ask = "Write to the school."
    whom_to_ask = "The 504 coordinator"


class MoneyFactory(ResourceFactory):
    class Meta:
        model = FinancialAid

    kind = ResourceKind.MONEY
    form = FinancialAid.Form.PUBLIC_BENEFIT
    steps = ["Apply"]


class AmountFactory(DjangoModelFactory):
    """Unsourced, and so hidden."""

    class Meta:
        model = Amount

    aid = factory.SubFactory(MoneyFactory)
    text = "$100 a month"
    year = 2026


class PersonFactory(DjangoModelFactory):
    """Somebody who can open the admin, with an app as second step (`secured=False`: without); `role="Editor"` gives them that role."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    username = numbered("person")
    is_staff = True
    password = factory.django.Password("a-long-password-1")

    @factory.post_generation
    def role(self, create, role):
        if role:
            self.groups.add(Group.objects.get(name=role))

    @factory.post_generation
    def secured(self, create, secured):
        if secured is not False:
            TOTP.activate(self, SECRET)
