"""What must be there before script/server serves; what is there already is left alone. One start of Django for all of it."""

import os
import socket
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "caregiver_finder.settings")

import django  # noqa: E402
from django.conf import settings  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.core.management import CommandError, call_command  # noqa: E402
from django.db import DatabaseError, connection  # noqa: E402
from django.db.migrations.executor import MigrationExecutor  # noqa: E402
from environs.exceptions import EnvError  # noqa: E402
from tqdm import tqdm  # noqa: E402


def main():
    check_port(os.environ["HOST"], os.environ["PORT"])
    try:
        django.setup()
        check_database()
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            call_command("migrate")
        load_what_is_missing()
        if settings.HASHED_STATIC and static_files_are_stale():
            with tqdm(desc="static files", unit="", disable=None) as bar:
                call_command("collectstatic", interactive=False, verbosity=2, stdout=Ticks(bar))
        if connection.vendor == "sqlite":
            call_command("create_demo_accounts")
    except (CommandError, EnvError, ImproperlyConfigured) as error:
        sys.exit(str(error))


class Ticks:
    """Takes a command's lines, and moves a progress bar by one for each."""

    def __init__(self, bar):
        self.bar = bar

    def write(self, line):
        self.bar.update()


def check_port(host, port):
    try:
        socket.create_server((host, int(port))).close()
    except (ValueError, OverflowError):
        sys.exit(f"PORT is a number up to 65535, not '{port}'.")
    except OSError as error:
        sys.exit(f"Port {port} on {host} cannot be used: {error.strerror}. End what runs there, or choose another: PORT=8001 script/server")


def check_database():
    options = connection.settings_dict["OPTIONS"]
    if options.pop("pool", False):  # it would try for half a minute before it says no
        options["connect_timeout"] = 5
    try:
        connection.ensure_connection()
    except (DatabaseError, ImproperlyConfigured) as error:
        reason = str(error).strip().splitlines()[0].rstrip(".")
        sys.exit(
            f"The database does not answer: {reason}. Start PostgreSQL, create the database (createdb {connection.settings_dict['NAME']}) "
            "or correct DATABASE_URL; where that is unset, the site keeps to SQLite beside manage.py."
        )


def load_what_is_missing():
    from conditions.models import Condition
    from resources.models import Place, Resource

    if not Place.objects.exists():
        call_command("load_places")
    if not Condition.objects.exists():
        call_command("load_conditions")
    if not Resource.objects.exists():
        call_command("load_catalogue")


def static_files_are_stale():
    """Whether a file of ours, or an installed package, is newer than what collectstatic made of them."""
    manifest = settings.STATIC_ROOT / "staticfiles.json"
    sources = [
        ROOT / ".venv/requirements.txt.sha256",
        *(path for folder in settings.STATICFILES_DIRS for path in (folder, *folder.rglob("*"))),
    ]
    return not manifest.exists() or any(path.stat().st_mtime > manifest.stat().st_mtime for path in sources)


if __name__ == "__main__":
    main()
