"""The part of a random life in which duos change: longer, another mentor, early, well done, again."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import rule

from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions import choices, ending, extensions, resting, words
from traboule.apps.endings.actions.ticks import tick_endings
from traboule.apps.endings.enums import EARLY_REASONS, ExtensionReason
from traboule.apps.endings.models import EndWord, Extension, MentorChoice
from traboule.apps.endings.own_enums import Onward, SideReason
from traboule.core.actors import Actor, system

LINK = system("link of a test")
INDEX = st.integers(min_value=0, max_value=7)
SIDE = st.sampled_from(["mentor", "mentee"])


class EndingsOfALife:
    """Rules for the machine; it brings `attempt`, `with_one`, the branch and the time."""

    by: Actor
    now: datetime
    attempt: Callable[..., Any]
    with_one: Callable[..., Any]

    @rule(which=INDEX, weeks=st.integers(min_value=-1, max_value=30))
    def ask_to_go_on(self, which: int, weeks: int) -> None:
        def ask(row: Duo) -> None:
            given = {"new_end": row.ends_on + timedelta(weeks=weeks), "reason": ExtensionReason.OTHER}
            self.attempt(extensions.ask_extension, duo=row, **given)

        self.with_one(Duo, which, ask)

    @rule(which=INDEX, side=SIDE, yes=st.sampled_from([True, True, True, False]), team=st.booleans())
    def answer_to_going_on(self, which: int, side: str, yes: bool, team: bool) -> None:
        given = {"side": side, "yes": yes, "by": self.by if team else LINK}
        self.with_one(
            Extension,
            which,
            lambda row: self.attempt(extensions.answer_extension, extension=row, **given),
        )

    @rule(which=INDEX)
    def take_the_question_back(self, which: int) -> None:
        act = extensions.withdraw_extension
        self.with_one(Extension, which, lambda row: self.attempt(act, extension=row))

    @rule(which=INDEX, back=st.integers(min_value=-1, max_value=20), apart=st.booleans())
    def change_the_mentor(self, which: int, back: int, apart: bool) -> None:
        given = {"closed_on": self.now.date() - timedelta(days=back), "apart": apart, "learned": ""}
        self.with_one(Duo, which, lambda row: self.attempt(ending.change_mentor, duo=row, **given))

    @rule(which=INDEX, why=INDEX, back=st.integers(min_value=0, max_value=40), again=st.booleans())
    def end_well_or_early(self, which: int, why: int, back: int, again: bool) -> None:
        reason = CloseReason.COMPLETED if why == 0 else EARLY_REASONS[why % len(EARLY_REASONS)]
        given = {"reason": reason, "closed_on": self.now.date() - timedelta(days=back), "wait_again": again}
        self.with_one(Duo, which, lambda row: self.attempt(ending.end_duo, duo=row, **given))

    @rule(which=INDEX, rests=st.booleans())
    def rest_and_go_on(self, which: int, rests: bool) -> None:
        if rests:
            given = {"paused_on": self.now.date()}
            self.with_one(Duo, which, lambda row: self.attempt(resting.rest_duo, duo=row, **given))
        else:
            self.with_one(Duo, which, lambda row: self.attempt(resting.let_duo_go_on, duo=row))

    @rule(which=INDEX, why=st.integers(min_value=-1, max_value=7), team=st.booleans())
    def say_why(self, which: int, why: int, team: bool) -> None:
        reasons = [] if why < 0 else [list(SideReason)[why].value]
        given = {"reasons": reasons, "words": "", "by": self.by if team else LINK}
        self.with_one(EndWord, which, lambda row: self.attempt(words.say_word, word=row, **given))

    @rule(which=INDEX, onward=st.sampled_from(list(Onward)), days=st.integers(min_value=-1, max_value=60))
    def choose_what_next(self, which: int, onward: Onward, days: int) -> None:
        day = self.now.date() + timedelta(days=days) if days >= 0 else None
        given = {"onward": onward, "ask_again_on": day, "by": LINK}
        self.with_one(MentorChoice, which, lambda row: self.attempt(choices.choose, choice=row, **given))

    @rule()
    def the_clock_of_endings_strikes(self) -> None:
        def strike(*, by: Actor, now: datetime) -> None:
            tick_endings(now)

        self.attempt(strike)
