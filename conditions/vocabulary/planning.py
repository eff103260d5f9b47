"""What a vocabulary changes in the conditions that are there: a plan of rows to write and to delete. Reads, and writes nothing."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from ..editorial import State
from ..models import Condition, ConditionCode, ConditionName, Kinship
from ..names import fold, slugged
from .kinship import join, rare_links

RARE = "rare-disease"  # the group of the catalogue whose help serves every rare condition
SLUG = 80


@dataclass
class Rows:
    """Rows of one table: ids to delete, and `(slug of the condition, *values)` to create."""

    delete: list[int]
    create: list[tuple]


@dataclass
class Plan:
    origin: str
    system: str
    new: dict[str, Condition] = field(default_factory=dict)
    changed: dict[str, Condition] = field(default_factory=dict)
    retired: dict[str, str | None] = field(default_factory=dict)  # slug → slug of what took its place
    names: Rows | None = None
    codes: Rows | None = None
    links: Rows | None = None
    counts: Counter = field(default_factory=Counter)
    left_out: list[str] = field(default_factory=list)

    @property
    def is_empty(self):
        rows = (self.names, self.codes, self.links)
        return not (self.new or self.changed or self.retired or any(one.delete or one.create for one in rows))


class Planner:
    """Compares a `Vocabulary` with the database."""

    def __init__(self, vocabulary):
        self.vocabulary = vocabulary
        self.plan = Plan(vocabulary.origin, vocabulary.system, left_out=list(vocabulary.left_out))
        self.rows = {row.slug: row for row in Condition.objects.select_related("replaced_by")}
        self.curated = {slug for slug, row in self.rows.items() if not row.origin}
        self.slugs = self._known()
        self.terms: dict[str, list[str]] = defaultdict(list)  # slug → numbers of the live terms that it stands for

    def _known(self):
        """Number of a term → slug of its condition; people's own condition wins where two have the number."""
        known = {}
        codes = ConditionCode.objects.filter(system=self.vocabulary.system).values_list("code", "condition__slug")
        for number, slug in sorted(codes, key=lambda pair: (pair[1] in self.curated, pair)):
            if number in known and slug in self.curated and known[number] in self.curated:
                self.plan.left_out.append(f"{number} stands at {known[number]} and at {slug}: the names go to {slug}")
            known[number] = slug
        return known

    def make(self):
        for number, disease in self.vocabulary.diseases.items():
            self._place(number, disease)
        self._retire()
        self.plan.names, self.plan.codes = self._names(), self._codes()
        self.plan.links = self._links()
        return self.plan

    def _place(self, number, disease):
        """Find or make the condition of a term."""
        slug = self.slugs.get(number)
        if slug is None:
            slug = self.slugs[number] = self._free_slug(disease)
            made = Condition(slug=slug, name=disease.name, folded=fold(disease.name)[:200], kind=disease.kind, origin=self.plan.origin)
            self.rows[slug] = self.plan.new[slug] = made
        elif slug in self.curated:
            self.plan.counts["kept"] += 1
        else:
            self._renew(self.rows[slug], disease)
        self.terms[slug].append(number)

    def _renew(self, row, disease):
        wanted = {"name": disease.name, "kind": disease.kind, "replaced_by": None}
        if row.page_state == State.RETIRED:
            wanted["page_state"] = State.DRAFT
        if any(getattr(row, name) != value for name, value in wanted.items()):
            for name, value in wanted.items():
                setattr(row, name, value)
            row.folded = fold(row.name)[:200]
            self.plan.changed[row.slug] = row

    def _free_slug(self, disease):
        slug = slugged(disease.name, SLUG) or disease.number.lower()
        if slug in self.rows or slug == "suggest":
            slug = f"{slug[: SLUG - len(disease.number) - 1].strip('-')}-{disease.number.lower()}"
        return slug

    def _retire(self):
        """Imported conditions that the vocabulary no longer names; people's own are only reported."""
        replaced = self.vocabulary.replaced
        for number, slug in sorted(self.slugs.items()):
            if number in self.vocabulary.diseases or slug in self.terms:
                continue
            row, heir = self.rows[slug], self.slugs.get(replaced.get(number) or "")
            if slug in self.curated:
                self.plan.left_out.append(f"{slug}: {number} is a term no more; people's own stays")
            elif row.page_state != State.RETIRED or (row.replaced_by and row.replaced_by.slug) != heir:
                self.plan.retired[slug] = heir

    def _names(self):
        wanted: dict[str, dict] = defaultdict(dict)
        for slug, disease in self._diseases():
            named = {fold(disease.name): (disease.name, ConditionName.Kind.SYNONYM)} if slug in self.curated else {}
            wanted[slug] |= {folded: value for folded, value in (named | disease.names).items() if folded != self.rows[slug].folded}
        stored = ConditionName.objects.values_list("pk", "origin", "condition__slug", "folded", "name", "kind")
        return self._rows(stored, {(slug, *key) for slug, names in wanted.items() for key in _flat(names)}, key_size=2)

    def _codes(self):
        wanted = {(slug, *code) for slug, disease in self._diseases() for code in disease.codes}
        stored = list(ConditionCode.objects.values_list("pk", "origin", "condition__slug", "system", "code"))
        chosen = {(slug, system) for _, origin, slug, system, _ in stored if not origin}
        return self._rows(stored, {row for row in wanted if row[:2] not in chosen}, key_size=3)

    def _links(self):
        imported = {(slug, self.slugs[parent]) for slug, disease in self._diseases() for parent in disease.parents}
        stored = list(Kinship.objects.values_list("pk", "origin", "child__slug", "parent__slug"))
        curated = {(child, parent) for _, origin, child, parent in stored if not origin}
        placed = {child for child, _ in curated} & self.curated | {RARE}
        kept, left_out = join(curated, imported, placed)
        self.plan.left_out += [f"{child} → {parent}: {reason}" for child, parent, reason in left_out]
        rare = {slug for slug, disease in self._diseases() if disease.is_rare}
        if RARE in self.rows:
            kept |= rare_links(curated | kept, rare - placed, RARE)
        self.plan.counts["rare"] = len(rare)
        return self._rows(stored, kept, key_size=2)

    def _diseases(self):
        return ((self.slugs[number], disease) for number, disease in self.vocabulary.diseases.items())

    def _rows(self, stored, wanted, key_size):
        """Compare imported rows with those wanted. A key (the first values) of people's own is taken; a retired one keeps all."""
        stored = list(stored)
        taken = {tuple(values[:key_size]) for _, origin, *values in stored if not origin}
        wanted = {row for row in wanted if row[:key_size] not in taken}
        ours = {tuple(values): pk for pk, origin, *values in stored if origin and values[0] in self.terms}
        return Rows([pk for values, pk in ours.items() if values not in wanted], sorted(wanted - ours.keys()))


def _flat(names):
    return ((folded, *value) for folded, value in names.items())
