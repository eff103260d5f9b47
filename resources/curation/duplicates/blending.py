"""Making one listing document of two, field by field. Pure functions over documents."""

from conditions.names import fold

from ... import document as documents
from ...document.keys import phone

MINE, THEIRS, BOTH = "mine", "theirs", "both"
# Never asked: what makes it this listing, and what follows from the other choices.
SETTLED = {"format", "kind", "slug", "sources", "unconfirmed"}
# Lists of which both are kept unless somebody says otherwise; an ordered list, such as steps, is one text.
GATHERED = {"also_known_as", "conditions", "terms", "phones", "evidence", "organization.identifiers", "service.therapies"}


def asked(mine, theirs):
    """The fields in which a person chooses, in the document's order."""
    return [name for name in documents.changed(theirs, mine) if name not in SETTLED]


def same(mine, theirs):
    """`{field: value}` of what both say alike, where they say anything."""
    differs = {*asked(mine, theirs), *SETTLED}
    return {name: value for name, value in documents.fields(mine).items() if value and name not in differs}


def takes_both(value):
    return isinstance(value, list) or isinstance(value, dict) and all(isinstance(one, list) for one in value.values())


def choices(mine, theirs):
    """What is chosen before anybody does: the own value where there is one, of gathered lists both."""
    own = documents.fields(mine)
    other = documents.fields(theirs)

    def choice(name):
        if not own[name] or not other[name]:
            return MINE if own[name] else THEIRS
        return BOTH if name in GATHERED else MINE

    return {name: choice(name) for name in asked(mine, theirs)}


def blended(mine, theirs, chosen):
    """`mine` with what was chosen of `theirs`: `{field: MINE, THEIRS or BOTH}`, of fields that are not named the own value.

    All sources are kept, since what is taken cites them; the name that goes is kept among the other names.
    Raises `conditions.files.Faulty` where the whole does not hold together.
    """
    theirs = _citing_apart(mine, theirs)
    own, other = documents.fields(mine), documents.fields(theirs)
    pick = {MINE: lambda name: own[name], THEIRS: lambda name: other[name], BOTH: lambda name: _both(own[name], other[name])}
    values = {name: pick[chosen.get(name, MINE)](name) for name in asked(mine, theirs)}
    values["sources"] = _both(own["sources"], other["sources"])
    values["unconfirmed"] = [name for name in ("website", "email") if name in (theirs if chosen.get(name) == THEIRS else mine).unconfirmed]
    name = values.get("name", mine.name)
    names = [*values.get("also_known_as", mine.also_known_as), mine.name, theirs.name]
    values["also_known_as"] = [one for one in {fold(one): one for one in reversed(names)}.values() if fold(one) != fold(name)][::-1]
    return documents.patched(mine, values)


def _both(own, other):
    """One list of two, or of each vocabulary one; rows that say the same thing stand once, the own ones first.

    >>> _both(["a", "b"], ["B ", "c"]), _both({"need": ["x"]}, {"need": ["y"], "cost": ["z"]})
    (['a', 'b', 'c'], {'need': ['x', 'y'], 'cost': ['z']})
    """
    if isinstance(own, dict):
        return {name: _both(own.get(name, []), other.get(name, [])) for name in {**own, **other}}
    rows = {}
    for row in [*own, *other]:
        there = rows.setdefault(_identity(row), row)
        if isinstance(row, dict) and row.get("source") and not there.get("source"):
            rows[_identity(row)] = row  # the one that families may see
    return list(rows.values())


def _identity(row):
    """What tells a row of a list from another that says the same."""
    if not isinstance(row, dict):
        return fold(row)
    if "number" in row:
        return phone(row["number"]) or row["number"], row["type"]
    if "level" in row:
        return row["condition"], row["applies_to"]
    if "supports" in row:
        return row["key"]
    return tuple(fold(str(value)) for name, value in row.items() if name != "source")


def _citing_apart(mine, theirs):
    """`theirs`, its sources under keys of which none means another source of `mine`."""
    taken, renamed = {source.key: _content(source) for source in mine.sources}, {}
    for source in theirs.sources:
        twins = [key for key, content in taken.items() if content == _content(source) and key not in renamed.values()]
        renamed[source.key] = twins[0] if twins else _free(source.key, {*taken, *renamed.values()})
    return documents.read(_renamed(theirs.model_dump(mode="json"), renamed))


def _content(source):
    return source.model_dump(exclude={"key"})


def _free(key, taken):
    """
    >>> _free("about", {"about", "about-2"}), _free("about", set())
    ('about-3', 'about')
    """
    return next(one for one in (key, *(f"{key[:75]}-{number}" for number in range(2, 1_000))) if one not in taken)


def _renamed(data, renamed):
    """A document's plain data with its sources' keys replaced wherever they stand."""
    if isinstance(data, list):
        return [_renamed(one, renamed) for one in data]
    if not isinstance(data, dict):
        return data
    made = {name: _renamed(value, renamed) for name, value in data.items()}
    if "supports" in made:
        made["key"] = renamed[made["key"]]
    if made.get("source"):
        made["source"] = renamed[made["source"]]
    if "level" in made:
        made["sources"] = [renamed[key] for key in made["sources"]]
    return made
