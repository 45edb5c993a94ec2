"""Whom the demo's adviser sent, with every outcome; and three people in Lyon who are there twice."""

from datetime import datetime, timedelta
from typing import Any

from traboule.apps.applications.enums import ApplicationState, Source
from traboule.apps.applications.models import Application
from traboule.apps.people.actions._writing import refresh_search_key
from traboule.apps.people.actions.consents import CONSENT_TEXT
from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.enums import ConsentPurpose, MenteeState, Side
from traboule.apps.people.models import Consent, MenteeProfile, Person, SpokenLanguage
from traboule.apps.people.validators import fold
from traboule.core.actors import Actor
from traboule.kernel.generator import Programme

BRANCH = "lyon"
# The state of the mentee, how many of them, and whether they let their adviser hear of it.
SENT: tuple[tuple[MenteeState, int, bool], ...] = (
    (MenteeState.POOL, 3, True),
    (MenteeState.MATCHED, 2, True),
    (MenteeState.LEFT, 1, True),
    (MenteeState.POOL, 2, False),
)
# How another office writes a name.
OTHERWISE = {
    "Youssef": "Yusuf",
    "Khaled": "Haled",
    "Oleksandr": "Alexandre",
    "Yuliia": "Julia",
    "Serhii": "Serguiï",
    "Andrii": "Andriy",
    "Shevchenko": "Chevtchenko",
    "Tkachenko": "Tkatchenko",
    "Kravchuk": "Kravtchouk",
    "Noori": "Nouri",
    "Hosseini": "Husseini",
    "Tesfay": "Tesfai",
    "Dawit": "Daouit",
    "Yonas": "Jonas",
    "Ousmane": "Usman",
    "Souleymane": "Suleymane",
    "Mahmoud": "Mahmud",
    "Saleh": "Salih",
    "Rahimi": "Raheemi",
    "Parwana": "Parouana",
    "Rezaei": "Rezai",
    "Mohammadi": "Muhammadi",
}


def fill(loaded: DemoPeople, programme: Programme, by: Actor, now: datetime) -> None:
    """Write referrals of every outcome, one that is not sent yet, and three second records."""
    adviser, branch = loaded.logins.get("elodie"), loaded.branches.get(BRANCH)
    if adviser is None or branch is None:
        return
    mentees = [
        loaded.persons[record.id]
        for record in programme.people.mentees
        if record.branch == BRANCH and record.id in loaded.persons
    ]
    states = dict(MenteeProfile.everywhere.filter(person__in=mentees).values_list("person_id", "state"))
    rows: list[Application] = []
    consents: list[Consent] = []
    for state, number, hears in SENT:
        chosen = [p for p in mentees if states.get(p.pk) == state and p not in {row.person for row in rows}]
        for person in chosen[-number:]:
            rows.append(_application(person, ApplicationState.ACCEPTED, adviser.pk, now))
            consents += [_consent(person, ConsentPurpose.REFERRER_NEWS, adviser.pk)] * hears
    twins = _twins(mentees, now)
    rows += [_application(person, ApplicationState.SENT, adviser.pk, now) for person in twins]
    consents += [_consent(person, ConsentPurpose.PROGRAMME, adviser.pk) for person in twins]
    rows.append(_unfinished(branch, adviser.pk, now))
    Application.everywhere.bulk_create(rows)
    Consent.everywhere.bulk_create(consents)


def _application(person: Person, state: str, adviser: int, now: datetime) -> Application:
    sent = person.created_at
    return Application(
        branch_id=person.branch_id,
        person=person,
        side=Side.MENTEE,
        state=state,
        source=Source.REFERRER,
        referred_by_id=adviser,
        language=person.contact_language,
        started_at=sent,
        saved_at=sent,
        sent_at=sent,
        moved_at=sent,
        decided_at=min(now, sent + timedelta(days=9)) if state == ApplicationState.ACCEPTED else None,
    )


def _unfinished(branch: Any, adviser: int, now: datetime) -> Application:
    begun = now - timedelta(hours=2)
    return Application(
        branch=branch,
        side=Side.MENTEE,
        source=Source.REFERRER,
        referred_by_id=adviser,
        answers={
            "first_name": "Natnael",
            "last_name": "Weldu",
            "phone": "+33639981207",
            "birth_date": "2003-09-14",
            "channel": "sms",
            "contact_language": "ti",
            "email": "",
            "postcode": "69009",
        },
        started_at=begun,
        saved_at=begun,
        moved_at=begun,
    )


def _consent(person: Person, purpose: ConsentPurpose, adviser: int) -> Consent:
    return Consent(
        person=person,
        purpose=purpose,
        text_version=CONSENT_TEXT,
        language=person.contact_language,
        channel=person.channel,
        collected_by_id=adviser,
        given_at=person.created_at,
    )


def _twins(mentees: list[Person], now: datetime) -> list[Person]:
    """Three second records: names in another order, without accents, and as another office writes them."""
    accents = [p for p in mentees if _bare(p) != (p.first_name, p.last_name)]
    spelled = [p for p in mentees if p.first_name in OTHERWISE or p.last_name in OTHERWISE]
    twins = []
    if mentees:
        one = mentees[0]
        twins.append(_twin(one, one.last_name, one.first_name, now - timedelta(days=2)))
    if accents:
        one = next((p for p in accents if p != mentees[0]), accents[0])
        twins.append(_twin(one, *_bare(one), now - timedelta(days=3), phone="", email=""))
    if spelled:
        one = next((p for p in spelled if p != mentees[0] and p not in accents), spelled[0])
        names = (OTHERWISE.get(one.first_name, one.first_name), OTHERWISE.get(one.last_name, one.last_name))
        twins.append(_twin(one, *names, now - timedelta(days=1), email=""))
    Person.everywhere.bulk_create(twins)
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=twin, state=MenteeState.NEW, waiting_since=twin.created_at.date())
        for twin in twins
    )
    SpokenLanguage.everywhere.bulk_create(SpokenLanguage(person=twin, code="fr", level=2) for twin in twins)
    return twins


def _bare(person: Person) -> tuple[str, str]:
    return fold(person.first_name).title(), fold(person.last_name).title()


def _twin(one: Person, first_name: str, last_name: str, came: datetime, **fields: str) -> Person:
    twin = Person(
        branch_id=one.branch_id,
        first_name=first_name,
        last_name=last_name,
        birth_date=one.birth_date,
        phone=fields.get("phone", one.phone),
        email=fields.get("email", one.email),
        channel=one.channel,
        contact_language=one.contact_language,
        postcode=one.postcode,
        commune_code=one.commune_code,
        commune_name=one.commune_name,
        latitude=one.latitude,
        longitude=one.longitude,
        slots=one.slots,
        created_at=came,
        last_contact_at=came,
    )
    refresh_search_key(twin)
    return twin
