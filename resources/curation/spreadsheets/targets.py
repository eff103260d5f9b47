"""What a partner's column may mean: our columns in plain words. The template, the choices and the guesses are made from this table."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as later

from ...models import Term

KEY, PHONE, FAX, DESCRIPTION_PART = "key", "phone", "fax", "description_part"
LOCATION = "location."
KINDS = ("organization", "service", "money", "guide")  # therapies and school accommodations are written one by one
MANY = {PHONE, FAX, DESCRIPTION_PART, "also_known_as", "conditions", "documents", "money.steps"}  # several columns may go there


@dataclass(frozen=True)
class Target:
    """`name`: a column of `transfer.rows`, or one of our own that becomes part of one. `words`: headings that mean it, folded."""

    name: str
    label: object  # a text, maybe a lazy one, as the two that follow
    hint: object
    example: object = ""
    words: tuple[str, ...] = ()


COMMON = [
    Target(
        "name",
        later("Name"),
        later("What the listing is called. Every row needs one."),
        later("Example Family Center (delete this row)"),
        ("organization", "organization name", "agency", "agency name", "provider", "program", "program name", "title", "nombre"),
    ),
    Target("kind", later("Kind"), later("organization, service, money or guide."), "organization", ("type", "category", "listing type")),
    Target(
        KEY,
        later("Your own number"),
        later("Your number for this row. With it we know the row again in your next file."),
        "A-100",
        ("id", "record id", "number", "unique id", "identifier", "key", "ref", "reference", "code", "agency id", "program id"),
    ),
    Target(
        "summary",
        later("Summary"),
        later("One or two plain sentences: what it is."),
        later("Help for families in their own town."),
        ("short description", "about", "overview", "tagline"),
    ),
    Target(
        "description",
        later("Description"),
        later("More about it, in short paragraphs."),
        "",
        ("long description", "details", "notes", "comments", "remarks", "services", "services provided"),
    ),
    Target(
        "website",
        later("Website"),
        later("The address of its own page."),
        "https://www.example.org/",
        ("url", "web", "web site", "homepage", "link", "site"),
    ),
    Target(
        "email",
        later("E-mail"),
        later("An address that somebody reads."),
        "hello@example.org",
        ("email", "mail", "e mail address", "email address", "contact email"),
    ),
    Target(
        PHONE,
        later("Phone"),
        later("With its area code, as text. Several: one a line."),
        "555-555-0100",
        (
            "telephone",
            "tel",
            "phone number",
            "main phone",
            "contact phone",
            "toll free",
            "hotline",
            "phone 2",
            "mobile",
            "cell",
            "telefono",
        ),
    ),
    Target(FAX, later("Fax"), later("With its area code, as text."), "", ("fax number",)),
    Target(
        "first_step",
        later("What to do first"),
        later("The first thing a family does: call, fill in a form …"),
        later("Call and say what you need."),
        ("how to apply", "application process", "intake", "intake procedure", "next step", "how to access"),
    ),
    Target(
        "eligibility",
        later("Who can use it"),
        later("In plain words."),
        later("Any family in the county."),
        ("eligibility", "who is eligible", "population served", "serves"),
    ),
    Target("not_eligible", later("Who cannot"), later("In plain words."), "", ("not eligible", "exclusions")),
    Target(
        "documents",
        later("What to have ready"),
        later("One item a line."),
        "",
        ("documents", "required documents", "documents required", "what to bring"),
    ),
    Target("fees", later("Fees"), later("What it costs, in one line."), later("Free"), ("fee", "cost", "costs", "price", "fee structure")),
    Target("waiting", later("Waiting time"), later("In one line."), "", ("wait time", "waitlist", "waiting list")),
    Target(
        "also_known_as",
        later("Other names"),
        later("One a line."),
        "",
        ("aka", "acronym", "other name", "also known as", "alternate name", "abbreviation"),
    ),
    Target(
        "coverage",
        later("Reach"),
        later("One place, differs by state, all of the United States, worldwide, or another country."),
        later("One place"),
        ("coverage", "service area", "geographic area", "area served", "scope"),
    ),
    Target(
        "conditions",
        later("Conditions"),
        later("The conditions it is for, by name. None: help for everybody."),
        "",
        ("condition", "diagnosis", "diagnoses", "disease", "disability", "disabilities"),
    ),
]
TERMS = [
    Target(f"terms.{value}", label, later("Words of ours, one a line, as the finder shows them."), "", words)
    for value, label, words in (
        (Term.Vocabulary.NEED, later("Needs met"), ("needs", "need", "service type", "services offered")),
        (Term.Vocabulary.OFFER, later("What it offers"), ("offers", "offer")),
        (Term.Vocabulary.STAGE, later("Ages"), ("age", "age group", "ages served", "age range")),
        (Term.Vocabulary.AUDIENCE, later("Who it is for"), ("audience", "target group")),
        (Term.Vocabulary.LANGUAGE, later("Languages"), ("language", "languages spoken")),
        (Term.Vocabulary.FORMAT, later("How one reaches it"), ("format", "delivery")),
        (Term.Vocabulary.COST, later("Kind of cost"), ("cost type",)),
        (Term.Vocabulary.AREA, later("States served"), ("states", "states served")),
    )
]
MANY |= {target.name for target in TERMS}
PLACE = [
    Target(
        "location.name",
        later("Name of the place"),
        later("A branch or a building."),
        "",
        ("location name", "branch", "site name", "location"),
    ),
    Target(
        "location.address",
        later("Street address"),
        later("Number and street."),
        later("1 Example Street"),
        ("address", "street", "address 1", "address line 1", "physical address", "mailing address", "location address"),
    ),
    Target("location.city", later("City"), later("City or town."), "Austin", ("town", "municipality", "ciudad")),
    Target(
        "location.region", later("State"), later("Two letters, or the whole name."), "TX", ("st", "province", "region", "state province")
    ),
    Target(
        "location.postal_code",
        later("ZIP"),
        later("As text, so that a leading zero stays."),
        "78701",
        ("zip code", "zipcode", "postal code", "postcode", "postal"),
    ),
]
BY_KIND = [
    Target(
        "organization.legal_name", later("Legal name"), later("For an organization, where it differs from the name."), "", ("legal name",)
    ),
    Target(
        "organization.year_founded",
        later("Founded in"),
        later("For an organization: the year."),
        "",
        ("year founded", "founded", "year established"),
    ),
    Target(
        "service.provider",
        later("Organization of a service"),
        later("For a service: the organization that gives it, by name."),
        "",
        ("parent organization", "parent agency", "provided by", "host organization"),
    ),
    Target(
        "service.schedule",
        later("Opening hours"),
        later("For a service, in one line."),
        "",
        ("hours", "hours of operation", "schedule", "office hours"),
    ),
    Target("service.capacity", later("Capacity"), later("For a service, in one line."), "", ("slots", "openings")),
    Target(
        "money.form",
        later("Kind of money help"),
        later(
            "For money: public_benefit, insurance_right, grant, manufacturer_program, in_kind, loan, leave, tax, savings or scholarship."
        ),
        "",
        ("aid type", "money type"),
    ),
    Target(
        "money.provider", later("Organization of the money help"), later("For money: who gives it, by name."), "", ("funder", "grantor")
    ),
    Target("money.steps", later("Steps to apply"), later("For money: one step a line."), "", ("steps",)),
]
OURS = Target(
    "slug", later("Our slug"), later("Only where you have it from us: it says which of our listings a row is."), "", ("our slug",)
)
REST = Target(DESCRIPTION_PART, later("Part of the description"), later("Added to the description, under the column’s heading."))

GROUPS = [
    (later("Most lists"), COMMON),
    (later("Where it is"), PLACE),
    (later("Words of the finder"), TERMS),
    (later("For some kinds"), BY_KIND),
    (later("More"), [REST, OURS]),
]
TARGETS = {target.name: target for _group, targets in GROUPS for target in targets}
IN_TEMPLATE = [*COMMON, *PLACE, *TERMS, *BY_KIND]
EXAMPLE = TARGETS["name"].example
