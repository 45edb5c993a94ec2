"""Snapshots: what they hold, from when they are, and what a network makes of those of many branches."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import people as make
from tests.factories.boards import ended_duos
from tests.factories.people import NOW
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.snapshots import refresh_snapshots, tick_snapshots
from traboule.apps.indicators.models import BranchSnapshot
from traboule.apps.indicators.queries.dashboards import OnDemand, board_of, fresh_of, heads_of
from traboule.apps.indicators.queries.network import network_of
from traboule.apps.people import actions as people
from traboule.apps.people.enums import Role
from traboule.apps.people.queries import actor_of
from traboule.core.actors import system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.indicators import Said, figure
from traboule.kernel.indicators.shipped import SHIPPED

pytestmark = pytest.mark.django_db
BY = system("test")


def filled(slug: str, lasting: int, broken: int) -> Branch:
    branch = make.branch(slug=slug)
    login = make.login(Role.COORDINATOR, branch)
    ended_duos(branch, lasting, by=login)
    ended_duos(branch, broken, by=login, days=60)
    refresh_snapshots(branch=branch, by=BY, now=NOW)
    return branch


def test_a_board_says_what_the_rows_say() -> None:
    from traboule.apps.indicators.queries.facts import branches_facts

    lyon = filled("lyon", 9, 3)
    board = board_of(actor=BY, branch=lyon)
    assert board is not None
    expected = figure(SHIPPED["reach_six_months"], branches_facts([lyon]), board.as_of)
    shown = board.figures["reach_six_months"].figure
    assert (shown.hits, shown.n) == (expected.hits, expected.n) == (9, 12)
    assert shown.numbers.value == pytest.approx(expected.numbers.value)
    steps = {code: counts for code, *counts in board.path}
    assert steps["duo"][0] == 12
    assert "2025-Q2" in board.cohorts


def test_a_board_says_that_something_was_written_since() -> None:
    lyon = filled("lyon", 9, 3)
    director = actor_of(make.login(Role.DIRECTOR, lyon))
    mentee = make.mentee(lyon)
    refresh_snapshots(branch=lyon, by=BY, now=NOW)
    people.log_note(person=mentee, text="Called.", by=director, now=NOW)
    before = heads_of(actor=director, branches=[lyon])[lyon.pk]
    assert before is not None
    assert before.is_behind
    refresh_snapshots(branch=lyon, by=director, now=NOW)
    after = heads_of(actor=director, branches=[lyon])[lyon.pk]
    assert after is not None
    assert not after.is_behind
    assert after.mark != before.mark


def test_figures_of_many_branches_are_as_old_as_the_oldest_and_behind_if_one_is() -> None:
    lyon, lille = filled("lyon", 9, 3), filled("lille", 20, 5)
    later = NOW + timedelta(hours=3)
    refresh_snapshots(branch=lille, by=BY, now=later)
    heads = [head for head in heads_of(actor=BY, branches=[lyon, lille]).values() if head]
    fresh = fresh_of(heads)
    assert (fresh.since, fresh.until, fresh.is_behind) == (NOW, later, False)
    director = actor_of(make.login(Role.DIRECTOR, lyon))
    people.log_note(person=make.mentee(lyon), text="Called.", by=director, now=NOW)
    heads = [head for head in heads_of(actor=BY, branches=[lyon, lille]).values() if head]
    assert [head.is_behind for head in heads] == [True, False]
    assert fresh_of(heads).is_behind


def test_the_small_quarter_of_a_branch_is_hidden_with_a_second_one() -> None:
    lyon = make.branch(slug="lyon")
    login = make.login(Role.COORDINATOR, lyon)
    for months, number in ((0, 20), (92, 8), (184, 3)):
        day = (NOW - timedelta(days=600 - months)).date()
        ended_duos(lyon, number, by=login, began=day)
    refresh_snapshots(branch=lyon, by=BY, now=NOW)
    found = board_of(actor=BY, branch=lyon)
    assert found is not None
    quarters = [one.numbers.said for _q, one in found.quarters["reach_six_months"]]
    assert quarters == [Said.FIGURE, Said.TOO_FEW, Said.TOO_FEW]
    assert found.figures["reach_six_months"].figure.n == 31


def test_a_board_makes_only_what_is_asked_for_and_that_once() -> None:
    made: list[str] = []

    def upper(name: str) -> str:
        made.append(name)
        return name.upper()

    values = OnDemand(["a", "b", "c"], upper)
    assert ("b" in values, "x" in values, len(values), list(values)) == (True, False, 3, ["a", "b", "c"])
    assert not made
    assert [values["b"], values["b"], values.get("x")] == ["B", "B", None]
    assert made == ["b"]


def test_the_network_adds_branches_up_and_hides_what_could_be_subtracted() -> None:
    lyon, lille = filled("lyon", 9, 3), filled("lille", 20, 5)
    found = network_of(actor=BY, branches=[lyon, lille])
    assert found.whole is not None
    whole = found.whole.figures["reach_six_months"].figure
    assert (whole.hits, whole.n) == (29, 37)
    small = filled("nice", 2, 1)
    again = network_of(actor=BY, branches=[lyon, lille, small])
    assert again.whole is not None
    assert again.whole.figures["reach_six_months"].figure.numbers.said is Said.TOO_FEW
    mine = {branch.slug: board for branch, board in again.branches}
    assert mine["nice"] is not None
    assert mine["nice"].figures["reach_six_months"].figure.numbers.said is Said.TOO_FEW
    assert mine["lyon"] is not None
    assert mine["lyon"].figures["reach_six_months"].figure.n == 12


def test_a_reader_of_one_branch_sees_only_that_one() -> None:
    lyon, lille = filled("lyon", 9, 3), filled("lille", 20, 5)
    actor = actor_of(make.login(Role.FUNDER, lyon))
    found = network_of(actor=actor, branches=[lyon, lille])
    assert [branch.slug for branch, _board in found.branches] == ["lyon"]
    assert set(heads_of(actor=actor, branches=[lyon, lille])) == {lyon.pk}
    with pytest.raises(NotVisible):
        board_of(actor=actor, branch=lille)
    with pytest.raises(NotAllowed):
        board_of(actor=actor_of(make.login(Role.MENTOR, lyon)), branch=lyon)


def test_a_branch_without_a_snapshot_is_named_and_missing_in_the_sum() -> None:
    lyon, lille = filled("lyon", 9, 3), make.branch(slug="lille")
    found = network_of(actor=BY, branches=[lyon, lille])
    assert {branch.slug: board is None for branch, board in found.branches} == {
        "lyon": False,
        "lille": True,
    }
    assert network_of(actor=BY, branches=[lille]).whole is None
    assert heads_of(actor=BY, branches=[lille]) == {lille.pk: None}


def test_the_network_costs_as_many_queries_for_nine_branches_as_for_one() -> None:
    branches = [filled("b0", 6, 5)]
    with CaptureQueriesContext(connection) as one:
        heads_of(actor=BY, branches=branches)
        network_of(actor=BY, branches=branches)
    branches += [filled(f"b{n}", 6, 5) for n in range(1, 9)]
    with CaptureQueriesContext(connection) as nine:
        heads_of(actor=BY, branches=branches)
        network_of(actor=BY, branches=branches)
    assert len(one) == len(nine) == 3


def test_the_clock_refreshes_each_branch_once_a_day_a_few_a_round() -> None:
    branches = [make.branch(slug=f"b{n}") for n in range(6)]
    tick_snapshots(NOW)
    assert BranchSnapshot.everywhere.filter(cohort="").count() == 4
    tick_snapshots(NOW)
    assert BranchSnapshot.everywhere.filter(cohort="").count() == len(branches)
    made = set(BranchSnapshot.everywhere.values_list("pk", flat=True))
    tick_snapshots(NOW)
    assert set(BranchSnapshot.everywhere.values_list("pk", flat=True)) == made
    tick_snapshots(NOW + timedelta(days=1))
    assert BranchSnapshot.everywhere.filter(pk__in=made, cohort="").count() == 2


def test_a_snapshot_of_another_layout_counts_as_none_and_is_made_anew() -> None:
    lyon = filled("lyon", 9, 3)
    head = BranchSnapshot.everywhere.get(branch=lyon, cohort="")
    head.data["format"] = 0
    head.save(update_fields=["data"])
    assert board_of(actor=BY, branch=lyon) is None
    assert network_of(actor=BY, branches=[lyon]).whole is None
    tick_snapshots(NOW)
    assert board_of(actor=BY, branch=lyon) is not None
