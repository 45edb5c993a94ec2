"""Meetings on the pages of the two: the log by a link, the panel on my place, moving in two taps."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from tests.factories import meetings as make
from tests.factories import people
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import log_meeting, pause_duo
from traboule.apps.duos.actions._meeting_messages import log_address
from traboule.apps.duos.models import CalendarFeed, Duo, Meeting, MeetingLog
from traboule.apps.messages.models import Message
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.core.actors import Actor
from traboule.core.languages import EVERYBODY

pytestmark = pytest.mark.django_db
MET = {"outcome": "met", "minutes": "120", "served": ["cv"], "next_steps": ["send"]}


@pytest.fixture
def ines(lyon: Branch) -> Actor:
    return people.coordinator(lyon, name="Inès")


@pytest.fixture
def duo(lyon: Branch, ines: Actor) -> Duo:
    now = timezone.now()
    return make.duo(lyon, ines, started_on=(now - timedelta(days=30)).date(), now=now)


@pytest.fixture
def meeting(duo: Duo) -> Meeting:
    return make.meeting(duo, (timezone.now() - timedelta(days=1)).replace(microsecond=0))


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def log_door(meeting: Meeting, side: str = "mentor") -> str:
    return path(log_address(meeting, side, timezone.now()))


def place(person: Any) -> str:
    return path(my_place_address(person=person, now=timezone.now()))


def key_of(page: str) -> str:
    found = re.search(r'name="client_key" value="(\w+)"', page)
    assert found
    return found[1]


def send(address: str, **said: Any) -> Any:
    client = Client()
    key = key_of(client.get(address).content.decode())
    return client.post(address, {"client_key": key} | said)


# --- by the link of a message ---------------------------------------------------------------------------


def test_a_log_takes_two_page_loads_and_says_what_it_served(meeting: Meeting) -> None:
    answer = send(log_door(meeting), **MET)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "That is meeting 1." in page
    assert "2 h together." in page
    assert "1 time for the CV." in page
    word = MeetingLog.everywhere.get()
    assert (word.side, word.minutes, word.served, word.next_steps, word.through) == (
        "mentor", 120, ["cv"], ["send"], "link",
    )  # fmt: skip


def test_nothing_needs_to_be_typed_and_five_taps_are_enough(meeting: Meeting) -> None:
    page = Client().get(log_door(meeting)).content.decode()
    required = re.findall(r"<input[^>]* required[^>]*>", page)
    assert all('type="radio"' in field for field in required)
    taps = ["outcome", "minutes", "served", "next_steps", "save"]
    assert len(taps) <= 5
    assert len(page.encode()) <= 30_000


def test_a_log_sent_twice_counts_once(meeting: Meeting) -> None:
    client, address = Client(), log_door(meeting)
    key = key_of(client.get(address).content.decode())
    for _ in range(3):
        assert client.post(address, {"client_key": key} | MET).status_code == 200
    assert MeetingLog.everywhere.count() == 1


def test_a_log_without_a_length_shows_what_is_missing_and_loses_nothing(meeting: Meeting) -> None:
    answer = send(log_door(meeting), outcome="met", minutes="other", next_text="Call Karim", served="cv")
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Choose how long it was." in page
    assert 'value="Call Karim"' in page
    assert re.search(r'value="cv"[^>]*checked', page)
    assert MeetingLog.everywhere.count() == 0


def test_a_forwarded_link_opens_one_meeting_with_first_names_only(meeting: Meeting) -> None:
    duo = meeting.duo
    page = Client().get(log_door(meeting)).content.decode()
    assert "Did you meet <bdi>Selam</bdi>?" in page
    for secret in (duo.mentor.last_name, duo.mentee.last_name, duo.mentee.email, duo.mentee.phone, "/me/"):
        assert secret not in page
    elsewhere = make.meeting(duo, timezone.now() - timedelta(hours=5))
    send(log_door(meeting), meeting=str(elsewhere.pk), **MET)
    assert MeetingLog.everywhere.get().meeting == meeting


def test_looking_at_a_link_writes_nothing(meeting: Meeting) -> None:
    for _ in range(2):
        assert Client().get(log_door(meeting)).status_code == 200
    assert MeetingLog.everywhere.count() == 0


def test_saying_it_again_shows_the_earlier_words_and_corrects_them(meeting: Meeting) -> None:
    send(log_door(meeting), **MET)
    page = Client().get(log_door(meeting)).content.decode()
    assert "You have said it already." in page
    assert re.search(r'value="120"[^>]*checked', page)
    send(log_door(meeting), outcome="missed", why_missed="ill")
    meeting.refresh_from_db()
    assert meeting.state == "missed"


def test_too_much_on_one_day_is_refused_with_what_is_possible(duo: Duo, meeting: Meeting) -> None:
    for minutes in (1, 2):
        other = make.meeting(duo, meeting.planned_at + timedelta(minutes=minutes))
        send(log_door(other), outcome="met", minutes="other", other_minutes="240")
    page = send(log_door(meeting), outcome="met", minutes="other", other_minutes="300").content.decode()
    assert "That makes 13 h on one day. At most 10 h are possible." in page
    meeting.refresh_from_db()
    assert meeting.state == "planned"


def test_a_long_week_is_asked_back_and_kept_when_it_is_right(duo: Duo) -> None:
    monday = timezone.now() - timedelta(days=7 + timezone.now().weekday())
    days = [make.meeting(duo, monday + timedelta(days=day)) for day in (1, 2)]
    send(log_door(days[0]), outcome="met", minutes="other", other_minutes="480")
    said = {"outcome": "met", "minutes": "other", "other_minutes": "300"}
    page = send(log_door(days[1]), **said).content.decode()
    assert "That makes 13 h in one week. We expect about 2 h. Is it right?" in page
    assert 'name="is_sure"' in page
    assert send(log_door(days[1]), is_sure="on", **said).status_code == 200
    assert Meeting.everywhere.filter(state="held").count() == 2


def test_moving_in_the_log_moves_the_meeting(meeting: Meeting) -> None:
    later = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    page = send(log_door(meeting), outcome="moved", new_at=later).content.decode()
    meeting.refresh_from_db()
    assert meeting.moved_to is not None
    assert "It is moved." in page
    assert "This meeting has a new time." in Client().get(log_door(meeting)).content.decode()


def test_a_moved_time_that_is_no_time_is_said(meeting: Meeting) -> None:
    answer = send(log_door(meeting), outcome="moved", new_at="tomorrow")
    assert (answer.status_code, "Give a day and a time." in answer.content.decode()) == (422, True)


@pytest.mark.parametrize("language", EVERYBODY)
def test_the_log_speaks_eight_languages(meeting: Meeting, language: str) -> None:
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    address = log_door(meeting, "mentee")
    page = client.get(address).content.decode()
    direction = "rtl" if language in ("ar", "fa-af") else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in page
    assert len(page.encode()) <= 30_000


# --- on my place ------------------------------------------------------------------------------------------


def test_my_place_shows_the_next_meeting_and_what_is_not_logged(duo: Duo, meeting: Meeting) -> None:
    make.rhythm(duo, now=timezone.now())
    for person, other in ((duo.mentor, "Selam"), (duo.mentee, "Anne")):
        page = Client().get(place(person)).content.decode()
        assert f"You and <bdi>{other}</bdi>" in page
        assert f"?show=log&amp;meeting={meeting.pk}" in page
        assert "La Duchère" in page
        assert duo.mentor.last_name not in page.replace(person.last_name, "")


def test_moving_takes_two_taps_and_tells_both(duo: Duo) -> None:
    make.rhythm(duo, now=timezone.now())
    client, address = Client(), place(duo.mentee)
    page = client.get(address).content.decode()
    to = re.search(r'name="to" value="([^"]+)"', page)
    row = Meeting.everywhere.filter(duo=duo, state="planned").earliest("planned_at")
    assert to
    answer = client.post(address, {"act": "meeting.move", "meeting": row.pk, "to": to[1]}, follow=True)
    assert "Both of you get a message." in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "moved"
    assert row.moved_to is not None
    assert row.moved_to.planned_at == datetime.fromisoformat(to[1])
    assert Message.everywhere.filter(kind="meeting.moved").count() == 2


def test_a_time_that_has_passed_is_refused_beside_the_field(duo: Duo) -> None:
    make.rhythm(duo, now=timezone.now())
    row = Meeting.everywhere.filter(duo=duo).earliest("planned_at")
    said = {"act": "meeting.move", "meeting": row.pk, "at": "2020-01-01T10:00"}
    answer = Client().post(place(duo.mentee), said)
    assert answer.status_code == 422
    assert "Choose a time that is still to come" in answer.content.decode()
    row.refresh_from_db()
    assert row.state == "planned"


def test_nobody_moves_the_meeting_of_another_duo(duo: Duo, lyon: Branch, ines: Actor) -> None:
    elsewhere = make.meeting(make.duo(lyon, ines), timezone.now() + timedelta(days=1), now=timezone.now())
    for act in ("meeting.move", "meeting.cancel", "meeting.log"):
        Client().post(place(duo.mentee), {"act": act, "meeting": elsewhere.pk, "at": "2030-01-01T10:00"})
    elsewhere.refresh_from_db()
    assert elsewhere.state == "planned"
    assert MeetingLog.everywhere.count() == 0


def test_the_rhythm_is_set_and_shown(duo: Duo) -> None:
    address = place(duo.mentor)
    page = Client().get(address + "?show=rhythm")
    assert page.status_code == 200
    said = {"act": "meeting.rhythm", "weekday": "3", "minutes": "120", "how": "phone", "place": ""}
    answer = Client().post(address, said)
    assert (answer.status_code, "Say at what time you meet." in answer.content.decode()) == (422, True)
    after = Client().post(address, said | {"at": "14:30"}, follow=True).content.decode()
    assert "every week: Thursday, 14:30" in after
    assert "by phone" in after


def test_planning_cancelling_and_wishing_a_reminder(duo: Duo) -> None:
    client, address = Client(), place(duo.mentee)
    at = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    assert "Planned:" in client.post(address, {"act": "meeting.plan", "at": at}, follow=True).content.decode()
    row = Meeting.everywhere.get()
    client.post(address, {"act": "meeting.cancel", "meeting": row.pk})
    client.post(address, {"act": "meeting.wish", "wanted": "yes"})
    row.refresh_from_db()
    duo.refresh_from_db()
    assert (row.state, duo.remind_mentee, duo.remind_mentor) == ("cancelled", True, False)


def test_a_meeting_that_nobody_planned_is_logged_from_my_place(duo: Duo) -> None:
    address = place(duo.mentor) + "?show=log"
    day = (timezone.now() - timedelta(days=2)).date().isoformat()
    assert send(address, act="meeting.log", day=day, **MET).status_code == 200
    assert Meeting.everywhere.get().state == "held"
    before = (timezone.now() - timedelta(days=60)).date().isoformat()
    answer = send(address, act="meeting.log", day=before, **MET)
    assert (answer.status_code, "before your duo began" in answer.content.decode()) == (422, True)
    assert Meeting.everywhere.count() == 1


def test_a_duo_that_rests_plans_nothing(duo: Duo, ines: Actor) -> None:
    make.rhythm(duo, now=timezone.now())
    pause_duo(duo=duo, paused_on=timezone.now().date(), by=ines, now=timezone.now())
    page = Client().get(place(duo.mentee)).content.decode()
    assert "Your duo rests at the moment." in page
    assert "meeting.move" not in page


def test_signed_in_it_is_the_same_page(duo: Duo, meeting: Meeting, sign_in: SignIn, lyon: Branch) -> None:
    client = sign_in(Role.MENTEE, at=lyon, person=duo.mentee)
    page = client.get("/me/").content.decode()
    assert f"?show=log&amp;meeting={meeting.pk}" in page
    form = client.get(f"/me/?show=log&meeting={meeting.pk}").content.decode()
    said = {"act": "meeting.log", "meeting": meeting.pk, "client_key": key_of(form)} | MET
    assert "That is meeting 1." in client.post("/me/", said).content.decode()
    word = MeetingLog.everywhere.get()
    assert (word.side, word.through, word.said_by_id is not None) == ("mentee", "place", True)


def test_what_was_typed_survives_a_closed_page_and_is_gone_once_sent(meeting: Meeting) -> None:
    client, address = Client(), log_door(meeting)
    typed = {"outcome": "met", "minutes": "90", "served": ["cv", "french"], "next_text": "Call Karim"}
    assert client.post(f"{address}?draft=1", {"act": "meeting.log"} | typed).status_code == 200
    assert MeetingLog.everywhere.count() == 0
    page = client.get(address).content.decode()
    assert 'value="Call Karim"' in page
    assert re.search(r'value="french"[^>]*checked', page)
    assert "Call Karim" not in Client().get(log_door(meeting, "mentee")).content.decode()
    client.post(address, {"client_key": key_of(page)} | typed)
    assert "Karim" in MeetingLog.everywhere.get().next_text


# --- bad days -----------------------------------------------------------------------------------------------


def test_thirty_hours_in_a_week_are_refused_on_the_page_even_if_said_twice(duo: Duo) -> None:
    monday = timezone.now() - timedelta(days=7 + timezone.now().weekday())
    rows = [make.meeting(duo, monday + timedelta(days=day, hours=1)) for day in range(4)]
    long = {"outcome": "met", "minutes": "other", "other_minutes": "540", "is_sure": "on"}
    for row in rows[:3]:
        assert send(log_door(row), **long).status_code == 200
    answer = send(log_door(rows[3]), **long)
    assert answer.status_code == 422
    assert "That makes 36 h in one week. We expect about 2 h" in answer.content.decode()
    rows[3].refresh_from_db()
    assert rows[3].state == "planned"


def test_a_day_on_a_trip_is_the_day_of_the_branch(duo: Duo, monkeypatch: pytest.MonkeyPatch) -> None:
    # In Tokyo it is Wednesday already; in Lyon it is still Tuesday evening, and Wednesday has not come.
    evening = timezone.now().replace(hour=20, minute=30)
    monkeypatch.setattr("django.utils.timezone.now", lambda: evening)
    address = place(duo.mentor) + "?show=log"
    tomorrow = (evening + timedelta(days=1)).date().isoformat()
    answer = send(address, act="meeting.log", day=tomorrow, **MET)
    assert (answer.status_code, "This day has not come yet." in answer.content.decode()) == (422, True)
    assert send(address, act="meeting.log", day=evening.date().isoformat(), **MET).status_code == 200


def test_an_hour_that_somebody_types_abroad_is_the_hour_of_the_branch_and_the_page_says_so(duo: Duo) -> None:
    row = make.meeting(duo, timezone.now() + timedelta(days=2), now=timezone.now())
    address = place(duo.mentee)
    assert "All times are those of Lyon." in Client().get(address).content.decode()
    day = (timezone.now() + timedelta(days=4)).date()
    Client().post(address, {"act": "meeting.move", "meeting": row.pk, "at": f"{day}T10:00"})
    row.refresh_from_db()
    assert row.moved_to is not None
    at = row.moved_to.planned_at.astimezone(ZoneInfo("Europe/Paris"))
    assert (at.date(), at.hour) == (day, 10)


def test_both_sides_say_it_differently_on_their_own_links_and_neither_reads_the_other(
    meeting: Meeting,
) -> None:
    send(log_door(meeting, "mentor"), **MET, next_text="Call Karim")
    page = Client().get(log_door(meeting, "mentee")).content.decode()
    assert "You have said it already." not in page
    assert "Karim" not in page
    assert not re.search(r'value="120"[^>]*checked', page)
    send(log_door(meeting, "mentee"), outcome="missed")
    meeting.refresh_from_db()
    assert (meeting.state, meeting.agreement) == ("planned", "open")
    assert MeetingLog.everywhere.filter(replaced_at=None).count() == 2


def test_whoever_a_link_was_forwarded_to_reads_no_other_page(meeting: Meeting, duo: Duo) -> None:
    where = log_door(meeting)
    client = Client()
    for more in ("?show=written", "?show=calendar", "?plan=home", "?show=sheet"):
        page = client.get(where + more).content.decode()
        assert "Did you meet <bdi>Selam</bdi>?" in page
    client.post(where, {"act": "calendar.make", "instead_of": ""})
    assert not CalendarFeed.everywhere.exists()
    answer = client.get(where)
    assert answer.headers["Referrer-Policy"] == "no-referrer"


# --- without a network --------------------------------------------------------------------------------------


def later(address: str, page: str, **said: Any) -> Any:
    """Send what a phone kept: the form of `page`, as the script sends it."""
    hidden = dict(re.findall(r'type="hidden" name="(whose|seen)" value="(\w*)"', page))
    return Client().post(address, {"client_key": key_of(page), "kept": "1"} | hidden | said)


def test_a_kept_log_that_comes_twice_is_written_once_and_says_so(meeting: Meeting) -> None:
    address = log_door(meeting)
    page = Client().get(address).content.decode()
    for _ in range(2):
        answer = later(address, page, **MET)
        assert (answer.status_code, answer.headers["X-Log"]) == (200, "written")
    assert MeetingLog.everywhere.count() == 1


def test_a_kept_log_that_moved_the_meeting_comes_twice_and_moves_it_once(meeting: Meeting) -> None:
    address = log_door(meeting)
    page = Client().get(address).content.decode()
    to = (timezone.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
    for _ in range(2):
        assert later(address, page, outcome="moved", new_at=to).headers["X-Log"] == "written"
    assert Meeting.everywhere.count() == 2


def test_a_kept_log_asks_if_the_team_wrote_something_else_meanwhile(meeting: Meeting, ines: Actor) -> None:
    address = log_door(meeting)
    page = Client().get(address).content.decode()
    log_meeting(
        meeting=meeting, side="mentor", said=make.met(60), through="phone", client_key="team", by=ines,
        now=timezone.now(),
    )  # fmt: skip
    answer = later(address, page, outcome="missed", why_missed="ill")
    shown = answer.content.decode()
    assert (answer.status_code, "X-Log" in answer.headers) == (409, False)
    assert "this was written down for you: Yes, we met · 1 h" in shown
    assert re.search(r'value="missed"[^>]*checked', shown)
    assert later(address, shown, outcome="missed", why_missed="ill").headers["X-Log"] == "written"
    meeting.refresh_from_db()
    assert meeting.state == "missed"


def test_a_kept_log_of_somebody_else_is_not_written_in_the_name_of_who_signed_in(
    duo: Duo, lyon: Branch, ines: Actor
) -> None:
    other = make.duo(lyon, ines, started_on=duo.started_on, now=timezone.now())
    address, elsewhere = (f"{place(row.mentor)}?show=log" for row in (duo, other))
    page = Client().get(address).content.decode()
    day = (timezone.now() - timedelta(days=2)).date().isoformat()
    answer = later(elsewhere, page, act="meeting.log", day=day, **MET)
    assert (answer.status_code, answer.headers["X-Log"]) == (409, "other")
    planned = make.meeting(duo, timezone.now() - timedelta(days=1))
    answer = later(elsewhere, page, act="meeting.log", meeting=str(planned.pk), **MET)
    assert answer.headers["X-Log"] == "other"
    assert MeetingLog.everywhere.count() == 0
    assert later(address, page, act="meeting.log", day=day, **MET).headers["X-Log"] == "written"
