import json
import re
from datetime import date

import pytest
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from conditions.models import Condition
from resources.finder.pieces import tel
from resources.templatetags.listings import condition_data, host, json_ld, listing_data
from tests.factories import ConditionNameFactory, MoneyFactory, OrganizationFactory, PhoneFactory, TherapyFactory


@pytest.mark.parametrize(
    ("number", "dialled"),
    [
        ("211", "tel:211"),
        ("1-800-272-3900", "tel:+18002723900"),
        ("(617) 355-6000", "tel:+16173556000"),
        ("617.355.6000", "tel:+16173556000"),
        ("+44 20 7946 0958", "tel:+442079460958"),
        ("1-800-FLOWERS", "tel:+18003569377"),
        ("1-800-555-0100 ext. 4", "tel:+18005550100;ext=4"),
        ("1-800-555-0100 extension 12", "tel:+18005550100;ext=12"),
        ("1-800-555-0100 x7", "tel:+18005550100;ext=7"),
        ("1-800-555-0100x7", "tel:+18005550100;ext=7"),
    ],
)
def test_a_number_is_dialled_however_it_is_written(number, dialled):
    assert tel(number) == dialled


@given(st.text())
def test_any_number_makes_an_address_without_surprises(number):
    assert re.fullmatch(r"sms:\+?\d*(;ext=\d+)?", tel(number, "sms"))


@pytest.mark.parametrize(
    ("url", "name"),
    [("https://www.ataxia.org/a?b", "ataxia.org"), ("http://curesma.org", "curesma.org"), ("https://www2.ed.gov/x", "www2.ed.gov")],
)
def test_a_site_is_named_shortly(url, name):
    assert host(url) == name


def read(block):
    return json.loads(block.removeprefix('<script type="application/ld+json">').removesuffix("</script>"))


@given(st.dictionaries(st.text(), st.text() | st.lists(st.text())))
def test_a_data_block_holds_any_text_and_ends_where_it_should(data):
    block = json_ld(data)
    assert read(block) == {"@context": "https://schema.org"} | data
    assert block.count("<") == block.count(">") == 2


@pytest.mark.django_db
def test_search_engines_read_of_an_organization_only_what_was_seen():
    listing = OrganizationFactory(published=True, slug="fund", name="The fund", also_known_as=["TF"], unconfirmed=["website"])
    PhoneFactory(resource=listing, number="1-800-555-0666", source=None)
    PhoneFactory(resource=listing, number="1-800-555-0111")
    assert read(listing_data(listing, RequestFactory().get("/"))) == {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": "The fund",
        "alternateName": ["TF"],
        "description": listing.summary,
        "url": "http://testserver/organizations/fund/",
        "telephone": "1-800-555-0111",
    }
    listing.unconfirmed = []
    assert read(listing_data(listing, RequestFactory().get("/")))["sameAs"] == listing.website


@pytest.mark.django_db
@pytest.mark.parametrize(("factory", "kind"), [(TherapyFactory, "MedicalTherapy"), (MoneyFactory, "Service")])
def test_each_kind_has_its_type(factory, kind):
    assert read(listing_data(factory(published=True), RequestFactory().get("/")))["@type"] == kind


@pytest.mark.django_db
def test_search_engines_read_the_names_of_a_condition_and_the_day_of_its_review():
    condition = ConditionNameFactory(name="SMA", condition__slug="spinal-muscular-atrophy").condition
    data = read(condition_data(condition, RequestFactory().get("/")))
    assert data["about"] == {"@type": "MedicalCondition", "name": "Spinal muscular atrophy", "alternateName": ["SMA"]}
    assert "dateModified" not in data
    Condition.objects.filter(pk=condition.pk).update(reviewed_on=date(2025, 11, 1))
    condition.refresh_from_db()
    assert read(condition_data(condition, RequestFactory().get("/")))["dateModified"] == "2025-11-01"
