"""The part of a random life in which the two meet, or do not, and say so, each in their own way."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from hypothesis import strategies as st
from hypothesis.stateful import rule

from traboule.apps.duos import actions as duos
from traboule.apps.duos.actions.meeting_ticks import tick_meetings
from traboule.apps.duos.models import Duo, Meeting
from traboule.core.actors import Actor, system

LINK = system("link of a test")
INDEX = st.integers(min_value=0, max_value=7)
SIDE = st.sampled_from(["mentor", "mentee"])
OUTCOME = st.sampled_from(["met", "met", "met", "moved", "missed"])
# From nothing to a slip of the finger; most are two hours.
MINUTES = st.sampled_from([120, 120, 120, 90, 60, 300, 601, 4, 1800])


class MeetingsOfALife:
    """Rules for the machine; it brings `attempt`, `with_one`, the branch and the time."""

    by: Actor
    now: datetime
    attempt: Callable[..., Any]
    with_one: Callable[..., Any]

    @property
    def today(self) -> date:
        return self.now.date()

    @rule(which=INDEX, side=SIDE, weekday=st.sampled_from([None, 0, 1, 4, 6]), hour=INDEX)
    def set_rhythm(self, which: int, side: str, weekday: int | None, hour: int) -> None:
        at = None if weekday is None else time(10 + hour)
        given = {"side": side, "weekday": weekday, "at": at, "by": LINK}
        self.with_one(Duo, which, lambda row: self.attempt(duos.set_rhythm, duo=row, **given))

    @rule(which=INDEX, side=SIDE, hours=st.integers(min_value=-40, max_value=200))
    def plan_meeting(self, which: int, side: str, hours: int) -> None:
        given = {"side": side, "at": self.now + timedelta(hours=hours), "by": LINK}
        self.with_one(Duo, which, lambda row: self.attempt(duos.plan_meeting, duo=row, **given))

    @rule(which=INDEX, side=SIDE, hours=st.integers(min_value=-40, max_value=200))
    def move_meeting(self, which: int, side: str, hours: int) -> None:
        given = {"side": side, "to": self.now + timedelta(hours=hours), "by": LINK}
        self.with_one(Meeting, which, lambda row: self.attempt(duos.move_meeting, meeting=row, **given))

    @rule(which=INDEX, side=SIDE)
    def cancel_meeting(self, which: int, side: str) -> None:
        given = {"side": side, "by": LINK}
        self.with_one(Meeting, which, lambda row: self.attempt(duos.cancel_meeting, meeting=row, **given))

    @rule(which=INDEX, side=SIDE, outcome=OUTCOME, minutes=MINUTES, twice=st.booleans())
    def log_meeting(self, which: int, side: str, outcome: str, minutes: int, twice: bool) -> None:
        said = duos.Said(outcome=outcome, minutes=minutes if outcome == "met" else None)
        given = {"side": side, "said": said, "through": "link", "client_key": uuid4().hex, "by": LINK}

        def log(row: Meeting) -> None:
            for _time in range(1 + twice):
                self.attempt(duos.log_meeting, meeting=row, **given)

        self.with_one(Meeting, which, log)

    @rule(which=INDEX, side=SIDE, back=st.integers(min_value=-3, max_value=60), minutes=MINUTES)
    def note_meeting(self, which: int, side: str, back: int, minutes: int) -> None:
        given = {"day": self.today - timedelta(days=back), "side": side, "through": "place", "by": LINK}
        given |= {"said": duos.Said(outcome="met", minutes=minutes), "client_key": uuid4().hex}
        self.with_one(Duo, which, lambda row: self.attempt(duos.log_unplanned, duo=row, **given))

    @rule(which=INDEX, outcome=OUTCOME, minutes=MINUTES)
    def settle(self, which: int, outcome: str, minutes: int) -> None:
        given = {"outcome": outcome, "minutes": minutes if outcome == "met" else None}
        self.with_one(Meeting, which, lambda row: self.attempt(duos.settle_meeting, meeting=row, **given))

    @rule(hours=st.integers(min_value=1, max_value=100))
    def the_worker_wakes(self, hours: int) -> None:
        self.now += timedelta(hours=hours)

        def wake(*, by: Actor, now: datetime) -> None:
            tick_meetings(now)

        self.attempt(wake)
