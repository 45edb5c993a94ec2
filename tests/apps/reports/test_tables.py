"""Tables of a funder: lawful groups, closed cohorts, and nothing that earlier reports give away."""

from datetime import date, timedelta

import pytest

from tests.apps.reports.test_issuing import FIRST, LATER, closed
from tests.factories import people as make
from tests.factories import reports as report
from tests.factories.people import TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.people.models import Person
from traboule.apps.reports.enums import ReportKind
from traboule.apps.reports.models import Report
from traboule.apps.reports.queries.content import thawed
from traboule.apps.reports.queries.members import age_band, members_of
from traboule.apps.reports.queries.reports import tables_issued
from traboule.kernel.indicators.groups import Group

pytestmark = pytest.mark.django_db
NAME = "positive_outcome_from_end"


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


def funder(at: Branch, **fields: object) -> Report:
    return report.issued(at, kind=ReportKind.FUNDER, **fields)  # type: ignore[arg-type]  # passed on


def fill(at: Branch, *, women: int, men: int, ended_days: int = 380) -> None:
    for number in range(women + men):
        duo = closed(at, ended_days=ended_days + number % 10, with_job=number % 2 == 0)
        gender = "f" if number < women else "m"
        Person.everywhere.filter(pk=duo.mentee_id).update(gender=gender, commune_code="69389")


def lines(found: Report, by: Group) -> dict[str, int | None]:
    table = next(one for one in thawed(found).tables if one.figure == NAME and one.by == by)
    return {line.value: line.n for line in table.lines}


@pytest.mark.parametrize(
    ("day", "band"),
    [
        (date(2022, 5, 31), "under_22"),
        (date(2022, 6, 1), "22_to_25"),
        (date(2026, 6, 1), "26_to_29"),
        (date(2030, 6, 1), "30_and_over"),
    ],
)
def test_an_age_band_begins_on_the_birthday(day: date, band: str) -> None:
    assert age_band(date(2000, 6, 1), day) == band


def test_members_are_told_apart_by_lawful_groups_alone(lyon: Branch) -> None:
    fill(lyon, women=1, men=1)
    found = members_of(lyon)
    assert set(found) == {Group.SEX, Group.AGE_BAND, Group.TERRITORY}
    assert sorted(found[Group.SEX].values()) == ["men", "women"]
    assert set(found[Group.TERRITORY].values()) == {"69"}


def test_a_table_counts_those_whose_time_was_over_within_the_period(lyon: Branch) -> None:
    fill(lyon, women=12, men=12)
    fill(lyon, women=9, men=9, ended_days=700)
    found = funder(lyon, now=FIRST)
    assert lines(found, Group.SEX) == {"men": 12, "women": 12}
    assert thawed(found).figures[NAME].n == 42


def test_a_small_group_is_hidden_and_so_is_what_would_give_it_away(lyon: Branch) -> None:
    fill(lyon, women=20, men=2)
    found = funder(lyon, now=FIRST)
    assert lines(found, Group.SEX)["men"] is None
    assert "hidden" in bytes(found.files.get(form="csv").content).decode("utf-8-sig")


def test_a_second_report_hides_what_two_tables_together_would_tell(lyon: Branch) -> None:
    """The same people and two more: side by side both tables would say who came late."""
    fill(lyon, women=12, men=12)
    first = funder(lyon, now=FIRST)
    assert lines(first, Group.SEX)["women"] == 12
    fill(lyon, women=2, men=0)
    second = funder(lyon, now=LATER)
    assert lines(second, Group.SEX)["women"] is None
    alone = make.branch(slug="alone")
    fill(alone, women=14, men=12)
    assert lines(funder(alone, now=FIRST), Group.SEX)["women"] == 14
    assert len(tables_issued(lyon.pk)) == 2 * len(thawed(first).tables)


def test_a_period_after_the_other_shows_its_own_people(lyon: Branch) -> None:
    fill(lyon, women=12, men=12)
    fill(lyon, women=10, men=10, ended_days=300)
    funder(lyon, now=FIRST)
    second = funder(lyon, now=LATER, as_of=TODAY + timedelta(days=90))
    assert lines(second, Group.SEX) == {"men": 10, "women": 10}
