"""Lists of rows within a document (phones, places, sources …): which row of one is which of another, and a row in words."""

from . import labels

# List → what tells a row from its neighbours, what begins its words, and its texts, which stand at the end.
LISTS = {
    "phones": (("number",), ("number",), ()),
    "locations": (("name", "address", "city"), ("name", "address", "city", "region", "postal_code", "country"), ()),
    "evidence": (("condition", "applies_to"), ("condition", "applies_to"), ("why", "cautions")),
    "sources": (("key",), ("publisher", "title"), ("supports",)),
    "school.legal_basis": (("law", "citation"), ("law", "citation"), ()),
    "money.amounts": (("text",), ("text",), ()),
}
EXPLAINED = ("source", "sources", "seen_on", "latitude", "longitude")  # what means nothing without its label


def name(field, row):
    """What tells a row from its neighbours; empty where nothing does."""
    return ", ".join(str(row[key]) for key in LISTS[field][0] if row[key])


def named(field, rows):
    """`{name: row}` in order. A row without a name, or with a neighbour's, is called by its place."""
    made = {}
    for place, row in enumerate(rows, 1):
        own = name(field, row)
        made[own if own and own not in made else f"#{place}"] = row
    return made


def matched(field, before, after):
    """`(name, row before, row after)` of all rows, None where there is none.

    Rows of one name are one row. Of the others, one that went and one that came at its place are one row that changed.
    """
    old, new = named(field, before), named(field, after)
    went = {place: row for place, (key, row) in enumerate(old.items(), 1) if key not in new}
    made = []
    for place, (key, row) in enumerate(new.items(), 1):
        if key in old:
            made.append((key, old[key], row))
        elif place in went:
            made.append((f"#{place}", went.pop(place), row))
        else:
            made.append((key, None, row))
    return made + [(key, row, None) for place, (key, row) in enumerate(old.items(), 1) if place in went]


def found(field, all_rows, row):
    """The place of a row among others: of the same one, else of one by its name; None where there is neither."""
    if row in all_rows:
        return all_rows.index(row)
    own = name(field, row) if row else ""
    return next((place for place, one in enumerate(all_rows) if own and name(field, one) == own), None)


def with_change(field, all_rows, before, after):
    """The rows with one change made: put in, changed or taken away. `before`, `after`: as `matched` gives them."""
    made = list(all_rows)
    place = found(field, made, before) if before else None
    place = found(field, made, after) if place is None and after else place
    if place is None:
        return [*made, after] if after else made
    made[place : place + 1] = [after] if after else []
    return made


def in_words(field, row, names=None, sources=()):
    """A row as one line: “1-800-555-0100 (Main line, Voice)”. `sources`: those of its document, by which it is cited."""
    if row is None:
        return ""
    _key, first, last = LISTS[field]
    inner, cited = field.rpartition(".")[2], {one["key"]: f"{one['publisher']}: {one['title']}" for one in sources}
    said = {key: _said(inner, key, value, names, cited) for key, value in row.items()}
    middle = [words for key, words in said.items() if words and key not in (*first, *last) and not _unsaid(inner, key, row)]
    line = ", ".join(said[key] for key in first if said[key] and not _unsaid(inner, key, row))
    details = f" ({', '.join(middle)})" if middle else ""
    texts = " ".join(said[key] for key in last if said[key])
    return f"{line}{details}{': ' if texts else ''}{texts}".strip()


def _said(inner, key, value, names, cited):
    field = f"{inner}.{key}"
    if key in ("source", "sources"):
        words = "; ".join(cited.get(one, one) for one in (value if isinstance(value, list) else [value]) if one)
    else:
        words = labels.in_words(field, value, names).replace("\n", ", ")
    return f"{labels.label(field)}: {words}" if words and key in EXPLAINED else words


def _unsaid(inner, key, row):
    """A source's key is ours alone, and the country goes without saying."""
    return (inner, key) == ("sources", "key") or (key, row[key]) == ("country", "US")
