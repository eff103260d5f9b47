"""Pages and listings as texts: each passage with its place and line, and what is missing beside its words."""

from datetime import date
from textwrap import dedent

import pytest

from conditions.models import SectionKind
from resources.lint.texts import Reader, of_database, of_file
from tests.factories import ConditionFactory, MoneyFactory, SourceFactory

PAGE = """\
---
reviewer: Not yet reviewed by a clinician
reviewed_on: 2026-11-21
next_review_on: 2027-11-21
funding: No sponsor.
sources:
  old: {title: Old, publisher: NIH, owner_kind: government, url: "", published: "", seen_on: 2020-01-01, supports: much}
  firm: {title: Sue them, publisher: Doe & Roe, owner_kind: law_firm, url: "", published: "", seen_on: 2026-11-21, supports: much}
---
# main-message
Ask first. [^old][^firm]

# therapies
It is a breakthrough.
"""
THERAPY = """\
    starter: {state: draft, waits_for: a source}
    format: 1
    kind: therapy
    slug: lamp
    name: Blue lamp
    summary: A lamp.
    first_step: Ask the doctor.
    eligibility: Anybody.
    evidence:
      - {condition: ataxia, level: not_recommended, standing: avoid, us_status: not_approved, why: Nobody has tested it., sources: []}
    sources:
      - {key: shop, title: Our lamp, publisher: Lamps, owner_kind: company, seen_on: 2026-11-20, supports: that it is sold}
    therapy:
      form: device
      what_it_is: A lamp.
      how_it_works: It shines.
      benefits: ""
      harms: It is hot.
      without_it: You save money.
      quality_of_life: You sit still for it.
      alternatives: Ask the doctor.
      unknowns: All of it.
      time_and_cost: Two hours a day.
      who_gives_it: Sellers.
      questions: [Who tested it?]
"""


@pytest.fixture(scope="module")
def reader():
    return Reader.of_files()


def written(folder, text):
    path = folder / "therapy" / "lamp.yaml"
    path.parent.mkdir()
    path.write_text(dedent(text))
    return path


def found(reader, text):
    return {(one.place.split("/")[-1], one.line, one.level, one.rule) for one in reader.findings(text)}


def test_a_page_is_read_section_by_section(reader, tmp_path):
    path = tmp_path / "page.md"
    path.write_text(PAGE)
    assert found(reader, of_file(path)) == {
        ("page.md", 0, "error", "stale-source"),
        ("page.md", 0, "error", "source-owner"),
        ("page.md: therapies", 14, "error", "breakthrough"),
    }


def test_a_listing_is_read_field_by_field(reader, tmp_path):
    path = written(tmp_path, THERAPY)
    assert found(reader, of_file(path)) == {
        ("lamp.yaml: benefits", 0, "error", "discern"),
        ("lamp.yaml", 0, "error", "discern"),  # to be avoided, and no red flags say why
        ("lamp.yaml: evidence for ataxia", 0, "error", "discern"),  # no source
        ("lamp.yaml: evidence for ataxia", 0, "error", "us-status-date"),
        ("lamp.yaml", 0, "advice", "source-owner"),
    }


def test_a_field_that_claims_too_much_is_named_with_its_line(reader, tmp_path):
    path = written(tmp_path, THERAPY.replace("It shines.", "It is a miracle."))
    (claim,) = [one for one in reader.findings(of_file(path)) if one.rule == "breakthrough"]
    assert (claim.place.split("/")[-1], claim.line) == ("lamp.yaml: how_it_works", 16)


@pytest.mark.django_db
def test_what_is_published_in_the_database_is_read():
    page = ConditionFactory(with_page=True)
    page.sections.create(kind=SectionKind.THERAPIES, body="It is a miracle.")
    benefit = MoneyFactory(published=True, first_step="Suffering from ataxia? Call.")
    SourceFactory(resource=benefit)
    MoneyFactory(first_step="A miracle draft.")
    findings = [one for text in of_database() for one in Reader.of_database().findings(text)]
    assert {(one.place, one.rule) for one in findings} >= {
        (f"conditions/{page.slug}: therapies", "breakthrough"),
        (f"money/{benefit.slug}: first_step", "person-first"),
    }
    assert not any("draft" in one.excerpt for one in findings)


@pytest.mark.django_db
def test_a_page_whose_review_is_overdue_is_an_error():
    ConditionFactory(with_page=True, next_review_on=date(2020, 1, 1))
    (text,) = of_database()
    assert [finding.rule for finding in text.lacks] == ["review-date"]
