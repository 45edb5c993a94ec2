"""Pages of support: for the two of a duo by link, for the team, and what neither may see of the other."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories import meetings
from tests.factories import people as make
from tests.factories import support as app
from tests.web.conftest import SignIn
from traboule.apps.applications.actions.leaving import ask_to_talk
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import log_meeting
from traboule.apps.duos.models import Duo
from traboule.apps.messages.models import Message
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Readers, Role, Side
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions.check_ins import hold_check_in
from traboule.apps.support.actions.concerns import pause_for_concern
from traboule.apps.support.actions.following import CHECK_IN
from traboule.apps.support.actions.pulses import PULSE
from traboule.apps.support.actions.substitutions import arrange_substitute, end_substitution
from traboule.apps.support.enums import EndReason
from traboule.apps.support.models import Absence, AdviceCall, CheckInSide, Concern, Pulse, Substitution
from traboule.core.links import make_link
from traboule.core.models import AuditEntry

pytestmark = pytest.mark.django_db
CANARY = "zebra-canary-said-in-trust"


def place(person: Person) -> str:
    return "/" + my_place_address(person=person, now=timezone.now()).split("/", 3)[3]


def link(right: str, kind: str, pk: int, duo: Duo) -> str:
    now = timezone.now()
    secret = make_link(
        right=right, subject_type=kind, subject_id=pk, scope=duo.branch_id, now=now,
        ends_at=now + timedelta(days=9),
    )  # fmt: skip
    return f"/l/{secret}/"


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def today_duo(at: Branch) -> Duo:
    return app.duo(at, started_on=timezone.localdate() - timedelta(days=40))


def test_somebody_says_that_they_are_away_and_comes_back_from_their_place(lyon: Branch) -> None:
    duo, client = today_duo(lyon), Client()
    day = timezone.localdate()
    door = place(duo.mentor)
    assert "until_on" in client.get(f"{door}?show=away").content.decode()
    wrong = {"act": "away", "from_on": day, "until_on": day - timedelta(days=1)}
    assert client.post(door, wrong).status_code == 422
    client.post(door, {"act": "away", "from_on": day, "until_on": day + timedelta(days=3)})
    assert Absence.everywhere.get().person_id == duo.mentor_id
    assert "Anne" in client.get(place(duo.mentee)).content.decode()
    assert 'value="back"' in client.get(door).content.decode()
    client.post(door, {"act": "back"})
    assert Absence.everywhere.get().back_on == day


def test_reading_a_page_by_link_writes_nothing(lyon: Branch) -> None:
    duo, client = today_duo(lyon), Client()
    door = place(duo.mentee)
    before = AuditEntry.objects.count()
    for show in ("away", "advice", "worry", "check-in", "pulse"):
        assert client.get(f"{door}?show={show}").status_code == 200
    assert AuditEntry.objects.count() == before


def test_a_mentor_asks_for_a_call_and_the_mentee_never_sees_it(lyon: Branch) -> None:
    duo, client = today_duo(lyon), Client()
    day = timezone.localdate() + timedelta(days=1)
    said = {"act": "advice", "topic": "hard", "question": CANARY, "wanted_on": day, "part": 0}
    assert client.post(place(duo.mentor), said).status_code == 302
    assert AdviceCall.everywhere.get().question == CANARY
    assert CANARY not in client.get(place(duo.mentee)).content.decode()
    late = said | {"wanted_on": day + timedelta(days=60)}
    assert client.post(place(duo.mentor), late).status_code == 422


def test_asking_to_talk_in_a_duo_reaches_the_team_and_nobody_else(lyon: Branch) -> None:
    duo = today_duo(lyon)
    ask_to_talk(person=duo.mentee, by=app.LINK, now=timezone.now())
    assert OpenStep.everywhere.get().person_id == duo.mentee_id
    assert not Message.everywhere.exists()
    page = Client().get(place(duo.mentor)).content.decode()
    assert "asks" not in page.lower()


def test_a_worry_told_by_link_is_on_no_page_of_either_and_on_no_page_of_the_team(
    lyon: Branch, sign_in: SignIn
) -> None:
    duo, client = today_duo(lyon), Client()
    assert client.post(place(duo.mentee), {"act": "worry", "text": CANARY}).status_code == 302
    assert Concern.everywhere.get().duo == duo
    coordinator = sign_in(Role.COORDINATOR, lyon)
    pages = [client.get(place(person)) for person in (duo.mentee, duo.mentor)]
    for name, args in (("today", []), ("duo", [duo.pk]), ("support", []), ("person", [duo.mentee_id])):
        pages.append(coordinator.get(reverse(name, args=["lyon", *args])))
    for page in pages:
        text = page.content.decode()
        assert CANARY not in text
        assert "/concerns/1" not in text
        assert "Confidential file" not in text


def test_the_direction_finds_the_mark_reads_the_file_and_it_is_logged(lyon: Branch, sign_in: SignIn) -> None:
    duo = today_duo(lyon)
    row = app.concern(duo, text=CANARY)
    chief = sign_in(Role.DIRECTOR, lyon)
    where = reverse("concern", args=["lyon", row.pk])
    assert where in chief.get(reverse("duo", args=["lyon", duo.pk])).content.decode()
    assert reverse("concerns", args=["lyon"]) in chief.get(reverse("today", args=["lyon"])).content.decode()
    assert CANARY in chief.get(where).content.decode()
    assert AuditEntry.objects.filter(verb="concern.read").count() == 1
    chief.post(where, {"text": "Called.", "next_step": "", "next_on": ""})
    chief.post(reverse("concern_close", args=["lyon", row.pk]), {"result": "advised", "text": "Clear."})
    row.refresh_from_db()
    assert row.result == "advised"


def test_while_the_team_made_them_rest_both_read_that_the_team_calls(lyon: Branch) -> None:
    duo = today_duo(lyon)
    chief = make.actor(Role.DIRECTOR, lyon)
    pause_for_concern(concern=app.concern(duo), by=chief, now=timezone.now())
    for person in (duo.mentee, duo.mentor):
        assert "The team will call you." in Client().get(place(person)).content.decode()


def test_a_check_in_by_link_shows_what_was_shared_before_and_takes_the_answers(lyon: Branch) -> None:
    duo, client = today_duo(lyon), Client()
    by, now = actor_of(duo.started_by), timezone.now()
    for month, readers, text in ((1, Readers.STAFF, CANARY), (2, Readers.SHARED, "my own words")):
        before, answers = app.check_in(duo, month=month), [("How?", text)]
        hold_check_in(check_in=before, side=Side.MENTEE, answers=answers, readers=readers, by=by, now=now)
    later = app.check_in(duo, month=3)
    side = CheckInSide.everywhere.create(check_in=later, person=duo.mentee, side="mentee", asked_at=now)
    door = link(CHECK_IN, "checkinside", side.pk, duo)
    page = client.get(door).content.decode()
    assert "my own words" in page
    assert CANARY not in page
    written = client.get(place(duo.mentee) + "?show=written").content.decode()
    assert "my own words" in written
    assert "my own words" not in client.get(place(duo.mentor) + "?show=written").content.decode()
    assert client.post(door, {"answer_0": " "}).status_code == 422
    assert client.post(door, {"answer_0": "Well"}).status_code == 200
    side.refresh_from_db()
    assert side.answers[0]["answer"] == "Well"
    assert client.get(door).status_code == 404  # answered: the link opens nothing any more


def test_the_short_scale_is_answered_in_taps_or_skipped(lyon: Branch) -> None:
    duo, client = today_duo(lyon), Client()
    now = timezone.now() - timedelta(days=1)
    rows = {
        side: Pulse.everywhere.create(duo=duo, person=person, side=side, number=1, asked_at=now)
        for side, person in (("mentee", duo.mentee), ("mentor", duo.mentor))
    }
    door = link(PULSE, "pulse", rows["mentee"].pk, duo)
    assert client.get(door).content.decode().count('type="radio"') == 20
    assert client.post(door, {"trust": 9}).status_code == 422
    client.post(door, {"trust": 2, "heard": 4})
    client.post(place(duo.mentor), {"act": "pulse", "skip": "1"})
    for row in rows.values():
        row.refresh_from_db()
    assert rows["mentee"].marks == {"trust": 2, "heard": 4}
    assert rows["mentor"].skipped_at is not None


def test_a_substitute_sees_the_duo_on_their_place_only_while_it_lasts(lyon: Branch) -> None:
    duo = today_duo(lyon)
    day = timezone.localdate()
    by, now = actor_of(duo.started_by), timezone.now()
    away = Absence.everywhere.create(
        person=duo.mentor, from_on=day, until_on=day + timedelta(days=20), said_at=now
    )
    stand_in = make.mentor(lyon, first_name="Paul", contact_language="en")
    row = arrange_substitute(duo=duo, substitute=stand_in, absence=away, by=by, now=now)
    assert "Selam" in Client().get(place(stand_in)).content.decode()
    assert "Paul" in Client().get(place(duo.mentee)).content.decode()
    assert "The plan of" not in Client().get(place(stand_in)).content.decode()
    end_substitution(substitution=row, reason=EndReason.CHANGED, by=by, now=now)
    assert "Selam" not in Client().get(place(stand_in)).content.decode()


def test_a_substitute_acts_for_the_mentor_but_never_on_the_words_or_wishes_of_the_mentor(
    lyon: Branch,
) -> None:
    duo, now = today_duo(lyon), timezone.now()
    day, by = timezone.localdate(), actor_of(duo.started_by)
    until = day + timedelta(days=20)
    away = Absence.everywhere.create(person=duo.mentor, from_on=day, until_on=until, said_at=now)
    stand_in = make.mentor(lyon, first_name="Paul", contact_language="en")
    arrange_substitute(duo=duo, substitute=stand_in, absence=away, by=by, now=now)
    held = meetings.meeting(duo, now - timedelta(days=2))
    log_meeting(
        meeting=held, side="mentor", said=meetings.met(next_text="canary-word"), through="link",
        client_key="k" * 32, by=meetings.LINK, now=now,
    )  # fmt: skip
    client = Client()
    client.force_login(make.login(Role.MENTOR, lyon, person=stand_in))
    assert client.get(f"/me/?show=log&meeting={held.pk}").status_code == 302
    assert (
        client.post(f"/me/?meeting={held.pk}", {"act": "meeting.log", "outcome": "missed"}).status_code == 302
    )
    wished = duo.remind_mentor
    client.post("/me/", {"act": "meeting.wish", "wanted": "no" if wished else "yes"})
    duo.refresh_from_db()
    assert duo.remind_mentor is wished
    at = f"{day + timedelta(days=3)}T10:00"
    assert client.post("/me/", {"act": "meeting.plan", "at": at}).status_code == 302
    assert duo.meetings.filter(state="planned").count() == 1


def test_a_mentor_with_two_duos_chooses_and_a_meeting_finds_its_own(lyon: Branch) -> None:
    first = today_duo(lyon)
    second = app.duo(lyon, started_on=timezone.localdate() - timedelta(days=9), mentee="Aida")
    Duo.everywhere.filter(pk=second.pk).update(mentor=first.mentor)
    second.refresh_from_db()
    door, client = place(first.mentor), Client()
    assert f'href="?duo={second.pk}"' in client.get(door).content.decode()
    assert "You and Selam" in words(client.get(door))
    other = client.get(f"{door}?duo={second.pk}").content.decode()
    assert "You and Aida" in words(client.get(f"{door}?duo={second.pk}"))
    assert f"?show=rhythm&amp;duo={second.pk}" in other or f"?show=rhythm&duo={second.pk}" in other
    at = f"{timezone.localdate() + timedelta(days=3)}T10:00"
    back = client.post(f"{door}?duo={second.pk}", {"act": "meeting.plan", "at": at})
    assert back.headers["Location"].endswith(f"?duo={second.pk}")
    planned = second.meetings.get()
    move = client.get(f"{door}?show=move&meeting={planned.pk}").content.decode()
    assert (first.meetings.count(), "Aida" in move) == (0, True)
    stranger = today_duo(lyon)
    assert "You and Selam" in words(client.get(f"{door}?duo={stranger.pk}"))
    client.post(f"{door}?show=worry", {"act": "worry", "text": "I am afraid for her."})
    assert Concern.everywhere.get().duo is None


def test_a_number_that_is_no_number_and_a_year_that_is_no_year_break_no_page(
    lyon: Branch, sign_in: SignIn
) -> None:
    duo = today_duo(lyon)
    client, door = sign_in(at=lyon), place(duo.mentor)
    assert client.get(reverse("concern_new", args=["lyon"]) + "?duo=²").status_code == 200
    for number in ("²", "9" * 30):
        assert Client().get(f"{door}?show=log&meeting={number}").status_code == 302
    for at in ("0001-01-01T00:00", "9999-12-31T23:59"):
        assert Client().post(door, {"act": "meeting.plan", "at": at}).status_code == 302
    assert Client().post(door, {"act": "meeting.move", "to": "0001-01-01T00:00:00+02:00"}).status_code == 302
    unplanned = {"act": "meeting.log", "outcome": "met", "minutes": "60", "client_key": "a" * 32}
    assert Client().post(door, unplanned | {"day": "0001-01-01"}).status_code == 422
    for year in ("0000", "0001"):
        assert Client().get(f"{door}?show=statement&year={year}").status_code == 404


def test_the_coordinator_holds_a_check_in_with_each_side(lyon: Branch, sign_in: SignIn) -> None:
    duo = today_duo(lyon)
    row, client = app.check_in(duo), sign_in(Role.COORDINATOR, lyon)
    for side in Side.values:
        where = reverse("check_in_hold", args=["lyon", row.pk, side])
        assert client.post(where, {"readers": "staff"}).status_code == 422
        assert client.post(where, {"readers": "staff", "answer_1": f"said by {side}"}).status_code == 302
    page = client.get(reverse("check_in", args=["lyon", row.pk])).content.decode()
    assert "said by mentee" in page
    assert "said by mentor" in page


def test_the_coordinator_notes_an_absence_and_chooses_who_stands_in(lyon: Branch, sign_in: SignIn) -> None:
    duo = today_duo(lyon)
    ready, client = make.mentor(lyon), sign_in(Role.COORDINATOR, lyon)
    day = timezone.localdate()
    said: dict[str, Any] = {"who": "mentor", "from_on": day, "until_on": day + timedelta(days=20)}
    answer = client.post(reverse("absence_new", args=["lyon", duo.pk]), said)
    absence = Absence.everywhere.get()
    assert answer["Location"] == reverse("absence", args=["lyon", absence.pk])
    client.post(answer["Location"], {"choose": f"{duo.pk}:{duo.mentee_id}"})  # not offered
    assert not duo.substitutions.exists()  # type: ignore[attr-defined]  # a reverse relation
    client.post(answer["Location"], {"choose": f"{duo.pk}:{ready.pk}"})
    page = client.get(reverse("duo", args=["lyon", duo.pk])).content.decode()
    assert ready.last_name in page
    standing = Substitution.everywhere.get(ended_at=None).pk
    client.post(reverse("substitute_end", args=["lyon", duo.pk]), {"substitution": standing})
    assert duo.substitutions.get().ended_at is not None  # type: ignore[attr-defined]  # a reverse relation


def test_rhythm_and_questions_refuse_nonsense_beside_the_field(lyon: Branch, sign_in: SignIn) -> None:
    chief = sign_in(Role.DIRECTOR, lyon)
    where = reverse("support_rhythm", args=["lyon"])
    numbers = {"pulse_first": 30, "pulse_every": 60}
    for months in ("one", "0", "1, 99", ""):
        assert chief.post(where, {"months": months, **numbers}).status_code == 422
    assert chief.post(where, {"months": "2, 4", **numbers}).status_code == 302
    asked = f"{reverse('support_questions', args=['lyon'])}?month=4&language=ar"
    assert chief.post(asked, {"question_0": "One?"}).status_code == 422
    assert chief.post(asked, {f"question_{n}": f"Q{n}?" for n in range(3)}).status_code == 302
    assert "Q2?" in chief.get(asked).content.decode()
