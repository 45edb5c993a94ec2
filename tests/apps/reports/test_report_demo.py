"""The reports of the demo: three quarters in a row, each with what changed."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.apps.reports.test_issuing import closed
from tests.factories import people as make
from tests.factories.people import NOW, TODAY
from traboule.apps.people.enums import Role
from traboule.apps.reports.actions.demo import fill_demo
from traboule.apps.reports.models import Report, ReportDraft
from traboule.apps.reports.queries.content import thawed
from traboule.apps.reports.queries.reports import changes_since
from traboule.apps.reports.rules import quarter_before
from traboule.core.actors import system

pytestmark = pytest.mark.django_db


def test_lyon_has_three_quarters_in_the_order_of_time_that_say_what_changed() -> None:
    lyon = make.branch(slug="lyon")
    for number in range(12):
        closed(lyon, ended_days=400 + 30 * number, with_job=number % 2 == 0)
    loaded = SimpleNamespace(branches={"lyon": lyon}, logins={"agnes": make.login(Role.DIRECTOR)})
    fill_demo(loaded, None, system("demo"), NOW)
    board = list(Report.everywhere.filter(kind="board").order_by("number"))
    assert [row.number for row in board] == [1, 2, 3]
    assert [row.issued_at for row in board] == sorted(row.issued_at for row in board)
    assert all(row.last < row.issued_at.date() for row in board)
    assert [row.first for row in board[1:]] == [row.last + timedelta(days=1) for row in board[:-1]]
    whys = [why for one in changes_since(board[0], thawed(board[2])) for why in one.whys]
    assert whys
    assert {row.kind for row in Report.everywhere.all()} == {"board", "funder", "collective"}
    assert ReportDraft.everywhere.count() == 1


def test_a_demo_without_lyon_stays_as_it_is() -> None:
    fill_demo(SimpleNamespace(branches={}, logins={}), None, system("demo"), NOW)
    assert not Report.everywhere.exists()


def test_a_quarter_before_is_over() -> None:
    first, last = quarter_before(TODAY)
    assert (first.isoformat(), last.isoformat()) == ("2025-10-01", "2025-12-31")
    assert quarter_before(first)[1] < first
