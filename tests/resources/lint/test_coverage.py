"""The report on the catalogue: its numbers, at the terminal and on the staff's page."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from conditions.models import ConditionSource, SectionKind
from resources.lint.coverage import report
from tests.factories import ConditionFactory, MoneyFactory, PersonFactory, PhoneFactory, ResourceFactory, SourceFactory, kinship

pytestmark = pytest.mark.django_db


def table(title, today=None):
    return next(one for one in report(today) if one.title.startswith(title))


def test_listings_are_counted_by_kind_with_shares():
    one, two = MoneyFactory(published=True), MoneyFactory(published=True)
    MoneyFactory()
    SourceFactory(resource=one)
    source = SourceFactory(resource=two)
    PhoneFactory(resource=two, source=source)
    type(one).objects.filter(pk=one.pk).update(next_check_on=date.today() - timedelta(days=1))
    rows = {row[0]: row[1:] for row in table("Listings").rows}
    assert rows["Money"] == (2, 1, "100%", "50%", "100%", "0%", 1)
    assert rows["All"] == rows["Money"]
    assert rows["Guide"] == (0, 0, "–", "–", "–", "–", 0)


def test_a_condition_finds_its_own_listings_those_of_its_ancestors_and_those_for_everybody():
    ConditionFactory(slug="atrophy", with_page=True)
    kinship(atrophy=["ataxia"], other=["ataxia"])
    for slug in ("atrophy", "ataxia", "other"):
        MoneyFactory(published=True).conditions.add(ConditionFactory(slug=slug))
    MoneyFactory(published=True)
    (row,) = table("Conditions with pages").rows
    assert row[:3] == ("Atrophy", 1, 3)
    assert row[table("Conditions with pages").columns.index("Money")] == 3


def test_overdue_reviews_hard_pages_and_old_sources_are_counted():
    hard = ConditionFactory(with_page=True, next_review_on=date(2021, 1, 1), reviewed_on=date(2020, 1, 1))
    hard.sections.create(
        kind=SectionKind.THERAPIES, body="Interdisciplinary neurological rehabilitation encompasses individualization. " * 6
    )
    ConditionSource.objects.create(
        condition=hard, key="a", title="A", publisher="B", owner_kind="charity", seen_on=date(2020, 1, 1), supports="much"
    )
    rows = dict(table("Conditions").rows)
    assert (rows["pages whose review is overdue"], rows["pages above grade 8"]) == (1, 1)
    assert table("Sources").rows == [("Charity", 1, 1)]
    assert {row[0]: row[4] for row in table("Reading").rows} == {"page": 1}


def test_the_command_prints_the_tables():
    ResourceFactory(kind="guide", published=True)
    out = StringIO()
    call_command("report_catalogue", stdout=out)
    assert "Listings" in out.getvalue() and "Reading grade" in out.getvalue()
    lines = [line for line in out.getvalue().splitlines() if line.startswith("Guide")]
    assert lines and lines[0].split()[1] == "1"


def test_staff_see_it_as_a_page(client, django_assert_max_num_queries):
    ResourceFactory(kind="guide", published=True)
    client.force_login(PersonFactory(role="Staff"))
    with django_assert_max_num_queries(30):
        page = client.get("/admin/coverage/")
    assert page.status_code == 200
    assert "Listings" in page.content.decode() and "</table>" in page.content.decode()
    assert "/admin/coverage/" in client.get("/admin/").content.decode()


def test_a_reader_does_not(client):
    assert client.get("/admin/coverage/").status_code == 302
