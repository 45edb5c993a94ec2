"""Meetings on the team's pages: both words side by side, the log by phone, settling, handing over; cheap."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import meetings as make
from tests.factories import people
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos import actions
from traboule.apps.duos.models import Duo, Meeting, MeetingLog
from traboule.apps.duos.queries.meetings import weeks_of_duos
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.core.actors import Actor

pytestmark = pytest.mark.django_db
BUDGET = 15


@pytest.fixture
def ines(lyon: Branch) -> Actor:
    return people.coordinator(lyon, name="Inès")


@pytest.fixture
def duo(lyon: Branch, ines: Actor) -> Duo:
    return a_duo(lyon, ines)


def a_duo(lyon: Branch, ines: Actor) -> Duo:
    now = timezone.now()
    return make.duo(lyon, ines, started_on=(now - timedelta(days=60)).date(), now=now)


def log(meeting: Meeting, side: str, said: actions.Said) -> MeetingLog:
    return actions.log_meeting(
        meeting=meeting, side=side, said=said, through="link", client_key=f"{meeting.pk}{side}",
        by=make.LINK, now=timezone.now(),
    )  # fmt: skip


def differing(duo: Duo) -> Meeting:
    meeting = make.meeting(duo, timezone.now() - timedelta(days=2))
    log(meeting, "mentor", make.met(120, served=("cv",), next_text="Call Karim"))
    log(meeting, "mentee", actions.Said(outcome="missed", why_missed="ill"))
    return meeting


def test_both_words_stand_side_by_side_and_lead_to_settling(sign_in: SignIn, lyon: Branch, duo: Duo) -> None:
    meeting = differing(duo)
    client = sign_in(at=lyon)
    page = client.get(reverse("duo", args=["lyon", duo.pk])).content.decode()
    for words in ("Yes, we met · 2 h", "Call Karim", "It did not take place", "Illness", "Settle it"):
        assert words in page
    address = reverse("meeting_settle", args=["lyon", meeting.pk])
    assert address in page
    refused = client.post(address, {"outcome": "met", "minutes": ""})
    assert (refused.status_code, "Say how many minutes it was." in refused.content.decode()) == (422, True)
    client.post(address, {"outcome": "met", "minutes": "90"})
    meeting.refresh_from_db()
    assert (meeting.state, meeting.met_minutes, meeting.agreement) == ("held", 90, "settled")
    assert "1 meeting, 1 h 30" in client.get(reverse("duo", args=["lyon", duo.pk])).content.decode()


def test_the_page_of_today_leads_to_the_duo(sign_in: SignIn, lyon: Branch, duo: Duo) -> None:
    differing(duo)
    page = sign_in(at=lyon).get(reverse("today", args=["lyon"])).content.decode()
    assert "Met or not? The two do not say the same" in page
    assert reverse("duo", args=["lyon", duo.pk]) in page


def test_a_mentor_without_a_phone_is_written_down_by_the_team(
    sign_in: SignIn, lyon: Branch, duo: Duo
) -> None:
    meeting = make.meeting(duo, timezone.now() - timedelta(days=2))
    client = sign_in(at=lyon)
    address = reverse("meeting_phone", args=["lyon", meeting.pk, "mentor"])
    key = re.search(r'name="client_key" value="(\w+)"', client.get(address).content.decode())
    assert key
    for _ in range(2):
        client.post(address, {"client_key": key[1], "outcome": "met", "minutes": "60"})
    word = MeetingLog.everywhere.get()
    assert (word.side, word.through, word.minutes) == ("mentor", "phone", 60)
    assert client.get(address.replace("mentor", "cat")).status_code == 404


def test_a_sheet_that_comes_back_is_copied_behind_the_sign_in_and_opens_nothing_for_a_finder(
    sign_in: SignIn, lyon: Branch, duo: Duo
) -> None:
    make.rhythm(duo, now=timezone.now())
    long_ago = make.meeting(duo, timezone.now() - timedelta(days=40))
    client, where = sign_in(at=lyon), reverse("duo_sheet", args=["lyon", duo.pk])
    assert where in client.get(reverse("duo", args=["lyon", duo.pk])).content.decode()
    printed = client.get(reverse("duo_sheet_print", args=["lyon", duo.pk])).content.decode()
    sheet = printed[printed.index("<main") :]
    assert "Selam" in sheet
    assert "La Duchère" in sheet
    for secret in (duo.mentor.last_name, duo.mentee.last_name, duo.mentor.email, duo.mentor.phone, "/l/"):
        assert secret not in sheet
    finder = Client().get(where)
    assert (finder.status_code, finder["Location"].startswith(reverse("account_login"))) == (302, True)
    copy = f"{reverse('meeting_phone', args=['lyon', long_ago.pk, 'mentor'])}?from=sheet"
    assert copy in client.get(where).content.decode()
    said = {"client_key": "sheet-1", "outcome": "met", "minutes": "120"}
    assert client.post(copy, said)["Location"] == where
    note = f"{reverse('meeting_note', args=['lyon', duo.pk])}?from=sheet"
    day = (timezone.now() - timedelta(days=9)).date().isoformat()
    assert client.post(note, said | {"client_key": "sheet-2", "day": day})["Location"] == where
    assert set(MeetingLog.everywhere.values_list("side", "through")) == {("mentor", "sheet")}
    assert copy not in client.get(where).content.decode()
    assert "from the printed sheet" in client.get(reverse("duo", args=["lyon", duo.pk])).content.decode()
    own = Client().get(path(my_place_address(person=duo.mentor, now=timezone.now())) + "?show=sheet")
    assert "Our meetings" in own.content.decode()


def path(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def test_a_meeting_that_was_not_planned_and_a_rhythm_are_written_down(
    sign_in: SignIn, lyon: Branch, duo: Duo
) -> None:
    client = sign_in(at=lyon)
    note = reverse("meeting_note", args=["lyon", duo.pk])
    day = (timezone.now() - timedelta(days=100)).date().isoformat()
    said = {"client_key": "k", "outcome": "met", "minutes": "120"}
    refused = client.post(note, said | {"day": day})
    assert (refused.status_code, "before your duo began" in refused.content.decode()) == (422, True)
    client.post(note, said | {"day": (timezone.now() - timedelta(days=3)).date().isoformat()})
    assert Meeting.everywhere.get().state == "held"
    rhythm = {"weekday": "2", "at": "10:00", "minutes": "120", "how": "in_person", "place": "La Duchère"}
    client.post(reverse("duo_rhythm", args=["lyon", duo.pk]), rhythm)
    assert Meeting.everywhere.filter(state="planned").count() >= 3


def test_the_team_page_hands_over_all_or_some(sign_in: SignIn, lyon: Branch, ines: Actor, duo: Duo) -> None:
    other = a_duo(lyon, ines)
    omar = people.login(Role.COORDINATOR, lyon, name="Omar")
    client = sign_in(Role.DIRECTOR, at=lyon)
    address = reverse("team_hand_over", args=["lyon", ines.id])
    assert address in client.get(reverse("team", args=["lyon"])).content.decode()
    refused = client.post(address, {"to": omar.pk})
    assert (refused.status_code, "Choose at least one duo." in refused.content.decode()) == (422, True)
    client.post(address, {"to": omar.pk, "duos": [duo.pk]})
    duo.refresh_from_db()
    other.refresh_from_db()
    assert (duo.owner.pk, other.owner.pk) == (omar.pk, ines.id)


def test_the_strip_tells_what_happened_and_invents_nothing(lyon: Branch, ines: Actor) -> None:
    start = date(2026, 3, 2)
    duo = make.duo(lyon, ines, started_on=start)
    noon = NOW.replace(hour=12)
    for week, outcome in ((0, "met"), (1, "missed"), (2, "moved")):
        meeting = make.meeting(duo, noon + timedelta(days=1 + 7 * week))
        said = make.met() if outcome == "met" else actions.Said(outcome=outcome)
        actions.log_meeting(
            meeting=meeting, side="mentor", said=said, through="link", client_key=outcome, by=make.LINK,
            now=noon + timedelta(days=60),
        )  # fmt: skip
    today = start + timedelta(days=5 * 7)
    assert weeks_of_duos([duo], today)[duo.pk] == ["held", "missed", "moved", "open", "open"]
    actions.pause_duo(duo=duo, paused_on=start + timedelta(days=28), by=ines, now=noon + timedelta(days=28))
    duo.refresh_from_db()
    assert weeks_of_duos([duo], today)[duo.pk] == ["held", "missed", "moved", "open", "paused"]


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


@pytest.mark.slow
def test_pages_of_meetings_cost_the_same_queries_at_1_and_at_many_meetings(
    sign_in: SignIn, lyon: Branch, ines: Actor, duo: Duo
) -> None:
    meeting = differing(duo)
    make.rhythm(duo, now=timezone.now())
    team = sign_in(at=lyon)
    own = {side: Client() for side in ("mentor", "mentee")}
    address = my_place_address(person=duo.mentor, now=timezone.now())
    place = "/" + address.split("/", 3)[3]
    pages = [
        (team, reverse("duo", args=["lyon", duo.pk])),
        (team, reverse("duos", args=["lyon"])),
        (team, reverse("team", args=["lyon"])),
        (team, reverse("meeting_settle", args=["lyon", meeting.pk])),
        (team, reverse("meeting_phone", args=["lyon", meeting.pk, "mentor"])),
        (team, reverse("duo_rhythm", args=["lyon", duo.pk])),
        (team, reverse("duo_calendar", args=["lyon", duo.pk, "mentor"])),
        (team, reverse("duo_sheet", args=["lyon", duo.pk])),
        (team, reverse("duo_sheet_print", args=["lyon", duo.pk])),
        (team, reverse("team_hand_over", args=["lyon", ines.id])),
        (own["mentor"], place),
        (own["mentor"], f"{place}?show=log&meeting={meeting.pk}"),
        (own["mentor"], f"{place}?show=move&meeting={meeting.pk}"),
        (own["mentor"], f"{place}?show=rhythm"),
        (own["mentor"], f"{place}?show=calendar"),
        (own["mentor"], f"{place}?show=sheet"),
    ]
    few = [queries(client, page) for client, page in pages]
    for number in range(40):
        row = make.meeting(duo, timezone.now() - timedelta(days=3 + number))
        log(row, "mentor", make.met(30))
    for _ in range(6):
        make.meeting(a_duo(lyon, ines), timezone.now() - timedelta(days=2))
    many = [queries(client, page) for client, page in pages]
    assert many == few
    assert max(many) <= BUDGET
