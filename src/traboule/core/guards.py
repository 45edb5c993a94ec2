"""Database triggers that refuse to change or delete an audit entry, on both databases.

They are installed after every ``migrate``, not in a migration: SQLite rebuilds a table to alter it, and a
rebuild drops its triggers. The one change let through empties the facts and the salt of an entry (erasure).
"""

from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, connections

_KEPT = [
    "id",
    "scope",
    "sequence",
    "at",
    "actor_kind",
    "actor_id",
    "verb",
    "subject_type",
    "subject_id",
    "facts_digest",
    "previous_hash",
    "entry_hash",
]

_SQLITE_UPDATE = """
CREATE TRIGGER core_audit_no_update BEFORE UPDATE ON core_auditentry
WHEN NOT (NEW.salt = '' AND NEW.facts = '{{}}' AND {same})
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
_SQLITE_DELETE = """
CREATE TRIGGER core_audit_no_delete BEFORE DELETE ON core_auditentry
BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END
"""
_POSTGRES_FUNCTION = """
CREATE OR REPLACE FUNCTION core_audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.salt = '' AND NEW.facts = '{{}}'::jsonb AND {same} THEN RETURN NEW; END IF;
    END IF;
    RAISE EXCEPTION 'the audit log is append-only';
END $$
"""
_POSTGRES_TRIGGER = """
CREATE TRIGGER core_audit_no_{lower} BEFORE {upper} ON core_auditentry
FOR EACH ROW EXECUTE FUNCTION core_audit_refuse()
"""


def install_after_migrate(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Receive ``post_migrate`` and put the triggers in place."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if "core_auditentry" not in connection.introspection.table_names(cursor):
            return
        verbs = ["update", *(["delete"] if settings.TRABOULE_AUDIT_DELETE_GUARD else [])]
        install = {"sqlite": _install_sqlite, "postgresql": _install_postgres}.get(connection.vendor)
        if install is not None:
            install(cursor, verbs)


def _install_sqlite(cursor: Any, verbs: list[str]) -> None:
    same = " AND ".join(f"NEW.{column} IS OLD.{column}" for column in _KEPT)
    for verb in ("update", "delete"):
        cursor.execute(f"DROP TRIGGER IF EXISTS core_audit_no_{verb}")
    cursor.execute(_SQLITE_UPDATE.format(same=same))
    if "delete" in verbs:
        cursor.execute(_SQLITE_DELETE)


def _install_postgres(cursor: Any, verbs: list[str]) -> None:
    same = " AND ".join(f"NEW.{column} IS NOT DISTINCT FROM OLD.{column}" for column in _KEPT)
    cursor.execute(_POSTGRES_FUNCTION.format(same=same))
    for verb in ("update", "delete"):
        cursor.execute(f"DROP TRIGGER IF EXISTS core_audit_no_{verb} ON core_auditentry")
    for verb in verbs:
        cursor.execute(_POSTGRES_TRIGGER.format(lower=verb, upper=verb.upper()))
