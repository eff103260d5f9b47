"""Two people changed the same condition: what each changed, put together."""

from .shape import read


def merged(base, mine, theirs):
    """My document with what only they changed since `base`, and the fields that both changed, where mine stands.

    A section is a field, and so is any other key of the document: `({…}, ["sections.school"])`.
    """
    old, own, other = fields(base), fields(mine), fields(theirs)
    every = list(dict.fromkeys([*own, *other, *old]))
    both = [name for name in every if old.get(name) != own.get(name) != other.get(name) != old.get(name)]
    taken = {name: own.get(name) if own.get(name) != old.get(name) else other.get(name) for name in every}
    data = {name: value for name, value in taken.items() if "." not in name}
    data["sections"] = {name.partition(".")[2]: value for name, value in taken.items() if "." in name and value}
    return read(data), both


def fields(document):
    """`{field: plain value}`, each section a field of its own."""
    data = document.model_dump(mode="json")
    return {f"sections.{kind}": text for kind, text in data.pop("sections").items()} | data
