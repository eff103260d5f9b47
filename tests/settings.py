"""The site's settings as tests run them, so that plain `pytest` needs no environment but, for PostgreSQL, DATABASE_URL."""

import os

os.environ |= {
    "SECRET_KEY": "for-tests-alone",
    "DEBUG": "off",
    "HTTPS": "off",
    "HASHED_STATIC": "off",
    "SECOND_FACTOR": "on",
    "BEHIND_PROXY": "off",
}
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "yes"  # Playwright keeps an event loop in the thread from which tests ask the database

from caregiver_finder.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick
