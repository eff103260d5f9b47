"""What a spreadsheet would do, row by row, kept as the `ImportBatch` that is then confirmed as it stands.

A planned row is one of `transfer.preview` with more: `key`, `said`, and the cells of a bad one.
"""

from collections import Counter
from functools import reduce

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from conditions.files import Faulty
from conditions.names import fold

from ... import document as documents
from ...models import ImportBatch, PartnerRow
from ...transfer.preview import BAD, preview, shown, stored_listings
from ...transfer.reading import Entry
from ...transfer.rows import BadCells, nested
from . import grid, joining, matching, steps
from .lines import read

LONGEST = 30_000  # letters of a bad cell that are kept to be sent back
PROVIDERS = ("service.provider", "money.provider")


def plan(spreadsheet):
    """Read the file by its mapping, and keep both what it would do and, for the partner, what their columns mean.

    Raises `grid.Unreadable`; WrongStep where the file was decided on meanwhile.
    """
    _headings, table = contents(spreadsheet)
    lines, vocabulary = read(table, spreadsheet.mapping, spreadsheet.constants)
    known = matching.known_rows(spreadsheet.partner)
    found = matching.matched(lines, known)
    stored = stored_listings({match.slug for match in found.values()})
    fresh = matching.fresh_slugs([line for line in lines if line.place not in found])
    _name_providers(lines, vocabulary, fresh | {place: match.slug for place, match in found.items()})
    entries = [_entry(line, found, stored, fresh, spreadsheet.constants) for line in lines]
    named = {f"'{target}'": f"“{heading}”" for heading, target in spreadsheet.mapping if target}
    planned = preview(entries, stored, matching.brought_together(found))
    rows = [_row(line, row, named) for line, row in zip(lines, planned, strict=True)]
    _keep(spreadsheet, rows, {line.key for line in lines})


def contents(spreadsheet, most=None):
    """`grid.table` of the file as it was last read."""
    layout = (spreadsheet.encoding, spreadsheet.delimiter, spreadsheet.heading_row)
    return grid.table(spreadsheet.name, bytes(spreadsheet.content), *layout, most)


def _name_providers(lines, vocabulary, slugs):
    """The slug in place of an organization's name, ours or one of the same file."""
    brought = {
        fold(line.name): slugs[line.place] for line in lines if line.kind == "organization" and line.place in slugs and not line.faults
    }
    for line in lines:
        for target in PROVIDERS:
            if not (name := line.said.get(target)):
                continue
            fits = vocabulary.organizations.get(fold(name)) or vocabulary.organizations.get(name) or {brought.get(fold(name))} - {None}
            if len(fits) == 1:
                line.said[target] = next(iter(fits))
            else:
                why = (
                    _("“%(name)s”: several organizations have this name, give our slug")
                    if fits
                    else _("we do not know the organization “%(name)s”")
                )
                line.faults.append(why % {"name": name[:60]})
                del line.said[target]


def _entry(line, found, stored, fresh, constants):
    if line.faults:
        also = _also_wrong(line, joining.fresh(line, "unnamed", constants))
        return Entry(line.place, row={"name": line.name}, faults=[*line.faults, *also])
    if line.place not in found:
        return Entry(line.place, row=joining.fresh(line, fresh[line.place], constants))
    match = found[line.place]
    return Entry(line.place, row=joining.news(line, stored[match.slug].document, match.said))


def _also_wrong(line, row):
    """What the shape of a listing refuses of the cells that could be read, so that a bad row is mended once."""
    try:
        documents.enter(nested(row))
    except BadCells as bad:
        return bad.faults
    except Faulty as bad:
        return [fault.message for fault in bad.faults if any(fault.message.startswith(f"'{target}'") for target in line.said)]
    return []


def _row(line, planned, named):
    """`named`: our columns as a reason quotes them → the partner's headings."""
    more = {"key": line.key, "said": line.said, "name": line.name or planned["name"], "kind": planned["kind"] or line.kind}
    more["reasons"] = [reduce(lambda text, ours: text.replace(ours, named[ours]), named, reason) for reason in planned["reasons"]]
    if planned["outcome"] == BAD:
        more |= {"cells": [shown(cell, most=LONGEST) for cell in line.cells], "said": {}}
    return planned | more


@transaction.atomic
def _keep(spreadsheet, rows, keys):
    now = steps.undecided(spreadsheet)
    spreadsheet.batch = ImportBatch.objects.create(name=spreadsheet.name, notes=spreadsheet.notes, rows=rows, by=spreadsheet.by)
    spreadsheet.counts = dict(Counter(row["outcome"] for row in rows))
    spreadsheet.vanished = _vanished(spreadsheet.partner, keys)
    spreadsheet.save(update_fields=["batch", "counts", "vanished", "mapping", "constants"])
    now.partner.mapping |= dict(spreadsheet.mapping)
    now.partner.constants = spreadsheet.constants
    now.partner.save(update_fields=["mapping", "constants"])
    if now.batch:
        now.batch.delete()


def _vanished(partner, keys):
    """`[key, id, name, day]` of the partner's earlier rows that this file lacks."""
    rows = PartnerRow.objects.filter(partner=partner).order_by("resource__name")
    rows = rows.values_list("key", "resource_id", "resource__name", "seen__finished_at", "seen__uploaded_at")
    return [
        [key, pk, name, timezone.localdate(finished or uploaded).isoformat()]
        for key, pk, name, finished, uploaded in rows
        if key not in keys
    ]
