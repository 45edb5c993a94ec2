"""Words and badges of talks, eligibility and decisions, and the head that their pages share."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traboule.apps.applications.enums_judging import (
    DecisionState,
    JudgingStep,
    Outcome,
    TalkState,
    VerdictState,
)
from traboule.apps.people.enums import Permission, Side
from traboule.kernel.funding import Hint, Standing, Verdict
from traboule.web.access import Here
from traboule.web.site import url_or_none

TALK_KINDS = {TalkState.PLANNED: "info", TalkState.HELD: "good", TalkState.MISSED: "waiting"}
VERDICT_KINDS = {
    Verdict.MET: "good",
    Verdict.NOT_MET: "urgent",
    Verdict.PROOF_MISSING: "waiting",
    Verdict.NOT_ASKED: "calm",
}
STANDINGS: dict[Standing, tuple[str, Promise]] = {
    Standing.COUNTS: ("good", _("Counts")),
    Standing.PROOF_OPEN: ("waiting", _("A proof is missing")),
    Standing.QUESTIONS_OPEN: ("calm", _("Not all asked yet")),
    Standing.DOES_NOT_COUNT: ("urgent", _("Does not count")),
}
HINTS: dict[Hint, Promise] = {
    Hint.LOOKS_MET: _("From what is written down: looks met."),
    Hint.LOOKS_NOT_MET: _("From what is written down: looks not met."),
}
OUTCOMES: dict[str, tuple[str, Promise]] = {
    Outcome.ACCEPTED: ("good", _("Accepted")),
    Outcome.DEFERRED: ("waiting", _("Put off")),
    Outcome.REFUSED: ("urgent", _("Refused")),
}
# What is missing before acceptance; later parts add their codes here.
LACKING: dict[str, Promise] = {
    "talk_not_held": _("The talk has not been held yet."),
    "identity": _("Nobody has seen an identity document yet."),
    "references": _("References are still missing."),
    "safeguarding": _("The safeguarding check is still missing."),
}
# Kind of the badge and words of the open steps, for the page of today; and where each is dealt with.
STEP_WORDS: dict[str, tuple[str, Promise]] = {
    JudgingStep.TALK_TO_PLAN: ("waiting", _("Talk to plan again")),
    JudgingStep.TALK_TO_HOLD: ("info", _("Talk")),
    JudgingStep.TALK_TO_MOVE: ("urgent", _("Asks for another date")),
    JudgingStep.TALK_SECOND: ("waiting", _("Second view of a talk")),
    JudgingStep.TALK_TO_AGREE: ("waiting", _("Two views to bring together")),
    JudgingStep.TO_DECIDE: ("waiting", _("Talk held, waits for a decision")),
    JudgingStep.TO_APPROVE: ("urgent", _("Waits for a second person")),
    JudgingStep.DEFER_OVER: ("waiting", _("Put off until now")),
    JudgingStep.PROOF: ("waiting", _("Proof missing")),
}
STEP_PAGES: dict[str, str] = {
    JudgingStep.TALK_TO_PLAN: "talk_plan",
    JudgingStep.TALK_TO_HOLD: "talk",
    JudgingStep.TALK_TO_MOVE: "talk_move",
    JudgingStep.TALK_SECOND: "talk",
    JudgingStep.TALK_TO_AGREE: "talk",
    JudgingStep.TO_DECIDE: "decision",
    JudgingStep.TO_APPROVE: "decision",
    JudgingStep.DEFER_OVER: "decision",
    JudgingStep.PROOF: "eligibility",
}


def say_verdict(verdict: Verdict) -> tuple[str, str]:
    """Return the kind of badge and the words of a verdict."""
    return VERDICT_KINDS[verdict], str(VerdictState(verdict.value).label)


def say_standing(standing: Standing) -> tuple[str, str]:
    """Return the kind of badge and the words of a standing."""
    kind, words = STANDINGS[standing]
    return kind, str(words)


def say_talk(talk: Any) -> tuple[str, str]:
    """Return the kind of badge and the words of a talk's state."""
    return TALK_KINDS.get(talk.state, "calm"), str(TalkState(talk.state).label)


def say_decision(decision: Any) -> tuple[str, str]:
    """Return the kind of badge and the words of a decision."""
    if decision.state != DecisionState.MADE:
        return "calm", f"{Outcome(decision.outcome).label} · {DecisionState(decision.state).label}"
    kind, words = OUTCOMES[decision.outcome]
    return kind, str(words)


def say_lacking(codes: Iterable[str]) -> list[str]:
    """Return what is missing, in words; a code that nobody worded is still said."""
    return [str(LACKING.get(code, gettext("Something is still missing."))) for code in codes]


def head_of(here: Here, application: Any, page: str) -> dict[str, Any]:
    """Return what the head of these pages shows: whom, the way back, and the doors to the other two."""
    slug, person = here.branch.slug, application.person
    back = url_or_none("application", slug, application.pk) or reverse("person", args=[slug, person.pk])
    doors = (
        ("talk_plan", gettext("Talk"), Permission.TALKS_WRITE),
        ("eligibility", gettext("Eligibility"), Permission.ELIGIBILITY_SEE),
        ("decision", gettext("Decision"), Permission.APPLICATIONS_DECIDE),
    )
    return {
        "person": person,
        "back": back,
        "side": str(Side(application.side).label),
        "doors": [
            (reverse(name, args=[slug, application.pk]), words, name == page)
            for name, words, permission in doors
            if here.may(permission)
        ],
    }
