"""What the editor answers with: its page, with whatever notes an act leaves on it."""

from secrets import token_hex

from django.shortcuts import render

from . import drafts, texts
from .beside import alike_to, put_beside


def page(request, sitting, sheet, *, status=200, alikes=(), findings=None, **notes):
    put_beside(sheet, findings, alikes)
    sheet.choices = sheet.choices or sitting.choices(sheet)
    context = {
        "sitting": sitting,
        "listing": sitting.listing,
        "kind": sitting.kind,
        "sheet": sheet,
        "tab": sheet.data.get("tab") or token_hex(8),
        "seen": drafts.stamp(sitting.drafts[0]),
        "sections": sheet.sections,
        "others": sitting.others,
        "since": drafts.texts_of(sitting.since(sheet.base)),
        "waiting": sitting.waiting,
        "alikes": alikes,
        "noticed": noticed(sheet),
    }
    return render(request, "work/editor/edit.html", context | notes, status=status)


def noticed(sheet):
    """`(field, finding)` of all that the lint said, in the order of the form."""
    return [(field, one) for field in sheet.visible_fields if hasattr(field, "beside") for one in field.beside.findings]


def advised(request, sitting, sheet, **notes):
    """The page with the lint's advice, and the listings that are alike."""
    alikes = alike_to(sheet, sitting.listing, sitting.document)
    return page(request, sitting, sheet, findings=texts.findings(sheet), alikes=alikes, is_advised=True, **notes)
