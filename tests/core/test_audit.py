"""The audit log: one chain per scope, written with its fact, and any change is found."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from traboule.core.actors import system
from traboule.core.audit import Flaw, chains, check_chain, entries, record
from traboule.core.canonical import canonical_json, digest
from traboule.core.models import AppendOnly, AuditEntry, AuditHead

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 9, 0, 0, 123456, tzinfo=UTC)


def write(scope: int | None = 1, count: int = 1, **facts: object) -> list[AuditEntry]:
    return [
        record(
            by=system("test"),
            now=NOW + timedelta(minutes=number),
            branch_id=scope,
            verb="thing.done",
            subject_type="thing",
            subject_id=number,
            facts=facts or {"number": number},
        )
        for number in range(count)
    ]


def change(sql: str, *params: object) -> None:
    """Change the table behind the back of the models and the triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER IF EXISTS core_audit_no_update")
        else:
            cursor.execute("ALTER TABLE core_auditentry DISABLE TRIGGER USER")
        cursor.execute(sql, params)


def test_a_chain_holds_and_each_scope_has_its_own() -> None:
    write(1, 3)
    write(2, 2)
    write(None, 1)
    assert chains() == ["", "1", "2"]
    assert [check_chain(scope) for scope in (1, 2, None, 99)] == [None] * 4
    assert [entry.sequence for entry in entries(1)] == [3, 2, 1]


@pytest.mark.parametrize(
    ("column", "value", "flaw"),
    [
        ("verb", "thing.undone", Flaw.ALTERED),
        ("subject_id", "77", Flaw.ALTERED),
        ("actor_id", 12, Flaw.ALTERED),
        ("at", "2020-01-01 00:00:00+00:00", Flaw.ALTERED),
        ("previous_hash", "0" * 64, Flaw.ALTERED),
        ("entry_hash", "0" * 64, Flaw.ALTERED),
        ("facts", '{"number": 8}', Flaw.FACTS_ALTERED),
        ("salt", "0" * 32, Flaw.FACTS_ALTERED),
        ("sequence", 9, Flaw.MISSING),
    ],
)
def test_any_altered_value_is_found_at_its_row(column: str, value: object, flaw: Flaw) -> None:
    write(1, 4)
    change(f"UPDATE core_auditentry SET {column} = %s WHERE sequence = 3", value)  # noqa: S608 -- names from above
    broken = check_chain(1)
    assert broken is not None
    assert (broken.sequence, broken.flaw) == (3, flaw)


def test_a_row_taken_out_of_the_middle_is_found() -> None:
    write(1, 4)
    change("DELETE FROM core_auditentry WHERE sequence = 2")
    broken = check_chain(1)
    assert broken is not None
    assert (broken.sequence, broken.flaw) == (2, Flaw.MISSING)


def test_a_chain_that_was_cut_short_is_found() -> None:
    write(1, 4)
    change("DELETE FROM core_auditentry WHERE sequence = 4")
    assert check_chain(1) is not None
    AuditHead.objects.all().delete()
    assert check_chain(1) is not None


def test_erasing_the_facts_of_an_entry_leaves_the_chain_whole() -> None:
    write(1, 3, reason="canary")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET facts = '{}', salt = '' WHERE sequence = 2")
    assert check_chain(1) is None
    assert entries(1).get(sequence=2).facts == {}


def test_the_database_itself_refuses_to_change_an_entry() -> None:
    write(1, 2)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("UPDATE core_auditentry SET verb = 'x' WHERE sequence = 1")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE core_auditentry SET facts = '{}', salt = '', verb = 'x'")


def test_the_models_refuse_to_change_or_delete_an_entry() -> None:
    entry = write(1)[0]
    for act in (
        entry.save,
        entry.delete,
        lambda: AuditEntry.objects.all().delete(),
        lambda: AuditEntry.objects.update(verb="x"),
    ):
        with pytest.raises(AppendOnly):
            act()


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_the_transaction_of_its_fact_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        write(1)


@pytest.mark.django_db(transaction=True)
def test_a_fact_that_is_rolled_back_leaves_no_entry_and_no_gap() -> None:
    with transaction.atomic():
        write(1)
    with transaction.atomic():
        write(1)
        transaction.set_rollback(True)
    with transaction.atomic():
        write(1)
    assert [entry.sequence for entry in entries(1)] == [2, 1]
    assert check_chain(1) is None


def test_a_name_of_an_actor_never_reaches_the_log() -> None:
    write(1)
    assert "test" not in str(AuditEntry.objects.values().get())


def test_the_command_says_which_chain_is_broken(capsys: pytest.CaptureFixture[str]) -> None:
    write(1, 2)
    write(2, 2)
    call_command("audit_check")
    assert capsys.readouterr().out == "1: holds\n2: holds\n"
    change("UPDATE core_auditentry SET verb = 'x' WHERE scope = '2' AND sequence = 1")
    with pytest.raises(CommandError):
        call_command("audit_check")
    assert "2: broken at entry 1: altered" in capsys.readouterr().err


def test_equal_values_are_written_alike() -> None:
    assert canonical_json({"b": [1, {"z": None}], "a": "é"}) == '{"a":"é","b":[1,{"z":null}]}'
    assert canonical_json({"b": 1, "a": 2}) == canonical_json({"a": 2, "b": 1})
    assert digest("ab", "c") != digest("a", "bc")


@pytest.mark.parametrize("value", [1.5, object(), {"x": 0.1}])
def test_what_has_no_single_spelling_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        canonical_json(value)
