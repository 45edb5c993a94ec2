"""A decided version of a definition stands: the database refuses to change or to delete it.

Put in place after every ``migrate`` and not by a migration: SQLite rebuilds a table to alter it, and a
rebuild drops its triggers. One change is let through: nobody is named any more as who decided (erasure).
"""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

TABLE = "indicators_definitionversion"
SAID = "a definition stands as it was decided"
_KEPT = ("id", "name", "version", "definition", "fingerprint", "decided_on", "why", "decided_at")

_SQLITE = """
CREATE TRIGGER definition_no_{lower} BEFORE {upper} ON {table}
WHEN NOT ({let_through}) BEGIN SELECT RAISE(ABORT, '{said}'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION definition_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF {let_through} THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION '{said}';
END $$
"""
_POSTGRES = """
CREATE TRIGGER definition_no_{lower} BEFORE {upper} ON {table}
FOR EACH ROW EXECUTE FUNCTION definition_refuse()
"""


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receive ``post_migrate`` and put the triggers in place."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if TABLE not in connection.introspection.table_names(cursor):
            return
        verbs = ["update", *(["delete"] if settings.TRABOULE_AUDIT_DELETE_GUARD else [])]
        install = {"sqlite": _install_sqlite, "postgresql": _install_postgres}.get(connection.vendor)
        if install is not None:
            install(cursor, verbs)


def _let_through(same: str) -> str:
    """Nothing differs but that nobody is named."""
    return " AND ".join(["NEW.decided_by_id IS NULL", *(same.format(column=column) for column in _KEPT)])


def _install_sqlite(cursor: Any, verbs: list[str]) -> None:
    let_through = {"update": _let_through("NEW.{column} IS OLD.{column}"), "delete": "1 = 0"}
    for verb in ("update", "delete"):
        cursor.execute(f"DROP TRIGGER IF EXISTS definition_no_{verb}")
    for verb in verbs:
        cursor.execute(
            _SQLITE.format(
                lower=verb, upper=verb.upper(), table=TABLE, let_through=let_through[verb], said=SAID
            )
        )


def _install_postgres(cursor: Any, verbs: list[str]) -> None:
    same = _let_through("NEW.{column} IS NOT DISTINCT FROM OLD.{column}")
    cursor.execute(_POSTGRES_FUNCTION.format(let_through=same, said=SAID))
    for verb in ("update", "delete"):
        cursor.execute(f"DROP TRIGGER IF EXISTS definition_no_{verb} ON {TABLE}")
    for verb in verbs:
        cursor.execute(_POSTGRES.format(lower=verb, upper=verb.upper(), table=TABLE))
