"""What is true of an application without looking anything up."""

from traboule.apps.applications.enums import ApplicationState, ReferralOutcome
from traboule.apps.people.enums import MenteeState

_OVER = frozenset({ApplicationState.REFUSED, ApplicationState.WITHDRAWN})


def referred_by_self(application_referred_by_id: int | None, actor_id: int | None) -> bool:
    """Say whether the actor sent this person; then somebody else judges eligibility."""
    return application_referred_by_id is not None and application_referred_by_id == actor_id


def referral_outcome(state: str, mentee_state: str | None, *, may_hear: bool) -> ReferralOutcome:
    """Return what the referrer reads: nothing about the path without the person's consent."""
    if state == ApplicationState.DRAFT:
        return ReferralOutcome.UNFINISHED
    if not may_hear:
        return ReferralOutcome.NO_NEWS
    if mentee_state == MenteeState.MATCHED:
        return ReferralOutcome.HAS_MENTOR
    if state in _OVER or mentee_state == MenteeState.LEFT:
        return ReferralOutcome.ENDED
    if mentee_state in (None, MenteeState.NEW):
        if state == ApplicationState.DEFERRED:
            return ReferralOutcome.PUT_OFF
        if state != ApplicationState.ACCEPTED:
            return ReferralOutcome.KNOWING
    return ReferralOutcome.WAITING
