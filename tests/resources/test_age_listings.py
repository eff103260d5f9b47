"""What nobody confirmed for too long is taken away: said first, a small share a run, and with its reason."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command

from resources import document as documents
from resources import workflow
from resources.models import Resource, Revision
from tests.factories import ResourceFactory

pytestmark = pytest.mark.django_db
TOO_OLD = workflow.GRACE + timedelta(days=1)


def published(due_for, number=1):
    found = date.today() - due_for - workflow.CHECK_EVERY
    return ResourceFactory.create_batch(number, published=True, found_on=found, next_check_on=date.today() - due_for)


def run(capsys, *arguments):
    call_command("age_listings", *arguments)
    return capsys.readouterr().out


def test_it_says_what_it_would_do_and_does_nothing(capsys):
    (old,) = published(TOO_OLD)
    said = run(capsys)
    assert old.get_absolute_url() in said
    assert "Would take away 1 of 1 published listings." in said
    assert Resource.objects.published().count() == 1


def test_the_last_day_of_grace_is_one(capsys):
    published(workflow.GRACE)
    assert "Took away 0" in run(capsys, "--apply")


def test_it_retires_by_the_house_and_says_why(capsys, client):
    (old,) = published(TOO_OLD)
    Revision.objects.write(resource=old, document=documents.of(old).model_dump(mode="json"), verb="publish", why="found", by_name="a load")
    assert "Took away 1 of 1" in run(capsys, "--apply")
    old.refresh_from_db()
    last = old.revisions.first()
    assert (old.state, last.verb, last.by, last.by_name) == ("retired", "age", None, "age_listings")
    assert last.why == "Not checked for 546 days."
    assert client.get(old.get_absolute_url()).status_code == 404
    assert "not confirmed for too long" in client.get("/about/corrections/").content.decode()


def test_a_run_takes_a_small_share_the_oldest_first(capsys):
    (oldest,) = published(TOO_OLD + timedelta(days=9))
    published(TOO_OLD, 3)
    published(timedelta(days=1), 16)
    said = run(capsys, "--apply")
    assert "Took away 1 of 20" in said
    assert "3 more wait for the next run" in said
    oldest.refresh_from_db()
    assert oldest.state == "retired"
    assert "Took away 3 of 19" in run(capsys, "--apply", "--all")


def test_what_was_checked_meanwhile_stays():
    (old,) = published(TOO_OLD)
    Resource.objects.update(next_check_on=date.today())
    with pytest.raises(workflow.WrongStep):
        workflow.age(resource=old)
