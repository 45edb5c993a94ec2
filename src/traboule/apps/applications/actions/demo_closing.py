"""A branch of the demo that closes in six weeks: all were told, two have answered, the others not yet."""

from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.applications.actions.closing import close_branch, say_no, say_yes, tell_everybody
from traboule.apps.applications.closing_kinds import CLOSES
from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application, ClosingPerson
from traboule.apps.branches.actions import open_branch
from traboule.apps.branches.models import Branch
from traboule.apps.messages.enums import DeliveryState
from traboule.apps.messages.models import Message
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.actions.consents import CONSENT_TEXT
from traboule.apps.people.enums import Channel, ConsentPurpose, MenteeState, MentorState, Side
from traboule.apps.people.models import Consent, MenteeProfile, MentorProfile, Person, SpokenLanguage
from traboule.core.actors import Actor, system

NAME, POSTCODE, COMMUNE, AT = "Saint-Étienne", "42000", "42218", (45.4397, 4.3872)
TO, CONTACT = "lyon", "agnes"
CLOSES_IN, TOLD_BEFORE = timedelta(days=45), timedelta(days=4)
# First name, last name, language, side, state: all whose path goes on somewhere.
PEOPLE: tuple[tuple[str, str, str, Side, str], ...] = (
    ("Freweini", "Habte", "ti", Side.MENTEE, MenteeState.POOL),
    ("Adama", "Konaté", "fr", Side.MENTEE, MenteeState.POOL),
    ("Rima", "Kassem", "ar", Side.MENTEE, MenteeState.POOL),
    ("Taras", "Bondar", "uk", Side.MENTEE, MenteeState.NEW),
    ("Monique", "Chazelle", "fr", Side.MENTOR, MentorState.POOL),
    ("Gérard", "Thévenon", "fr", Side.MENTOR, MentorState.POOL),
)
SAYS_YES, SAYS_NO = "Freweini", "Monique"


def fill(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Open the branch, let people in, decide that it closes, tell them, and hear two answers."""
    to, contact = loaded.branches.get(TO), loaded.logins.get(CONTACT)
    if to is None or contact is None:
        return
    told = now - TOLD_BEFORE
    branch = open_branch(
        organisation=to.organisation, name=NAME, postcode=POSTCODE, commune_code=COMMUNE, by=by, now=told
    )
    _let_in(branch, told)
    closes_on = (now + CLOSES_IN).date()
    closing = close_branch(branch=branch, closes_on=closes_on, contact=contact, by=by, now=told)
    tell_everybody(closing=closing, by=by, now=told)
    # Four days ago the worker was there: nobody answers what has not come.
    gone = Message.everywhere.filter(branch=branch, kind=CLOSES, state=DeliveryState.WAITING)
    gone.update(state=DeliveryState.SENT, sent_at=told + timedelta(minutes=2), attempts=1)
    lines = {
        line.person.first_name: line
        for line in ClosingPerson.everywhere.filter(closing=closing).select_related("person__branch")
    }
    hand = system("link")
    say_yes(told=lines[SAYS_YES], to=to, by=hand, now=now - timedelta(days=2))
    say_no(told=lines[SAYS_NO], by=hand, now=now - timedelta(days=1))


def _let_in(branch: Branch, now: datetime) -> None:
    people = [_person(branch, number, now) for number in range(len(PEOPLE))]
    Person.everywhere.bulk_create(people)
    sides = [(person, who[3], who[4]) for person, who in zip(people, PEOPLE, strict=True)]
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(
            person=person, state=state, needs=["cv"], waiting_since=_since(person, state == MenteeState.POOL)
        )
        for person, side, state in sides
        if side == Side.MENTEE
    )
    MentorProfile.everywhere.bulk_create(
        MentorProfile(person=person, state=state, occupations=["H2503"], trained_on=_since(person, True))
        for person, side, state in sides
        if side == Side.MENTOR
    )
    SpokenLanguage.everywhere.bulk_create(
        SpokenLanguage(person=person, code="fr", level=6 if side == Side.MENTOR else 2)
        for person, side, _state in sides
    )
    Application.everywhere.bulk_create(_application(*one) for one in sides)
    Consent.everywhere.bulk_create(
        Consent(
            person=person,
            purpose=ConsentPurpose.PROGRAMME,
            text_version=CONSENT_TEXT,
            language=person.contact_language,
            channel=person.channel,
            given_at=person.created_at,
        )
        for person in people
    )


def _person(branch: Branch, number: int, now: datetime) -> Person:
    first, last, language, side, _state = PEOPLE[number]
    came = now - timedelta(days=9 + 6 * number)
    person = Person(
        branch=branch,
        first_name=first,
        last_name=last,
        birth_date=date(1962 if side == Side.MENTOR else 1999, 3 + number, 8 + number),
        email=f"{branch.slug}{number}@demo.example",
        phone=f"+33639984{number:03d}",
        contact_language=language,
        channel=Channel.SMS if number % 2 else Channel.EMAIL,
        postcode=POSTCODE,
        commune_code=COMMUNE,
        commune_name=NAME,
        latitude=AT[0],
        longitude=AT[1],
        slots=0b1100 << number,
        created_at=came,
        last_contact_at=came,
    )
    refresh_search_key(person)
    return person


def _since(person: Person, is_ready: bool) -> date | None:
    return (person.created_at + timedelta(days=5)).date() if is_ready else None


def _application(person: Person, side: Side, state: str) -> Application:
    is_new = state == MenteeState.NEW
    decided = None if is_new else person.created_at + timedelta(days=5)
    return Application(
        branch=person.branch,
        person=person,
        side=side,
        state=ApplicationState.SENT if is_new else ApplicationState.ACCEPTED,
        source=Source.SELF,
        language=person.contact_language,
        started_at=person.created_at,
        saved_at=person.created_at,
        sent_at=person.created_at,
        decided_at=decided,
        moved_at=decided or person.created_at,
    )
