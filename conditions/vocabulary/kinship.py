"""Which imported links may stand beside those that people have made. Pure."""

from collections import defaultdict

from ..kinship import above


def join(curated, imported, placed):
    """Imported links that can be kept, and those left out with the reason: `(set, [(child, parent, reason)])`.

    `curated`, `imported`: pairs (child, parent). `placed`: conditions whose kinship people have written: above these, no
    other condition of people may come in, since its help (a medicine for another disease, say) would be shown as theirs.
    """
    parents = defaultdict(set)
    for child, parent in curated:
        parents[child].add(parent)
    own = {child: above(parents, child) for child in placed}
    kept, left_out = set(), []
    # Those of placed conditions come last, when all that lies above a parent is known.
    for child, parent in sorted(imported - curated, key=lambda link: (link[0] in placed, link)):
        if child == parent:
            continue
        higher = above(parents, parent) | {parent}
        if child in higher:
            left_out.append((child, parent, "it would close a circle"))
        elif child in placed and (foreign := sorted((higher & placed) - own[child])):
            left_out.append((child, parent, f"people placed it elsewhere than under {', '.join(foreign[:3])}"))
        else:
            kept.add((child, parent))
            parents[child].add(parent)
    return kept, left_out


def rare_links(links, rare, root):
    """Links to `root` by which all of `rare` lie under it: one for the topmost of each branch only."""
    parents = defaultdict(set)
    for child, parent in links:
        parents[child].add(parent)
    under: dict[str, bool] = {root: True}
    made = set()
    for start in sorted(rare):
        for one in _topmost_first(parents, start, under):
            under[one] = any(under[parent] for parent in parents[one])
            if one in rare and not under[one]:
                under[one] = True
                made.add((one, root))
    return made


def _topmost_first(parents, start, done):
    """`start` and what lies above it and is not yet done, each after its parents."""
    order, todo = [], [(start, False)]
    while todo:
        one, are_parents_done = todo.pop()
        if are_parents_done:
            if one not in done and one not in order:
                order.append(one)
        elif one not in done:
            todo += [(one, True), *((parent, False) for parent in sorted(parents[one]))]
    return order
