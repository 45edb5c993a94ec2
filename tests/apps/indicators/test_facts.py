"""The database as rows of facts: what each figure will see, and how many questions it costs."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import follow_ups as ask
from tests.factories import outcomes as tell
from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums_meetings import MeetingState
from traboule.apps.duos.models import Duo, Meeting
from traboule.apps.followups.actions.calling import note_call
from traboule.apps.followups.enums import CallResult
from traboule.apps.indicators.queries.facts import branches_facts, facts_of
from traboule.apps.outcomes.actions.telling import withdraw_outcome
from traboule.apps.people.enums import MenteeState, Role
from traboule.apps.people.models import MenteeProfile
from traboule.apps.support.models import DuoSupport, Pulse
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.kernel.indicators import SHIPPED, Answer, FollowUp, Grade, Verdict, figure

pytestmark = pytest.mark.django_db
BEGAN = TODAY - timedelta(days=100)
# Duos, follow-ups, outcomes, ratings, minutes, rests, costs (2), mentors, mentees.
QUERIES = 10


@pytest.fixture
def lyon() -> Branch:
    return make.branch(slug="lyon")


@pytest.fixture
def duo(lyon: Branch) -> Duo:
    return app.duo(lyon, started_on=BEGAN)


def close(duo: Duo, days: int = 60) -> None:
    """As a row only: how a duo ends is tested elsewhere."""
    fields: dict[str, Any] = {"state": "closed", "place": None, "close_reason": "completed"}
    ended = duo.started_on + timedelta(days=days)
    Duo.everywhere.filter(pk=duo.pk).update(closed_on=ended, closed_by=duo.started_by, **fields)


def test_a_duo_carries_what_is_known_of_it(duo: Duo) -> None:
    close(duo)
    tell.told(duo.mentee, starts_on=BEGAN + timedelta(days=70), contract="permanent")
    tell.told(duo.mentee, starts_on=BEGAN + timedelta(days=20), days=10, contract="fixed", employer="B")
    taken_back = tell.told(duo.mentee, starts_on=BEGAN + timedelta(days=30), employer="C")
    withdraw_outcome(outcome=taken_back, by=tell.LINK, now=NOW)
    for minutes in (120, 90):
        Meeting.everywhere.create(
            duo=duo, planned_at=NOW, source="coordinator", state=MeetingState.HELD, met_minutes=minutes,
            changed_at=NOW,
        )  # fmt: skip
    for number, useful in ((1, 2), (2, 5)):
        at = NOW - timedelta(days=50 - number)
        Pulse.everywhere.create(
            duo=duo,
            person=duo.mentee,
            side="mentee",
            number=number,
            asked_at=at,
            answered_at=at,
            useful=useful,
        )
    DuoSupport.everywhere.create(duo=duo, planned_at=NOW, rested_days=14)

    (row,) = branches_facts([duo.branch]).duos

    assert (row.mentor, row.mentee, row.started_on) == (duo.mentor_id, duo.mentee_id, BEGAN)
    assert row.ended_on == BEGAN + timedelta(days=60)
    assert [(one.kind, one.is_permanent, one.grade) for one in row.outcomes] == [
        ("job", False, Grade.DECLARED),
        ("job", True, Grade.DECLARED),
    ]
    assert all(one.known_on == TODAY for one in row.outcomes)
    assert (row.minutes, row.rested_days) == (210, 14)
    assert [one.value for one in row.ratings] == [2, 5]
    assert figure(SHIPPED["satisfaction_of_mentees"], branches_facts([duo.branch]), TODAY).rows


def test_what_became_of_a_follow_up_belongs_to_its_duo(lyon: Branch) -> None:
    ended = ask.ended(lyon)
    row = ask.asked(ended)
    note_call(row=row, result=CallResult.REFUSED, by=make.coordinator(lyon), now=NOW)

    (found,) = branches_facts([lyon]).duos

    assert found.follow_ups == (FollowUp(6, Answer.REFUSED, TODAY),)


def test_terms_that_nobody_wrote_down_leave_the_end_open(duo: Duo) -> None:
    tell.told(duo.mentee, contract="unknown")

    (row,) = branches_facts([duo.branch]).duos

    assert row.outcomes[0].is_permanent is None


def test_who_waits_who_was_matched_and_who_left(lyon: Branch, duo: Duo) -> None:
    waits = make.mentee(lyon, waiting_since=TODAY - timedelta(days=12))
    gone = make.mentee(lyon)
    MenteeProfile.everywhere.filter(person=gone).update(state=MenteeState.LEFT)

    found = {row.id: row for row in branches_facts([lyon]).mentees}

    assert found[duo.mentee_id].matched_on == BEGAN
    intake = found[duo.mentee_id].intake_on
    assert intake is not None
    assert intake <= BEGAN
    assert found[waits.pk].intake_on == TODAY - timedelta(days=12)
    assert found[waits.pk].matched_on is found[waits.pk].left_on is None
    assert found[gone.pk].left_on is not None
    wait = figure(SHIPPED["matched_in_six_months"], branches_facts([lyon]), TODAY)
    verdicts = {row.id: row.verdict for row in wait.rows}
    assert verdicts[duo.mentee_id] in {Verdict.YES, Verdict.NOT_DUE}


def test_figures_need_the_right_to_see_them(lyon: Branch) -> None:
    elsewhere = make.branch(slug="lille")

    with pytest.raises((NotAllowed, NotVisible)):
        facts_of(actor=make.coordinator(elsewhere), branch=lyon)
    assert facts_of(actor=make.actor(Role.DIRECTOR, lyon), branch=lyon).duos == ()


def test_many_branches_cost_what_one_costs(lyon: Branch, duo: Duo) -> None:
    lille = make.branch(slug="lille")
    app.duo(lille, started_on=BEGAN, mentor="Paul", mentee="Amina")
    costs = []
    for branches in ([lyon], [lyon, lille]):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            found = branches_facts(branches)
        costs.append(len(asked))

    assert costs == [QUERIES, QUERIES]
    assert len(found.duos) == 2
