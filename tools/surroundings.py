"""What this machine offers to the tests: a PostgreSQL that may create databases, a Chromium, outside data."""

import os
import shutil
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

ROOT = Path(__file__).resolve().parent.parent
# The first is Debian's Chromium without windows: the same engine, and a page costs it a tenth less.
WINDOWLESS = "chromium-headless-shell"
BROWSERS = (WINDOWLESS, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
# Who is tried on the local port when TRABOULE_TEST_POSTGRES says nothing.
LOCAL_SERVERS = (
    "postgresql://postgres@127.0.0.1:5432/postgres",
    "postgresql://postgres:postgres@127.0.0.1:5432/postgres",
    "postgresql://traboule:traboule@127.0.0.1:5432/postgres",
)


def may_create_databases(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=3) as connection:
            row = connection.execute(
                "select rolcreatedb or rolsuper from pg_roles where rolname = current_user"
            ).fetchone()
    except (psycopg.Error, OSError):
        return False
    return bool(row and row[0])


def postgres() -> str | None:
    """The address of a reachable PostgreSQL server, or None.

    TRABOULE_TEST_POSTGRES wins; a wrong one is not replaced in silence.
    """
    named = os.environ.get("TRABOULE_TEST_POSTGRES")
    candidates = (named,) if named else LOCAL_SERVERS
    return next((url for url in candidates if may_create_databases(url)), None)


def database_url(server: str, name: str) -> str:
    """The same server with another database name; tests create `test_<name>` and drop it."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{name}"))


def chromium() -> str | None:
    """The path of a Chromium or Chrome, or None."""
    return next((path for name in BROWSERS if (path := shutil.which(name))), None)


def khal() -> str | None:
    """The path of khal, the calendar program that reads our feeds in the tests, or None."""
    return shutil.which("khal")


def outside_data() -> Path:
    return Path(os.environ.get("TRABOULE_TEST_DATA") or ROOT.parent / "shared" / "data").resolve()


if __name__ == "__main__":
    print(postgres() or "")
