"""What a listing needs before families may see it. One row's part of this is in the table's constraints too."""

from django.utils.translation import gettext as _

NEEDED = ("first_step", "eligibility")  # texts of every kind


def missing(document):
    """What a listing document lacks to be published: a list of sentences, empty when it is complete."""
    return [sentence for _field, sentence in missing_by_field(document)]


def missing_by_field(document):
    """The same as pairs of a field of the document and a sentence."""
    lacks = [
        (name, sentence)
        for name, sentence in (
            ("first_step", _("it does not say what to do first")),
            ("eligibility", _("it does not say who can use it")),
            ("sources", _("it has no source")),
        )
        if not getattr(document, name)
    ]
    if document.kind in ("organization", "service") and not _reachable(document):
        lacks.append(("website", _("it has no confirmed way to reach it: a phone with a source, or a confirmed website or e-mail")))
    if document.kind == "therapy" and not document.evidence:
        lacks.append(("evidence", _("it has no evidence label")))
    lacks += [
        ("evidence", _("the evidence for %(condition)s has no source") % {"condition": row.condition})
        for row in document.evidence
        if not row.sources
    ]
    return lacks


def _reachable(document):
    confirmed = [name for name in ("website", "email") if getattr(document, name) and name not in document.unconfirmed]
    return bool(confirmed) or any(phone.source for phone in document.phones)
