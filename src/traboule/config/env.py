"""What the environment says. Every variable that Traboule reads is named here or in the settings modules."""

import sqlite3
from pathlib import Path
from typing import Any

import environ

env = environ.Env()

PACKAGE = Path(__file__).resolve().parents[1]

# Versions 3.7.0 to 3.51.2 can corrupt a WAL database when two connections checkpoint at once.
# The fix is in 3.51.3 and was carried back to 3.50.7 and 3.44.6.
_FIXED_IN_ITS_OWN_LINE = {(3, 50): 7, (3, 44): 6}
_FIXED_FOR_GOOD = (3, 51, 3)


def state_folder() -> Path:
    """Where databases, mails and uploads live: TRABOULE_VAR, else ``var/`` under the current folder."""
    return Path(env.str("TRABOULE_VAR", default="var")).resolve()


def wal_is_safe(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> bool:
    """Say whether this SQLite checkpoints a WAL database without the corruption fixed in 3.51.3."""
    if version >= _FIXED_FOR_GOOD:
        return True
    patch = _FIXED_IN_ITS_OWN_LINE.get(version[:2])
    return patch is not None and version[2] >= patch


def sqlite_options(version: tuple[int, int, int] = sqlite3.sqlite_version_info) -> dict[str, Any]:
    """Options of a SQLite connection that neither loses nor tears an acknowledged write."""
    journal = "WAL" if wal_is_safe(version) else "DELETE"
    pragmas = (f"journal_mode={journal}", "synchronous=FULL", "foreign_keys=ON", "mmap_size=0")
    return {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        "init_command": ";".join(f"PRAGMA {pragma}" for pragma in pragmas) + ";",
    }


def database(file_name: str = "traboule.sqlite3") -> dict[str, Any]:
    """The default database: DATABASE_URL, else SQLite in the file of that name in the state folder."""
    chosen: dict[str, Any] = env.db_url("DATABASE_URL", default=f"sqlite:///{state_folder() / file_name}")
    if chosen["ENGINE"].endswith("sqlite3"):
        chosen["OPTIONS"] = {**sqlite_options(), **chosen.get("OPTIONS", {})}
        if chosen["NAME"] != ":memory:":
            Path(chosen["NAME"]).parent.mkdir(parents=True, exist_ok=True)
    else:
        chosen["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
        chosen["CONN_HEALTH_CHECKS"] = True
    return chosen
