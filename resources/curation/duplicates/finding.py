"""Which listings to compare: those that share something few others have, so that a hundred thousand take minutes and not years."""

from collections import Counter, defaultdict
from itertools import combinations

from django.db import transaction
from django.db.models import Count, Q

from conditions.editorial import State

from ... import document as documents
from ...models import DuplicatePair, Location, MatchKey, Merge, Phone, Resource
from .scoring import ASK, POINTS, WARN, Marks, compare

Kind = MatchKey.Kind
FEW = 500  # pairs written at a time
CHUNK = 5_000  # rows written, and listings whose keys are read, at a time
MOST = 40  # listings that share a key, of which each is compared with each: what more of them share tells nobody apart
MOST_TYPED = 300  # the same while somebody types: only that one is compared
ALIKE = 5  # warnings at a time
TOLD_ALONE = (Kind.PHONE, Kind.PAGE, Kind.DOMAIN)
SHARED = [kind.value for kind in POINTS]


def keyless():
    """Listings that were written beside `documents.save`, as bulk loads do."""
    return Resource.objects.filter(match_keys=None)


def write_keys(listings, progress=lambda keys: keys):
    """Keep what they are recognized by."""
    for some in _chunks(listings, progress):
        keys = _recognized(some)
        with transaction.atomic():
            documents.save_keys(keys)


def keys_unwritten(listings, progress=lambda keys: keys):
    """`{pk: keys}` that `write_keys` would write."""
    return {pk: keys for some in _chunks(listings, progress) for pk, keys in _recognized(some).items()}


def _chunks(listings, progress):
    pks = list(listings.order_by("pk").values_list("pk", flat=True))
    return (pks[start : start + CHUNK] for start in progress(range(0, len(pks), CHUNK)))


def _recognized(pks):
    """`{pk: {(kind, key)}}`, as `documents.keys_of` gives them, read from the rows: whole documents take ten times as long."""
    phones, places = defaultdict(list), defaultdict(list)
    for pk, number in Phone.objects.filter(resource__in=pks).values_list("resource_id", "number"):
        phones[pk].append(number)
    for pk, *place in Location.objects.filter(resource__in=pks).values_list("resource_id", "address", "city", "region"):
        places[pk].append(place)
    own = ("name", "also_known_as", "website", "email")
    apart = ("service__provider__slug", "financialaid__provider__slug", "organization__identifiers")
    return {
        row["pk"]: documents.recognized_by(
            **{name: row[name] for name in own},
            phones=phones[row["pk"]],
            places=places[row["pk"]],
            provider=row[apart[0]] or row[apart[1]] or "",
            codes=row[apart[2]],
        )
        for row in Resource.objects.filter(pk__in=pks).values("pk", *own, *apart)
    }


def read_all(instead=None):
    """`{kind of listing: {pk: Marks}}` of those that are not retired, and how many of them have each key.

    `instead`: `{pk: keys}` of listings for which it holds in place of what is kept.
    """
    instead = instead or {}
    kinds = dict(Resource.objects.exclude(state=State.RETIRED).values_list("pk", "kind"))
    pairs = defaultdict(list, {pk: list(keys) for pk, keys in instead.items() if pk in kinds})
    for pk, kind, key in MatchKey.objects.values_list("resource_id", "kind", "key").iterator(CHUNK):
        if pk in kinds and pk not in instead:
            pairs[pk].append((kind, key))
    counts = Counter(key for keys in pairs.values() for key in keys)
    marks = defaultdict(dict)
    for pk, keys in pairs.items():
        marks[kinds[pk]][pk] = Marks.of(keys)
    return marks, counts


def candidates(marks, counts):
    """Pairs of listings that share a key which at most MOST have, or two words of a name which at most MOST have together.

    >>> names = {1: "ataxia ohio", 2: "ohio ataxia", 3: "epilepsy iowa"}
    >>> candidates({pk: Marks.of(("word", word) for word in name.split()) for pk, name in names.items()}, Counter())
    {(1, 2)}
    """
    blocks = defaultdict(list)
    for pk in sorted(marks):
        for block in _blocks(marks[pk], counts):
            if len(members := blocks[block]) <= MOST:
                members.append(pk)
    return {pair for members in blocks.values() if len(members) <= MOST for pair in combinations(members, 2)}


def _blocks(marks, counts):
    yield from ((kind, key) for kind in SHARED for key in marks[kind])
    yield from ((Kind.NAME, name) for name in marks[Kind.NAME] | marks[Kind.ALIAS])
    words = sorted(marks[Kind.WORD])
    frequent = [word for word in words if counts[Kind.WORD, word] > MOST]
    yield from ((Kind.WORD, word) for word in words if word not in frequent)
    yield from combinations(frequent, 2)


def find_all(progress=lambda pairs: pairs, instead=None):
    """`{(pk, pk): (score, reasons)}` of all that a person should be asked about. Writes nothing; `instead`: as `read_all`."""
    marks, counts = read_all(instead)
    found = {}
    for some in marks.values():
        for first, second in progress(candidates(some, counts)):
            score, reasons = compare(some[first], some[second], counts)
            if score >= ASK:
                found[first, second] = score, reasons
    return found


def keep(found, among=None):
    """Put what was found into the queue and take out what no longer is; what a person decided stays decided.

    `among`: the pairs that were looked for; None: all. Returns how many were `new`, `again` and `gone`.
    """
    among = DuplicatePair.objects.all() if among is None else among
    open_pairs = {(pair.first_id, pair.second_id): pair for pair in among.filter(state=DuplicatePair.State.OPEN)}
    decided = set(among.exclude(state=DuplicatePair.State.OPEN).values_list("first_id", "second_id"))
    fresh, again = [], []
    for (first, second), (score, reasons) in found.items():
        if pair := open_pairs.pop((first, second), None):
            pair.score, pair.reasons = score, reasons
            again.append(pair)
        elif (first, second) not in decided:
            fresh.append(DuplicatePair(first_id=first, second_id=second, score=score, reasons=reasons))
    gone = [pair.pk for pair in open_pairs.values()]
    # A transaction for each few: nobody who saves meanwhile waits for all.
    for some in batched(again):
        DuplicatePair.objects.bulk_update(some, ["score", "reasons"])
    for some in batched(fresh):
        _ask(some)
    for some in batched(gone):
        DuplicatePair.objects.filter(pk__in=some, state=DuplicatePair.State.OPEN).delete()
    return {"new": len(fresh), "again": len(again), "gone": len(gone)}


def batched(rows):
    return (rows[start : start + FEW] for start in range(0, len(rows), FEW))


@transaction.atomic
def _ask(pairs):
    """Another run, or somebody's edit, may have found the same meanwhile; or one of the two may have gone, as by a merge."""
    pks = {pk for pair in pairs for pk in (pair.first_id, pair.second_id)}
    there = set(Resource.objects.filter(pk__in=pks).exclude(state=State.RETIRED).values_list("pk", flat=True))
    standing = [pair for pair in pairs if {pair.first_id, pair.second_id} <= there]
    DuplicatePair.objects.bulk_create(standing, ignore_conflicts=True)


def refresh(listing):
    """Look for one listing's duplicates anew, after it was written: a handful of queries, whatever the number of listings."""
    found = {}
    if listing.state != State.RETIRED:
        own = Marks.of(listing.match_keys.values_list("kind", "key"))
        for pk, (score, reasons) in _compared(own, Resource.objects.filter(kind=listing.kind).exclude(pk=listing.pk)).items():
            if score >= ASK:
                found[min(pk, listing.pk), max(pk, listing.pk)] = score, reasons
    return keep(found, DuplicatePair.objects.of(listing))


def reasons_now(pair):
    """What speaks for and against a pair as its listings are now: two queries."""
    rows = defaultdict(list)
    for pk, kind, key in MatchKey.objects.filter(resource__in=[pair.first_id, pair.second_id]).values_list("resource_id", "kind", "key"):
        rows[pk].append((kind, key))
    counts = _counts(_any_key({one for pairs in rows.values() for one in pairs}))
    _score, reasons = compare(Marks.of(rows[pair.first_id]), Marks.of(rows[pair.second_id]), counts)
    return reasons


def alike(fields, exclude_pk=None):
    """Listings like the one that somebody is typing: `[(Resource, reasons)]`, the most alike first, a few at most.

    `fields`: a dictionary with what `documents.recognized_by` takes, and `kind`, or none for listings of any. Four queries.
    """
    typed = dict(fields)
    kind = typed.pop("kind", "")
    among = Resource.objects.filter(**{"kind": kind} if kind else {}).exclude(pk=exclude_pk)
    compared = _compared(Marks.of(documents.recognized_by(**typed)), among)
    best = sorted((pk for pk in compared if _warns(*compared[pk])), key=lambda pk: -compared[pk][0])[:ALIKE]
    listings = Resource.objects.in_bulk(best)
    return [(listings[pk], compared[pk][1]) for pk in best]


def _warns(score, reasons):
    """While somebody types, a phone or a site that few have is enough, whatever else differs."""
    return score >= WARN or any(points and points == POINTS.get(what) for what, _shared, points in reasons if what in TOLD_ALONE)


def _compared(own, among):
    """`{pk: (score, reasons)}` of those among listings that share something rare with `own`. Three queries."""
    merged = Merge.objects.standing().values("loser")
    among = among.exclude(pk__in=merged)
    named = {(kind, name) for kind in (Kind.NAME, Kind.ALIAS) for name in own[Kind.NAME] | own[Kind.ALIAS]}
    keys = named | {(kind, key) for kind in (*SHARED, Kind.WORD) for key in own[kind]}
    counts = _counts(_any_key(keys)) if keys else {}
    shared = {key: count for key, count in counts.items() if count <= MOST_TYPED}
    marks = defaultdict(list)
    if shared:
        holders = MatchKey.objects.filter(_any_key(shared), resource__in=among).values("resource_id")
        for pk, kind, key in MatchKey.objects.filter(resource__in=holders).values_list("resource_id", "kind", "key"):
            marks[pk].append((kind, key))
    words = {key for pairs in marks.values() for kind, key in pairs if kind == Kind.WORD}
    counts |= _counts(Q(kind=Kind.WORD, key__in=words)) if words else {}
    return {pk: compare(own, Marks.of(pairs), counts) for pk, pairs in marks.items()}


def _counts(which):
    rows = MatchKey.objects.filter(which).values_list("kind", "key").annotate(count=Count("pk")).order_by()
    return {(kind, key): count for kind, key, count in rows}


def _any_key(pairs):
    groups = defaultdict(set)
    for kind, key in pairs:
        groups[kind].add(key)
    found = Q(pk=None)
    for kind, keys in groups.items():
        found |= Q(kind=kind, key__in=keys)
    return found
