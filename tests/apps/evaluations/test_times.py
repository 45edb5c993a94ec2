"""Days from the start of a duo to a first job, and to its end: what is watched, how long, and who asks."""

from datetime import date, timedelta

import pytest

from tests.factories import outcomes as make_outcome
from tests.factories import people as make
from tests.factories import support
from tests.factories.people import TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.evaluations.queries.times import BROKE_UP, COMPLETED, FOUND_WORK, times_of
from traboule.apps.outcomes.enums import OutcomeState
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.enums import Role
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db


@pytest.fixture
def lyon() -> Branch:
    return make.branch(name="Lyon", slug="lyon")


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def closed(duo: Duo, after: int, reason: str) -> Duo:
    last = duo.started_on + timedelta(days=after)
    Duo.everywhere.filter(pk=duo.pk).update(
        state="closed", place=None, closed_on=last, closed_by=duo.started_by, close_reason=reason
    )
    return Duo.everywhere.get(pk=duo.pk)


def test_a_first_job_counts_from_the_start_of_the_duo(lyon: Branch) -> None:
    with_job, without = (support.duo(lyon, started_on=ago(100)) for _ in range(2))
    make_outcome.told(with_job.mentee, starts_on=ago(40))
    make_outcome.told(with_job.mentee, starts_on=ago(20), employer="Boulangerie")
    to_job, _ = times_of(actor=make.actor(Role.DIRECTOR, lyon), branch=lyon, today=TODAY)
    assert (to_job.days, to_job.kinds) == ((60, 100), (1, 0))
    assert to_job.began == (ago(100).year,) * 2
    assert without.pk


def test_a_job_taken_back_or_other_than_a_job_is_none(lyon: Branch) -> None:
    duo = support.duo(lyon, started_on=ago(100))
    make_outcome.told(duo.mentee, starts_on=ago(40), kind="training", contract="")
    back = make_outcome.told(duo.mentee, starts_on=ago(30))
    Outcome.everywhere.filter(pk=back.pk).update(state=OutcomeState.WITHDRAWN)
    to_job, _ = times_of(actor=make.actor(Role.DIRECTOR, lyon), branch=lyon, today=TODAY)
    assert (to_job.days, to_job.kinds) == ((100,), (0,))


def test_the_ways_to_end_are_rivals_and_who_runs_is_watched_until_today(lyon: Branch) -> None:
    for reason in ("no_time", "found_work", "completed"):
        closed(support.duo(lyon, started_on=ago(200)), 70, reason)
    support.duo(lyon, started_on=ago(50))
    to_job, to_end = times_of(actor=make.actor(Role.FUNDER, lyon), branch=lyon, today=TODAY)
    assert to_end.days == (70, 70, 70, 50)
    assert to_end.kinds == (BROKE_UP, FOUND_WORK, COMPLETED, 0)
    assert to_job.days == (70, 70, 70, 50)


def test_other_branches_and_days_to_come_do_not_count(lyon: Branch) -> None:
    support.duo(make.branch(name="Metz", slug="metz"), started_on=ago(9))
    support.duo(lyon, started_on=ago(-9))
    to_job, to_end = times_of(actor=make.actor(Role.DIRECTOR, lyon), branch=lyon, today=TODAY)
    assert (to_job.days, to_end.days) == ((), ())
    with pytest.raises(NotAllowed):
        times_of(actor=make.actor(Role.COORDINATOR, lyon), branch=lyon, today=TODAY)
