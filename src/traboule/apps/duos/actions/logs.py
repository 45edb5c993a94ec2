"""The log of a meeting: what each side says, what counts, and what the coordinator settles.

Both sides may say it differently; both words are kept. What counts meanwhile is `kernel.accounts.value_of`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time

from django.db import transaction

from traboule.apps.duos.actions import _meeting_messages as messages
from traboule.apps.duos.actions._meetings import (
    authorise_side,
    held_duo,
    held_meeting,
    login_of,
    record,
    set_state,
    today_of,
    zone_of,
)
from traboule.apps.duos.actions._settling import apply_value, others_of, say_difference
from traboule.apps.duos.actions.errors_meetings import MeetingMoved, NothingSaid, UnknownCode
from traboule.apps.duos.actions.rhythms import rhythm_on
from traboule.apps.duos.enums_meetings import (
    Agreement,
    Happened,
    How,
    MeetingState,
    Next,
    Purpose,
    Source,
    Through,
    WhyMissed,
)
from traboule.apps.duos.models import Duo, Meeting, MeetingLog
from traboule.apps.duos.rules import human
from traboule.apps.people.actions.contact import touch
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.core.permissions import authorise
from traboule.kernel.accounts import STATE_OF
from traboule.kernel.rhythm import MINUTES, check_day, check_minutes, instant

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody says of a meeting: codes, minutes if they met, and at most one line of their own."""

    outcome: str
    minutes: int | None = None
    served: tuple[str, ...] = ()
    next_steps: tuple[str, ...] = ()
    next_text: str = ""
    why_missed: str = ""
    is_sure: bool = field(default=False, compare=False)

    def __post_init__(self) -> None:
        known = (
            (self.outcome in Happened.values)
            and set(self.served) <= set(Purpose.values)
            and set(self.next_steps) <= set(Next.values)
            and self.why_missed in ("", *WhyMissed.values)
        )
        if not known or (self.outcome == Happened.MET) != (self.minutes is not None):
            raise UnknownCode
        if self.why_missed and self.outcome != Happened.MISSED:
            raise UnknownCode


@transaction.atomic
def log_meeting(
    *, meeting: Meeting, side: str, said: Said, through: str, client_key: str, by: Actor, now: datetime
) -> MeetingLog:
    """Write down what one side says of a meeting. The same `client_key` again returns the row that is there.

    Said anew by the same side it corrects: the earlier word is kept, replaced. Raises kernel.Implausible,
    MeetingMoved, IllegalMove, UnknownCode.
    """
    authorise_side(meeting.duo, side, by, now)
    meeting = held_meeting(meeting)
    known = _known(client_key, meeting.duo)
    if known is not None:
        return known
    return _write(meeting, side, said, through, client_key, by, now)


@transaction.atomic
def log_unplanned(
    *, duo: Duo, day: date, side: str, said: Said, through: str, client_key: str, by: Actor, now: datetime
) -> MeetingLog:
    """Write down a meeting that nobody had planned. Raises as `log_meeting` does; nothing is half written."""
    authorise_side(duo, side, by, now)
    duo = held_duo(duo.pk)
    known = _known(client_key, duo)
    if known is not None:
        return known
    check_day(day, started_on=duo.started_on, ended_on=duo.closed_on, today=today_of(duo, now))
    if said.minutes is not None:  # before the row is written; the week is asked once it is there
        check_minutes(day, said.minutes, is_sure=True)
    rhythm = rhythm_on(duo, day)
    meeting = Meeting.everywhere.create(
        duo=duo,
        planned_at=min(instant(day, (rhythm and rhythm.at) or NOON, zone_of(duo)), now),
        minutes=said.minutes or MINUTES,
        how=rhythm.how if rhythm else How.IN_PERSON,
        source=Source(side),
        changed_at=now,
    )
    record(meeting, "meeting.noted", by, now, side=side)
    return _write(meeting, side, said, through, client_key, by, now)


@transaction.atomic
def correct_log(
    *, log: MeetingLog, said: Said, through: str, client_key: str, by: Actor, now: datetime
) -> MeetingLog:
    """Say otherwise what was said. Raises NothingSaid for a word that is replaced already, else as above."""
    if log.replaced_at is not None:
        raise NothingSaid
    return log_meeting(
        meeting=log.meeting, side=log.side, said=said, through=through, client_key=client_key, by=by, now=now
    )


@transaction.atomic
def settle_meeting(
    *, meeting: Meeting, outcome: str, minutes: int | None, by: Actor, now: datetime
) -> Meeting:
    """A coordinator has asked: this is what counts, whatever the two said or say later.

    Raises kernel.Implausible, IllegalMove, MeetingMoved, UnknownCode.
    """
    authorise(by, Permission.DUOS_WRITE, meeting.duo.branch_id)
    login = human(by)
    said = Said(outcome=outcome, minutes=minutes, is_sure=True)
    meeting = held_meeting(meeting)
    _plausible(meeting, said, now)
    fields = {"met_minutes": minutes, "agreement": Agreement.SETTLED, "settled_by_id": login}
    _set(meeting, STATE_OF[outcome], now, fields)
    messages.withdraw(meeting)
    record(meeting, "meeting.settled", by, now, outcome=outcome, minutes=minutes)
    say_difference(meeting, by, now)
    return meeting


def _known(client_key: str, duo: Duo) -> MeetingLog | None:
    """The row that this very form has written already. A key of another duo is nobody's business here."""
    rows = MeetingLog.everywhere.select_related("meeting__duo__branch").filter(client_key=client_key)
    found = rows.first()
    if found is not None and found.meeting.duo_id != duo.pk:
        raise UnknownCode
    return found


def _write(
    meeting: Meeting, side: str, said: Said, through: str, client_key: str, by: Actor, now: datetime
) -> MeetingLog:
    _plausible(meeting, said, now)
    before = MeetingLog.everywhere.filter(meeting=meeting, side=side, replaced_at=None).first()
    if before is not None:
        before.replaced_at = now
        before.save(update_fields=["replaced_at"])
    log = MeetingLog.everywhere.create(
        meeting=meeting,
        side=side,
        outcome=said.outcome,
        minutes=said.minutes,
        served=list(said.served),
        next_steps=list(said.next_steps),
        next_text=said.next_text.strip()[:200],
        why_missed=said.why_missed,
        through=Through(through),
        client_key=client_key[:64],
        said_by_id=login_of(by),
        said_at=now,
    )
    verb = "meeting.log_corrected" if before is not None else "meeting.logged"
    facts = {"side": side, "outcome": said.outcome, "minutes": said.minutes, "through": through}
    if meeting.agreement != Agreement.SETTLED:
        _set_value(meeting, now)
    messages.withdraw(meeting)
    duo = meeting.duo
    both = {"mentor": duo.mentor_id, "mentee": duo.mentee_id}
    for person in both.values() if said.outcome == Happened.MET else (both.get(side),):
        touch(person, now)
    record(meeting, verb, by, now, log=log.pk, **facts)
    say_difference(meeting, by, now)
    return log


def _plausible(meeting: Meeting, said: Said, now: datetime) -> None:
    """Refuse what cannot be, before anything is written."""
    duo = meeting.duo
    if meeting.state == MeetingState.MOVED and meeting.moved_to_id is not None:
        raise MeetingMoved
    day = local_day(meeting.planned_at, duo.branch.timezone)
    if said.outcome != Happened.MOVED:
        check_day(day, started_on=duo.started_on, ended_on=duo.closed_on, today=today_of(duo, now))
    if said.minutes is not None:
        check_minutes(day, said.minutes, others=others_of(meeting, day), is_sure=said.is_sure)


def _set_value(meeting: Meeting, now: datetime) -> None:
    value = apply_value(meeting)
    agreement = value.agreement.value
    _set(meeting, value.state, now, {"met_minutes": value.minutes, "agreement": agreement})


def _set(meeting: Meeting, state: str, now: datetime, fields: Mapping[str, object]) -> None:
    if state != meeting.state:
        set_state(meeting, state, now, **fields)
        return
    for name, value in fields.items():
        setattr(meeting, name, value)
    meeting.changed_at = now
    meeting.save(update_fields=["changed_at", *(name.removesuffix("_id") for name in fields)])
