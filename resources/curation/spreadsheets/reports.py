"""Files to take away: the template, the bad rows for the partner, and what became of each row. Nothing in them is ever calculated."""

import tablib
from django.utils.translation import gettext as _

from ...models import ImportedRow
from ...transfer.cells import for_xml, guarded
from ...transfer.preview import BAD
from ...transfer.writing import TYPES
from .grid import COMMENT
from .targets import IN_TEMPLATE

FORMS = ("csv", "xlsx")
LONGEST = 30_000  # letters of a cell; a workbook's cell holds no more than 32,767


def write(form, headings, rows, title):
    """The bytes of a table of texts as "csv" or "xlsx"."""
    return _bytes(form, _sheet(form, headings, rows, title))


def _sheet(form, headings, rows, title):
    escape = for_xml if form == "xlsx" else str
    safe = [[escape(guarded(str(cell)[:LONGEST])) for cell in row] for row in (headings, *rows)]
    return tablib.Dataset(*safe[1:], headers=safe[0], title=title)


def _bytes(form, *sheets):
    if form == "csv":
        return sheets[0].export("csv").encode("utf-8-sig")
    return sheets[0].export("xlsx", column_width=30) if len(sheets) == 1 else tablib.Databook(sheets).export("xlsx", column_width=30)


def template(form):
    """Our columns, a line of explanation each, and an example that is refused where it is left in."""
    labels, hints = [str(target.label) for target in IN_TEMPLATE], [str(target.hint) for target in IN_TEMPLATE]
    example = [str(target.example) for target in IN_TEMPLATE]
    if form == "csv":
        explained = [f"{COMMENT} {hints[0]} {_('This row is skipped.')}", *hints[1:]]
        return write(form, labels, [explained, example], "")
    listings = _sheet(form, labels, [example], _("Listings"))
    return _bytes(form, listings, _sheet(form, [_("Column"), _("What to write")], zip(labels, hints), _("What to write")))


def bad_rows(spreadsheet):
    """The partner's own cells with our reasons, to mend and send back."""
    headings = [heading for heading, _target in spreadsheet.mapping]
    rows = [
        [*row["cells"][: len(headings)], *[""] * (len(headings) - len(row["cells"])), "; ".join(row["reasons"])]
        for row in spreadsheet.batch.rows
        if row["outcome"] == BAD
    ]
    return write("csv", [*headings, _("Why it was not taken")], rows, "")


def report(form, spreadsheet, address_of):
    """Every row: what became of it, why, and where it is. `address_of(listing id)`: the whole address of its page."""
    imported = {one.place: one for one in ImportedRow.objects.filter(spreadsheet=spreadsheet)}
    headings = [_("Row"), _("Their number"), _("Name"), _("What happened"), _("Why"), _("Link")]
    rows = [_line(row, imported.get(row["place"]), address_of) for row in spreadsheet.batch.rows]
    gone = _("Not in this file any more (last seen %(day)s)")
    rows += [["", key, name, gone % {"day": day}, "", address_of(pk)] for key, pk, name, day in spreadsheet.vanished]
    return write(form, headings, rows, _("Report"))


def _line(row, one, address_of):
    number = row["said"].get("key", "")
    if row["outcome"] == BAD:
        return [row["place"], number, row["name"], _("Bad: not imported"), "; ".join(row["reasons"]), ""]
    if one is None:
        return [row["place"], number, row["name"], _("Not carried out yet"), "", ""]
    link = address_of(one.resource_id) if one.resource_id else ""
    return [row["place"], number, row["name"], one.get_outcome_display(), one.reason, link]


def content_type(form):
    return TYPES[form]
