"""A branch in which anybody may try anything, in any order: applications, proposals, duos, meetings.

Hypothesis chooses the steps. What an action refuses by name must leave nothing behind; after each step every
invariant of docs/reference/lifecycles.md is looked up in the tables themselves, not through the actions.
"""

from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any, ClassVar

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.apps.lifecycles import invariants
from tests.apps.lifecycles.endings import EndingsOfALife
from tests.apps.lifecycles.meetings import MeetingsOfALife
from tests.factories import judging
from tests.factories import pairing as make_pairing
from tests.factories import people as make
from tests.factories.people import NOW
from traboule.apps.applications.actions import decisions, following, talk_notes, talks
from traboule.apps.applications.models import Application, Decision, Talk
from traboule.apps.duos import actions as duos
from traboule.apps.duos.models import Duo
from traboule.apps.pairing import actions as pairing
from traboule.apps.pairing.enums import Answer
from traboule.apps.pairing.models import Proposal
from traboule.apps.people.actions import pause_person, resume_person
from traboule.apps.people.enums import Side
from traboule.apps.people.models import Login
from traboule.core import audit
from traboule.core.actors import Actor, system

INDEX = st.integers(min_value=0, max_value=7)  # taken modulo the number of things at hand
NAMED = (
    # The refusals that the actions promise; anything else that is raised is a fault that hypothesis shrinks.
    "IllegalMove",
    "PlaceTaken",
    "NoCapacity",
    "MenteeAlreadyInDuo",
    "MenteeAlreadyProposed",
    "NotInThePool",
    "NotEligible",
    "MissingReason",
    "AnswerNeedsAReason",
    "AlreadyTold",
    "HumanNeeded",
    "WrongDates",
    "StillEngaged",
    "MoveNotAllowed",
    "TalkAlreadyPlanned",
    "TalkIsOver",
    "NotesFinished",
    "AlreadyDecided",
    "NotReady",
    "WrongReason",
    "DateMissing",
    "SamePerson",
    "NothingToUndo",
    "LetterHasLeft",
    "AlreadyOpen",
    "NotAllowed",
    "DuoRests",
    "NotAhead",
    "OutsideDuo",
    "MeetingMoved",
    "Implausible",
    "AlreadyAsked",
    "AlreadySaid",
    "StillRunning",
    "NothingChosen",
    "NoDate",
    "TeamMadeItRest",
)


class Lifecycles(EndingsOfALife, MeetingsOfALife, RuleBasedStateMachine):
    """Three mentees, two mentors (one with two places), two applications; time goes forward only."""

    def __init__(self) -> None:
        super().__init__()
        self.atom = transaction.atomic()
        self.atom.__enter__()
        self.branch = make.branch()
        self.by = make.coordinator(self.branch)
        self.second = make.coordinator(self.branch)
        self.mentors = [make.mentor(self.branch), make.mentor(self.branch, capacity=2)]
        self.mentees = [make.mentee(self.branch) for _ in range(3)]
        self.now = NOW
        self.run = make_pairing.run(self.branch, self.by)
        for side in (Side.MENTEE, Side.MENTOR):
            judging.application(self.branch, side)
        self.refused = 0
        self.seen = ()
        self.go_together(0, 1)  # every life begins with one duo that meets
        self.set_rhythm(0, "mentor", 1, 0)
        self.seen = invariants.fingerprint()

    lived: ClassVar[Counter[str]] = Counter()  # what happened in all lives together, by the verb of the log

    def teardown(self) -> None:
        Lifecycles.lived.update(audit.entries(self.branch.pk).values_list("verb", flat=True))
        assert invariants.broken_log(self.branch) is None
        transaction.set_rollback(True)
        self.atom.__exit__(None, None, None)

    # -- what happens
    def attempt(self, act: Callable[..., Any], *, by: Actor | None = None, **given: Any) -> Any:
        """Do it, or be refused by name and leave nothing behind."""
        try:
            with transaction.atomic():
                done = act(by=by or self.by, now=self.now, **given)
        except Exception as refusal:
            if type(refusal).__name__ not in NAMED:
                raise
            self.refused += 1
            seen = invariants.fingerprint()
            same = seen == self.seen
            self.seen = seen
        else:
            self.seen = invariants.fingerprint()
            return done
        assert same, f"{act.__name__} was refused and left a trace"
        return None

    @rule(days=st.integers(min_value=0, max_value=20), minutes=st.integers(min_value=1, max_value=90))
    def time_goes_by(self, days: int, minutes: int) -> None:
        self.now += timedelta(days=days, minutes=minutes)

    # -- proposals
    @rule(mentee=INDEX, mentor=INDEX, reason=st.sampled_from([make_pairing.REASON] * 4 + ["  "]))
    def propose(self, mentee: int, mentor: int, reason: str) -> None:
        given = {"mentee": pick(self.mentees, mentee), "mentor": pick(self.mentors, mentor)}
        self.attempt(pairing.propose, branch=self.branch, run=self.run, reason=reason, **given)

    @rule(which=INDEX)
    def tell(self, which: int) -> None:
        self.with_one(Proposal, which, lambda row: self.attempt(pairing.mark_told, proposal=row))

    @rule(which=INDEX)
    def undo(self, which: int) -> None:
        self.with_one(Proposal, which, lambda row: self.attempt(pairing.undo_proposal, proposal=row))

    @rule(mentee=INDEX, mentor=INDEX)
    def go_together(self, mentee: int, mentor: int) -> None:
        """The straight way, so that much is lived after it."""
        self.propose(mentee, mentor, make_pairing.REASON)
        for side in (True, False):
            self.answer(0, mentee=side, yes=True, code=False)

    @rule(which=INDEX, mentee=st.booleans(), yes=st.sampled_from([True, True, False]), code=st.booleans())
    def answer(self, which: int, mentee: bool, yes: bool, code: bool) -> None:
        act = pairing.record_mentee_answer if mentee else pairing.record_mentor_answer
        said = {"answer": Answer.YES if yes else Answer.NO, "decline_reason": "no_time" if code else ""}
        self.with_one(Proposal, which, lambda row: self.attempt(act, proposal=row, **said))

    @rule(which=INDEX, yes=st.booleans())
    def a_machine_answers(self, which: int, yes: bool) -> None:
        """No path makes a duo without a human (trust.md, P9)."""
        said = Answer.YES if yes else Answer.NO
        act = pairing.record_mentor_answer
        robot = system("robot")
        self.with_one(
            Proposal,
            which,
            lambda row: self.attempt(act, proposal=row, answer=said, by=robot, decline_reason=""),
        )

    # -- duos and people
    @rule(which=INDEX, back=st.integers(min_value=-2, max_value=40))
    def pause(self, which: int, back: int) -> None:
        day = self.today - timedelta(days=back)
        self.with_one(Duo, which, lambda row: self.attempt(duos.pause_duo, duo=row, paused_on=day))

    @rule(which=INDEX)
    def resume(self, which: int) -> None:
        self.with_one(Duo, which, lambda row: self.attempt(duos.resume_duo, duo=row))

    @rule(which=INDEX, mentor=st.booleans(), away=st.sampled_from([True, False, False, False]))
    def rest_or_return(self, which: int, mentor: bool, away: bool) -> None:
        person = pick(self.mentors if mentor else self.mentees, which)
        if away:
            self.attempt(pause_person, person=person, until=None)
        else:
            self.attempt(resume_person, person=person)

    # -- applications
    @rule(which=INDEX)
    def plan_talk(self, which: int) -> None:
        host = Login.objects.get(pk=self.by.id)
        given = {"starts_at": self.now + timedelta(days=2), "host": host}
        self.with_one(Application, which, lambda row: self.attempt(talks.plan_talk, application=row, **given))

    @rule(which=INDEX, came=st.booleans())
    def end_talk(self, which: int, came: bool) -> None:
        self.with_one(Talk, which, lambda row: self.hold(row) if came else self.miss(row))

    def hold(self, talk: Talk) -> None:
        notes = self.attempt(talk_notes.start_notes, talk=talk, readers="staff")
        if notes is not None:
            self.attempt(talk_notes.finish_notes, notes=notes)

    def miss(self, talk: Talk) -> None:
        self.attempt(talks.miss_talk, talk=talk)

    @rule(which=INDEX, outcome=st.sampled_from(["accepted", "deferred", "refused"]), days=INDEX, why=INDEX)
    def decide(self, which: int, outcome: str, days: int, why: int) -> None:
        given = invariants.decision_words(outcome, days, why, self.today)
        self.with_one(
            Application, which, lambda row: self.attempt(decisions.decide, application=row, **given)
        )

    @rule(which=INDEX, same=st.booleans())
    def approve(self, which: int, same: bool) -> None:
        by = self.by if same else self.second
        self.with_one(Decision, which, lambda row: self.attempt(decisions.approve, decision=row, by=by))

    @rule(which=INDEX)
    def undo_decision(self, which: int) -> None:
        self.with_one(Decision, which, lambda row: self.attempt(decisions.undo_decision, decision=row))

    @rule(which=INDEX)
    def withdraw(self, which: int) -> None:
        act, why = following.withdraw_application, "no time"
        self.with_one(Application, which, lambda row: self.attempt(act, application=row, reason=why))

    @rule(which=INDEX)
    def come_back(self, which: int) -> None:
        act = decisions.reopen_application
        self.with_one(Application, which, lambda row: self.attempt(act, application=row))

    # -- what is always true
    @invariant()
    def everything_holds(self) -> None:
        assert invariants.broken(self.branch, self.now) == []

    def with_one(self, model: Any, which: int, act: Callable[[Any], Any]) -> None:
        row = pick(list(model.everywhere.order_by("-pk")), which)
        if row is not None:
            act(row)


def pick(rows: list[Any], which: int) -> Any:
    return rows[which % len(rows)] if rows else None
