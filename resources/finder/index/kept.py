"""What is worked out of a listing and kept beside the index, up to so many: what was not asked for longest goes first."""

from threading import Lock

MOST = 5_000  # about 3 KB each


class Kept:
    def __init__(self):
        self._values, self._lock = {}, Lock()

    def get(self, keys):
        """`{key: value}` of what is there; it was asked for last now."""
        with self._lock:
            found = {key: self._values.pop(key) for key in keys if key in self._values}
            self._values.update(found)
        return found

    def add(self, values):
        with self._lock:
            self._values.update(values)
            for key in list(self._values)[: max(0, len(self._values) - MOST)]:
                del self._values[key]
