"""What stands beside a field: the lint's advice, a listing that is alike, the names understood and those that are asked back."""

from dataclasses import dataclass, field

from . import texts
from .fields import Named
from .likeness import alike

CHECKED_FOR_LIKENESS = {"name": "name", "website": "website", "number": "phones"}  # field of a form → field of `Alike`


@dataclass
class Beside:
    findings: list = field(default_factory=list)
    alike: list = field(default_factory=list)
    asks: list = field(default_factory=list)  # {"typed", "line", "near": [(slug, name)]}
    named: list = field(default_factory=list)  # names of what was understood
    is_picker: bool = False


def put_beside(sheet, findings=None, alikes=()):
    """Give each field that is watched its `beside`."""
    for form in sheet.forms:
        for bound in form:
            if not isinstance(bound.field, Named) and not likeness_of(bound) and not texts.reads(sheet.kind, bound.html_name):
                continue
            bound.beside = Beside((findings or {}).get(bound.html_name, []), [one for one in alikes if one.field == likeness_of(bound)])
            if isinstance(bound.field, Named):
                _name(bound, sheet.names)


def likeness_of(bound):
    """What of it another listing may share."""
    return CHECKED_FOR_LIKENESS.get(bound.name) if bound.form.prefix is None or bound.html_name.startswith("phones-") else None


def _name(bound, names):
    what, bound.beside.is_picker = bound.field.what, True
    for place, typed in enumerate(bound.field.parted(bound.value())):
        if name := names.label(what, typed):
            bound.beside.named.append(name)
        else:
            bound.beside.asks.append({"typed": typed, "line": place, "near": names.near(what, typed)})


def alike_to(sheet, listing, document):
    """Listings like what was typed; of a listing that is there, only what was changed is looked at."""
    typed = {
        "name": sheet.plain.get("name", ""),
        "website": sheet.plain.get("website", ""),
        "phones": [row.get("number", "") for row in sheet.plain.get("phones", [])],
    }
    if document:
        numbers = {phone.number for phone in document.phones}
        typed["phones"] = [one for one in typed["phones"] if one not in numbers]
        typed |= {name: "" for name in ("name", "website") if typed[name] == getattr(document, name)}
    return alike(typed | {"kind": sheet.kind}, exclude_pk=listing.pk if listing else None)
