"""Signing in: quickly by a session, or as a person does."""

import time

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.urls import reverse

from .factories import SECRET

PASSWORD = "a-long-password-1"  # of PersonFactory


def code(secret=SECRET, ahead=0):
    """What the app shows now; `ahead=1`: next, which is accepted too, since a code opens only once."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + ahead))


def enter(client, person, password=PASSWORD):
    """The first step; returns the answer."""
    return client.post(reverse("account_login"), {"login": person.username, "password": password})


def let_in(page, site, person):
    """The browser gets a session of theirs; how one signs in is tried elsewhere."""
    client = Client()
    client.force_login(person)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.session.session_key, "url": site}
    page.context.clear_cookies()
    page.context.add_cookies([cookie])
