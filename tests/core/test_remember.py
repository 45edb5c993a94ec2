"""Large reads are made once per state of a branch, and never shown older than the last write."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.people import actions, queries
from traboule.apps.people.enums import Role
from traboule.core import remember
from traboule.core.remember import held, held_over, remembered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keeping")]


def test_a_value_is_made_once_until_something_is_written_in_its_branch() -> None:
    branch, made = make.branch(), []
    by = make.coordinator(branch)

    def value() -> int:
        made.append(1)
        return len(made)

    assert [remembered(branch.pk, "x", value) for _ in range(3)] == [1, 1, 1]
    person = make.mentee(branch)
    actions.log_note(person=person, text="Called.", by=by, now=NOW)
    assert [remembered(branch.pk, "x", value) for _ in range(2)] == [2, 2]


def test_a_write_in_another_branch_changes_nothing_here() -> None:
    here, there, made = make.branch(), make.branch(), []
    remembered(here.pk, "x", lambda: made.append(1))
    actions.log_note(person=make.mentee(there), text="Called.", by=make.coordinator(there), now=NOW)
    remembered(here.pk, "x", lambda: made.append(1))
    assert len(made) == 1


def test_what_was_rolled_back_is_not_shown_afterwards() -> None:
    branch = make.branch()
    person, by = make.mentee(branch), make.coordinator(branch)
    before = remembered(branch.pk, "notes", lambda: person.notes.count())
    with transaction.atomic():
        actions.log_note(person=person, text="Called.", by=by, now=NOW)
        assert remembered(branch.pk, "notes", lambda: person.notes.count()) == 1
        transaction.set_rollback(True)
    assert remembered(branch.pk, "notes", lambda: person.notes.count()) == before == 0


def test_what_names_its_own_state_is_made_once_a_state_and_replaced_by_the_next() -> None:
    made: list[str] = []

    def value(state: str) -> str:
        def make_it() -> str:
            made.append(state)
            return f"of {state}"

        return held("x", state, make_it)

    assert [value(state) for state in ("a", "a", "b", "b", "a")] == ["of a", "of a", "of b", "of b", "of a"]
    assert made == ["a", "b", "a"]
    assert held("y", "a", lambda: "another") == "another"


def test_what_tells_of_several_branches_is_made_anew_after_a_write_in_any_of_them() -> None:
    here, there, elsewhere = make.branch(), make.branch(), make.branch()
    asked, scopes, made = [], [here.pk, there.pk], []

    def value(moment: str = "noon") -> int:
        def where() -> list[int]:
            asked.append(1)
            return scopes

        return held_over("x", moment, where, lambda: made.append(1) or len(made))

    def write(branch: Any) -> None:
        by, person = make.coordinator(branch), make.mentee(branch)
        actions.log_note(person=person, text="Called.", by=by, now=NOW)

    assert [value(), value()] == [1, 1]
    write(elsewhere)
    assert value() == 1
    write(there)
    scopes.append(elsewhere.pk)  # somebody moved, which was written there
    assert [value(), value()] == [2, 2]
    write(elsewhere)
    assert [value(), value()] == [3, 3]
    assert [value("later"), value("later")] == [4, 4]
    assert len(asked) == len(made)


def test_only_so_many_values_are_kept() -> None:
    branch, made = make.branch(), []
    for number in range(remember.MOST + 1):
        remembered(branch.pk, f"value {number}", lambda: made.append(1))
    remembered(branch.pk, "value 0", lambda: made.append(1))
    assert len(made) == remember.MOST + 2


def test_the_page_of_today_shows_a_step_at_once() -> None:
    branch = make.branch()
    person, by = make.mentee(branch, waiting_since=date(2026, 3, 1)), make.actor(Role.COORDINATOR, branch)
    seen = queries.today(actor=by, branch=branch, today=TODAY)
    actions.log_note(person=person, text="t", by=by, now=NOW, next_step="Call back", next_step_on=TODAY)
    assert [step.text for step in seen] == [""]
    assert {step.text for step in queries.today(actor=by, branch=branch, today=TODAY)} == {"", "Call back"}
