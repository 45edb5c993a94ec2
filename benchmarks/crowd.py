"""20 branches in the middle of their six months: 20,000 people, 10,000 duos, 200,000 meetings.

    python -m benchmarks.crowd [BRANCHES]      fills the database of DATABASE_URL and says how to enter it

Rows are written in bulk, as the actions would have left them, without their audit entries and messages.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

BRANCHES, DUOS_A_BRANCH, MEETINGS_A_DUO, DUOS_A_COORDINATOR = 20, 500, 20, 50
ENTER = 16  # so many mentors, mentees and duos are opened by name
PARIS = ZoneInfo("Europe/Paris")


def fill(now: datetime, branches: int = BRANCHES, duos: int = DUOS_A_BRANCH, seed: int = 7) -> dict[str, Any]:
    """Fill what is empty; the sign-ins of one coordinator and of some mentors and mentees, and the counts."""
    chance = random.Random(seed)
    entered: dict[str, Any] = {}
    from benchmarks.crowd_signs import make_signs

    for number in range(branches):
        branch = make_branch(number)
        staff = make_staff(branch, -(-duos // DUOS_A_COORDINATOR))
        mentors, mentees = make_people(branch, duos, now)
        rows = make_duos(branch, mentors, mentees, staff, now, chance)
        make_meetings(rows, now, chance)
        make_signs(rows, now, chance)
        if number == 0:
            entered = {"coordinator": staff[0], "mentors": mentors[:ENTER], "mentees": mentees[:ENTER]}
            first = branch
    counts = {
        "people": 2 * branches * duos,
        "duos": branches * duos,
        "meetings": branches * duos * MEETINGS_A_DUO,
    }
    return {
        "coordinator": enter(entered["coordinator"]),
        "mentors": [enter_own(person, "mentor") for person in entered["mentors"]],
        "mentees": [enter_own(person, "mentee") for person in entered["mentees"]],
        "branch": first.slug,
        "duos": rows_of(first),
        "counts": counts,
    }


def make_branch(number: int) -> Any:
    from traboule.apps.branches.models import Branch, Organisation

    organisation = Organisation.objects.order_by("pk").first()
    return Branch.objects.create(
        organisation=organisation,
        name=f"Quartier {number:02}",
        slug=f"quartier-{number:02}",
        postcode="69009",
        commune_code="69389",
    )


def make_staff(branch: Any, number: int) -> list[Any]:
    from traboule.apps.people.enums import Role
    from traboule.apps.people.models import Login, RoleGrant

    logins = Login.objects.bulk_create(
        Login(email=f"staff{n}@{branch.slug}.example.org", name=f"Coordinator {n}", locale="fr")
        for n in range(number)
    )
    given = datetime.now(UTC)
    RoleGrant.objects.bulk_create(
        RoleGrant(login=login, role=Role.COORDINATOR, branch=branch, granted_at=given) for login in logins
    )
    return list(logins)


def make_people(branch: Any, number: int, now: datetime) -> tuple[list[Any], list[Any]]:
    from traboule.apps.people.enums import MenteeState, MentorState
    from traboule.apps.people.models import MenteeProfile, MentorProfile, Person
    from traboule.apps.people.validators import search_key

    def person(side: str, n: int) -> Any:
        first, last = f"{side}{n}", f"Famille{n % 97}"
        return Person(
            branch=branch,
            external_id=f"{branch.slug}-{side}-{n}",
            first_name=first,
            last_name=last,
            birth_date=date(1962, 3, 1) if side == "Anne" else date(2003, 3, 1),
            email=f"{side.lower()}{n}@{branch.slug}.example.org",
            postcode="69009",
            commune_code="69389",
            commune_name="Lyon 9e Arrondissement",
            latitude=45.774,
            longitude=4.805,
            slots=0b111,
            created_at=now,
            last_contact_at=now,
            search_key=search_key((first, last)),
        )

    mentors = Person.everywhere.bulk_create([person("Anne", n) for n in range(number)])
    mentees = Person.everywhere.bulk_create([person("Selam", n) for n in range(number)])
    MentorProfile.everywhere.bulk_create(
        [MentorProfile(person=row, state=MentorState.POOL, trained_on=date(2025, 1, 5)) for row in mentors]
    )
    MenteeProfile.everywhere.bulk_create(
        [MenteeProfile(person=row, state=MenteeState.MATCHED) for row in mentees]
    )
    return list(mentors), list(mentees)


def make_duos(
    branch: Any,
    mentors: Sequence[Any],
    mentees: Sequence[Any],
    staff: Sequence[Any],
    now: datetime,
    chance: Any,
) -> list[Any]:
    from traboule.apps.duos.models import Duo, DuoRhythm, MentorPlace
    from traboule.kernel.calendar import last_day

    owner = {n: staff[n // DUOS_A_COORDINATOR] for n in range(len(mentors))}
    places = MentorPlace.everywhere.bulk_create(
        [MentorPlace(mentor=row, number=1, taken_at=now, taken_by=owner[n]) for n, row in enumerate(mentors)]
    )
    rows = []
    for n, (mentor, mentee, place) in enumerate(zip(mentors, mentees, places, strict=True)):
        began = now.date() - timedelta(days=7 * MEETINGS_A_DUO + chance.randrange(30))
        rows.append(
            Duo(
                branch=branch,
                mentor=mentor,
                mentee=mentee,
                place=place,
                started_on=began,
                ends_on=last_day(began),
                started_by=owner[n],
                started_at=now,
                coordinator=owner[n],
                plan_reaches=now.date() + timedelta(days=21),
            )
        )
    duos = list(Duo.everywhere.bulk_create(rows))
    DuoRhythm.everywhere.bulk_create(
        [
            DuoRhythm(duo=duo, since=duo.started_on, weekday=n % 5, at=time(10), set_at=now)
            for n, duo in enumerate(duos)
        ]
    )
    return duos


def make_meetings(duos: Sequence[Any], now: datetime, chance: Any) -> None:
    """Twenty each: most held and said by the mentor, some missed, the last one ahead."""
    from traboule.apps.duos.models import Meeting, MeetingLog

    rows = Meeting.everywhere.bulk_create(
        [row for n, duo in enumerate(duos) for row in meetings_of(duo, n % 5, now, chance)], batch_size=2000
    )
    MeetingLog.everywhere.bulk_create(
        [
            MeetingLog(
                meeting=row,
                side="mentor",
                outcome="met" if row.state == "held" else "missed",
                minutes=row.met_minutes,
                served=["cv"],
                next_steps=[],
                through="link",
                client_key=f"crowd-{row.pk}",
                said_at=row.planned_at + timedelta(hours=3),
            )
            for row in rows
            if row.state in ("held", "missed")
        ],
        batch_size=2000,
    )


def meetings_of(duo: Any, weekday: int, now: datetime, chance: Any) -> Iterator[Any]:
    from traboule.apps.duos.models import Meeting

    monday = now.date() - timedelta(days=now.weekday())
    for week in range(MEETINGS_A_DUO):
        first = monday + timedelta(weeks=1 - week)
        at = datetime.combine(first + timedelta(days=weekday), time(10), tzinfo=PARIS)
        held = at < now and chance.random() < 0.85
        state = "planned" if at >= now else "held" if held else "missed"
        yield Meeting(
            duo=duo,
            planned_at=at,
            slot_week=first,
            source="rhythm",
            state=state,
            met_minutes=120 if held else None,
            agreement="" if state == "planned" else "one",
            changed_at=now,
        )


def rows_of(branch: Any) -> list[int]:
    """Duos of a branch that a benchmark opens."""
    from traboule.apps.duos.models import Duo

    return list(Duo.everywhere.filter(branch=branch).order_by("pk").values_list("pk", flat=True)[:ENTER])


def enter(login: Any) -> str:
    """The session cookie of somebody who signed in, as a browser would hold it."""
    from django.conf import settings
    from django.test import Client

    client = Client()
    client.force_login(login, backend=settings.AUTHENTICATION_BACKENDS[0])
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def enter_own(person: Any, role: str) -> str:
    """The same for a mentor or a mentee, who get a login of their own."""
    from traboule.apps.people.enums import Role
    from traboule.apps.people.models import Login, RoleGrant

    login = Login.objects.create(email=f"{role}{person.pk}@crowd.example.org", person=person)
    RoleGrant.objects.create(
        login=login, role=Role(role), branch_id=person.branch_id, granted_at=datetime.now(UTC)
    )
    return enter(login)


if __name__ == "__main__":
    import django

    django.setup()
    print(json.dumps(fill(datetime.now(UTC), int(sys.argv[1]) if sys.argv[1:] else BRANCHES)))
