"""The listing document: one typed shape of a whole listing (design: "The listing document").

It holds content only: never workflow state, check dates, people or revision numbers,
so that restoring an old document cannot forge a check.
"""

from typing import Literal

from pydantic import Field, model_validator

from conditions.shapes import Email, Item, Line, Name, Shape, Slug, Source, TermSlug, Text, Url

FORMAT: Literal[1] = 1

Kind = Literal["organization", "service", "therapy", "school", "money", "guide"]
Level = Literal["strong", "moderate", "limited", "experimental", "not_recommended"]
Standing = Literal["standard_care", "option", "specialist_only", "trial_only", "avoid"]
UsStatus = Literal["approved", "off_label", "investigational", "not_approved", "not_applicable"]


class Phone(Shape):
    """Shown to families only where `source` names the page on which it was seen."""

    number: Name  # what can be dialled, but in old documents: see `entering`
    label: Line = ""
    type: Literal["voice", "text", "tty", "fax"] = "voice"
    languages: list[TermSlug] = []
    hours: Line = ""
    source: Slug | None = None


class Location(Shape):
    name: Line = ""
    address: Line = ""
    city: Line = ""
    region: Line = ""  # two-letter state code in the US
    postal_code: Line = ""
    country: Line = "US"
    latitude: float | None = Field(None, ge=-90, le=90)
    longitude: float | None = Field(None, ge=-180, le=180)
    access: Line = ""  # ramps, lifts, parking


class Funding(Shape):
    status: Literal["known", "none", "unknown"] = "unknown"
    note: Line = ""


class Evidence(Shape):
    condition: Slug
    applies_to: Line = ""  # for whom or which product; unique together with condition
    level: Level
    standing: Standing
    us_status: UsStatus
    us_status_note: Line = ""  # the date in words as precise as the source
    why: Text
    cautions: Text = ""
    sources: list[Slug]


class Organization(Shape):
    legal_name: Line = ""
    identifiers: list[Item] = []  # such as "EIN 12-3456789"
    year_founded: int | None = Field(None, ge=1700, le=2100)


class Service(Shape):
    provider: Slug  # the organization's slug
    schedule: Line = ""
    capacity: Line = ""
    therapies: list[Slug] = []  # slugs of therapies it gives


class Therapy(Shape):
    """DISCERN's questions 8 to 15, one field each."""

    form: Literal["therapy", "care", "device", "drug", "gene_therapy", "cell_therapy", "surgery", "supplement"]
    what_it_is: Text
    how_it_works: Text
    benefits: Text
    harms: Text
    without_it: Text
    quality_of_life: Text
    alternatives: Text
    unknowns: Text
    time_and_cost: Text
    who_gives_it: Text
    questions: list[Item]
    red_flags: list[Item] = []
    red_flag_reason: Text = ""  # where set, the page opens with it: a warning, not an option


class LegalBasis(Shape):
    law: Name
    citation: Line = ""
    source: Slug | None = None  # without one the citation is not shown


class School(Shape):
    form: Literal["accommodation", "procedure"]
    need_met: Text
    looks_like: list[Item]
    how_to_ask: Text
    whom_to_ask: Line
    evidence_to_bring: list[Item] = []
    legal_basis: list[LegalBasis] = []
    clock: Line = ""  # how long the school or agency has
    if_refused: Text = ""
    practice_is_ours: bool = False  # the law is sourced, the classroom practice is our own


class Amount(Shape):
    text: Line
    year: int | None = Field(None, ge=1990, le=2100)
    source: Slug | None = None  # without one the amount is not shown


class Money(Shape):
    form: Literal[
        "public_benefit", "insurance_right", "grant", "manufacturer_program", "in_kind", "loan", "leave", "tax", "savings", "scholarship"
    ]
    provider: Slug | None = None
    steps: list[Item]
    amounts: list[Amount] = []
    clock: Line = ""
    if_refused: Text = ""


KIND_PARTS = ("organization", "service", "therapy", "school", "money")


class Listing(Shape):
    """A whole listing. Unordered lists (terms, conditions, evidence) are kept sorted."""

    format: Literal[1] = FORMAT
    kind: Kind
    slug: Slug
    name: Name
    also_known_as: list[Name] = []
    summary: Text
    description: Text = ""
    website: Url = ""
    email: Email = ""
    unconfirmed: list[Literal["website", "email"]] = []  # kept, but hidden from families
    phones: list[Phone] = []
    first_step: Text = ""
    eligibility: Text = ""
    not_eligible: Text = ""
    documents: list[Item] = []
    fees: Line = ""
    waiting: Line = ""
    alert: Line = ""
    funding: Funding = Funding()
    coverage: Literal["local", "state", "national", "worldwide", "other_country"] = "national"
    hsds_status: Literal["active", "inactive", "temporarily closed", "defunct"] = "active"
    terms: dict[str, list[TermSlug]] = {}
    conditions: list[Slug] = []
    locations: list[Location] = []
    evidence: list[Evidence] = []
    sources: list[Source] = []
    organization: Organization | None = None
    service: Service | None = None
    therapy: Therapy | None = None
    school: School | None = None
    money: Money | None = None

    @model_validator(mode="after")
    def fits_its_kind(self):
        for part in KIND_PARTS:
            if part == self.kind and getattr(self, part) is None:
                raise ValueError(f"a {self.kind} listing needs a '{part}' part")
            if part != self.kind and getattr(self, part) is not None:
                raise ValueError(f"a {self.kind} listing takes no '{part}' part")
        if self.kind != "therapy" and self.evidence:
            raise ValueError("only a therapy carries evidence")
        return self

    @model_validator(mode="after")
    def cites_known_sources(self):
        keys = [source.key for source in self.sources]
        if len(set(keys)) < len(keys):
            raise ValueError("two sources have the same key")
        for cited in self.cited():
            if cited not in keys:
                raise ValueError(f"source '{cited}' is cited but not listed under sources")
        pairs = [(row.condition, row.applies_to) for row in self.evidence]
        if len(set(pairs)) < len(pairs):
            raise ValueError("two evidence rows have the same condition and applies_to")
        return self

    @model_validator(mode="after")
    def sorts_what_has_no_order(self):
        self.conditions = sorted(set(self.conditions))
        self.terms = {name: sorted(set(slugs)) for name, slugs in sorted(self.terms.items()) if slugs}
        self.evidence.sort(key=lambda row: (row.condition, row.applies_to))
        for row in self.evidence:
            row.sources = sorted(set(row.sources))
        if self.service:
            self.service.therapies = sorted(set(self.service.therapies))
        self.unconfirmed = sorted(set(self.unconfirmed))
        return self

    def cited(self):
        """Keys of the sources that phones, evidence, citations and amounts rest on."""
        for row in self.evidence:
            yield from row.sources
        rows = [*self.phones, *(self.school.legal_basis if self.school else []), *(self.money.amounts if self.money else [])]
        yield from (row.source for row in rows if row.source)
