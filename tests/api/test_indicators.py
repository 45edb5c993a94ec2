"""Figures outside the house: with all that belongs beside them, hidden where small, by months."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.api.conftest import Ask
from tests.api.test_answers import check, crowd
from tests.api.test_scope import secret_of
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.api.indicators import month_end
from traboule.apps.access.enums import Purpose
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.indicators.queries.facts import facts_of
from traboule.apps.outcomes.models import Outcome
from traboule.core.actors import system
from traboule.kernel.indicators import SHIPPED, figure

pytestmark = pytest.mark.django_db
START = date(2024, 6, 3)


def past_duos(branch: Branch, number: int, found_work: int) -> None:
    """Duos of two years ago; so many of their mentees found a job in the second month."""
    mentor, by = make.mentor(branch), make.login()
    duos = Duo.everywhere.bulk_create(
        Duo(
            branch=branch, mentor=mentor, mentee=person, state="closed", started_on=START,
            ends_on=START + timedelta(180), started_by=by, started_at=NOW, closed_by=by,
            closed_on=START + timedelta(180), close_reason="completed",
        )
        for person in crowd(branch, number)
    )  # fmt: skip
    Outcome.everywhere.bulk_create(
        Outcome(
            branch=branch, person_id=duo.mentee_id, duo=duo, kind="job", contract="permanent",
            starts_on=START + timedelta(45), seen_on=START + timedelta(45), told_by="mentee",
            told_at=NOW - timedelta(days=500),
        )
        for duo in duos[:found_work]
    )  # fmt: skip


def told(ask: Ask, secret: str, more: str = "") -> dict[str, Any]:
    return {one["name"]: one for one in ask(secret, f"indicators{more}").json()["items"]}


@pytest.mark.parametrize("purpose", list(Purpose))
def test_every_purpose_reads_every_figure_in_the_declared_form(lyon: Branch, ask: Ask, purpose: str) -> None:
    past_duos(lyon, 12, 7)
    answer = ask(secret_of(lyon, purpose), "indicators").json()
    check(answer, "Indicators")
    assert [one["name"] for one in answer["items"]] == list(SHIPPED)


def test_a_figure_is_that_of_the_kernel_with_its_definition(lyon: Branch, ask: Ask) -> None:
    past_duos(lyon, 12, 7)
    secret = secret_of(lyon, Purpose.WEBSITE)
    facts = facts_of(actor=system("test"), branch=lyon)
    for name, one in told(ask, secret, "?as_of=2026-03-15").items():
        expected = figure(SHIPPED[name], facts, date(2026, 2, 28))
        assert (one["as_of"], one["sha256"]) == ("2026-02-28", SHIPPED[name].fingerprint)
        if one["says"] == "too_few":
            continue
        assert (one["n"], one["known"]) == (expected.n, expected.known)
        assert one["not_due"] == (expected.not_due if not 0 < expected.not_due < 5 else None)
        assert (one["value"], one["low"], one["most"]) == (
            expected.numbers.value,
            expected.numbers.low,
            expected.numbers.most,
        )
        assert one["n"] == one["known"] + one["refused"] + one["unknown"]


def test_the_known_figure_of_a_small_world(lyon: Branch, ask: Ask) -> None:
    """Twelve duos, seven jobs, five of whom nothing is known: 100 % of those known, 58 % at least."""
    past_duos(lyon, 12, 7)
    found = told(ask, secret_of(lyon), "?as_of=2026-03-15")["positive_outcome_from_start"]
    assert (found["n"], found["known"], found["unknown"], found["value"]) == (12, 7, 5, 1.0)
    assert (round(found["least"], 3), found["most"], found["interval"]) == (0.583, 1.0, "wilson")


def test_fewer_than_five_people_are_no_figure(lyon: Branch, ask: Ask) -> None:
    past_duos(lyon, 4, 4)
    for one in told(ask, secret_of(lyon)).values():
        if one["definition"]["among"] == "duos_started" and one["definition"]["clock"] == "duo_start":
            assert one["says"] == "too_few"
            assert {one[name] for name in ("value", "low", "high", "least", "most", "n", "known")} == {None}
            assert {one[name] for name in ("refused", "unknown", "not_due")} == {None}


def test_a_branch_never_counts_another(lyon: Branch, ask: Ask) -> None:
    past_duos(make.branch(slug="lille"), 9, 9)
    found = told(ask, secret_of(lyon))["positive_outcome_from_start"]
    assert (found["says"], found["n"], found["value"]) == ("nobody_yet", 0, None)


def test_one_figure_by_name_and_none_by_another(lyon: Branch, ask: Ask) -> None:
    secret = secret_of(lyon)
    one = ask(secret, "indicators/mentors_again?as_of=2026-01-31").json()
    check(one, "Indicator")
    assert one == told(ask, secret, "?as_of=2026-01-31")["mentors_again"]
    assert ask(secret, "indicators/nothing").status_code == 404


@pytest.mark.parametrize(
    ("asked", "end"),
    [
        (None, date(2026, 2, 28)), (date(2026, 3, 31), date(2026, 2, 28)),
        (date(2026, 3, 1), date(2026, 2, 28)),
        (date(2026, 2, 28), date(2026, 1, 31)), (date(2000, 1, 1), date(1999, 12, 31)),
        (date(2099, 12, 31), date(2026, 2, 28)),
    ],
)  # fmt: skip
def test_figures_move_by_months_so_that_two_days_show_nobody(asked: date | None, end: date) -> None:
    assert month_end(asked, date(2026, 3, 17)) == end


def test_figures_cost_the_same_at_1_and_at_1_000_duos(lyon: Branch, ask: Ask) -> None:
    past_duos(lyon, 1, 1)
    secret = secret_of(lyon)
    ask(secret, "indicators")

    def cost() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert ask(secret, "indicators").status_code == 200
        return len(queries)

    few = cost()
    past_duos(lyon, 1_000, 500)
    assert cost() == few <= 25
