"""The tables are made once and copied for each process of a run: the migrations take a quarter of a minute.

The first process that asks runs them in a database of its own, under a lock; the others wait for it. Every
test database then begins as a copy, in which nothing is left to migrate. The SQLite file is kept under `var/`
for the next run, under the hash of all migrations.
"""

import fcntl
import hashlib
import os
import secrets
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import django
import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Let the test database of this process begin as a copy of the migrated one."""
    from django.db import connection

    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = template_on_server(of_all_processes(tmp_path_factory))
    else:
        begin_as_copy(connection.creation, template_file())


@pytest.fixture
def own_database(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database of the kind in use, for processes that race: its tables are made already."""
    if not on_postgresql():
        shutil.copy(template_file(), tmp_path / "own.sqlite3")
        yield f"sqlite:///{tmp_path}/own.sqlite3"
        return
    template, name = template_on_server(of_all_processes(tmp_path_factory)), f"own_{secrets.token_hex(6)}"
    on_server(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    yield urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def on_postgresql() -> bool:
    return "postgres" in os.environ.get("DATABASE_URL", "")


def of_all_processes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of this run, the same for every process of it."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time."""
    with (folder / "migrated.lock").open("w") as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def code_of_migrations() -> str:
    """Hash of all migrations, and of the Django that runs them."""
    found = hashlib.sha256(django.__version__.encode())
    source = ROOT / "src" / "traboule"
    for path in sorted(source.rglob("migrations/*.py")):
        found.update(path.relative_to(source).as_posix().encode() + path.read_bytes())
    return found.hexdigest()[:16]


def template_file() -> Path:
    folder = ROOT / "var" / "tests"
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"migrated-{code_of_migrations()}.sqlite3"
    with alone(folder):
        if not path.exists():
            for old in folder.glob("migrated-*.sqlite3*"):
                old.unlink()
            draft = path.with_suffix(".draft")
            draft.unlink(missing_ok=True)
            migrate(f"sqlite:///{draft}")
            draft.replace(path)
    return path


def begin_as_copy(creation: Any, template: Path) -> None:
    """Fill the database in memory before Django looks which migrations are still to be run.

    It lives as long as somebody holds it open: that is this connection, kept with the creation.
    """
    make = creation._create_test_db

    def made(*arguments: Any, **options: Any) -> str:
        name = str(make(*arguments, **options))
        creation.kept_open = sqlite3.connect(name, uri=name.startswith("file:"), check_same_thread=False)
        with sqlite3.connect(template) as source:
            source.backup(creation.kept_open)
        return name

    creation._create_test_db = made


def template_on_server(shared: Path) -> str:
    server = urlsplit(os.environ["DATABASE_URL"])
    name = f"{server.path.strip('/')}_migrated"
    made = shared / "migrated-on-server"
    with alone(shared):
        if not made.exists():
            on_server(f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
            migrate(urlunsplit(server._replace(path=f"/{name}")))
            made.touch()
    return name


def on_server(*commands: str) -> None:
    """Run commands in the database from which others are made and dropped."""
    import psycopg

    server = urlsplit(os.environ["DATABASE_URL"])
    with psycopg.connect(urlunsplit(server._replace(path="/postgres")), autocommit=True) as there:
        for command in commands:
            there.execute(command.encode())


def drop_template() -> None:
    """At the end of a run, by the process that leads it."""
    on_server(f'DROP DATABASE IF EXISTS "{urlsplit(os.environ["DATABASE_URL"]).path.strip("/")}_migrated"')


def migrate(url: str) -> None:
    said = {"DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "traboule.config.settings.test"}
    command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    done = subprocess.run(command, env=os.environ | said, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
