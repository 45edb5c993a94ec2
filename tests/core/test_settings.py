"""What every place promises: safe SQLite, strict headers, no default secret in production."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, override_settings

from traboule.config.env import sqlite_options, wal_is_safe

GOOD = {
    "SECRET_KEY": "k3yXq9Zr7wLm2Vt8Bn4Pd6Hs1Jf5Gc0Ta-uEoYiQx",
    "ALLOWED_HOSTS": "traboule.example.org",
}


def start(place: str, **environment: str) -> subprocess.CompletedProcess[str]:
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "TRABOULE_VAR") if name in os.environ}
    return subprocess.run(
        [sys.executable, "-c", "import django; django.setup(); from django.conf import settings as s;"
         "print(s.DEBUG, s.SESSION_COOKIE_SECURE, s.TRABOULE_STAFF_SECOND_FACTOR, s.TRABOULE_DEMO)"],
        env={**kept, "DJANGO_SETTINGS_MODULE": f"traboule.config.settings.{place}", **environment},
        capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("version", "safe"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
        ((4, 0, 0), True),
    ],
)
def test_wal_is_used_on_fixed_versions_only(version: tuple[int, int, int], safe: bool) -> None:
    assert wal_is_safe(version) is safe
    assert ("journal_mode=WAL" in sqlite_options(version)["init_command"]) is safe
    assert ("journal_mode=DELETE" in sqlite_options(version)["init_command"]) is not safe


@pytest.mark.django_db
def test_a_sqlite_connection_runs_as_promised() -> None:
    if connection.vendor != "sqlite":
        assert run_checks(databases=["default"])
        return
    with connection.cursor() as cursor:
        found = [
            cursor.execute(f"PRAGMA {name}").fetchone()
            for name in ("synchronous", "foreign_keys", "mmap_size")
        ]
    # A database in memory, as in this test, has no map at all.
    assert found in ([(2,), (1,), (0,)], [(2,), (1,), None])
    assert connection.transaction_mode == "IMMEDIATE"
    assert connection.get_connection_params()["timeout"] == 20


@pytest.mark.each_database
@pytest.mark.django_db
def test_a_check_says_which_database_runs_and_recommends_postgresql() -> None:
    found = [message for message in run_checks(databases=["default"]) if message.id.startswith("traboule.I")]
    assert len(found) == 1
    if connection.vendor == "sqlite":
        assert "journal_mode" in found[0].msg
        assert "PostgreSQL" in (found[0].hint or "")


@pytest.mark.parametrize(
    "changes",
    [
        {"SECRET_KEY": ""},
        {"SECRET_KEY": "short"},
        {"SECRET_KEY": "for-development-only-" + "0" * 40},
        {"SECRET_KEY": "a" * 60},
        {"ALLOWED_HOSTS": ""},
        {"ALLOWED_HOSTS": "*"},
    ],
)
def test_production_refuses_to_start_with_a_default(changes: dict[str, str]) -> None:
    answer = start("prod", **{**GOOD, **changes})
    assert answer.returncode != 0
    assert "ImproperlyConfigured" in answer.stderr


def test_production_starts_with_real_secrets_and_asks_staff_for_a_second_factor() -> None:
    assert start("prod", **GOOD).stdout.split() == ["False", "True", "True", "False"]


def test_the_demo_alone_opens_with_one_click() -> None:
    assert start("demo").stdout.split() == ["False", "False", "False", "True"]


@pytest.mark.django_db
def test_every_answer_carries_the_strict_headers() -> None:
    headers = Client().get("/accounts/login/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


@pytest.mark.django_db
def test_no_address_of_the_application_opens_without_sign_in_by_accident() -> None:
    assert settings.LOGIN_URL == "account_login"
    for address in ("/b/lyon/today/", "/accounts/2fa/", "/accounts/sessions/", "/accounts/"):
        answer = Client().get(address)
        assert answer.status_code == 302, address
        assert answer.headers["Location"].startswith("/accounts/login/"), address


def test_no_e_mail_leaves_a_test() -> None:
    assert settings.EMAIL_BACKEND.endswith("locmem.EmailBackend")


def test_the_state_folder_is_where_the_environment_says(tmp_path: Path) -> None:
    answer = start("dev", TRABOULE_VAR=str(tmp_path / "state"))
    assert answer.returncode == 0
    assert (tmp_path / "state").is_dir()


@override_settings(TRABOULE_AUDIT_DELETE_GUARD=True)
@pytest.mark.django_db
def test_outside_tests_the_database_refuses_to_delete_an_audit_entry() -> None:
    from django.core.management import call_command
    from django.db import DatabaseError, transaction

    from tests.core.test_audit import write
    from traboule.core.guards import install_after_migrate

    write(1)
    install_after_migrate()
    try:
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("DELETE FROM core_auditentry")
        call_command("audit_check", verbosity=0)
    finally:
        with override_settings(TRABOULE_AUDIT_DELETE_GUARD=False):
            install_after_migrate()
