"""From a graph of OBO terms to plain diseases: names with their kind, codes as we write them, parents. Pure."""

import re
from collections import Counter
from dataclasses import dataclass, field

import networkx

from ..models import ConditionCode, ConditionKind, ConditionName
from ..names import fold

LONGEST_NAME, LONGEST_OTHER_NAME, LONGEST_CODE = 200, 300, 20
MANY_KINDS = 8  # a term above more than these, without a code in any book of diseases, is a group
SYSTEMS = {
    "mondo": ConditionCode.System.MONDO,
    "doid": ConditionCode.System.DOID,
    "orphanet": ConditionCode.System.ORPHANET,
    "orpha": ConditionCode.System.ORPHANET,
    "omim": ConditionCode.System.OMIM,
    "icd10cm": ConditionCode.System.ICD10CM,
    "mesh": ConditionCode.System.MESH,
    "msh": ConditionCode.System.MESH,
}
OWN = (ConditionCode.System.MONDO, ConditionCode.System.DOID)  # vocabularies whose terms can be imported
# Branches of the whole Mondo that no family has: "disease characteristic" and "non-human animal disease".
NO_DISEASES = ("MONDO:0021125", "MONDO:0005583")
SYNONYM = re.compile(r'"((?:[^"\\]|\\.)*)"\s*(\w*)\s*([\w:-]*)')


@dataclass
class Disease:
    """`names`: folded → (name, kind); `codes`: pairs of system and code; `parents`: numbers."""

    number: str
    name: str
    kind: str = ConditionKind.DISEASE
    names: dict[str, tuple[str, str]] = field(default_factory=dict)
    codes: set[tuple[str, str]] = field(default_factory=set)
    parents: list[str] = field(default_factory=list)
    is_rare: bool = False


@dataclass
class Vocabulary:
    """`diseases` by number; `replaced`: number of a former term → of the one that took its place, or None."""

    system: str
    origin: str
    diseases: dict[str, Disease]
    replaced: dict[str, str | None]
    left_out: list[str]


def clean(graph):
    """The `Vocabulary` of a graph as `reading.read` gives it."""
    prefix = _prefix(graph)
    ours = {one for one in graph if one.startswith(f"{prefix}:")}
    elsewhere = set().union(*(networkx.ancestors(graph, one) | {one} for one in NO_DISEASES if one in graph))
    former = {one for one in ours if graph.nodes[one].get("is_obsolete") == "true"}
    left_out = [f"{len(graph) - len(ours)} terms of other vocabularies"] * (len(graph) > len(ours))
    left_out += [f"{len(elsewhere & ours)} terms that are no human disease"] * bool(elsewhere & ours)
    live = sorted(ours - elsewhere - former)
    system = SYSTEMS[prefix.lower()]
    known = set(live)
    diseases = {_number(one): _disease(graph, one, known, system, left_out) for one in live}
    _add_former_names(graph, former, diseases)
    for one in _rare(graph, live):
        diseases[_number(one)].is_rare = True
    version = str(graph.graph.get("data-version") or graph.graph.get("date") or "").rsplit("/", 1)[-1]
    replaced = {_number(one): _replacement(graph, one, diseases) for one in former}
    return Vocabulary(system, f"{system} {version}".strip()[:60], diseases, replaced, left_out)


def _prefix(graph):
    """Of the vocabulary to which most of the terms belong; raises `ValueError` where we know none."""
    known = Counter(one.partition(":")[0] for one in graph if SYSTEMS.get(one.partition(":")[0].lower()) in OWN)
    if not known:
        raise ValueError("no term has an id of a vocabulary that we know: MONDO:… or DOID:…")
    return known.most_common(1)[0][0]


def _number(term):
    return term.partition(":")[2]


def _disease(graph, term, live, system, left_out):
    data = graph.nodes[term]
    made = Disease(_number(term), family_name(data["name"])[:LONGEST_NAME])
    made.parents = sorted(_number(parent) for _, parent, kind in graph.out_edges(term, keys=True) if kind == "is_a" and parent in live)
    made.codes = {(system, made.number), *filter(None, map(code, data.get("xref", ())))}
    children = sum(1 for _ in graph.predecessors(term))
    if children > MANY_KINDS and not {"orphanet", "omim", "icd10cm"} & {system for system, _ in made.codes}:
        made.kind = ConditionKind.GROUP
    for text in data.get("synonym", ()):
        if named := synonym(text):
            _add_name(made, *named, left_out)
    return made


def _add_name(disease, name, kind, left_out):
    folded = fold(name)
    if len(name) > LONGEST_OTHER_NAME or len(folded) > LONGEST_OTHER_NAME:
        left_out.append(f"a name of {disease.number}, too long: {name[:60]}…")
    elif folded and folded != fold(disease.name):
        disease.names.setdefault(folded, (name, kind))


def family_name(name):
    """With a capital, where the first word is a plain one.

    >>> family_name("alpha-mannosidosis (disease)"), family_name("mTOR-related disorder"), family_name("SHORT syndrome")
    ('Alpha-mannosidosis', 'mTOR-related disorder', 'SHORT syndrome')
    """
    name = " ".join(name.removesuffix(" (disease)").split())
    return name[0].upper() + name[1:] if name.split(" ")[0].islower() else name


def synonym(text):
    """Name and kind of an OBO synonym; None where it means something wider or narrower.

    >>> synonym('"ADNFLE" EXACT ABBREVIATION []'), synonym('"enuresis, nocturnal" EXACT []')
    (('ADNFLE', 'abbreviation'), ('enuresis, nocturnal', 'synonym'))
    >>> synonym('"ataxia" BROAD []') is None
    True
    """
    match = SYNONYM.match(text)
    if not match or match[2] in ("BROAD", "NARROW"):
        return None
    name = " ".join(re.sub(r"\\(.)", r"\1", match[1]).split())
    if "ABBREVIATION" in match[3].upper() or re.fullmatch(r"(?=.*[A-Z]{2})[A-Z0-9/-]{2,10}", name):
        return name, ConditionName.Kind.ABBREVIATION.value
    is_former = "DEPRECATED" in match[3].upper()
    return name, (ConditionName.Kind.FORMER if is_former else ConditionName.Kind.SYNONYM).value


def code(xref):
    """System and code of a cross reference, or None where it is of no system that we keep.

    >>> code("Orphanet:475"), code("ICD10CM:Q04.3"), code("OMIMPS:213300"), code("UMLS:C0431399")
    (('orphanet', '475'), ('icd10cm', 'Q04.3'), None, None)
    """
    prefix, _, value = xref.split(" ")[0].partition(":")
    system = SYSTEMS.get(prefix.lower())
    is_fit = re.fullmatch(r"[A-Za-z0-9.-]+", value) and len(value) <= LONGEST_CODE and (system != "omim" or value.isdigit())
    return (system.value, value) if system and is_fit else None


def _replacement(graph, term, diseases):
    """The number of the live term that took the place of a former one, over several steps."""
    for _ in range(10):
        term = next(iter(graph.nodes[term].get("replaced_by", ())), "") if term in graph else ""
        if _number(term) in diseases:
            return _number(term)
    return None


def _add_former_names(graph, former, diseases):
    for term in sorted(former):
        name = str(graph.nodes[term].get("name", "")).removeprefix("obsolete ")
        if (number := _replacement(graph, term, diseases)) and fold(name):
            _add_name(diseases[number], family_name(name), ConditionName.Kind.FORMER, [])


def _rare(graph, live):
    """Terms with an Orphanet code, their own or that of an ancestor."""
    own = [one for one in live if any(xref.lower().startswith(("orphanet:", "orpha:")) for xref in graph.nodes[one].get("xref", ()))]
    return set(own).union(*(networkx.ancestors(graph, one) for one in own)) & set(live)
