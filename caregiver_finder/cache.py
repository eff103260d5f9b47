"""The cache that all processes share: a table, so that both databases have it and nothing else must run."""

from datetime import UTC, datetime

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.db import connections, router
from django.utils.crypto import salted_hmac


class ForgetfulCache(DatabaseCache):
    """Keys hold network addresses and names: they are stored scrambled, and what has expired goes with the next write (requirement P3)."""

    def make_key(self, key, version=None):
        return salted_hmac("cache", super().make_key(key, version), algorithm="sha256").hexdigest()

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._forget()
        return super().add(key, value, timeout, version)

    def _forget(self):
        connection = connections[router.db_for_write(self.cache_model_class)]
        table, now = connection.ops.quote_name(self._table), connection.ops.adapt_datetimefield_value(datetime.now(UTC))
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table} WHERE expires < %s", [now])  # noqa: S608 the table's name is ours
