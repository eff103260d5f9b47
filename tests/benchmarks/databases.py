"""The databases to measure on: one a size, filled by `seed_benchmark`, and kept between runs, since filling takes minutes."""

import hashlib
import os
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import psycopg

from resources.synthetic.listings import SEED

ROOT = Path(__file__).resolve().parents[2]
_START = 'source script/lib.sh; source script/postgres.sh; start_postgres "$1"; echo "$postgres_url"; read -r; stop_postgres'


def environment(url, **more):
    """As in production, but for HTTPS and hashed static files."""
    return (
        os.environ | {"DATABASE_URL": url, "SECRET_KEY": "to-measure-with", "DEBUG": "off", "HTTPS": "off", "HASHED_STATIC": "off"} | more
    )


@contextmanager
def server(url=None):
    """URL of a PostgreSQL server: the given one, or a throw-away one of its own."""
    if url:
        yield url
        return
    with (
        TemporaryDirectory() as folder,
        subprocess.Popen(
            ["bash", "-c", _START, "bash", f"{folder}/postgres"], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        ) as process,
    ):
        try:
            yield process.stdout.readline().strip()
        finally:
            process.communicate("\n")


def named(url, name):
    """The same server's database of another name."""
    return f"{url.rpartition('/')[0]}/{name}"


def name_of(work, size):
    """Another one for each folder, so that two runs on one server do not meet."""
    return f"benchmark_{crc32(str(work).encode()):08x}_{size}"


def prepared(work, vendor, server_url, size, vocabulary=None):
    """URL of the database with so many listings; made where it is missing or was made otherwise."""
    name = name_of(work, size)
    url = f"sqlite:///{work / name}.sqlite3" if vendor == "sqlite" else named(server_url, name)
    if (work / f"{name}.{vendor}").exists() and (work / f"{name}.{vendor}").read_text() == recipe(url, vocabulary):
        return url
    forget(work, vendor, server_url, size)
    if vendor == "postgresql":
        _on_server(server_url, f"CREATE DATABASE {name}")
    _manage(url, "migrate", "--verbosity=0")
    _manage(url, "load_conditions")
    if vocabulary:
        _manage(url, "load_vocabulary", vocabulary)
    _manage(url, "seed_benchmark", str(size))
    (work / f"{name}.{vendor}").write_text(recipe(url, vocabulary))
    return url


def forget(work, vendor, server_url, size):
    """Drop the database, if there is one."""
    name = name_of(work, size)
    for path in [*work.glob(f"{name}.{vendor}*"), *work.glob(f"datasette_{size}.db")]:
        path.unlink()
    if vendor == "postgresql":
        _on_server(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def recipe(url, vocabulary):
    """What a database is made by; another text where it must be made anew."""
    migrations = sorted(path.name for app in ("conditions", "resources") for path in (ROOT / app / "migrations").glob("0*.py"))
    generator = b"".join(path.read_bytes() for path in sorted((ROOT / "resources/synthetic").glob("*.py")))
    return "\n".join([url, SEED, str(vocabulary), *migrations, hashlib.sha256(generator).hexdigest()])


def _manage(url, *arguments):
    subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment(url), check=True)


def _on_server(url, statement):
    with psycopg.connect(named(url, "postgres"), autocommit=True) as connection:
        connection.execute(statement)
