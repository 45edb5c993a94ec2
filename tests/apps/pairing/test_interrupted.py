"""Whatever step an action dies in, nothing half is left: every statement is the last one once."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.models import Model

from tests.factories import pairing, people
from tests.factories.pairing import REASON
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import close_duo, pause_duo
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo, MentorPlace
from traboule.apps.pairing import actions
from traboule.apps.pairing.enums import Answer, DeclineReason, PairRuleKind
from traboule.apps.pairing.models import MatchRun, PairRule, Proposal, RunMentee, RunOption
from traboule.apps.people.models import MenteeProfile, MentorProfile
from traboule.core import audit
from traboule.core.actors import Actor
from traboule.core.models import AuditEntry, AuditHead

pytestmark = pytest.mark.django_db
LOOKED_AT: tuple[type[Model], ...] = (
    AuditEntry,
    AuditHead,
    Duo,
    MatchRun,
    MenteeProfile,
    MentorPlace,
    MentorProfile,
    PairRule,
    Proposal,
    RunMentee,
    RunOption,
)
NO = {"answer": Answer.NO, "decline_reason": DeclineReason.NOT_NOW}


class Killed(BaseException):
    """The process is gone: not an Exception, so that nothing on the way may catch it."""


def everything() -> dict[str, list[Any]]:
    """All rows of the tables that an action may touch."""
    return {model._meta.label: list(model._base_manager.order_by("pk").values()) for model in LOOKED_AT}


class DiesBefore:
    """Lets `steps` statements pass and dies in the place of the next one; then the database tidies up by
    itself.

    Statements that only mark where a transaction begins and ends are not counted: they are not steps.
    """

    def __init__(self, steps: int) -> None:
        self.left = steps

    def __call__(self, execute: Callable[..., Any], sql: str, *statement: Any) -> Any:
        if not sql.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            self.left -= 1
            if self.left == -1:
                raise Killed
        return execute(sql, *statement)


def dying_at_every_step(act: Callable[[], Any]) -> Iterator[int]:
    """Run `act` again and again, one statement longer each time, until it comes through; yields each step."""
    for step in range(500):
        try:
            with connection.execute_wrapper(DiesBefore(step)):
                act()
        except Killed:
            yield step
        else:
            return
    raise AssertionError("the action never ends")


def prepare(name: str, branch: Branch, by: Actor) -> Callable[[], Any]:
    """An action with everything that it needs, ready to be called any number of times."""
    mentee, mentor = people.mentee(branch), people.mentor(branch)
    common: dict[str, Any] = {"by": by, "now": NOW}
    pair = {"branch": branch, "mentee": mentee, "mentor": mentor, "reason": REASON}
    if name == "run":
        return lambda: actions.run_matching(branch=branch, as_of=TODAY, **common)
    if name == "propose":
        run = pairing.run(branch, by)
        return lambda: actions.propose(**pair, run=run, **common)
    if name == "rule":
        return lambda: actions.set_pair_rule(**pair, kind=PairRuleKind.LOCK, **common)
    if name == "drop":
        rule = actions.set_pair_rule(**pair, kind=PairRuleKind.FORBID, **common)
        return lambda: actions.drop_pair_rule(rule=rule, **common)
    if name in ("close", "pause"):
        duo = pairing.duo(mentee, mentor, by)
        if name == "pause":
            return lambda: pause_duo(duo=duo, paused_on=TODAY, **common)
        return lambda: close_duo(
            duo=duo, reason=CloseReason.MOVED, closed_on=TODAY, wait_again=True, **common
        )
    asked = pairing.proposal(mentee, mentor, by)
    if name == "told":
        return lambda: actions.mark_told(proposal=asked, **common)
    if name == "undo":
        return lambda: actions.undo_proposal(proposal=asked, **common)
    if name == "mentee says no":
        return lambda: actions.record_mentee_answer(proposal=asked, **NO, **common)
    if name == "mentee says yes":
        return lambda: actions.record_mentee_answer(proposal=asked, answer=Answer.YES, **common)
    actions.record_mentee_answer(proposal=asked, answer=Answer.YES, **common)
    if name == "mentor says no":
        return lambda: actions.record_mentor_answer(proposal=asked, **NO, **common)
    return lambda: actions.record_mentor_answer(proposal=asked, answer=Answer.YES, **common)


NAMES = (
    "run",
    "propose",
    "told",
    "undo",
    "mentee says yes",
    "mentee says no",
    "mentor says yes",
    "mentor says no",
    "rule",
    "drop",
    "pause",
    "close",
)


@pytest.mark.parametrize("name", NAMES)
def test_an_action_that_dies_at_any_statement_leaves_nothing_half(
    name: str, branch: Branch, ines: Actor
) -> None:
    act = prepare(name, branch, ines)
    before = everything()
    steps = 0
    for step in dying_at_every_step(act):
        assert everything() == before, f"{name}, statement {step}"
        steps = step
    assert steps >= 4, "a write authorises, locks, writes and records"
    assert audit.check_chain(branch.pk) is None
    assert everything() != before
