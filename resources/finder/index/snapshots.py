"""The index as bytes in the database, so that a new process need not read every row. It can be thrown away at any time."""

import json
import logging
import struct
from array import array
from zlib import crc32

import numpy as np
from django.db import transaction
from pyroaring import BitMap

from resources.models import Change, SnapshotPart

from .columns import Columns, Names
from .near import Points
from .rows import Stamp
from .store import Store, Terms, Version

log = logging.getLogger(__name__)
FORMAT = 2
PART = 4_000_000  # bytes
HEAD = struct.Struct("<QI")  # length of the description, checksum of all after this
KEPT = 10_000  # entries of the log before the snapshot that other processes may still need; who needs more reads the snapshot
ARRAYS = ("pks", "dated", "helpful", "by_name", "rank")


def save(using, store, version):
    """Write a freshly built `store` as the only snapshot, and prune the log of what nobody needs any more."""
    data = dump(store, version)
    with transaction.atomic(using=using):
        SnapshotPart.objects.using(using).all().delete()
        SnapshotPart.objects.using(using).bulk_create(
            (SnapshotPart(number=number, data=data[at : at + PART]) for number, at in enumerate(range(0, len(data), PART))), batch_size=1
        )
        Change.objects.using(using).filter(seq__lt=version.stamp.seq - KEPT).delete()
    return len(data)


def load(using):
    """`(Store, Version)` of the snapshot, or None where there is none that is sound."""
    parts = SnapshotPart.objects.using(using).order_by("number").values_list("data", flat=True)
    data = b"".join(bytes(part) for part in parts)
    if not data:
        return None
    try:
        return read(data)
    except (ValueError, KeyError, IndexError, TypeError, struct.error, AttributeError) as error:
        log.warning("The index's snapshot is broken (%s): the index is built from the rows. To mend it: manage.py rebuild_index", error)
        return None


def dump(store, version):
    """Bytes of a store without later positions; its dead ones are kept dead by `alive`."""
    columns, pieces = store.columns, []

    def piece(data):
        pieces.append(bytes(data))
        return len(pieces[-1])

    description = {
        "format": FORMAT,
        "stamp": [version.stamp.seq, version.stamp.token],
        "terms": version.terms.rows,
        "arrays": [piece(getattr(columns, name).tobytes()) for name in ARRAYS],
        "names": [piece(columns.names.buffer), piece(columns.names.ends.tobytes())],
        "points": [piece(array.tobytes()) for array in store.points.arrays],
        "slots": piece(store.slots.tobytes()),
        "alive": [piece(version.alive.serialize()), piece(version.conditions.serialize())],
        "bits": {
            group: [list(values), [piece(bits.serialize()) for bits in values.values()]] for group, values in list(store.bits.items())
        },
    }
    head = json.dumps(description).encode()
    body = head + b"".join(pieces)
    return HEAD.pack(len(head), crc32(body)) + body


def read(data):
    """The `(Store, Version)` that `dump` wrote. Raises ValueError where the bytes are not whole."""
    length, checksum = HEAD.unpack_from(data)
    body = memoryview(data)[HEAD.size :]
    if crc32(body) != checksum:
        raise ValueError("its checksum is wrong")
    description = json.loads(bytes(body[:length]))
    if description["format"] != FORMAT:
        raise ValueError("it is of another format")
    at = length

    def piece(size):
        nonlocal at
        at += size
        return bytes(body[at - size : at])

    store = Store()
    types = {name: getattr(store.columns, name).dtype for name in ARRAYS}
    arrays = [np.frombuffer(piece(size), types[name]) for name, size in zip(ARRAYS, description["arrays"])]
    names = Names()
    names.buffer, names.ends = piece(description["names"][0]), np.frombuffer(piece(description["names"][1]), np.int64)
    store.columns = Columns(*arrays, names)
    store.sorted = len(store.columns)
    store.points = Points.of_bytes(piece(size) for size in description["points"])
    store.slots = array("q", piece(description["slots"]))
    for slot, pk in enumerate(store.slots):
        store.slots_of[pk].append(slot)
    alive, conditions = (BitMap.deserialize(piece(size)) for size in description["alive"])
    for group, (values, sizes) in description["bits"].items():
        bits = store.bits[group]
        for value, size in zip(values, sizes):
            bits[value] = BitMap.deserialize(piece(size))
    seq, token = description["stamp"]
    terms = Terms([(pk, row) for pk, row in description["terms"]])
    return store, Version(Stamp(seq, token), alive, conditions, terms, store.columns)
