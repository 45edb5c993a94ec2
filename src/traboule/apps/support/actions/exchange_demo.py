"""Invented exchange of the demo: two groups that met and meet again, one for which nothing is planned."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.branches.models import Branch, Room
from traboule.apps.duos.enums import OPEN_DUO_STATES
from traboule.apps.people.models import Login, Person
from traboule.apps.support.actions.exchange_answers import tick_exchange
from traboule.apps.support.exchange_enums import GatheringAnswer, GatheringPresence
from traboule.apps.support.models import Gathering, GatheringInvitation, PeerGroup, PeerMember
from traboule.core import audit
from traboule.core.actors import Actor

# Name of the group, days from today of its gatherings (none ahead: a step asks for one), topic of each.
GROUPS: tuple[tuple[str, tuple[tuple[int, str], ...]], ...] = (
    ("Les mardis", ((-96, "La première rencontre"), (-34, "Quand rien n’avance"), (12, "Dire non"))),
    ("Les soirées", ((-80, "Le CV à deux"), (-21, "Le silence de l’autre"), (33, "Finir bien"))),
    ("Les jeudis", ((-75, "Écouter sans conseiller"),)),
)
NOTES = (
    "Chacun a raconté un moment où rien n’avançait. Ce qui a aidé : fixer une seule chose pour la semaine, "
    "et en rire. Prochaine fois : comment dire non sans blesser."
)
SIZE = 9


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill groups and gatherings of every branch; mentors in a duo come first."""
    for slug, branch in loaded.branches.items():
        login = loaded.coordinator(slug)
        room = Room.everywhere.filter(venue__branch=branch).order_by("pk").first()
        mentors = _mentors(branch)
        for number, (name, plan) in enumerate(GROUPS):
            people = mentors[number * SIZE : number * SIZE + SIZE]
            if people:
                _group(branch, name, plan, people, login, room, programme.as_of, now)
        audit.record(
            by=by,
            now=now,
            branch_id=branch.pk,
            verb="exchange.demo_filled",
            subject_type="branch",
            subject_id=branch.pk,
            facts={"groups": len(GROUPS)},
        )
    tick_exchange(by=by, now=now)


def _mentors(branch: Branch) -> list[Person]:
    rows = Person.everywhere.filter(branch=branch, mentor__trained_on__isnull=False, archived_at=None)
    busy = rows.filter(duos_as_mentor__state__in=OPEN_DUO_STATES).order_by("external_id").distinct()
    first = list(busy[: SIZE * len(GROUPS)])
    free = rows.exclude(pk__in=[person.pk for person in first]).order_by("external_id")
    return [*first, *free[: SIZE * len(GROUPS) - len(first)]]


def _group(
    branch: Branch,
    name: str,
    plan: tuple[tuple[int, str], ...],
    people: list[Person],
    login: Login,
    room: Room | None,
    as_of: date,
    now: datetime,
) -> None:
    began = now - timedelta(days=150)
    group = PeerGroup.everywhere.create(branch=branch, name=name, coordinator=login, created_at=began)
    PeerMember.everywhere.bulk_create(
        PeerMember(group=group, person=person, since=began) for person in people
    )
    for at, (days, topic) in enumerate(plan):
        starts = datetime.combine(as_of + timedelta(days=days), time(17, 0), tzinfo=UTC)
        gathering = Gathering.everywhere.create(
            group=group,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
            room=room,
            place="" if room else f"Maison des associations, {branch.name}",
            places=min(12, room.capacity if room else 12),
            topic=topic,
            notes=NOTES if days < 0 and at else "",
            planned_by=login,
        )
        GatheringInvitation.everywhere.bulk_create(
            _invitation(gathering, person, seat, at, login, now) for seat, person in enumerate(people, 1)
        )


def _invitation(
    gathering: Gathering, person: Person, seat: int, at: int, login: Login, now: datetime
) -> GatheringInvitation:
    over = gathering.ends_at < now
    comes = (seat + at) % 4 > 0
    silent = not over and (seat + at) % 5 == 0
    answer = GatheringAnswer.WAITING if silent else GatheringAnswer.COMES if comes else GatheringAnswer.CANNOT
    came = GatheringPresence.CAME if comes and seat != 2 else GatheringPresence.MISSED
    return GatheringInvitation(
        gathering=gathering,
        person=person,
        answer=answer,
        number=seat if answer == GatheringAnswer.COMES else None,
        invited_at=gathering.starts_at - timedelta(days=21) if over else now - timedelta(days=5),
        answered_at=None if silent else min(now, gathering.starts_at - timedelta(days=14)),
        presence=came if over else "",
        marked_at=gathering.ends_at if over else None,
        marked_by=login if over else None,
    )
