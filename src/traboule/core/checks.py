"""System checks: which database runs, in which mode, and what it is good for."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, Info, Tags, Warning, register
from django.db import connection

STAFF_ON_SQLITE = 5


@register(Tags.database)
def database_mode(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Say which database runs in which mode; recommend PostgreSQL above five staff (``migrate`` shows it)."""
    if not databases:
        return []
    if connection.vendor != "sqlite":
        return [Info(f"Database: {connection.vendor}.", id="traboule.I001")]
    with connection.cursor() as cursor:
        modes = {}
        for name in ("journal_mode", "synchronous", "foreign_keys", "mmap_size"):
            row = cursor.execute(f"PRAGMA {name}").fetchone()
            modes[name] = row[0] if row else 0  # a database in memory has no map
    found = ", ".join(f"{name}={value}" for name, value in modes.items())
    return [
        Info(
            f"Database: SQLite {sqlite3.sqlite_version}, {found}.",
            hint=f"Above about {STAFF_ON_SQLITE} staff, move to PostgreSQL (DATABASE_URL=postgres://…).",
            id="traboule.I002",
        ),
        *_unsafe(),
    ]


def _unsafe() -> list[CheckMessage]:
    options: dict[str, Any] = settings.DATABASES["default"].get("OPTIONS", {})
    if options.get("transaction_mode") == "IMMEDIATE" and "synchronous=FULL" in options.get(
        "init_command", ""
    ):
        return []
    return [Error("SQLite runs without IMMEDIATE transactions or synchronous=FULL.", id="traboule.E001")]


@register(Tags.security, deploy=True)
def mail_is_real(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    """Warn when mail that carries sign-in codes would go nowhere."""
    if settings.EMAIL_BACKEND.endswith("DevMailbox"):
        return [Warning("Mail goes to the development mailbox.", id="traboule.W001")]
    return []
