"""The lines of a partner's file, each with what it says in our columns, and what is wrong with it."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from conditions.names import fold

from ...document.keys import host, phone
from ...models.resource import Coverage
from ...transfer.rows import COLUMNS
from .cleaning import CLEAN, phones, whole_number
from .targets import DESCRIPTION_PART, EXAMPLE, FAX, KEY, KINDS, LOCATION, PHONE, TARGETS
from .vocabulary import Vocabulary


@dataclass
class Line:
    """`said`: `{target: text}` as the file says it; `faults`: sentences that begin with the heading; `cells`: as they stand."""

    place: int
    cells: list[str]
    said: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    kind: str = ""
    has_own_kind: bool = False

    @property
    def name(self):
        return self.said.get("name", "")

    @property
    def key(self):
        """The partner's own, else what tells the row from its neighbours."""
        if own := self.said.get(KEY):
            return own[:300]
        reached = host(self.said.get("website", "")) or phone(self.said.get(PHONE, "").partition("\n")[0])
        return f"name: {fold(self.name)} | {reached} | {fold(self.said.get(LOCATION + 'city', ''))}"[:300]


def read(table, mapping, constants):
    """`(lines, vocabulary)` of `[(place, cells)]` and `[(heading, target)]`: terms, conditions and choices by our names."""
    lines = [_read(place, cells, mapping) for place, cells in table]
    vocabulary = Vocabulary([line.said for line in lines])
    named = {target: heading for heading, target in mapping}
    for line in lines:
        _in_our_words(line, vocabulary, named)
        line.has_own_kind = "kind" in line.said
        line.kind = line.said.pop("kind", "") or constants.get("kind", KINDS[0])
        _keep_what_its_kind_lacks(line)
        if not line.name and "slug" not in line.said:
            line.faults.append(_("it has no name"))
        if line.name == str(EXAMPLE):
            line.faults.append(_("this is the template’s example: delete the row"))
    _refuse_twins(lines)
    return lines, vocabulary


def _read(place, cells, mapping):
    line, texts, parts = Line(place, cells), defaultdict(list), []
    for (heading, target), cell in zip(mapping, cells):
        if not cell or not target:
            continue
        if "\x00" in cell or any("\ud800" <= letter <= "\udfff" for letter in cell):
            line.faults.append(_("%(column)s: it holds a character that is no text") % {"column": heading})
        elif target == DESCRIPTION_PART:
            parts.append(f"**{heading}:** {cell}")
        else:
            try:
                texts[target] += _cleaned(target, cell)
            except ValueError as error:
                line.faults.append(f"{heading}: {error}")
    line.said = {target: "\n".join(some) for target, some in texts.items()}
    if parts:
        line.said["description"] = "\n\n".join([*filter(None, [line.said.get("description")]), *parts])
    return line


def _cleaned(target, cell):
    if target in (PHONE, FAX):
        return phones(cell)
    if target == KEY:
        return [whole_number(cell)]
    return [CLEAN[target](cell) if target in CLEAN else cell]


def _in_our_words(line, vocabulary, named):
    if vocabulary.is_nationwide(line.said.get("terms.area", "")):
        del line.said["terms.area"]
        line.said.setdefault("coverage", Coverage.NATIONAL.value)
    for target, text in list(line.said.items()):
        try:
            line.said[target] = vocabulary.ours(target, text)
        except ValueError as error:
            del line.said[target]
            line.faults.append(f"{named[target]}: {error}")


def _keep_what_its_kind_lacks(line):
    """What our listings of another kind have a field for goes into the description: nothing is lost."""
    for target in list(line.said):
        part = COLUMNS[target].part if target in COLUMNS else ""
        if part not in ("", line.kind):
            text = f"**{TARGETS[target].label}:** {line.said.pop(target)}"
            line.said["description"] = "\n\n".join(filter(None, [line.said.get("description"), text]))


def _refuse_twins(lines):
    places = defaultdict(list)
    for line in lines:
        if line.name or KEY in line.said:
            places[line.key].append(line.place)
    for line in lines:
        if len(twins := places[line.key]) > 1 and line.place in twins:
            what = (
                _("“%(key)s” stands more than once, in rows %(places)s")
                if KEY in line.said
                else _("the same listing stands more than once, in rows %(places)s")
            )
            line.faults.append(what % {"key": line.said.get(KEY), "places": ", ".join(map(str, twins[:10]))})
