"""The invented applications of the demo: those of everybody who is there, and new ones in every state."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.applications.actions._moves import new_step_key
from traboule.apps.applications.actions.applications import NEW_RANK, NEW_STEP
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.applications.queries.standing import next_news_on
from traboule.apps.branches.models import Branch
from traboule.apps.people.actions.consents import CONSENT_TEXT
from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.enums import ConsentPurpose, MenteeState, MentorState, Side
from traboule.apps.people.models import Consent, Login, MenteeProfile, MentorProfile, Person, SpokenLanguage
from traboule.apps.people.validators import search_key
from traboule.apps.steps.models import OpenStep
from traboule.core.actors import Actor
from traboule.kernel.generator import Programme

BATCH = 500
S = ApplicationState
# State and days in it, of the new people of each branch; some are late.
ARRIVALS: tuple[tuple[ApplicationState, int], ...] = (
    *((S.SENT, days) for days in (0, 0, 1, 1, 2, 2, 4, 6)),
    *((S.TALK_PLANNED, days) for days in (1, 3, 5, 8, 24)),
    *((S.TALK_HELD, days) for days in (1, 2, 5, 9)),
    *((S.DEFERRED, days) for days in (12, 30, 61)),
    *((S.REFUSED, days) for days in (8, 40)),
    *((S.WITHDRAWN, days) for days in (5, 33)),
)
OVER = (S.REFUSED, S.WITHDRAWN)
DRAFTS = (0, 2, 9, 47)
SOURCES = (Source.SELF, Source.SELF, Source.STAFF, Source.REFERRER, Source.SELF)
SENT_BEFORE = {S.SENT: 0, S.TALK_PLANNED: 3, S.TALK_HELD: 12, S.DEFERRED: 15, S.REFUSED: 16, S.WITHDRAWN: 6}
WITHDRAWN_BECAUSE = "A trouvé une formation ailleurs."
KEPT = ("country", "postcode", "commune_code", "commune_name", "latitude", "longitude", "place_estimated")
SAME = (*KEPT, "contact_language", "channel", "slots", "max_km", "gender", "interests")


def fill_demo(loaded: DemoPeople, programme: Programme, by: Actor, now: datetime) -> None:
    """Write the applications of the demo; deterministic, from the people that are there."""
    rows = list(_of_everybody(loaded, now))
    for slug, branch in loaded.branches.items():
        here = [person for person in loaded.persons.values() if person.branch_id == branch.pk]
        if here:
            team = [login for key, login in loaded.logins.items() if _works_at(key, slug)]
            rows += _arrivals(branch, here, team, loaded.logins, now)
    Application.everywhere.bulk_create(rows, batch_size=BATCH)
    OpenStep.everywhere.bulk_create([_step(row) for row in rows if row.state == S.SENT], batch_size=BATCH)
    _write_consents(rows)


def _works_at(key: str, slug: str) -> bool:
    places = {"claire": "lyon", "mehdi": "lyon", "helene": "ile-de-france", "bruno": "lille"}
    return {**places, "sonia": "marseille"}.get(key) == slug


def _of_everybody(loaded: DemoPeople, now: datetime) -> Iterator[Application]:
    """Whoever is in the pool or in a duo was accepted once."""
    mentors = set(MentorProfile.everywhere.values_list("person_id", flat=True))
    for number, person in enumerate(loaded.persons.values()):
        accepted = min(now, person.created_at)
        sent = accepted - timedelta(days=9 + number % 17)
        yield Application(
            branch=person.branch,
            person=person,
            side=Side.MENTOR if person.pk in mentors else Side.MENTEE,
            state=S.ACCEPTED,
            source=SOURCES[number % len(SOURCES)] if person.pk not in mentors else Source.SELF,
            language=person.contact_language,
            name=person.display_name,
            search_key=search_key((person.display_name, person.phone, person.email)),
            answers=_answers(person),
            started_at=sent,
            saved_at=sent,
            sent_at=sent,
            decided_at=accepted,
            moved_at=accepted,
        )


def _arrivals(
    branch: Branch, here: list[Person], team: list[Login], logins: dict[str, Login], now: datetime
) -> list[Application]:
    people = [_newcomer(branch, here, number, now) for number in range(len(ARRIVALS) + len(DRAFTS))]
    new = people[: len(ARRIVALS)]
    Person.everywhere.bulk_create(new, batch_size=BATCH)
    _write_profiles(new, here)
    rows = []
    for number, (person, (state, days)) in enumerate(zip(new, ARRIVALS, strict=True)):
        moved = now - timedelta(days=days, hours=2 + number % 5)
        sent = moved - timedelta(days=SENT_BEFORE[state])
        source = SOURCES[number % len(SOURCES)] if _side(number) == Side.MENTEE else Source.SELF
        rows.append(
            _application(
                person,
                number,
                state=state,
                source=source,
                referred_by=logins.get("elodie") if source == Source.REFERRER else None,
                owner=team[number % len(team)] if team and (number % 3 or state != S.SENT) else None,
                reason=WITHDRAWN_BECAUSE if state == S.WITHDRAWN else "",
                person=person,
                sent_at=sent,
                started_at=sent - timedelta(hours=1),
                saved_at=sent,
                moved_at=moved,
                decided_at=moved if state in (S.DEFERRED, S.REFUSED) else None,
            )
        )
    for number, (person, days) in enumerate(zip(people[len(ARRIVALS) :], DRAFTS, strict=True)):
        at = now - timedelta(days=days, hours=3)
        rows.append(_application(person, number, started_at=at, saved_at=at, moved_at=at))
    return rows


def _application(who: Person, number: int, **fields: Any) -> Application:
    answers = _answers(who)
    if "sent_at" not in fields:  # a draft stops somewhere
        answers = {group: answers[group] for group in ("who", "reach", "live")[: 1 + number % 3]}
    return Application(
        branch=who.branch,
        side=_side(number),
        language=who.contact_language,
        name=who.display_name,
        search_key=search_key((who.display_name, who.phone, who.email)),
        answers=answers,
        **fields,
    )


def _side(number: int) -> Side:
    return Side.MENTOR if number % 3 == 2 else Side.MENTEE


def _newcomer(branch: Branch, here: list[Person], number: int, now: datetime) -> Person:
    """A new person with the first name of one, the last name of another, the place of the first."""
    mentor = _side(number) == Side.MENTOR
    alike = [one for one in here if (one.birth_date is not None and one.birth_date.year < 1980) == mentor]
    pool = alike or here
    first, last = pool[number * 7 % len(pool)], pool[(number * 11 + 5) % len(pool)]
    when = now - timedelta(days=ARRIVALS[number][1] if number < len(ARRIVALS) else 0)
    person = Person(
        branch=branch,
        first_name=first.first_name,
        last_name=last.last_name,
        birth_date=date((first.birth_date or date(1999, 1, 1)).year, 1 + number % 12, 3 + number % 25),
        email=f"arrivee{number}.{branch.slug}@demo.example",
        phone=f"+3363998{branch.pk % 10}{number:03d}",
        created_at=when,
        last_contact_at=when,
        **{name: getattr(first, name) for name in SAME},
    )
    person.search_key = search_key(
        (
            person.first_name,
            person.last_name,
            person.commune_name,
            person.postcode,
            person.email,
            person.phone,
        )
    )
    return person


def _write_profiles(new: list[Person], here: list[Person]) -> None:
    sides = [(person, _side(number)) for number, person in enumerate(new)]
    MentorProfile.everywhere.bulk_create(
        MentorProfile(
            person=person,
            state=MentorState.LEFT if ARRIVALS[number][0] in OVER else MentorState.NEW,
            occupations=["M1101"],
        )
        for number, (person, side) in enumerate(sides)
        if side == Side.MENTOR
    )
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(
            person=person,
            state=MenteeState.LEFT if ARRIVALS[number][0] in OVER else MenteeState.NEW,
            occupations=["M1101"] if number % 4 else [],
        )
        for number, (person, side) in enumerate(sides)
        if side == Side.MENTEE
    )
    SpokenLanguage.everywhere.bulk_create(
        SpokenLanguage(person=person, code="fr", level=6 if side == Side.MENTOR else 2 + number % 3)
        for number, (person, side) in enumerate(sides)
    )


def _answers(person: Person) -> dict[str, dict[str, list[str]]]:
    born = person.birth_date.strftime("%d/%m/%Y") if person.birth_date else ""
    return {
        "who": {
            "first_name": [person.first_name],
            "last_name": [person.last_name],
            "birth_date": [born],
        },
        "reach": {
            "phone": [person.phone],
            "email": [person.email],
            "channel": [str(person.channel)],
            "contact_language": [person.contact_language],
        },
        "live": {
            "postcode": [person.postcode],
            "country": [person.country],
            "language_1": ["français"],
            "level_1": ["3"],
        },
        "work": {"occupations": [""], "no_plan": ["on"]},
        "time": {"slots": [str(bit) for bit in range(21) if person.slots >> bit & 1]},
        "agree": {"programme": ["on"], "sharing": ["on"], "statistics": ["on"]},
    }


def _step(row: Application) -> OpenStep:
    return OpenStep(
        branch=row.branch,
        person=row.person,
        kind=NEW_STEP,
        key=new_step_key(row.pk),
        rank=NEW_RANK,
        subject_type="application",
        subject_id=row.pk,
        owner=row.owner,
        opened_at=row.moved_at,
        due_on=next_news_on(row),
    )


def _write_consents(rows: list[Application]) -> None:
    purposes = (ConsentPurpose.PROGRAMME, ConsentPurpose.SHARING, ConsentPurpose.STATISTICS)
    Consent.everywhere.bulk_create(
        (
            Consent(
                person=row.person,
                purpose=purpose,
                text_version=CONSENT_TEXT,
                language=row.language,
                channel=row.person.channel,
                collected_by=row.referred_by,
                given_at=row.sent_at,
            )
            for row in rows
            if row.person is not None and row.sent_at is not None
            for purpose in purposes
        ),
        batch_size=BATCH,
    )
