"""Settings come from the environment, are safe where it is silent, and say in a sentence what is missing."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import caregiver_finder

PACKAGE = Path(caregiver_finder.__file__).parent
SHOW = (
    "import json; from caregiver_finder import settings as s; "
    "print(json.dumps({name: getattr(s, name) for name in dir(s) if name.isupper()}, default=str))"
)


@pytest.fixture
def start(tmp_path):
    """Reads a copy of the settings, beside which no `.env` lies, in an environment of only the given names."""
    shutil.copytree(PACKAGE, tmp_path / "caregiver_finder")

    def read(**environment):
        kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
        return subprocess.run(
            [sys.executable, "-c", SHOW], cwd=tmp_path, env=kept | environment, capture_output=True, text=True, check=False
        )

    return read


@pytest.fixture
def settings_of(start):
    return lambda **environment: json.loads(start(SECRET_KEY="x", **environment).stdout)


@pytest.mark.parametrize("environment", [{}, {"SECRET_KEY": ""}])
def test_without_a_secret_key_a_sentence_says_what_to_set(start, environment):
    ended = start(**environment)
    assert ended.returncode != 0
    assert ended.stderr.strip().splitlines()[-1] == (
        "django.core.exceptions.ImproperlyConfigured: "
        "SECRET_KEY is unset: run script/setup, which writes one into .env, or set it in the environment."
    )


def test_a_file_beside_manage_py_is_read_and_the_environment_wins(start, tmp_path):
    (tmp_path / ".env").write_text("SECRET_KEY=from-file\nDEBUG=on\n")
    assert json.loads(start().stdout)["SECRET_KEY"] == "from-file"
    read = json.loads(start(SECRET_KEY="from-environment").stdout)
    assert (read["SECRET_KEY"], read["DEBUG"]) == ("from-environment", True)


def test_silence_means_production(settings_of, tmp_path):
    read = settings_of()
    assert read["DEBUG"] is False
    assert "*" not in read["ALLOWED_HOSTS"]
    for name in ("SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "HASHED_STATIC"):
        assert read[name] is True, name
    assert read["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert "SECURE_PROXY_SSL_HEADER" not in read
    database = read["DATABASES"]["default"]
    assert (database["ENGINE"], database["NAME"]) == ("django.db.backends.sqlite3", str(tmp_path / "db.sqlite3"))
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert database["CONN_MAX_AGE"] is None


def test_on_ones_own_machine_https_can_be_left_off(settings_of):
    read = settings_of(HTTPS="off", DEBUG="on")
    assert (read["SECURE_SSL_REDIRECT"], read["SECURE_HSTS_SECONDS"], read["HASHED_STATIC"]) == (False, 0, False)


def test_the_second_step_at_sign_in_can_be_left_off_there_alone(start, settings_of):
    assert settings_of(HTTPS="off")["SECOND_FACTOR"] is True
    assert settings_of(HTTPS="off", SECOND_FACTOR="off")["SECOND_FACTOR"] is False
    assert "SECOND_FACTOR=off is for one's own machine alone" in start(SECRET_KEY="x", SECOND_FACTOR="off").stderr


def test_postgresql_is_named_by_its_address_and_pools_connections(settings_of):
    database = settings_of(DATABASE_URL="postgres://someone:word@db.example:5433/finder?sslmode=require")["DATABASES"]["default"]
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert (database["HOST"], database["PORT"], database["NAME"], database["USER"]) == ("db.example", 5433, "finder", "someone")
    assert database["OPTIONS"] == {"pool": True, "sslmode": "require"}
    assert database["CONN_MAX_AGE"] == 0


def test_only_behind_a_proxy_of_ours_its_headers_are_believed(settings_of):
    assert settings_of(BEHIND_PROXY="on")["SECURE_PROXY_SSL_HEADER"] == ["HTTP_X_FORWARDED_PROTO", "https"]
    assert (settings_of(BEHIND_PROXY="on")["ALLAUTH_TRUSTED_PROXY_COUNT"], settings_of()["ALLAUTH_TRUSTED_PROXY_COUNT"]) == (1, 0)


def test_no_setting_sends_anything_elsewhere(settings_of):
    read = settings_of()
    assert read["SECURE_REFERRER_POLICY"] == "same-origin"
    sources = {source for values in read["CONTENT_SECURITY_POLICY"]["DIRECTIVES"].values() for source in values}
    assert sources == {"'self'", "'none'", "data:"}
    assert read["STATIC_URL"] == "static/"
