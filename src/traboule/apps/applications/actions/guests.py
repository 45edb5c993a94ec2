"""People who booked or began to write without being on file: leaving, erasing, the time limit."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from traboule.apps.applications.actions.session_bookings import cancel_booking, move_up
from traboule.apps.applications.enums import STILL_COUNTS, ApplicationState
from traboule.apps.applications.models import Application, Booking, InfoSession
from traboule.apps.messages.models import Message
from traboule.apps.people.models import Person
from traboule.apps.people.queries._drafts import clean_phone
from traboule.apps.people.queries.twins import merged_away
from traboule.apps.people.validators import fold
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.privacy.models import ErasureEntry
from traboule.core.actors import system
from traboule.core.drafts import drop_drafts_about
from traboule.core.links import withdraw_links

CLOCK = system("clock of information sessions")
# Long enough to write to those who did not come; then only that somebody was there is of use.
GUESTS_KEPT = timedelta(days=90)
NOBODY = "–"


def leave_sessions(person: Person, now: datetime) -> None:
    """Whoever stops gives their coming places back, and the waiting list moves up."""
    rows = Booking.everywhere.filter(person=person, state__in=STILL_COUNTS, session__starts_at__gt=now)
    for booking in rows.select_related("session__branch", "person").order_by("session_id", "pk"):
        cancel_booking(booking=booking, by=CLOCK, now=now)


@transaction.atomic
def erase_guests(person_id: int, now: datetime) -> None:
    """Erase what bears the contact of a person and is linked to nobody: bookings and unsent applications.

    A contact that others on file share (a family, a shelter) reaches only what also bears the name.
    """
    person = Person.everywhere.filter(pk=person_id).select_related("branch").first()
    if person is None:
        return
    same = _Same([person, *merged_away(person.pk)], since=_silent_since(person))
    if not same.marks:
        return
    bears = Q(pk=None)
    for one in same.people:
        bears |= Q(email__iexact=one.email or NOBODY) | Q(phone=one.phone or NOBODY)
    guests = Booking.everywhere.filter(bears, person=None)
    doomed = [row for row in guests if same.is_them([row.email, row.phone], row.display_name, row.made_at)]
    _erase_bookings(doomed, now)
    unsent = Application.everywhere.filter(person=None).exclude(answers={}, name="")
    for row in unsent.select_related("branch").iterator(chunk_size=500):
        if same.is_them(_typed(row), row.name, row.saved_at):
            _erase_unsent(row, now)


def sweep_guests(now: datetime) -> int:
    """Empty the bookings without a person of sessions long over; that somebody came stays. How many."""
    over = Booking.everywhere.filter(person=None, session__ends_at__lt=now - GUESTS_KEPT)
    doomed = over.exclude(first_name=NOBODY, last_name="", email="", phone="")
    keys = list(doomed.values_list("pk", flat=True))
    with transaction.atomic():
        for key in keys:
            withdraw_links(subject_type="booking", subject_id=key, now=now)
        for start in range(0, len(keys), 500):
            Booking.everywhere.filter(pk__in=keys[start : start + 500]).update(
                first_name=NOBODY, last_name="", email="", phone=""
            )
        old = Message.everywhere.filter(person=None, kind__startswith="session.")
        old.filter(created_at__lt=now - GUESTS_KEPT, due_at__lt=now - GUESTS_KEPT).delete()
    return len(keys)


def _silent_since(person: Person) -> datetime | None:
    """After two silent years a number may be another person's: from then on it asks for the name too."""
    by_time = ErasureEntry.everywhere.filter(number=person.pk, reason=EraseReason.RETENTION)
    return person.last_contact_at if by_time.exists() else None


class _Same:
    """Says whether a contact and a name are those of one person."""

    def __init__(self, people: Sequence[Person], since: datetime | None) -> None:
        """``people`` are the records of one person; after ``since`` a contact alone says nothing."""
        self.people, self.since, self.country = people, since, people[0].country
        mine = {value for one in people for value in (one.email, one.phone) if value}
        self.marks = {_mark(value, self.country) for value in mine}
        self.names = {fold(one.display_name) for one in people}
        others = Person.everywhere.exclude(pk__in=[one.pk for one in people])
        shared = [value for value in mine if others.filter(Q(email__iexact=value) | Q(phone=value)).exists()]
        self.shared = {_mark(value, self.country) for value in shared}

    def is_them(self, contacts: Iterable[str], name: str, at: datetime) -> bool:
        """Any contact of theirs alone will do; one that is shared asks for the name beside."""
        found = {_mark(value, self.country) for value in contacts if value} & self.marks
        if found and fold(name) in self.names:
            return True
        return bool(found - self.shared) and (self.since is None or at <= self.since)


def _mark(value: str, country: str) -> str:
    """One form for each address: case, blanks and the way of writing a number do not matter."""
    return value.strip().casefold() if "@" in value else clean_phone(value, country) or value.strip()


def _typed(row: Application) -> list[str]:
    """What was typed as e-mail or phone, right or not; an adviser's draft keeps its one page flat."""
    found: list[str] = []
    for group in (row.answers, *(group for group in row.answers.values() if isinstance(group, dict))):
        for name in ("email", "phone"):
            value = group.get(name, [])
            found += [value] if isinstance(value, str) else value
    return found


def _erase_bookings(rows: list[Booking], now: datetime) -> None:
    """Delete bookings; what they held is offered to who waits."""
    for row in rows:
        withdraw_links(subject_type="booking", subject_id=row.pk, now=now)
    sessions = sorted({row.session_id for row in rows})
    Message.everywhere.filter(
        person=None,
        kind__startswith="session.",
        address__in=[a for row in rows for a in (row.email, row.phone) if a],
    ).delete()
    Booking.everywhere.filter(pk__in=[row.pk for row in rows]).delete()
    for pk in sessions:
        session = InfoSession.everywhere.select_for_update(of=("self",)).select_related("branch").get(pk=pk)
        move_up(session=session, by=CLOCK, now=now)


def _erase_unsent(row: Application, now: datetime) -> None:
    """A draft goes; one that was stopped stays for the figures, empty."""
    withdraw_links(subject_type="application", subject_id=row.pk, now=now)
    drop_drafts_about("application", row.pk)
    if row.state == ApplicationState.DRAFT:
        row.delete()
        return
    Application.everywhere.filter(pk=row.pk).update(answers={}, name="", search_key="", reason="")
