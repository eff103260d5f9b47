"""Two people's changes of one condition, put together."""

from .. import merging
from .shape import read


def merged(base, mine, theirs):
    """My document with what only they changed since `base`, and the fields that both changed, where mine stands.

    A section is a field, and so is any other key of the document: `({…}, ["sections.school"])`.
    """
    values, _taken, conflicts = merging.merged(*map(fields, (base, mine, theirs)))
    data = {name: value for name, value in values.items() if "." not in name}
    data["sections"] = {name.partition(".")[2]: value for name, value in values.items() if "." in name}
    return read(data), conflicts


def fields(document):
    """`{field: plain value}`, each section a field of its own."""
    data = document.model_dump(mode="json")
    return {f"sections.{kind}": text for kind, text in data.pop("sections").items()} | data
