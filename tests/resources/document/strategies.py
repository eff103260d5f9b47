"""Listing documents of every kind, with all that a field may hold: empty and full, letters of any script, odd spaces.

What documents name beside themselves is `KNOWN`; `make_known()` puts its rows into the database.
"""

from datetime import date

from hypothesis import strategies as st

from resources.document import Listing, shape
from tests.factories import ConditionFactory, OrganizationFactory, TermFactory, TherapyFactory

KNOWN = {
    "terms": {"need": ["respite", "fine_motor", "both"], "offer": ["helpline", "both"], "stage": ["0-3"], "area": ["us-tx", "us-ca"]},
    "conditions": ["ataxia", "joubert-syndrome", "rare-disease", "sma"],
    "providers": ["provider-one", "provider-two"],
    "therapies": ["therapy-one", "therapy-two", "therapy-three"],
}
KINDS = ("organization", "service", "therapy", "school", "money", "guide")


def make_known():
    for vocabulary, slugs in KNOWN["terms"].items():
        for slug in slugs:
            TermFactory(vocabulary=vocabulary, slug=slug)
    for slug in KNOWN["conditions"]:
        ConditionFactory(slug=slug)
    for slug in KNOWN["providers"]:
        OrganizationFactory(slug=slug)
    for slug in KNOWN["therapies"]:
        TherapyFactory(slug=slug)


def texts(longest, *, shortest=0, line=True):
    """Text as a field keeps it: any letters but controls, without spaces around it; a whole text may break lines."""
    letters = st.characters(exclude_categories=["Cs", "Cc"])
    some = st.text(letters if line else letters | st.sampled_from("\n\t"), min_size=shortest, max_size=20)
    full = st.sampled_from("aß漢😀").map(lambda letter: letter * longest)
    return (some | full).map(str.strip).filter(lambda text: len(text) >= shortest)


lines, names, items = texts(500), texts(200, shortest=1), texts(500, shortest=1)
whole_texts = texts(2_000, line=False)
slugs = st.from_regex(r"[a-z0-9]{1,6}(-[a-z0-9]{1,6}){0,3}", fullmatch=True, alphabet=st.characters(codec="ascii"))
phone_numbers = st.from_regex(r"[0-9]{3}(-[0-9A-Z]{1,4}){0,3}( ext\. [0-9]{1,4})?", fullmatch=True, alphabet=st.characters(codec="ascii"))
dates = st.dates(date(1990, 1, 1), date(2100, 1, 1))
urls = st.just("") | st.builds("https://{}.example/{}".format, slugs, st.sampled_from(["", "a?b=c&d#e", "ä/ö", "x" * 400]))
emails = st.just("") | st.builds("{}@example.org".format, slugs)


def one_of_field(form, name):
    """Any value of a field that is a choice."""
    return st.sampled_from(form.model_fields[name].annotation.__args__)


def lists(strategy, **options):
    return st.lists(strategy, max_size=3, **options)


def maybe(strategy):
    return st.none() | strategy


@st.composite
def sources(draw, least=0):
    keys = draw(st.lists(slugs, min_size=least, max_size=4, unique=True))
    fields = {"title": names, "publisher": names, "owner_kind": one_of_field(shape.Source, "owner_kind"), "url": urls}
    fields |= {"published": lines, "seen_on": dates, "supports": lines}
    return [draw(st.builds(shape.Source, key=st.just(key), **fields)) for key in keys]


def phones(keys):
    return st.builds(
        shape.Phone,
        number=phone_numbers,
        label=lines,
        type=one_of_field(shape.Phone, "type"),
        languages=lists(st.sampled_from(["en", "es", "asl"])),
        hours=lines,
        source=keys,
    )


locations = st.builds(
    shape.Location,
    **dict.fromkeys(["name", "address", "city", "region", "postal_code", "country", "access"], lines),
    latitude=maybe(st.floats(-90, 90)),
    longitude=maybe(st.floats(-180, 180)),
)


def evidence(keys):
    rows = st.builds(
        shape.Evidence,
        condition=st.sampled_from(KNOWN["conditions"]),
        applies_to=st.sampled_from(["", "children"]) | lines,
        **{name: one_of_field(shape.Evidence, name) for name in ("level", "standing", "us_status")},
        us_status_note=lines,
        why=whole_texts,
        cautions=whole_texts,
        sources=lists(keys.filter(bool)) if keys is not NO_KEYS else st.just([]),
    )
    return lists(rows, unique_by=lambda row: (row.condition, row.applies_to))


NO_KEYS = st.none()


def parts(kind, keys):
    """The part that a kind of listing has of its own."""
    match kind:
        case "organization":
            return st.builds(shape.Organization, legal_name=lines, identifiers=lists(items), year_founded=maybe(st.integers(1700, 2100)))
        case "service":
            return st.builds(
                shape.Service,
                provider=st.sampled_from(KNOWN["providers"]),
                schedule=lines,
                capacity=lines,
                therapies=lists(st.sampled_from(KNOWN["therapies"])),
            )
        case "therapy":
            answers = ["what_it_is", "how_it_works", "benefits", "harms", "without_it", "quality_of_life", "alternatives", "unknowns"]
            return st.builds(
                shape.Therapy,
                form=one_of_field(shape.Therapy, "form"),
                **dict.fromkeys([*answers, "time_and_cost", "who_gives_it", "red_flag_reason"], whole_texts),
                questions=lists(items),
                red_flags=lists(items),
            )
        case "school":
            return st.builds(
                shape.School,
                form=one_of_field(shape.School, "form"),
                **dict.fromkeys(["need_met", "how_to_ask", "if_refused"], whole_texts),
                **dict.fromkeys(["looks_like", "evidence_to_bring"], lists(items)),
                whom_to_ask=lines,
                legal_basis=lists(st.builds(shape.LegalBasis, law=names, citation=lines, source=keys)),
                clock=lines,
                practice_is_ours=st.booleans(),
            )
        case "money":
            return st.builds(
                shape.Money,
                form=one_of_field(shape.Money, "form"),
                provider=maybe(st.sampled_from(KNOWN["providers"])),
                steps=lists(items),
                amounts=lists(st.builds(shape.Amount, text=lines, year=maybe(st.integers(1990, 2100)), source=keys)),
                clock=lines,
                if_refused=whole_texts,
            )


@st.composite
def listings(draw, kinds=KINDS):
    """A whole listing. Its slug begins with `listing`, so that it never meets one of `KNOWN`."""
    kind = draw(st.sampled_from(kinds))
    listed = draw(sources())
    keys = NO_KEYS if not listed else maybe(st.sampled_from([source.key for source in listed]))
    fields = {
        "kind": kind,
        "slug": f"listing-{draw(slugs)}",
        "name": draw(names),
        "also_known_as": draw(lists(names)),
        "summary": draw(whole_texts),
        "website": draw(urls),
        "email": draw(emails),
        "unconfirmed": draw(lists(st.sampled_from(["website", "email"]))),
        "documents": draw(lists(items)),
        "funding": draw(st.builds(shape.Funding, status=one_of_field(shape.Funding, "status"), note=lines)),
        "terms": draw(st.fixed_dictionaries({}, optional={name: lists(st.sampled_from(slugs)) for name, slugs in KNOWN["terms"].items()})),
        "conditions": draw(lists(st.sampled_from(KNOWN["conditions"]))),
        "phones": draw(lists(phones(keys))),
        "locations": draw(lists(locations)),
        "evidence": draw(evidence(keys)) if kind == "therapy" else [],
        "sources": listed,
    }
    fields |= {name: draw(whole_texts) for name in ("description", "first_step", "eligibility", "not_eligible")}
    fields |= {name: draw(lines) for name in ("fees", "waiting", "alert")}
    fields |= {name: draw(one_of_field(Listing, name)) for name in ("coverage", "hsds_status")}
    if kind != "guide":
        fields[kind] = draw(parts(kind, keys))
    return Listing(**fields)
