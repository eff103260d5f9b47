"""What listing documents name beside themselves: terms, conditions, providers, therapies."""

from conditions.models import Condition

from ..models import Organization, Term, TherapyType


class UnknownReferences(ValueError):
    """Names of terms, conditions, providers or therapies that are not there."""

    def __init__(self, unknown):
        self.unknown = unknown
        super().__init__("unknown " + ", ".join(unknown))


def find(documents, terms=None):
    """`{what: {name: row}}` of all that the documents name, in four queries at most. A term's name is its vocabulary and slug;
    `terms`: rows of all of them, where the caller has read them."""
    wanted = {"term": set(), "condition": set(), "provider": set(), "therapy": set()}
    for document in documents:
        for what, names in _named(document).items():
            wanted[what] |= names
    terms = Term.objects.filter(slug__in={slug for _, slug in wanted["term"]}) if terms is None else terms
    return {
        "term": {(term.vocabulary, term.slug): term for term in terms},
        "condition": Condition.objects.in_bulk(wanted["condition"], field_name="slug"),
        "provider": {row.slug: row for row in Organization.objects.filter(slug__in=wanted["provider"])},
        "therapy": {row.slug: row for row in TherapyType.objects.filter(slug__in=wanted["therapy"])},
    }


def named(document, terms=None):
    """`find` for one document. Raises `UnknownReferences` where something is not there."""
    found = find([document], terms)
    if lacking := unknown(document, found):
        raise UnknownReferences(lacking)
    return found


def unknown(document, known):
    """What the document names and `known` (`{what: names}`) lacks, such as `"condition 'ataxa'"`."""
    return [f"{what} '{_words(name)}'" for what, names in _named(document).items() for name in sorted(names - set(known[what]))]


def _named(document):
    part = getattr(document, document.kind, None)
    return {
        "term": {(vocabulary, slug) for vocabulary, slugs in document.terms.items() for slug in slugs},
        "condition": {*document.conditions, *(row.condition for row in document.evidence)},
        "provider": {part.provider} - {None} if document.kind in ("service", "money") else set(),
        "therapy": set(part.therapies) if document.kind == "service" else set(),
    }


def _words(name):
    return ": ".join(name) if isinstance(name, tuple) else name
