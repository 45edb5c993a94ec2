"""Reports for readers outside, beside each other and beside tables that funders took away."""

import json
from datetime import timedelta
from typing import Any

import pytest

from tests.apps.reports.test_issuing import FIRST, LATER, closed, everything_issued
from tests.factories import people as make
from tests.factories import reports as report
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.indicators.actions.funder_tables import hand_out_table
from traboule.apps.indicators.queries.funder_tables import Wish
from traboule.apps.indicators.queries.handed import offered
from traboule.apps.people.enums import Role
from traboule.apps.reports.actions import issuing
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.models import Report
from traboule.apps.reports.queries.content import thawed
from traboule.apps.reports.queries.outside import numbers_issued
from traboule.apps.reports.queries.reports import bytes_of
from traboule.core.actors import Actor
from traboule.kernel.exchange.crosstable import TOTAL

pytestmark = pytest.mark.django_db
NAME = "reach_six_months"
WISH = Wish("sex", "", (NAME,))


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def director(at: Branch) -> Actor:
    return make.actor(Role.DIRECTOR, at)


def ended(at: Branch, number: int) -> None:
    """Duos that reached six months and whose mentees have work since."""
    for place in range(number):
        closed(at, ended_days=400 + place % 10, with_job=True)


def outside(at: Branch, **fields: Any) -> Report:
    return report.issued(at, **{"kind": ReportKind.FUNDER, "now": FIRST, **fields})


def said(found: Report) -> dict[str, Any]:
    """The figure as the file for machines has it."""
    figures = json.loads(bytes_of(found, "json"))["figures"]
    return next(one for one in figures if one["name"] == NAME)


def test_two_more_since_the_last_report_are_not_told_by_the_next_one(lyon: Branch) -> None:
    ended(lyon, 12)
    first = outside(lyon)
    kept = everything_issued()
    assert said(first)["n"] == 12
    ended(lyon, 2)
    second = outside(lyon, now=LATER, language="fr")
    assert NAME in thawed(second).hidden
    told = said(second)
    assert (told["numbers"]["said"], told["numbers"]["value"], told["n"]) == ("beside", None, None)
    assert told["counts"] == {}
    text = bytes_of(second, "csv").decode("utf-8-sig")
    assert "à côté de ce qui est sorti avant" in text
    change = next(
        one for one in json.loads(bytes_of(second, "json"))["changes"] if one["figure"] == told["title"]
    )
    assert (change["before"], change["now"]) == ("–", "–")
    assert {key: value for key, value in everything_issued().items() if key in kept} == kept


def test_five_more_since_the_last_report_are_told(lyon: Branch) -> None:
    ended(lyon, 12)
    outside(lyon)
    ended(lyon, 5)
    assert said(outside(lyon, now=LATER))["n"] == 17


def test_a_hidden_figure_does_not_come_back_through_what_changed(lyon: Branch) -> None:
    """The third report may say its figure; what it was in the second one stays hidden."""
    ended(lyon, 12)
    outside(lyon)
    ended(lyon, 2)
    outside(lyon, now=LATER)
    ended(lyon, 6)
    third = outside(lyon, now=LATER + timedelta(days=1))
    assert said(third)["n"] == 20
    title = said(third)["title"]
    change = next(one for one in json.loads(bytes_of(third, "json"))["changes"] if one["figure"] == title)
    assert (change["before"], change["now"]) == ("–", "–")
    assert change["why"] == ["Not compared: both figures together would single out a few people."]


def test_funder_and_collective_are_held_against_each_other_and_the_board_is_not(lyon: Branch) -> None:
    ended(lyon, 12)
    report.issued(lyon, now=FIRST)
    assert numbers_issued(lyon.pk) == []
    ended(lyon, 1)
    assert said(outside(lyon, kind=ReportKind.COLLECTIVE))["n"] == 13
    ended(lyon, 1)
    assert said(outside(lyon))["n"] is None
    assert said(report.issued(lyon, now=LATER))["n"] == 14


def test_a_table_that_went_out_hides_the_figure_that_differs_by_two(lyon: Branch) -> None:
    ended(lyon, 20)
    by = director(lyon)
    table = hand_out_table(branch=lyon, wish=WISH, as_of=TODAY, by=by, now=NOW)
    assert [TOTAL, TOTAL, "", "", 20] in table.cells
    ended(lyon, 2)
    assert said(outside(lyon))["n"] is None
    alone = make.branch(slug="alone")
    ended(alone, 22)
    assert said(outside(alone))["n"] == 22


def test_a_report_that_went_out_hides_the_table_that_differs_by_two(lyon: Branch) -> None:
    ended(lyon, 20)
    by = director(lyon)
    assert said(outside(lyon))["n"] == 20
    ended(lyon, 2)
    offer = offered(actor=by, branch=lyon, wish=WISH, as_of=TODAY)
    assert offer.table.people(TOTAL) is None
    assert (offer.earlier, offer.because > 0) == (0, True)


def test_a_table_after_a_report_of_the_same_people_says_as_much(lyon: Branch) -> None:
    ended(lyon, 20)
    outside(lyon)
    assert offered(actor=director(lyon), branch=lyon, wish=WISH, as_of=TODAY).table.people(TOTAL) == 20


def test_a_table_that_goes_out_meanwhile_is_seen(lyon: Branch, monkeypatch: pytest.MonkeyPatch) -> None:
    """It goes out after the figures were worked out: they are worked out again."""
    ended(lyon, 20)
    by, made, times = director(lyon), issuing._made, []

    def slow(*args: Any) -> Any:
        found = made(*args)
        if not times:
            hand_out_table(branch=lyon, wish=WISH, as_of=TODAY, by=by, now=NOW)
        times.append(found.latest)
        return found

    monkeypatch.setattr(issuing, "_made", slow)
    outside(lyon)
    assert len(times) == 2
    assert times[0] != times[1]


def test_reports_that_were_frozen_before_figures_were_held_still_read(lyon: Branch) -> None:
    ended(lyon, 12)
    found = outside(lyon)
    raw = json.loads(bytes(found.frozen))
    del raw["hidden"]
    found.frozen = json.dumps(raw).encode()
    assert thawed(found).hidden == frozenset()
