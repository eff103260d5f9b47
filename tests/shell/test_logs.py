"""Requirement P3: what a family looked for is in no log."""

import logging
from unittest import mock

import pytest
from django.test import Client

from caregiver_finder.logs import WithoutAddress


@pytest.mark.parametrize("address", ["/canary/", "/conditions/canary/?q=canary", "/guides/canary/", "/find/?" + "canary=1&" * 1_100])
@pytest.mark.django_db
def test_addresses_that_lead_nowhere_are_not_written_down(caplog, address):
    Client(raise_request_exception=False).get(address)
    assert "canary" not in caplog.text


def test_other_hosts_and_refused_forms_are_not_written_down(caplog):
    Client(raise_request_exception=False).get("/canary/", headers={"Host": "evil.example"})
    Client(enforce_csrf_checks=True).post("/find/?q=canary")
    assert "canary" not in caplog.text


def test_a_fault_of_ours_is_written_down_without_the_address(caplog):
    with mock.patch("resources.finder.views.Search", side_effect=ZeroDivisionError("broken")):
        Client(raise_request_exception=False).get("/find/?q=canary")
    (record,) = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert "broken" in str(record.exc_info[1])
    assert "canary" not in caplog.text
    assert "/find/" not in record.getMessage()
    assert not hasattr(record, "request")


def test_only_errors_pass():
    for level, passes in ((logging.ERROR, True), (logging.WARNING, False), (logging.INFO, False)):
        assert WithoutAddress().filter(logging.makeLogRecord({"levelno": level, "levelname": logging.getLevelName(level)})) is passes
