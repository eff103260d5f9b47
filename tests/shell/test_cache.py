"""The shared cache forgets, and never says what it counted."""

import pytest
from django.core.cache import cache
from django.db import connection

pytestmark = pytest.mark.django_db


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM cache")
        return cursor.fetchall()


def test_a_key_is_kept_scrambled():
    cache.set("ip:203.0.113.77", [1.5])
    assert cache.get("ip:203.0.113.77") == [1.5]
    assert "203.0.113.77" not in repr(rows())


def test_what_has_expired_goes_with_the_next_write():
    cache.set("old", 1, timeout=-1000)
    cache.set("living", 1, timeout=1000)
    cache.add("new", 1)
    assert len(rows()) == 2
    assert (cache.get("old"), cache.get("living"), cache.get("new")) == (None, 1, 1)
