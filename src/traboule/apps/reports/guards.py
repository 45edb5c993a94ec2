"""Database triggers that refuse to change or delete what was issued, on both databases.

They are installed after every ``migrate``, like those of the audit log and for the same reason: SQLite
rebuilds a table to alter it, and a rebuild drops its triggers.
"""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

TABLES = ("reports_report", "reports_reportfile")

_SQLITE = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'an issued report stands'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION reports_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'an issued report stands'; END $$
"""
_POSTGRES = """
CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
FOR EACH ROW EXECUTE FUNCTION reports_refuse()
"""


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receive ``post_migrate`` and put the triggers in place."""
    connection = connections[using]
    if connection.vendor not in ("sqlite", "postgresql"):
        return
    # Tests empty tables by deleting; in use nothing deletes what was issued.
    verbs = ["update", *(["delete"] if settings.TRABOULE_AUDIT_DELETE_GUARD else [])]
    with connection.cursor() as cursor:
        there = set(connection.introspection.table_names(cursor))
        if connection.vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for table in (table for table in TABLES if table in there):
            _install(cursor, connection.vendor, table, verbs)


def _install(cursor: Any, vendor: str, table: str, verbs: list[str]) -> None:
    where, text = ("", _SQLITE) if vendor == "sqlite" else (f" ON {table}", _POSTGRES)
    for verb in ("update", "delete"):
        cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}{where}")
    for verb in verbs:
        cursor.execute(text.format(table=table, verb=verb))
