"""What a line says, laid over the listing that it is: a row of `transfer.rows`, holding just what is news.

An empty cell says nothing. What the partner said before is no news, whatever a curator has made of it. Phones and places are added, or put
in the place of the partner's former ones; so are words of the finder and conditions, since a curator may have tagged more.
"""

import json

from conditions.names import fold

from ...document.keys import host, phone
from ...transfer.rows import COLUMNS, columns_for, flat
from .targets import FAX, LOCATION, PHONE

ADDED_TO = {"conditions", "also_known_as"}
OF_THE_FORMER = {"latitude", "longitude", "source"}  # rests on a number or an address, and falls with it


def fresh(line, slug, constants):
    """The row of a new listing. What holds for all rows fills what the line leaves open."""
    said = {target: text for target, text in constants.items() if target != "kind" and text} | line.said
    blank = {name: "" for name in columns_for([line.kind]) if name != "format"}
    parts = {"phones": _json(_phones(said)), "locations": _json(_places(said))}
    return blank | _plain(said) | parts | {"kind": line.kind, "slug": slug}


def news(line, document, before):
    """The row of a change: the columns that say something new. `before`: what the partner said last time."""
    said = {target: text for target, text in line.said.items() if before.get(target) != text}
    stored = flat(document)
    row = {"slug": document.slug, "kind": line.kind if line.has_own_kind else document.kind}
    for target, text in _plain(said).items():
        if not _is_same(target, text, stored[target]) and not (target == "name" and _is_known_as(text, document)):
            row[target] = _joined(stored[target], text) if target in ADDED_TO or target.startswith("terms.") else text
    if {PHONE, FAX} & said.keys():
        row |= _changed("phones", document.phones, _phones(line.said), _phones(before), _is_same_phone)
    if any(target.startswith(LOCATION) for target in said):
        row |= _changed("locations", document.locations, _places(line.said), _places(before), _is_same_place)
    return row


def _plain(said):
    return {target: text for target, text in said.items() if target in COLUMNS and target not in ("slug", "kind")}


def _is_same(target, text, stored):
    if target == "name":
        return fold(text) == fold(stored)
    if target == "website":
        return _page(text) == _page(stored)
    return text == stored


def _is_known_as(name, document):
    """Their name for it is among its other names, as after a merge: no news."""
    return fold(name) in map(fold, document.also_known_as)


def _page(address):
    """What two spellings of an address have in common: no scheme, no www, no slash at the end."""
    site = host(address)
    return (site, address.lower().partition(site)[2].rstrip("/")) if site else address


def _joined(stored, text):
    have = stored.split("\n") if stored else []
    return "\n".join(have + [one for one in text.split("\n") if fold(one) not in {fold(other) for other in have}])


def _phones(said):
    kinds = ((PHONE, "voice"), (FAX, "fax"))
    return [{"number": number, "type": kind} for target, kind in kinds for number in said.get(target, "").split("\n") if number]


def _places(said):
    place = {target.removeprefix(LOCATION): text for target, text in said.items() if target.startswith(LOCATION)}
    return [place] if place else []


def _is_same_phone(one, other):
    return phone(one["number"]) == phone(other["number"])


def _is_same_place(one, other):
    """Whether what one of them says, the other says too; either may be the stored one, which says more."""
    return all(fold(str(one[name] or "")) == fold(str(other[name] or "")) for name in one.keys() & other.keys())


def _changed(column, stored, given, before, is_same):
    """`{column: JSON}` where the given rows are not all there yet."""
    rows = [row.model_dump(mode="json") for row in stored]
    missing = [one for one in given if not any(is_same(one, row) for row in rows)]
    for one in missing:
        former = next((number for number, row in enumerate(rows) if any(is_same(old, row) for old in before)), None)
        if former is None:
            rows.append(one)
        else:
            rows[former] = {name: value for name, value in rows[former].items() if name not in OF_THE_FORMER} | one
    return {column: _json(rows)} if missing else {}


def _json(rows):
    return json.dumps(rows, ensure_ascii=False) if rows else ""
