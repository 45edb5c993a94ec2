"""The calendar address: read by a calendar library and by a calendar program, right on both sides of both
changes of the clocks; secret, renewed, stopped; first names only."""

import re
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import vobject
from django.core.exceptions import ObjectDoesNotExist
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import meetings as make
from tests.factories import people, starting, support
from tests.web.conftest import SignIn
from tools import surroundings
from traboule.apps.branches.models import Branch
from traboule.apps.duos import actions
from traboule.apps.duos.actions.calendar import AddressThere, make_feed, stop_feed
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import CalendarFeed, Duo, Meeting
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.core.actors import Actor, system
from traboule.core.models import AuditEntry, LimitMark
from traboule.core.permissions import NotAllowed

pytestmark = pytest.mark.django_db
PARIS = ZoneInfo("Europe/Paris")
# The days before and after the last Sunday of March and of October: at ten on the clock of the wall.
LOCAL = [
    datetime(2026, 10, 24, 10),
    datetime(2026, 10, 25, 10),
    datetime(2026, 10, 26, 10),
    datetime(2027, 3, 27, 10),
    datetime(2027, 3, 28, 10),
    datetime(2027, 3, 29, 10),
]
OFFSETS = [2, 1, 1, 1, 2, 2]


@pytest.fixture
def ines(lyon: Branch) -> Actor:
    return people.coordinator(lyon, name="Inès")


@pytest.fixture
def duo(lyon: Branch, ines: Actor) -> Duo:
    now = timezone.now()
    return make.duo(lyon, ines, started_on=(now - timedelta(days=30)).date(), now=now)


def feed(person: Any, by: Actor | None = None) -> str:
    """Make an address (a new one if there is one) and return its path."""
    before = CalendarFeed.everywhere.filter(person=person, stopped_at=None).first()
    secret = make_feed(
        person=person, instead_of=before and before.pk, by=by or system("link"), now=timezone.now()
    )
    return reverse("calendar_feed", args=[secret])


def read(where: str, **headers: Any) -> Any:
    answer = Client().get(where, **headers)
    assert answer.status_code == 200, answer
    return vobject.readOne(answer.content.decode())


def events(where: str) -> dict[str, Any]:
    calendar = read(where)
    return {event.uid.value: event for event in calendar.contents.get("vevent", [])}


def ahead(days: float = 3) -> datetime:
    return (timezone.now() + timedelta(days=days)).replace(minute=0, second=0, microsecond=0)


def across_the_changes(lyon: Branch, ines: Actor, language: str = "en") -> Duo:
    """A duo that meets on the days around both changes; it began long before."""
    start = LOCAL[0].replace(tzinfo=PARIS) - timedelta(days=20)
    duo = make.duo(lyon, ines, started_on=start.date(), now=start)
    for local in LOCAL:
        at = local.replace(tzinfo=PARIS).astimezone(UTC)
        make.meeting(duo, at, place="La Duchère, salle 2")
    return duo


# --- read by a library and by a program -----------------------------------------------------------------


def test_a_calendar_library_reads_the_same_hour_on_both_sides_of_both_changes(
    lyon: Branch, ines: Actor
) -> None:
    duo = across_the_changes(lyon, ines)
    where = feed(duo.mentor)
    text = Client().get(where).content.decode()
    assert "TZID=Europe/Paris" in text
    calendar = vobject.readOne(text)
    assert [zone.tzid.value for zone in calendar.contents["vtimezone"]] == ["Europe/Paris"]
    found = sorted((event.dtstart.value for event in calendar.vevent_list), key=lambda at: at.timestamp())
    assert [at.replace(tzinfo=None) for at in found] == LOCAL
    assert [at.utcoffset() for at in found] == [timedelta(hours=hours) for hours in OFFSETS]
    assert [at.astimezone(UTC) for at in found] == list(
        Meeting.everywhere.order_by("planned_at").values_list("planned_at", flat=True)
    )


def khal(folder: Path, feed_file: Path, zone: str) -> list[str]:
    """Let the program import the feed as somebody in `zone` and list what it understood."""
    program = surroundings.khal()
    if program is None:
        pytest.skip("no khal on this machine")
    home = folder / zone.replace("/", "-")
    (home / "calendar").mkdir(parents=True)
    config = home / "config"
    config.write_text(
        f"[calendars]\n[[mine]]\npath = {home / 'calendar'}\ntype = calendar\n"
        f"[locale]\nlocal_timezone = {zone}\ndefault_timezone = {zone}\ntimeformat = %H:%M\n"
        "dateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ndatetimeformat = %Y-%m-%d %H:%M\n"
        f"longdatetimeformat = %Y-%m-%d %H:%M\n[sqlite]\npath = {home / 'khal.db'}\n"
    )

    def run(*words: str) -> str:
        asked = [program, "-c", str(config), *words]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    run("import", "--batch", str(feed_file))
    shape = "{start-long-full}|{end-time}|{title}|{location}|{status}"
    said = run("list", "--day-format", "", "--format", shape, "2026-10-20", "200d")
    return [line for line in said.splitlines() if line]


def test_a_calendar_program_shows_the_same_hour_on_both_sides_of_both_changes(
    lyon: Branch, ines: Actor, tmp_path: Path
) -> None:
    duo = across_the_changes(lyon, ines)
    file = tmp_path / "meetings.ics"
    file.write_bytes(Client().get(feed(duo.mentee)).content)
    lines = khal(tmp_path, file, "Europe/Paris")
    assert [line.split("|")[0] for line in lines] == [f"{local:%Y-%m-%d %H:%M}" for local in LOCAL]
    assert {line.split("|")[1] for line in lines} == {"12:00"}
    assert all("Meeting with Anne" in line and "La Duchère, salle 2" in line for line in lines)


def test_on_a_trip_the_calendar_shows_the_hour_of_where_one_is(
    lyon: Branch, ines: Actor, tmp_path: Path
) -> None:
    duo = across_the_changes(lyon, ines)
    file = tmp_path / "meetings.ics"
    file.write_bytes(Client().get(feed(duo.mentor)).content)
    lines = khal(tmp_path, file, "Asia/Tokyo")
    tokyo = ZoneInfo("Asia/Tokyo")
    expected = [local.replace(tzinfo=PARIS).astimezone(tokyo) for local in LOCAL]
    assert [line.split("|")[0] for line in lines] == [f"{at:%Y-%m-%d %H:%M}" for at in expected]


# --- what changes ---------------------------------------------------------------------------------------


def test_a_meeting_that_moves_stays_one_event_and_counts_on(duo: Duo) -> None:
    now = timezone.now()
    meeting = make.meeting(duo, ahead(3), now=now)
    where = feed(duo.mentor)
    (before,) = events(where).values()
    for day in (4, 5):
        meeting = actions.move_meeting(meeting=meeting, side="mentee", to=ahead(day), by=make.LINK, now=now)
        (after,) = events(where).values()
        assert after.uid.value == before.uid.value
        assert int(after.sequence.value) > int(before.sequence.value)
        assert after.last_modified.value >= before.last_modified.value
        assert after.dtstart.value.astimezone(UTC) == ahead(day)
        assert after.status.value == "CONFIRMED"
        before = after
    actions.cancel_meeting(meeting=meeting, side="mentor", by=make.LINK, now=now)
    (gone,) = events(where).values()
    assert (gone.uid.value, gone.status.value) == (before.uid.value, "CANCELLED")
    assert int(gone.sequence.value) > int(before.sequence.value)


def test_a_new_rhythm_moves_the_events_and_a_pause_strikes_them_out(duo: Duo, ines: Actor) -> None:
    make.rhythm(duo, now=timezone.now())
    where = feed(duo.mentee)
    before = events(where)
    assert {event.location.value for event in before.values()} == {"La Duchère"}
    make.rhythm(duo, weekday=3, now=timezone.now(), place="Médiathèque")
    after = events(where)
    kept = set(before) & set(after)
    assert kept
    assert all(int(after[uid].sequence.value) > int(before[uid].sequence.value) for uid in kept)
    actions.pause_duo(duo=duo, paused_on=timezone.now().date(), by=ines, now=timezone.now())
    rests = events(where)
    assert set(rests) == set(after)
    assert {event.status.value for event in rests.values()} == {"CANCELLED"}


def test_past_and_coming_meetings_of_all_duos_of_a_mentor(lyon: Branch, ines: Actor) -> None:
    anne = people.mentor(lyon, first_name="Anne", contact_language="en", capacity=2)
    start = (timezone.now() - timedelta(days=30)).date()
    duo, other = (
        make.duo(
            lyon, ines, mentor=anne, started_on=start, now=timezone.now(),
            mentee=people.mentee(lyon, first_name=name, contact_language="en"),
        )
        for name in ("Selam", "Omar")
    )  # fmt: skip
    make.meeting(duo, ahead(-5))
    make.meeting(other, ahead(2), now=timezone.now())
    starting.meeting(other, ines, starts_at=ahead(1))
    found = {event.summary.value for event in events(feed(duo.mentor)).values()}
    assert found == {"Meeting with Selam", "Meeting with Omar", "First meeting with Omar and the team"}
    assert [e.summary.value for e in events(feed(duo.mentee)).values()] == ["Meeting with Anne"]


def test_a_duo_that_ended_leaves_the_calendar_after_three_months(duo: Duo, ines: Actor) -> None:
    make.meeting(duo, ahead(-5))
    where = feed(duo.mentor)
    today = timezone.now().date()
    actions.close_duo(duo=duo, reason=CloseReason.COMPLETED, closed_on=today, by=ines, now=timezone.now())
    assert len(events(where)) == 1
    long_ago = (timezone.now() - timedelta(days=95)).date()
    Duo.everywhere.filter(pk=duo.pk).update(started_on=long_ago - timedelta(days=9), closed_on=long_ago)
    assert events(where) == {}


def test_who_stands_in_sees_the_days_of_it_and_not_after(duo: Duo) -> None:
    row = support.substitution(duo)
    today = timezone.now().date()
    row.from_on, row.until_on = today, today + timedelta(days=20)
    row.save()
    inside = datetime.combine(row.until_on, datetime.min.time(), tzinfo=PARIS) + timedelta(hours=10)
    make.meeting(duo, inside, now=timezone.now())
    make.meeting(duo, inside + timedelta(days=1), now=timezone.now())
    make.meeting(duo, ahead(-20))
    where = feed(row.substitute)
    assert [event.dtstart.value.date() for event in events(where).values()] == [row.until_on]
    row.from_on, row.until_on = today - timedelta(days=30), today - timedelta(days=1)
    row.save()
    assert events(where) == {}


def test_first_names_only_and_the_language_of_the_reader(duo: Duo) -> None:
    make.meeting(duo, ahead(), now=timezone.now())
    for person in (duo.mentor, duo.mentee):
        person.contact_language = "fr"
        person.save()
    for person in (duo.mentor, duo.mentee):
        text = Client().get(feed(person)).content.decode().replace("\r\n ", "")
        assert "SUMMARY:Rencontre avec " in text
        for secret in (duo.mentor.last_name, duo.mentee.last_name, duo.mentor.email, duo.mentee.phone):
            assert secret not in text
        assert not re.search("mentor|parrain|emploi|réfugi", text.replace("traboule", ""), re.IGNORECASE)


# --- the door -------------------------------------------------------------------------------------------


def test_nothing_new_is_304_by_either_mark_and_something_new_is_not(duo: Duo) -> None:
    meeting = make.meeting(duo, ahead(), now=timezone.now())
    where = feed(duo.mentor)
    first = Client().get(where)
    tag, day = first.headers["ETag"], first.headers["Last-Modified"]
    for headers in ({"HTTP_IF_NONE_MATCH": tag}, {"HTTP_IF_MODIFIED_SINCE": day}):
        again = Client().get(where, **headers)
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["Referrer-Policy"] == "no-referrer"
    Meeting.everywhere.filter(pk=meeting.pk).update(place="Médiathèque")  # no date of the meeting tells it
    for headers in ({"HTTP_IF_NONE_MATCH": tag}, {"HTTP_IF_MODIFIED_SINCE": day}):
        again = Client().get(where, **headers)
        assert (again.status_code, "Médiathèque" in again.content.decode()) == (200, True)


def test_the_address_is_for_nobody_else(duo: Duo) -> None:
    where = feed(duo.mentor)
    answer = Client().get(where)
    assert answer.headers["X-Robots-Tag"].startswith("noindex")
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert answer.headers["Cache-Control"] == "private, no-cache"
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert not answer.cookies
    assert Client().post(where).status_code == 405
    secret = where.split("/")[-1].removesuffix(".ics")
    kept = CalendarFeed.everywhere.get()
    assert secret not in (kept.digest, kept.shown)
    near = secret[:-1] + ("y" if secret.endswith("z") else "z")
    assert Client().get(where.replace(secret, near)).status_code == 404


def test_whoever_asks_without_end_waits(duo: Duo, settings: Any) -> None:
    where = feed(duo.mentor)
    answers = [Client().get(where, REMOTE_ADDR="192.0.2.7") for _ in range(31)]
    assert [answer.status_code for answer in answers[:30]] == [200] * 30
    assert (answers[30].status_code, int(answers[30].headers["Retry-After"]) > 0) == (429, True)
    assert Client().get(where, REMOTE_ADDR="192.0.2.8").status_code == 200
    assert LimitMark.objects.exists()


def test_a_new_address_stops_the_old_one_and_a_stopped_one_says_nothing(duo: Duo, ines: Actor) -> None:
    first = feed(duo.mentor)
    second = feed(duo.mentor, ines)
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    with pytest.raises(AddressThere):
        make_feed(person=duo.mentor, instead_of=None, by=ines, now=timezone.now())
    assert stop_feed(person=duo.mentor, by=ines, now=timezone.now())
    assert not stop_feed(person=duo.mentor, by=ines, now=timezone.now())
    assert Client().get(second).status_code == 404
    verbs = AuditEntry.objects.filter(verb__startswith="calendar.").values_list("verb", flat=True)
    assert sorted(verbs) == ["calendar.made", "calendar.renewed", "calendar.stopped"]


def test_nobody_else_makes_or_stops_it(duo: Duo, lyon: Branch) -> None:
    selam = people.actor(Role.MENTEE, lyon, person=duo.mentee)
    for act in (lambda: feed(duo.mentor, selam), lambda: stop_feed(
        person=duo.mentor, by=selam, now=timezone.now()
    )):  # fmt: skip
        with pytest.raises((NotAllowed, ObjectDoesNotExist)):
            act()
    assert feed(duo.mentee, selam)


def test_the_feed_costs_the_same_queries_with_one_and_with_many_meetings(duo: Duo) -> None:
    where = feed(duo.mentor)
    make.meeting(duo, ahead(), now=timezone.now())

    def queries() -> int:
        Client().get(where)
        with CaptureQueriesContext(connection) as seen:
            Client().get(where)
        return len(seen)

    few = queries()
    for day in range(4, 30):
        make.meeting(duo, ahead(day), now=timezone.now())
    assert queries() == few <= 20


# --- the pages ------------------------------------------------------------------------------------------


def place(person: Any) -> str:
    return "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]


def address_on(page: str) -> str:
    found = re.search(r'value="https?://[^/"]+(/calendar/\w+\.ics)"', page)
    assert found, page
    return found[1]


@pytest.mark.parametrize("side", ["mentor", "mentee"])
def test_both_make_it_on_their_place_see_it_once_renew_and_stop_it(duo: Duo, side: str) -> None:
    client, where = Client(), place(getattr(duo, side))
    assert "?show=calendar" in client.get(where).content.decode()
    asked = client.get(f"{where}?show=calendar").content.decode()
    assert "Make my address" in asked
    made = client.post(where, {"act": "calendar.make", "instead_of": ""}).content.decode()
    for words in ("webcal://", "This address is secret.", "<svg"):
        assert words in made
    first = address_on(made)
    assert Client().get(first).status_code == 200
    pressed_again = client.post(where, {"act": "calendar.make", "instead_of": ""}, follow=True)
    after = pressed_again.content.decode()
    assert "Your calendar read it last on" in after
    assert "webcal://" not in after
    assert Client().get(first).status_code == 200
    now = CalendarFeed.everywhere.get(stopped_at=None)
    second = address_on(
        client.post(where, {"act": "calendar.make", "instead_of": str(now.pk)}).content.decode()
    )
    assert (Client().get(first).status_code, Client().get(second).status_code) == (404, 200)
    assert "It is stopped." in client.post(where, {"act": "calendar.stop"}, follow=True).content.decode()
    assert Client().get(second).status_code == 404


def test_the_team_makes_and_stops_it_for_one_of_the_two(duo: Duo, sign_in: SignIn, lyon: Branch) -> None:
    client = sign_in(at=lyon)
    where = reverse("duo_calendar", args=["lyon", duo.pk, "mentor"])
    assert where in client.get(reverse("duo", args=["lyon", duo.pk])).content.decode()
    assert "There is no address yet." in client.get(where).content.decode()
    made = client.post(where, {"act": "calendar.make", "instead_of": ""})
    assert made.headers["Cache-Control"] == "no-store, private"
    feed_path = address_on(made.content.decode())
    assert CalendarFeed.everywhere.get().person == duo.mentor
    assert Client().get(feed_path).status_code == 200
    client.post(where, {"act": "calendar.stop"})
    assert Client().get(feed_path).status_code == 404
    assert client.get(where.replace("mentor", "cat")).status_code == 404
