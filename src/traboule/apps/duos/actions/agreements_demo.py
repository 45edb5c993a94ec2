"""The invented first meetings and agreements of the demo: planned, half signed, signed, amended."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from traboule.apps.branches.models import Branch, Venue
from traboule.apps.duos.actions.agreements import amend, draft_agreement, send_for_signature, sign
from traboule.apps.duos.actions.first_meetings import book_first_meeting, close_first_meeting, say_coming
from traboule.apps.duos.clauses import WORDING, digest_of_texts, texts_of
from traboule.apps.duos.enums import (
    AgreementState,
    Coming,
    DuoState,
    FirstMeetingState,
    Party,
    SignedBy,
)
from traboule.apps.duos.models import Agreement, AgreementTemplate, Duo, FirstMeeting, Signature
from traboule.apps.duos.queries.agreements import template_of
from traboule.apps.duos.rules import human
from traboule.apps.people.enums import Side
from traboule.apps.people.queries import actor_of
from traboule.core import audit
from traboule.core.actors import Actor, system
from traboule.core.languages import interface
from traboule.kernel.calendar import PROGRAMME_WEEKS

PER_BRANCH = 8
# From the youngest duo on: how far each one is; the rest has simply signed.
STAGES = ("planned", "cannot", "half", "amended", "replaced")
# In a branch without young duos nobody waits for a first meeting, or for a signature, since months.
OLDEST = {"planned": 28, "cannot": 28, "half": 60}
PLACES = ("Médiathèque, salle du fond", "Le tiers-lieu, près de la fenêtre", "Café de la gare")


def agreements_of_the_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Give each duo a first meeting and an agreement; the youngest of a branch are each at another stage."""
    for slug, branch in loaded.branches.items():
        staff = actor_of(loaded.coordinator(slug))
        venue = Venue.everywhere.filter(branch=branch, is_active=True).order_by("pk").first()
        rows = Duo.everywhere.filter(branch=branch, state=DuoState.ACTIVE, started_on__lt=programme.as_of)
        young = rows.select_related("mentee", "mentor", "branch").order_by("-started_on", "pk")[:PER_BRANCH]
        for number, duo in enumerate(young):
            stage = STAGES[number] if number < len(STAGES) else "signed"
            if (programme.as_of - duo.started_on).days > OLDEST.get(stage, PROGRAMME_WEEKS * 7):
                stage = "signed"
            _tell_a_story(duo, stage, venue, PLACES[number % len(PLACES)], programme.as_of, staff)
        _fill_older(branch, {duo.pk for duo in young}, venue, staff, programme.as_of, now)


def _tell_a_story(duo: Duo, stage: str, venue: Venue | None, place: str, as_of: date, staff: Actor) -> None:
    if stage in ("planned", "cannot"):
        meeting = book_first_meeting(
            duo=duo, starts_at=_at(as_of, 3, 15), venue=venue, place=place, by=staff, now=_at(as_of, -1)
        )
        coming = Coming.CAN if stage == "planned" else Coming.CANNOT
        said = _at(as_of, -1, 11)
        say_coming(meeting=meeting, side=Side.MENTEE, coming=coming, by=system("link"), now=said)
        return
    start = duo.started_on
    meeting = book_first_meeting(
        duo=duo, starts_at=_at(start, 2, 15), venue=venue, place=place, by=staff, now=_at(start, 0)
    )
    close_first_meeting(meeting=meeting, held=True, by=staff, now=_at(start, 2, 17))
    agreement = _sent(duo, place, start, staff)
    _sign_all(agreement, staff, start, all_of_them=stage != "half")
    if stage in ("amended", "replaced"):
        day = min(start + timedelta(days=21), as_of - timedelta(days=2))
        later = amend(
            agreement=agreement, changes={"weekday": 3, "place": PLACES[0]}, by=staff, now=_at(day, 0)
        )
        send_for_signature(agreement=later, by=staff, now=_at(day, 0))
        _sign_all(later, staff, day, all_of_them=stage == "replaced")


def _sent(duo: Duo, place: str, start: date, staff: Actor) -> Agreement:
    fields = {"hours": 2, "weekday": duo.pk % 5, "place": place}
    draft = draft_agreement(duo=duo, fields=fields, by=staff, now=_at(start, 2, 16))
    return send_for_signature(agreement=draft, by=staff, now=_at(start, 2, 16))


def _sign_all(agreement: Agreement, staff: Actor, day: date, *, all_of_them: bool) -> None:
    """The mentee by her link, then the others; of a half signed one only the mentee."""
    for hour, signature in enumerate(agreement.signatures.select_related("person", "agreement"), start=17):
        if signature.party != Party.MENTEE and not all_of_them:
            continue
        person = signature.person
        sign(
            signature=signature,
            name=staff.name if person is None else person.display_name,
            channel=SignedBy.SCREEN if person is None else SignedBy.LINK,
            language=interface(person.contact_language if person else "fr"),
            by=staff if person is None else system("link"),
            now=_at(day, 2, hour),
        )


def _fill_older(
    branch: Branch, young: set[int], venue: Venue | None, staff: Actor, as_of: date, now: datetime
) -> None:
    """Every other duo met at three and signed, at its own start; written at once, nobody is told today."""
    rows = Duo.everywhere.filter(branch=branch, started_on__lt=as_of - timedelta(days=3)).exclude(
        pk__in=young
    )
    duos = list(rows.select_related("mentee", "mentor", "branch").order_by("pk"))
    template = template_of(branch.pk)
    FirstMeeting.everywhere.bulk_create(_first_meeting(duo, venue, staff) for duo in duos)
    made = Agreement.everywhere.bulk_create(_signed(duo, template, staff) for duo in duos)
    Signature.everywhere.bulk_create(row for agreement in made for row in _signatures(agreement, staff))
    audit.record(
        by=staff,
        now=now,
        branch_id=branch.pk,
        verb="agreements.demo_filled",
        subject_type="branch",
        subject_id=branch.pk,
        facts={"agreements": len(made)},
    )


def _first_meeting(duo: Duo, venue: Venue | None, staff: Actor) -> FirstMeeting:
    start = duo.started_on
    return FirstMeeting(
        duo=duo,
        state=FirstMeetingState.HELD,
        starts_at=_at(start, 2, 15),
        venue=venue,
        place=f"{venue.name}, {venue.full_address}" if venue else PLACES[0],
        booked_by_id=human(staff),
        booked_at=_at(start, 0),
        closed_by_id=human(staff),
        closed_at=_at(start, 2, 17),
    )


def _signed(duo: Duo, template: AgreementTemplate | None, staff: Actor) -> Agreement:
    start = duo.started_on
    row = Agreement(
        branch_id=duo.branch_id,
        duo=duo,
        version=1,
        state=AgreementState.SIGNED,
        wording=WORDING,
        template=template,
        language=duo.mentee.contact_language,
        weekday=duo.pk % 5,
        place=PLACES[duo.pk % len(PLACES)],
        drafted_by_id=human(staff),
        drafted_at=_at(start, 2, 16),
        sent_by_id=human(staff),
        sent_at=_at(start, 2, 16),
        signed_at=_at(start, 2, 19),
    )
    row.texts = texts_of(row)
    row.digest = digest_of_texts(row.texts)
    return row


def _signatures(agreement: Agreement, staff: Actor) -> Iterator[Signature]:
    people = {Party.MENTEE: agreement.duo.mentee, Party.MENTOR: agreement.duo.mentor, Party.COORDINATOR: None}
    for hour, (party, person) in enumerate(people.items(), start=17):
        yield Signature(
            agreement=agreement,
            party=party,
            person=person,
            name=person.display_name if person else staff.name,
            signed_at=_at(agreement.duo.started_on, 2, hour),
            channel=SignedBy.LINK if person else SignedBy.SCREEN,
            language=interface(person.contact_language if person else "fr"),
            digest=agreement.digest,
            login_id=None if person else staff.id,
        )


def _at(day: date, days: int, hour: int = 9) -> datetime:
    return datetime.combine(day + timedelta(days=days), time(hour), tzinfo=UTC)
