"""Two people changed the same text: what each changed, put together field by field. Of conditions and of listings alike."""

from typing import NamedTuple

_NOTHING = object()


class Merged(NamedTuple):
    """`values`: my fields, with what only they changed; `taken`: the names of those. `conflicts`: those that both changed; mine stand."""

    values: dict
    taken: list[str]
    conflicts: list[str]


def merged(base, mine, theirs):
    """Each is `{field: value}`: `base` what both began with. A field may come and go."""
    sides = {name: [each.get(name, _NOTHING) for each in (base, mine, theirs)] for name in {**mine, **theirs, **base}}
    taken = [name for name, (old, own, other) in sides.items() if old == own != other]
    conflicts = [name for name, (old, own, other) in sides.items() if old != own != other != old]
    kept = {name: value for name, value in mine.items() if name not in taken}
    return Merged(kept | {name: theirs[name] for name in taken if name in theirs}, taken, conflicts)
