"""Where somebody stands, in the words of the path: what the person may know, and no state of the team."""

from dataclasses import dataclass
from enum import StrEnum

from traboule.apps.applications.enums import ApplicationState
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.standing import latest_application
from traboule.apps.people.enums import MenteeState, MentorState, Side
from traboule.apps.people.models import Person
from traboule.core.registry import STILL_OPEN


class Stage(StrEnum):
    """The step of the path that is now; ``ASIDE``: no step is, and the page says nothing of why."""

    WROTE = "wrote"
    TALK = "talk"
    ANSWER = "answer"
    TRAINING = "training"
    SEARCH = "search"
    TOGETHER = "together"
    BREAK = "break"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Where:
    """On which side somebody walks, how far they are, and the application that moved last."""

    side: Side
    stage: Stage
    latest: Application | None = None


_BY_APPLICATION = {
    ApplicationState.DRAFT: Stage.WROTE,
    ApplicationState.SENT: Stage.TALK,
    ApplicationState.TALK_PLANNED: Stage.TALK,
    ApplicationState.TALK_HELD: Stage.ANSWER,
}
_BY_MENTEE = {
    MenteeState.POOL: Stage.SEARCH,
    MenteeState.MATCHED: Stage.TOGETHER,
    MenteeState.PAUSED: Stage.BREAK,
    MenteeState.LEFT: Stage.ASIDE,
}
_BY_MENTOR = {
    MentorState.POOL: Stage.SEARCH,
    MentorState.PAUSED: Stage.BREAK,
    MentorState.LEFT: Stage.ASIDE,
}
_DUO = "duo"


def where_is(person: Person, *, together: bool | None = None) -> Where:
    """Return where ``person`` stands; two queries at most beside those of the hooks.

    ``together``: whether they are in a duo, where the caller has read that already.
    """
    latest = latest_application(person.pk)
    mentee, mentor = getattr(person, "mentee", None), getattr(person, "mentor", None)
    if mentor is not None and mentee is None:
        return Where(Side.MENTOR, _mentor_stage(person, mentor.state, latest, together), latest)
    if mentee is not None:
        stage = _BY_MENTEE.get(MenteeState(mentee.state))
        return Where(Side.MENTEE, stage or _by_application(latest) or Stage.ANSWER, latest)
    side = Side(latest.side) if latest else Side.MENTEE
    if latest is not None and latest.state == ApplicationState.ACCEPTED:
        return Where(side, Stage.TRAINING if side == Side.MENTOR else Stage.ANSWER, latest)
    return Where(side, _by_application(latest) or Stage.WROTE, latest)


def _mentor_stage(person: Person, state: str, latest: Application | None, together: bool | None) -> Stage:
    if together is None:
        together = any(_DUO in code for still_open in STILL_OPEN for code in still_open(person.pk))
    if together:
        return Stage.TOGETHER
    found = _BY_MENTOR.get(MentorState(state))
    return found or _by_application(latest) or Stage.TRAINING


def _by_application(latest: Application | None) -> Stage | None:
    if latest is None or latest.state == ApplicationState.ACCEPTED:
        return None
    return _BY_APPLICATION.get(ApplicationState(latest.state), Stage.ASIDE)
