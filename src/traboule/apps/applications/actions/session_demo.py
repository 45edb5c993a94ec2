"""Information sessions of the demo: real houses, two past evenings with their lists, three dates ahead."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from traboule.apps.applications.actions.session_ticks import LIST_RANK, LIST_STEP
from traboule.apps.applications.enums import Audience, BookingState, Presence
from traboule.apps.applications.models import Attendance, Booking, InfoSession
from traboule.apps.branches.actions import add_room, add_venue
from traboule.apps.branches.models import Branch, Room
from traboule.apps.people.actions.demo import DemoPeople
from traboule.apps.people.models import Person
from traboule.apps.steps.actions import open_step
from traboule.core.actors import Actor
from traboule.core.days import local_day
from traboule.kernel.generator import Programme

# Place, street, postcode, how to get there, no steps, room, seats.
VENUES: dict[str, tuple[tuple[str, str, str, str, bool, str, int], ...]] = {
    "lyon": (
        ("Tiers-lieu de La Duchère", "avenue Rosa Parks", "69009",
         "Bus C6 ou C14, arrêt Duchère Sakharov. Entrée à côté du marché, sonnez chez « Deux rives ».",
         True, "Grande salle", 24),
        ("Bibliothèque de la Part-Dieu", "30 boulevard Marius Vivier Merle", "69003",
         "Métro B, Part-Dieu. La salle est au sous-sol : pas de réseau.", True, "Salle du sous-sol", 16),
    ),
    "ile-de-france": (
        ("Médiathèque Françoise Sagan", "8 rue Léon Schwartzenberg", "75010",
         "Métro 4, 5 ou 7, Gare de l’Est. Traversez le jardin.", True, "Salle de formation", 20),
        ("Bibliothèque Robert-Desnos", "14 boulevard Rouget-de-Lisle", "93100",
         "Métro 9, Mairie de Montreuil, sortie place Jean-Jaurès. Ascenseur dans le hall.", True,
         "Salle Boris-Vian", 24),
    ),
    "lille": (
        ("Maison de l’éducation permanente", "1 place Georges Lyon", "59000",
         "Métro 1, République. Deux marches à l’entrée.", False, "Salle 12", 18),
        ("La Condition Publique", "14 place du Général Faidherbe", "59100",
         "Métro 2, Eurotéléport, puis dix minutes à pied. Entrée par la rue couverte.", True,
         "Salle de la verrière", 20),
    ),
    "marseille": (
        ("Bibliothèque de l’Alcazar", "58 cours Belsunce", "13001",
         "Tram T2 ou T3, Belsunce Alcazar.", True, "Salle de conférence", 30),
        ("Bibliothèque Méjanes", "8 rue des Allumettes", "13100",
         "Dix minutes à pied de la gare routière. Passez sous les trois grands livres.", True,
         "Petite salle", 16),
    ),
}  # fmt: skip
# Days from today, hour, places, who booked, who waits, online, for whom.
PLAN: tuple[tuple[int, int, int, int, int, bool, Audience], ...] = (
    (-21, 18, 14, 12, 0, False, Audience.BOTH),
    (-2, 18, 14, 10, 0, False, Audience.BOTH),
    (3, 18, 12, 12, 3, False, Audience.BOTH),
    (9, 18, 30, 9, 0, True, Audience.MENTORS),
    (16, 10, 16, 1, 0, False, Audience.MENTEES),
)
GUESTS = (
    *("Selam Tesfay", "Omid Rahimi", "Oksana Melnyk", "Mariama Bah", "Yusuf Demir", "Nour Haddad"),
    *("Chantal Ferrand", "Bernard Roux", "Ibrahim Diallo", "Hiwot Alemu", "Danielle Petit", "Reza Karimi"),
    *("Svitlana Bondar", "Michel Garnier", "Awa Traoré", "Tekle Gebru", "Josiane Blanc", "Farid Nazari"),
)
WEEKEND = 5
SETTLED_DAYS = 7
ARRIVED_WITHIN = 10


def load_demo_sessions(loaded: DemoPeople, programme: Programme, by: Actor, now: datetime) -> None:
    """Fill places, sessions, bookings and lists of every branch."""
    for number, (slug, branch) in enumerate(sorted(loaded.branches.items())):
        rooms = [_room(branch, plan, by, now) for plan in VENUES.get(slug, VENUES["lyon"])]
        sessions = [_session(branch, rooms[i % len(rooms)], plan, now) for i, plan in enumerate(PLAN)]
        InfoSession.everywhere.bulk_create(sessions)
        bookings = [
            booking
            for i, session in enumerate(sessions)
            for booking in _bookings(session, PLAN[i], number * 5 + i * 7, now)
        ]
        _first_evening(branch, [row for row in bookings if row.session_id == sessions[0].pk])
        Booking.everywhere.bulk_create(bookings)
        _write_lists(loaded, slug, sessions, bookings)
        _late_list(branch, sessions[1], by, now)


def _room(branch: Branch, plan: tuple[Any, ...], by: Actor, now: datetime) -> Room:
    name, address, postcode, access, step_free, room, seats = plan
    fields = {"name": name, "address": address, "postcode": postcode, "access_notes": access}
    venue = add_venue(branch=branch, fields={**fields, "step_free": step_free}, by=by, now=now)
    return add_room(venue=venue, fields={"name": room, "capacity": seats}, by=by, now=now)


def _session(branch: Branch, room: Room, plan: tuple[Any, ...], now: datetime) -> InfoSession:
    days, hour, places, _booked, _waiting, online, audience = plan
    day = local_day(now, branch.timezone) + timedelta(days=days)
    if day.weekday() >= WEEKEND:
        day += timedelta(days=7 - day.weekday()) if days > 0 else -timedelta(days=day.weekday() - 4)
    starts_at = datetime.combine(day, time(hour, 0), tzinfo=ZoneInfo(branch.timezone)).astimezone(UTC)
    return InfoSession(
        branch=branch,
        room=None if online else room,
        online_url="https://visio.example.org/traboule" if online else "",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=90),
        places=places,
        audience=audience,
        languages=["fr"] if online else ["fr", "en"],
        hint="" if online else "Les enfants sont les bienvenus.",
        created_at=now - timedelta(days=40),
        followed_up_at=starts_at + timedelta(hours=4) if days < -SETTLED_DAYS else None,
    )


def _bookings(session: InfoSession, plan: tuple[Any, ...], shift: int, now: datetime) -> list[Booking]:
    _days, _hour, _places, booked, waiting, _online, audience = plan
    rows = []
    for number in range(booked + waiting):
        first, last = GUESTS[(number + shift) % len(GUESTS)].split(" ", 1)
        made = min(now, session.starts_at) - timedelta(days=12 - number % 9, hours=number)
        has_mail = number % 3 == 0
        rows.append(
            Booking(
                session=session,
                side=audience if audience != Audience.BOTH else ("mentor" if number % 4 == 1 else "mentee"),
                first_name=first,
                last_name=last,
                email=f"{first}.{last}@example.org".lower() if has_mail else "",
                phone="" if has_mail else f"+336399800{(number + shift) % 100:02}",
                language="fr",
                state=BookingState.BOOKED if number < booked else BookingState.WAITING,
                place=number + 1 if number < booked else None,
                made_at=made,
                changed_at=made,
            )
        )
    return rows


def _first_evening(branch: Branch, rows: list[Booking]) -> None:
    """Those who booked the evening that is long over are people of the branch who arrived around it."""
    since = rows[0].session.starts_at - timedelta(days=ARRIVED_WITHIN)
    arrived = Person.everywhere.filter(branch=branch, created_at__gte=since, archived_at=None)
    for row, person in zip(rows, arrived.select_related("mentor").order_by("created_at", "pk"), strict=False):
        row.person, row.language = person, person.contact_language
        row.first_name, row.last_name = person.first_name, person.last_name
        row.email, row.phone = person.email, person.phone
        row.side = "mentor" if hasattr(person, "mentor") else "mentee"


def _write_lists(loaded: DemoPeople, slug: str, sessions: list[InfoSession], bookings: list[Booking]) -> None:
    """The first evening has its whole list; of the second, four names are not marked yet."""
    past = {sessions[0].pk: 99, sessions[1].pk: 6}
    marks = []
    for session_id, most in past.items():
        rows = [row for row in bookings if row.session_id == session_id]
        for number, row in enumerate(rows[:most]):
            state = Presence.MISSED if number % 6 == 4 else Presence.CAME
            at = row.session.starts_at + timedelta(minutes=5 + number)
            marks.append(
                Attendance(
                    booking=row, state=state, marked_at=at, received_at=at, marked_by=loaded.coordinator(slug)
                )
            )
    Attendance.everywhere.bulk_create(marks)


def _late_list(branch: Branch, session: InfoSession, by: Actor, now: datetime) -> None:
    open_step(
        branch=branch,
        kind=LIST_STEP,
        key=f"{LIST_STEP}:{session.pk}",
        by=by,
        now=now,
        rank=LIST_RANK,
        due_on=local_day(now, branch.timezone),
        subject_type="info_session",
        subject_id=session.pk,
    )
