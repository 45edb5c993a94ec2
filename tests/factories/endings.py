"""Duos that end, made by the real actions."""

from datetime import date, datetime, timedelta

from tests.factories import meetings
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import Said, log_meeting
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo
from traboule.apps.endings.actions.ending import end_duo
from traboule.apps.endings.actions.extensions import ask_extension
from traboule.apps.endings.actions.talks import plan_talk
from traboule.apps.endings.enums import ExtensionReason
from traboule.apps.endings.models import Extension
from traboule.apps.people.queries import actor_of

STARTED = TODAY - timedelta(days=170)


def duo(
    at: Branch | None = None,
    *,
    started_on: date = STARTED,
    met: int = 1,
    now: datetime = NOW,
    **names: str,
) -> Duo:
    """A duo in its last weeks that met `met` times for two hours."""
    found = app.duo(at, started_on=started_on, **names)
    found.mentee.mentee.state = "matched"
    found.mentee.mentee.save()
    for number in range(met):
        row = meetings.meeting(found, now - timedelta(days=3 + 7 * number))
        said = Said(outcome="met", minutes=120, served=("cv", "interview"))
        log_meeting(
            meeting=row,
            side="mentor",
            said=said,
            through="link",
            client_key=f"{row.pk}",
            by=app.LINK,
            now=now,
        )
    return found


def asked_to_go_on(of: Duo, *, weeks: int = 6) -> Extension:
    """Both are asked whether they go on, and the closing talk has its day."""
    by = actor_of(of.started_by)
    plan_talk(duo=of, by=by, now=NOW)
    later = of.ends_on + timedelta(weeks=weeks)
    reason = ExtensionReason.CLOSE_TO_WORK
    return ask_extension(duo=of, new_end=later, reason=reason, by=by, now=NOW)


def ended(at: Branch | None = None, *, reason: CloseReason = CloseReason.COMPLETED, **more: int) -> Duo:
    """A duo that the team ended today."""
    found = duo(at, **more)
    return end_duo(duo=found, reason=reason, closed_on=TODAY, by=actor_of(found.started_by), now=NOW)
