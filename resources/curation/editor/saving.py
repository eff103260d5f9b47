"""Saving what was typed: by the workflow's verbs, and never over what somebody else saved in between."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from conditions.editorial import State
from conditions.files import Faulty

from ... import document as documents
from ... import workflow
from ...completeness import missing_by_field
from ...document import labels
from ...models import Resource
from . import drafts
from .beside import alike_to
from .pages import advised, page
from .sheet import sent
from .sitting import Sitting


def save(request, sitting, data, *, anyway=False):
    sheet = sitting.sheet(data, judged=True, saving=True)
    document = _decided(sitting, sheet)
    if document is None:
        return _refused(request, sitting, sheet)
    if not anyway and (doubts := _doubts(sitting, sheet, document)):
        sitting.keep(data)
        return page(request, sitting, sheet, must_confirm=True, **doubts)
    try:
        with transaction.atomic():
            listing, waits = _write(sitting, sheet, document)
            is_left = drafts.is_elsewhere(sitting.drafts[0], data)
            if not is_left:
                drafts.drop(**sitting.whose)
    except workflow.Stale:
        fresh = Sitting(sitting.person, sitting.kind, sitting.listing)
        return together(request, fresh, sheet, document)
    except (workflow.Refused, IntegrityError) as why:
        _blame(sheet, document, why)
        return _refused(request, sitting, sheet)
    messages.success(request, said(listing, waits))
    if is_left:
        messages.warning(request, _("You typed something else in another tab. It is kept as your draft: “Edit” shows it."))
    return redirect("desk", listing.pk)


def save_anyway(request, sitting, data):
    return save(request, sitting, data, anyway=True)


def _doubts(sitting, sheet, document):
    """What is asked about once before it is saved: listings that are alike, and phones that families would not see."""
    before = sitting.document.phones if sitting.document else []
    known = {phone.number for phone in before if not phone.source}
    hidden = [phone.number for phone in document.phones if not phone.source and phone.number not in known]
    doubts = {"alikes": alike_to(sheet, sitting.listing, sitting.document), "hidden_phones": hidden}
    return doubts if any(doubts.values()) else {}


def _refused(request, sitting, sheet):
    sitting.keep(sheet.data)
    return advised(request, sitting, sheet, status=400)


def _decided(sitting, sheet):
    """The document to save, with theirs where that was chosen; None where something is wrong or still open."""
    document, sheet.choices = sheet.document(), sitting.choices(sheet)
    choices = sheet.choices
    if document is None or sheet.reason.errors or (choices and choices.errors):
        return None
    if not choices:
        return document
    theirs = documents.fields(sitting.at(sheet.base) or sitting.document)
    try:
        return documents.patched(document, {name: theirs[name] for name in choices.theirs})
    except Faulty as faulty:
        sheet.faults += [_("With theirs it no longer holds together: %(why)s") % {"why": one.message} for one in faulty.faults]
        return None


def _write(sitting, sheet, document):
    why = sheet.reason.cleaned_data["why"]
    if not sitting.listing:
        return workflow.create(document=document, by=sitting.person, why=why), None
    waits = workflow.edit(resource=sitting.listing, document=document, by=sitting.person, why=why, base=sheet.base)
    return Resource.objects.get(pk=sitting.listing.pk), waits


def _blame(sheet, document, why):
    """Put what the workflow refused at the fields it is about."""
    if isinstance(why, workflow.Incomplete):
        for name, sentence in missing_by_field(document):
            sheet.blame(name, _("Families see this listing, and %(lack)s.") % {"lack": sentence})
    elif isinstance(why, IntegrityError):
        if "slug" not in str(why):
            raise why
        sheet.blame("slug", _("Another listing has this address. Choose another for this one."))
    else:
        sheet.blame("", str(why))


def together(request, sitting, sheet, mine):
    """Somebody saved in between: the form comes back with both, and asks where both changed the same."""
    merged = documents.merged(sitting.at(sheet.base), mine, sitting.document)
    data = sent(documents.overlaid(sitting.document, merged.values), sitting.latest)
    for name in ("why", *drafts.TAB):
        data[name] = sheet.data.get(name, "")
    data.setlist("conflict", merged.conflicts)
    sitting.keep(data)
    fresh = sitting.sheet(data)
    taken = [labels.label(name) for name in merged.taken]
    return page(request, sitting, fresh, status=409, merged=merged, taken=taken, theirs=sitting.since(sheet.base))


def said(listing, waits):
    """What happened, and what is next."""
    if waits:
        return _("Saved. It waits for a second person: an editor other than you applies it. Families still see the text as it was.")
    if listing.state == State.PUBLISHED:
        return _("Saved. Families see it now.")
    return _("Saved. It is not shown to families yet: submit it for review when it is ready.")
