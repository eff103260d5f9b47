"""Keeps a process's index in step with the database: a stamp asked on every request, and what has changed since read anew."""

from itertools import chain
from operator import attrgetter
from threading import RLock

from pyroaring import BitMap

from . import rows, snapshots
from .store import Store, Terms, Version

SPARE = 10_000  # positions, and slots of conditions, that may be dead beside as many as are alive, before all is read anew


def build(using, progress=lambda listings: listings):
    """A `Store` and its `Version`, read from the rows. What changes meanwhile is after its stamp, to be caught up with."""
    news, store = rows.beginning(using), Store()
    terms, conditions, listings = Terms(news.terms), store.add_conditions(news.conditions), sorted(news.listings, key=attrgetter("pk"))
    if not is_one_moment(listings):
        listings = chain(listings, rows.listings_after(using, listings[-1].pk))
    alive = store.add(progress(listings), terms)
    return store, Version(_stamp(rows.Stamp(), news.log), alive, conditions, terms, store.columns)


def is_one_moment(listings):
    """Whether they were all read by one statement, so that nothing can have changed meanwhile."""
    return len(listings) < rows.CHUNK


class Keeper:
    """The index of one database, for all threads of a process.

    A version whose entry of the log is gone (rolled back, restored from a backup, pruned) is never the ground of another.
    """

    def __init__(self, using):
        self.using, self.lock, self.store, self.versions = using, RLock(), None, []

    def current(self):
        """`Store` and `Version` of what the reader's own transaction sees now."""
        with self.lock:
            stamp, there = rows.stamps(self.using, [version.stamp for version in self.versions])
            if stamp.token:
                for version in reversed(self.versions):
                    if version.stamp == stamp:
                        return self.store, version
            standing = [version for version in self.versions if version.stamp in there]
            ground = max(standing, key=lambda version: version.stamp.seq, default=None)
            version = ground and catch_up(self.using, self.store, ground)
            if version is None:
                version, standing = self._start(), []
            # The oldest that still stands is what a rollback leads back to.
            self.versions = [*standing[:1], *[one for one in self.versions[-2:] if one not in standing[:1]], version]
            return self.store, version

    def _start(self):
        """From a snapshot if there is a sound one, else from the rows."""
        self.versions = []
        made = snapshots.load(self.using)
        version = made and catch_up(self.using, *made)
        while version is None:
            made = build(self.using)
            is_current = is_one_moment(made[0].columns) or not made[1].stamp.token
            version = made[1] if is_current else catch_up(self.using, *made)
        self.store = made[0]
        return version


def catch_up(using, store, ground):
    """The `Version` after `ground` with all that has changed since; None where that cannot be told, or is not worth it."""
    news = rows.since(using, ground.stamp)
    entries = [entry for entry in news.log if (entry[0], entry[2]) != (ground.stamp.seq, ground.stamp.token)]
    terms = Terms(news.terms) if any(what == "term" for *_, what, _key in entries) else ground.terms
    if len(entries) == len(news.log) or any(what == "all" for *_, what, _key in entries) or not ground.terms.mean_the_same(terms):
        return None
    if len(store.columns) + len(news.listings) > 2 * len(ground.alive) + SPARE:
        return None
    if len(store.slots) + len(news.conditions) > 2 * len(ground.conditions) + SPARE:
        return None
    changed = {key for *_, what, key in entries if what == "listing"} | {listing.pk for listing in news.listings}
    alive = (ground.alive - store.positions(changed)) | store.add(news.listings, terms)
    renamed = {key for *_, what, key in entries if what == "condition"}
    conditions = ground.conditions - BitMap(slot for pk in renamed for slot in store.slots_of.get(pk, ()))
    conditions |= store.add_conditions(news.conditions)
    return Version(_stamp(ground.stamp, news.log), alive, conditions, terms, store.columns)


def _stamp(ground, entries):
    seq, token = max([(seq, token) for seq, _id, token, *_ in entries if seq], default=(ground.seq, ground.token))
    _id, own = max([(pk, token) for seq, pk, token, *_ in entries if not seq], default=(0, 0))
    return rows.Stamp(seq, token, own)


_keepers: dict[str, Keeper] = {}


def keeper_of(using="default"):
    return _keepers.setdefault(using, Keeper(using))
