"""Yearly costs: typed by who may, shared over duos by days, with expenses added where they lack."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from tests.factories import expenses as spend
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.expenses.models import ExpenseClaim
from traboule.apps.indicators.actions.costs import YearNotOver, write_year_cost
from traboule.apps.indicators.actions.demo import CHANGED, fill_demo
from traboule.apps.indicators.models import YearCost
from traboule.apps.indicators.queries.costs import missing_years, spent_by
from traboule.apps.indicators.queries.definitions import in_force
from traboule.apps.indicators.queries.facts import branches_facts
from traboule.apps.people.enums import Role
from traboule.core import audit
from traboule.core.actors import system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.indicators import SHIPPED, Said, figure

pytestmark = pytest.mark.django_db
LAST = TODAY.year - 1


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def write(branch: Branch, cents: int = 1_000_000, year: int = LAST, **more: object) -> YearCost:
    fields = {"year": year, "cents": cents, "with_expenses": True, "source": "Accounts", **more}
    return write_year_cost(
        branch=branch, fields=fields, today=TODAY, by=make.actor(Role.DIRECTOR, branch), now=NOW
    )


def ended(branch: Branch, first: date, days: int, mentor: str = "Paul", mentee: str = "Amina") -> Duo:
    duo = app.duo(branch, started_on=first, mentor=mentor, mentee=mentee)
    Duo.everywhere.filter(pk=duo.pk).update(
        state="closed",
        place=None,
        close_reason="completed",
        closed_on=first + timedelta(days=days - 1),
        closed_by=duo.started_by,
    )
    return duo


def test_a_year_is_shared_over_its_duos_and_both_cost_figures_speak(lyon: Branch) -> None:
    short = ended(lyon, date(LAST, 2, 1), 50)
    long = ended(lyon, date(LAST, 3, 1), 150, mentor="Jean", mentee="Sara")
    write(lyon)

    facts = branches_facts([lyon])

    assert {duo.id: duo.cost_cents for duo in facts.duos} == {short.pk: 250_000, long.pk: 750_000}
    found = figure(SHIPPED["cost_per_duo"], facts, TODAY)
    assert (found.numbers.said, found.numbers.value) == (Said.FIGURE, 500_000)


def test_without_the_year_the_cost_is_unknown_and_the_year_is_named(lyon: Branch) -> None:
    ended(lyon, date(LAST - 1, 12, 1), 60)
    write(lyon)

    facts = branches_facts([lyon])

    assert [duo.cost_cents for duo in facts.duos] == [None]
    assert figure(SHIPPED["cost_per_duo"], facts, TODAY).numbers.said is Said.NOBODY_KNOWN
    assert missing_years(facts, spent_by([lyon])[lyon.pk], TODAY) == (LAST - 1,)


def test_another_branch_pays_for_its_own_duos_only(lyon: Branch) -> None:
    lille = make.branch(slug="lille")
    ended(lyon, date(LAST, 2, 1), 50)
    ended(lille, date(LAST, 2, 1), 50, mentor="Jean", mentee="Sara")
    write(lyon, 700)
    write(lille, 900)

    costs = sorted(duo.cost_cents or 0 for duo in branches_facts([lyon, lille]).duos)

    assert costs == [700, 900]


def test_expenses_are_added_where_the_sum_is_without_them(lyon: Branch) -> None:
    claim = spend.claim(make.mentor(lyon))
    ExpenseClaim.everywhere.filter(pk=claim.pk).update(
        state="approved", spent_on=date(LAST, 5, 1), decided_at=NOW, amount=2_350
    )
    assert write(lyon).year == LAST
    assert spent_by([lyon])[lyon.pk][LAST].cents == 1_000_000

    write(lyon, with_expenses=False)

    assert spent_by([lyon])[lyon.pk][LAST].cents == 1_002_350


def test_a_correction_replaces_the_sum_and_the_log_keeps_both(lyon: Branch) -> None:
    write(lyon, 500)
    write(lyon, 800)

    assert YearCost.everywhere.get().cents == 800
    entry = audit.entries(lyon.pk)[0]
    assert (entry.verb, entry.facts["before"], entry.facts["cents"]) == ("year_cost.written", 500, 800)


def test_a_year_that_runs_and_a_role_without_the_right_are_refused(lyon: Branch) -> None:
    with pytest.raises(YearNotOver):
        write(lyon, year=TODAY.year)
    fields = {"year": LAST, "cents": 1, "with_expenses": True, "source": "Accounts"}
    for who in (make.coordinator(lyon), make.actor(Role.DIRECTOR, make.branch())):
        with pytest.raises((NotAllowed, NotVisible)):
            write_year_cost(branch=lyon, fields=fields, today=TODAY, by=who, now=NOW)
    assert not YearCost.everywhere.exists()


def test_the_table_refuses_a_sum_without_a_source(lyon: Branch) -> None:
    for wrong in ({"source": ""}, {"cents": 0}, {"year": 1989}):
        said = {"year": LAST, "cents": 5, "source": "Accounts", "written_at": NOW, **wrong}
        with pytest.raises(IntegrityError), transaction.atomic():
            YearCost.everywhere.create(branch=lyon, **said)


def test_the_demo_has_a_second_version_and_three_years(lyon: Branch) -> None:
    loaded = SimpleNamespace(branches={"lyon": lyon}, logins={"agnes": make.login(Role.DIRECTOR)})

    fill_demo(loaded, None, system("demo"), NOW)

    assert in_force()[CHANGED].version == 2
    assert in_force(on=TODAY - timedelta(days=1))[CHANGED].version == 1
    assert [row.year for row in YearCost.everywhere.all()] == [LAST, LAST - 1, LAST - 2]
    fill_demo(SimpleNamespace(branches={}, logins={}), None, system("demo"), NOW)
    assert YearCost.everywhere.count() == 3
