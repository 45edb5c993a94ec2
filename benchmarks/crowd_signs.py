"""What the early warning reads of the crowd beside its meetings, in bulk."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any


def make_signs(duos: Sequence[Any], now: datetime, chance: Any) -> None:
    """What the early warning reads beside the meetings: scales, check-ins, goals, absences, lost messages."""
    from traboule.apps.duos.models import Goal, Milestone
    from traboule.apps.support.models import Absence, CheckIn, CheckInSide, Pulse

    today = now.date()
    sides = [(duo, side, getattr(duo, side)) for duo in duos for side in ("mentor", "mentee")]
    Pulse.everywhere.bulk_create(
        [
            Pulse(duo=duo, person=person, side=side, number=number, asked_at=at, answered_at=at, trust=mark)
            for duo, side, person in sides
            for number, at in ((1, now - timedelta(days=100)), (2, now - timedelta(days=40)))
            for mark in [chance.choice((2, 3, 4, 4, 5))]
        ],
        batch_size=2000,
    )
    rows = CheckIn.everywhere.bulk_create(
        [CheckIn(duo=duo, month=3, due_on=today - timedelta(days=50)) for duo in duos], batch_size=2000
    )
    CheckInSide.everywhere.bulk_create(
        [
            CheckInSide(
                check_in=row, person=getattr(row.duo, side), side=side, asked_at=now - timedelta(days=50)
            )
            for row in rows
            for side in ("mentor", "mentee")
        ],
        batch_size=2000,
    )
    goals = Goal.everywhere.bulk_create(
        [Goal(person=duo.mentee, kind="cv", added_at=now - timedelta(days=90)) for duo in duos]
    )
    Milestone.everywhere.bulk_create(
        [
            Milestone(goal=goal, code="cv", due_on=today + timedelta(days=chance.randrange(-60, 60)))
            for goal in goals
            for _ in range(3)
        ],
        batch_size=2000,
    )
    Absence.everywhere.bulk_create(
        [
            Absence(person=duo.mentor, from_on=today - timedelta(days=9), until_on=today, said_at=now)
            for duo in duos
            if chance.random() < 0.1
        ]
    )
    make_messages(duos, now, chance)


def make_messages(duos: Sequence[Any], now: datetime, chance: Any) -> None:
    """Four to each of the two in four weeks; one mentee in twenty is not reached."""
    from traboule.apps.messages.models import Message

    Message.everywhere.bulk_create(
        [
            Message(
                branch_id=duo.branch_id,
                person=person,
                key=f"crowd:{person.pk}:{number}",
                kind="meeting.log",
                channel="email",
                address=person.email,
                language="fr",
                body="",
                state="bounced" if lost else "sent",
                due_at=now - timedelta(days=7 * number + 1),
                created_at=now - timedelta(days=7 * number + 1),
            )
            for duo in duos
            for person, lost in ((duo.mentor, False), (duo.mentee, chance.random() < 0.05))
            for number in range(4)
        ],
        batch_size=2000,
    )
