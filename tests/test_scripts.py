"""What the scripts say where something is missing, and the accounts that script/server makes."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command

from resources.management.commands import create_demo_accounts

ROOT = Path(__file__).parent.parent


@pytest.fixture
def house(tmp_path):
    """A copy of the scripts, without a virtual environment, in a folder with a space in its name."""
    shutil.copytree(ROOT / "script", tmp_path / "a house" / "script")
    return tmp_path / "a house"


@pytest.fixture
def run(tmp_path):
    """Runs a script with a Python of one's own making first on the path."""

    def run(script, *, python):
        programs = tmp_path / "programs"
        programs.mkdir()
        for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
            (programs / name).write_text(f"#!/bin/sh\n{python}\n")
            (programs / name).chmod(0o755)
        return subprocess.run([script], env={"PATH": f"{programs}:/usr/bin:/bin"}, capture_output=True, text=True, cwd="/")

    return run


@pytest.mark.parametrize("name", ["setup", "server", "test", "lint", "lock", "../.ci/run"])
def test_a_script_can_be_run_and_read(name):
    subprocess.run(["bash", "-n", ROOT / "script" / name], check=True)
    assert (ROOT / "script" / name).stat().st_mode & 0o111


def test_an_old_python_is_not_enough(house, run):
    done = run(house / "script/setup", python="exit 1")
    assert done.returncode == 1
    assert "Python 3.11 or later is needed" in done.stderr


def test_without_the_venv_module_it_names_the_package(house, run):
    done = run(house / "script/server", python=f'case "$*" in *ensurepip*) exit 1;; esac; exec {sys.executable} "$@"')
    assert done.returncode == 1
    assert done.stderr == "Python's venv module is missing. Install it by: apt-get install python3-venv\n"


def test_no_virtual_environment_is_left_half_made(house, run):
    done = run(house / "script/setup", python=f'case "$*" in *--clear*) mkdir .venv; exit 1;; esac; exec {sys.executable} "$@"')
    assert done.returncode == 1
    assert "apt-get install python3-venv" in done.stderr
    assert {path.name for path in house.iterdir()} == {"script"}


def prepare(**environment):
    done = subprocess.run([sys.executable, ROOT / "script/prepare.py"], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    return done.stderr


def test_a_port_that_is_taken_or_none_is_refused_in_a_sentence():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert prepare(HOST="127.0.0.1", PORT=str(port)).startswith(f"Port {port} on 127.0.0.1 cannot be used: Address already in use")
    assert prepare(HOST="127.0.0.1", PORT="eighty") == "PORT is a number up to 65535, not 'eighty'.\n"


@pytest.mark.parametrize("url", ["postgres://nobody@127.0.0.1:1/absent", "sqlite:////no/such/folder/absent"])
def test_a_database_that_does_not_answer_is_named_with_what_to_do(url):
    said = prepare(HOST="127.0.0.1", PORT="0", SECRET_KEY="x", DATABASE_URL=url)
    assert said.startswith("The database does not answer: ")
    assert "absent) or correct DATABASE_URL" in said
    assert said.count("\n") == 1


@pytest.fixture
def env_file(tmp_path, monkeypatch):
    monkeypatch.setattr(create_demo_accounts, "ENV_FILE", tmp_path / ".env")
    monkeypatch.setattr(create_demo_accounts, "connection", SimpleNamespace(vendor="sqlite"))  # so the tests hold on both databases
    return tmp_path / ".env"


@pytest.mark.django_db
def test_demo_accounts_are_made_once_and_shown_at_every_start(env_file, capsys):
    call_command("create_demo_accounts")
    said, written = capsys.readouterr().out, env_file.read_text()
    password = written.strip().partition("DEMO_PASSWORD=")[2]
    assert said.count(password) == 2
    assert authenticate(username="curator", password=password).has_perm("resources.edit_listing")
    assert not authenticate(username="curator", password=password).has_perm("resources.publish_listing")
    assert authenticate(username="staff", password=password).is_superuser
    assert env_file.stat().st_mode & 0o777 == 0o600

    before = list(User.objects.order_by("pk").values())
    call_command("create_demo_accounts")
    assert (capsys.readouterr().out, env_file.read_text()) == (said, written)
    assert [{**row, "last_login": None} for row in User.objects.order_by("pk").values()] == [{**row, "last_login": None} for row in before]


@pytest.mark.django_db
def test_there_are_no_demo_accounts_on_postgresql(env_file, monkeypatch):
    monkeypatch.setattr(create_demo_accounts, "connection", SimpleNamespace(vendor="postgresql"))
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("create_demo_accounts")
    assert not User.objects.exists() and not env_file.exists()


@pytest.mark.django_db
def test_a_password_that_somebody_has_set_is_kept(env_file, capsys):
    User.objects.create_user("staff", password="of their own")
    call_command("create_demo_accounts")
    assert "its own password" in capsys.readouterr().out
    assert authenticate(username="staff", password="of their own")
