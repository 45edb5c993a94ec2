"""Throw-away databases for what is measured: a SQLite file, a database of its own on a PostgreSQL server."""

import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit, urlunsplit

LOCAL_POSTGRES = "postgres://postgres@127.0.0.1:5432/postgres"


@contextmanager
def sqlite_url() -> Iterator[str]:
    """A SQLite file that is gone afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{folder}/bench.sqlite3"


@contextmanager
def postgres_url(server: str) -> Iterator[str]:
    """A database of its own on a PostgreSQL server, dropped afterwards. `server` names any database there."""
    import psycopg
    from psycopg import sql

    name = f"traboule_bench_{os.getpid()}_{secrets.token_hex(3)}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def postgres_server() -> str | None:
    """TRABOULE_TEST_POSTGRES, else the local port, if a server answers there."""
    import psycopg

    server = os.environ.get("TRABOULE_TEST_POSTGRES") or LOCAL_POSTGRES
    try:
        with psycopg.connect(server, connect_timeout=3):
            return server
    except psycopg.OperationalError:
        return None
