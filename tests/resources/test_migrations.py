"""Migrations forwards and back on a database that holds history."""

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from resources.models import Check
from resources.models.roles import make_groups
from tests.factories import PersonFactory, ResourceFactory


@pytest.mark.django_db(transaction=True)
def test_a_database_with_checks_goes_back_and_forward_again():
    make_groups(apps)
    check = Check.objects.create(resource=ResourceFactory(), by=PersonFactory(), how="call", outcome="closed", asked_at=timezone.now())
    try:
        call_command("migrate", "resources", "0013", verbosity=0)
    finally:
        call_command("migrate", verbosity=0)
    after = Check.objects.get()
    assert (after.outcome, after.at, after.asked_at) == ("closed", check.at, check.at)
    with pytest.raises(DatabaseError, match="never changed or deleted"), connection.cursor() as cursor:
        cursor.execute("UPDATE resources_check SET outcome = 'confirmed'")
