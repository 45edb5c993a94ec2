"""Runs, proposals and duos, made by the real actions. What a test depends on it says itself."""

from datetime import date
from typing import Any

from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.pairing.actions import propose, record_mentee_answer, record_mentor_answer, run_matching
from traboule.apps.pairing.enums import Answer
from traboule.apps.pairing.models import MatchRun, Proposal
from traboule.apps.people.models import Person
from traboule.core.actors import Actor

REASON = "Same trade, same humour, both on Tuesdays."


def run(branch: Branch, by: Actor, *, as_of: date = TODAY) -> MatchRun:
    """A stored run over the pools of the branch."""
    return run_matching(branch=branch, as_of=as_of, by=by, now=NOW)


def proposal(mentee: Person, mentor: Person, by: Actor, **more: Any) -> Proposal:
    """An open proposal that nobody was told of."""
    found = more.pop("run", None) or run(mentee.branch, by)
    fields = {"reason": REASON, "now": NOW} | more
    return propose(branch=mentee.branch, mentee=mentee, mentor=mentor, run=found, by=by, **fields)


def duo(mentee: Person, mentor: Person, by: Actor) -> Duo:
    """An active duo that went the whole way: proposed, yes, yes."""
    asked = proposal(mentee, mentor, by)
    asked = record_mentee_answer(proposal=asked, answer=Answer.YES, by=by, now=NOW)
    asked = record_mentor_answer(proposal=asked, answer=Answer.YES, by=by, now=NOW)
    assert asked.duo is not None
    return asked.duo
