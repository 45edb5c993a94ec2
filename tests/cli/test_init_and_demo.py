"""`traboule init` and `traboule demo`: a real association, and an invented one."""

import os
import socket
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.factories.people import branch
from traboule.apps.branches.actions import AlreadyFounded
from traboule.apps.branches.models import Branch, Organisation
from traboule.apps.pairing.actions.demo import load_demo
from traboule.apps.people.enums import Role
from traboule.apps.people.models import (
    Login,
    Person,
    RoleGrant,
)
from traboule.cli.demo import free_port
from traboule.cli.exits import Exit
from traboule.cli.init import run_init
from traboule.core.actors import system
from traboule.kernel.generator import Programme, programme
from traboule.reference import occupations, places

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TODAY = date(2026, 3, 2)
GIVEN = {
    "organisation": "Deux rives",
    "branch": "Lyon",
    "admin_name": "Anne Martin",
    "admin_email": "anne@example.org",
    "now": NOW,
}


@pytest.fixture(scope="module")
def invented() -> Programme:
    return programme(
        mentors=60,
        mentees=60,
        seed=1,
        as_of=TODAY,
        places=places.communes("FR"),
        occupations=occupations.codes(),
        sectors=occupations.sectors(),
    )


@pytest.mark.django_db
def test_init_founds_an_association_and_says_how_to_go_on() -> None:
    code, message = run_init(**GIVEN, postcode="69009")
    assert code is Exit.DONE
    assert "anne@example.org" in message
    assert "/b/lyon/today/" in message
    assert RoleGrant.objects.get().role == Role.ADMINISTRATOR


@pytest.mark.django_db
def test_init_refuses_a_second_association_and_changes_nothing() -> None:
    run_init(**GIVEN)
    code, message = run_init(**{**GIVEN, "admin_email": "other@example.org"})
    assert code is Exit.BAD_INPUT
    assert "already" in message
    assert (Organisation.objects.count(), Branch.objects.count(), Login.objects.count()) == (1, 1, 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [{"admin_email": "anne"}, {"postcode": "00000"}, {"locale": "xx"}, {"branch": "!!"}],
)
def test_init_refuses_what_cannot_be_and_names_it(changes: dict[str, str]) -> None:
    code, message = run_init(**{**GIVEN, **changes})
    assert code is Exit.BAD_INPUT
    assert next(iter(changes.values())) in message
    assert not Organisation.objects.exists()


def test_init_without_a_terminal_says_which_option_is_missing(tmp_path: Path) -> None:
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    answer = subprocess.run(
        [sys.executable, "-m", "traboule.cli.main", "init", "--organisation", "X"],
        env={**kept, "TRABOULE_VAR": str(tmp_path)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 2
    assert "--branch" in answer.stderr


@pytest.mark.django_db
def test_the_demo_is_never_loaded_over_a_real_association(invented: Programme) -> None:
    branch()
    with pytest.raises(AlreadyFounded):
        load_demo(programme=invented, by=system("demo"), now=NOW)
    assert not Person.everywhere.exists()


def test_a_taken_port_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert free_port(first=port, tries=20) != port
