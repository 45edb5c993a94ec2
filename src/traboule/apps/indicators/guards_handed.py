"""Database triggers that refuse to change or delete a table that was handed out, on both databases.

Put in place after every ``migrate``: SQLite rebuilds a table to alter it, and a rebuild drops its triggers.
"""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

TABLE = "indicators_handedtable"
SAID = "a table that was handed out stands"

_SQLITE = f"""
CREATE TRIGGER {TABLE}_no_{{verb}} BEFORE {{verb}} ON {TABLE}
BEGIN SELECT RAISE(ABORT, '{SAID}'); END
"""
_POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION handed_table_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '{SAID}'; END $$
"""
_POSTGRES = f"""
CREATE TRIGGER {TABLE}_no_{{verb}} BEFORE {{verb}} ON {TABLE}
FOR EACH ROW EXECUTE FUNCTION handed_table_refuse()
"""


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receive ``post_migrate`` and put the triggers in place."""
    connection = connections[using]
    vendor = connection.vendor
    if vendor not in ("sqlite", "postgresql"):
        return
    # Tests empty tables by deleting; in use nothing deletes what was handed out.
    verbs = ["update", *(["delete"] if settings.TRABOULE_AUDIT_DELETE_GUARD else [])]
    where, text = ("", _SQLITE) if vendor == "sqlite" else (f" ON {TABLE}", _POSTGRES)
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        if vendor == "postgresql":
            cursor.execute(_POSTGRES_FUNCTION)
        for verb in ("update", "delete"):
            cursor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_no_{verb}{where}")
        for verb in verbs:
            cursor.execute(text.format(verb=verb))
