"""The only code that moves a listing between states."""

from datetime import timedelta

from django.db import transaction

from conditions.editorial import State

from . import document as documents

CHECK_EVERY = timedelta(days=365)
STARTER = "starter catalogue"
# The verb of a load says which state it left behind, so that a later load sees whether a curator has moved the listing since.
LOADED = {State.DRAFT: "load_draft", State.PUBLISHED: "load_published"}


def missing(document):
    """What a listing document lacks to be published: a list of sentences, empty when it is complete."""
    lacks = []
    for name, sentence in (
        ("first_step", "it does not say what to do first"),
        ("eligibility", "it does not say who can use it"),
        ("sources", "it has no source"),
    ):
        if not getattr(document, name):
            lacks.append(sentence)
    if document.kind in ("organization", "service") and not _reachable(document):
        lacks.append("it has no confirmed way to reach it: a phone with a source, or a confirmed website or e-mail")
    if document.kind == "therapy" and not document.evidence:
        lacks.append("it has no evidence label")
    lacks += [f"the evidence for {row.condition} has no source" for row in document.evidence if not row.sources]
    return lacks


def _reachable(document):
    confirmed = [name for name in ("website", "email") if getattr(document, name) and name not in document.unconfirmed]
    return bool(confirmed) or any(phone.source for phone in document.phones)


@transaction.atomic
def load(*, document, starter, uuid, resource=None):
    """Put a listing of the starter catalogue in place, as a draft or published with the day it was found on."""
    state = State(starter.state)
    resource = documents.save(
        document,
        resource=resource,
        uuid=uuid,
        verb=LOADED[state],
        by_name=STARTER,
        why=starter.waits_for or "Facts of the starter catalogue, not yet reviewed by a clinician.",
    )
    resource.state = state
    resource.found_on = starter.found_on
    resource.next_check_on = starter.found_on + CHECK_EVERY if starter.found_on else None
    resource.waits_for = starter.waits_for
    resource.save(update_fields=["state", "found_on", "next_check_on", "waits_for"])
    return resource
