"""Three taps by link, forward, back, twice, forwarded or expired; the desk of the team; the budgets."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import follow_ups as make_follow_up
from tests.factories import outcomes as tell
from tests.factories.follow_ups import CLOCK, LINK, door_of
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.followups.actions.answering import refuse_follow_up, say_now
from traboule.apps.followups.actions.asking import give_to_call, stand_down
from traboule.apps.followups.actions.ticks import tick_follow_ups
from traboule.apps.followups.enums import NotAsked
from traboule.apps.followups.models import FollowUp, FollowUpSetting
from traboule.apps.followups.own_enums import Now
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.core.models import Link
from traboule.kernel.calendar import months_after

pytestmark = pytest.mark.django_db
BUDGET = 15
MANY = 1_000


def asked(lyon: Branch, **person: Any) -> FollowUp:
    """A question that was sent just now."""
    duo = make_follow_up.ended(lyon, ended_on=months_after(timezone.localdate(), -6), **person)
    return make_follow_up.asked(duo, now=timezone.now())


@pytest.fixture
def row(lyon: Branch) -> FollowUp:
    return asked(lyon)


def text(client: Client, where: str) -> str:
    return client.get(where).content.decode()


def test_three_taps_without_a_script_and_the_answer_is_an_outcome(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    first = text(client, where)
    assert "What are you doing now?" in first
    for why in ("whether a duo helps", "The team reads it.", "It changes nothing for you."):
        assert why in first
    second = client.post(where, {"act": "now", "now": "job"}, follow=True).content.decode()
    assert "For how long, roughly?" in second
    third = client.post(where, {"act": "more", "since": "one", "hours": "25"}, follow=True).content.decode()
    assert "May we ask you again later?" in third
    thanks = client.post(where, {"act": "again", "again": "yes"}, follow=True).content.decode()
    assert "Your answer has arrived." in thanks
    told = Outcome.everywhere.get()
    assert (told.kind, told.told_by, told.weekly_hours) == ("job", "mentee", 25)


def test_reading_changes_nothing_whoever_opens_the_link(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    for page in (where, f"{where}?step=2", f"{where}?step=3"):
        assert client.get(page).status_code == 200
    row.refresh_from_db()
    assert (row.state, row.now) == ("asked", "")


def test_going_back_shows_what_was_tapped(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    client.post(where, {"act": "now", "now": "training"})
    client.post(where, {"act": "more", "since": "three", "hours": "15", "leads": "training"})
    assert "Training or study (your choice)" in text(client, f"{where}?step=1")
    back = text(client, f"{where}?step=2")
    for name, value in (("since", "three"), ("hours", "15"), ("leads", "training")):
        box = next(
            tag for tag in back.split("<input") if f'name="{name}"' in tag and f'value="{value}"' in tag
        )
        assert "checked" in box.split(">")[0]
    client.post(where, {"act": "now", "now": "training"})  # tapped once more: the rest stays
    row.refresh_from_db()
    assert (row.since, row.hours, row.leads) == ("three", 15, "training")


def test_a_no_is_one_tap_and_nothing_follows(row: FollowUp, client: Client) -> None:
    page = client.post(door_of(row), {"act": "refuse"}, follow=True).content.decode()
    assert "That is fine: nothing changes for you." in page
    row.refresh_from_db()
    assert row.state == "refused"


def test_used_twice_it_thanks_and_shows_no_answer(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    client.post(where, {"act": "now", "now": "searching"})
    client.post(where, {"act": "again", "again": "no"})
    again = client.post(where, {"act": "now", "now": "job"}, follow=True).content.decode()
    for page in (again, text(client, where), text(client, f"{where}?step=2")):
        assert "Your answer has arrived." in page
        assert "searching" not in page
    row.refresh_from_db()
    assert (row.now, row.ask_again) == ("searching", False)


def test_forwarded_it_says_whose_it_is_and_can_be_given_back(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    page = text(client, where)
    assert "You are not " in page
    assert f"{row.person.first_name}</bdi>?" in page
    assert row.person.last_name not in page
    said = client.post(where, {"act": "not_me"}).content.decode()
    assert "Thank you for telling us." in said
    assert client.get(where).status_code == 404
    row.refresh_from_db()
    assert row.state == "to_call"


def test_expired_or_not_to_be_asked_any_more_it_says_so(lyon: Branch, row: FollowUp, client: Client) -> None:
    where = door_of(row)
    Link.objects.filter(right="follow_up.answer").update(ends_at=timezone.now() - timedelta(days=1))
    over = client.get(where, headers={"accept-language": "en"})
    assert (over.status_code, "This link is over." in over.content.decode()) == (410, True)
    other = asked(lyon)
    stopped = door_of(other)
    stand_down(row=other, why=NotAsked.STOPPED, by=CLOCK, now=timezone.now())
    assert client.get(stopped).status_code == 404


def test_known_another_way_the_link_thanks(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    now = timezone.now()
    tell.told(row.person, now=now, starts_on=timezone.localdate(now))
    assert "We know already" in text(client, where)
    assert "We know already" in client.post(where, {"act": "now", "now": "job"}).content.decode()


def test_bad_input_is_said_and_half_of_it_is_not_written(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    assert client.post(where, {"act": "now", "now": "pilot"}).status_code == 200
    assert client.post(where, {"act": "more", "since": "one"}, follow=True).status_code == 200
    client.post(where, {"act": "now", "now": "job"})
    wrong = client.post(where, {"act": "more", "since": "one", "hours": "99"})
    assert wrong.status_code == 422
    row.refresh_from_db()
    assert (row.since, row.hours, row.done_at) == ("", None, None)
    client.post(where, {"act": "again", "again": "perhaps"})
    row.refresh_from_db()
    assert row.done_at is None


def test_it_speaks_the_language_of_the_person(lyon: Branch, client: Client) -> None:
    for language, direction in (("ar", "rtl"), ("fa", "rtl"), ("uk", "ltr"), ("fr", "ltr")):
        page = text(client, door_of(asked(lyon, contact_language=language)))
        assert f'dir="{direction}"' in page
        assert "What are you doing now?" not in page


def test_the_team_sees_whom_to_call_and_notes_it(lyon: Branch, row: FollowUp, sign_in: SignIn) -> None:
    give_to_call(row=row, by=CLOCK, now=timezone.now())
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    listed = text(client, reverse("follow_ups", args=["lyon"]))
    assert row.person.display_name in listed
    one = reverse("follow_up", args=["lyon", row.pk])
    wrong = client.post(one, {"result": "answered", "since": "one"})
    assert (wrong.status_code, "Choose what the person is doing now." in wrong.content.decode()) == (
        422,
        True,
    )
    twice = client.post(one, {"result": "refused", "what": "job"})
    assert (twice.status_code, "goes with" in twice.content.decode()) == (422, True)
    client.post(one, {"result": "answered", "what": "job", "since": "one", "hours": "35", "ask_again": "yes"})
    row.refresh_from_db()
    assert (row.state, row.ask_again, row.calls) == ("reached", True, 1)
    done = text(client, one)
    assert reverse("outcome", args=["lyon", Outcome.everywhere.get().pk]) in done
    assert "Note the call" not in done


def test_an_answer_by_link_meanwhile_is_not_overwritten(lyon: Branch, row: FollowUp, sign_in: SignIn) -> None:
    refuse_follow_up(row=row, by=LINK, now=timezone.now())
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    where = reverse("follow_up", args=["lyon", row.pk])
    said = client.post(where, {"result": "unreachable"}, follow=True).content.decode()
    assert "This was answered meanwhile." in said
    row.refresh_from_db()
    assert row.state == "refused"


def test_today_leads_to_the_call_and_the_person_page_shows_it(
    lyon: Branch, row: FollowUp, sign_in: SignIn
) -> None:
    give_to_call(row=row, by=CLOCK, now=timezone.now() - timedelta(days=10))
    client = sign_in(Role.COORDINATOR, lyon, locale="en")
    where = reverse("follow_up", args=["lyon", row.pk])
    today = text(client, reverse("today", args=["lyon"]))
    assert "No answer after the end: call" in today
    assert where in today
    assert where in text(client, reverse("person_outcomes", args=["lyon", row.person_id]))


def test_figures_keep_reached_refused_not_reached_and_open_apart_with_their_n(
    lyon: Branch, sign_in: SignIn
) -> None:
    rows = [asked(lyon) for _ in range(4)]
    say_now(row=rows[0], what=Now.JOB, by=LINK, now=timezone.now())
    refuse_follow_up(row=rows[1], by=LINK, now=timezone.now())
    stand_down(row=rows[2], why=NotAsked.CONSENT, by=CLOCK, now=timezone.now())
    page = text(sign_in(Role.DIRECTOR, lyon, locale="en"), reverse("follow_ups", args=["lyon"]))
    cells = page.split("<tbody>")[1].split("</tbody>")[0].split("<td")[1:]
    numbers = [cell.split(">")[1].split("<")[0] for cell in cells]
    assert numbers == ["1", "0", "1", "0", "1", "3", "1"]


def test_a_director_sets_the_months_and_wrong_ones_are_said(lyon: Branch, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, lyon, locale="en")
    where = reverse("follow_up_months", args=["lyon"])
    assert "6, 12, 18" in text(client, where)
    for wrong, words in (("six", "Write numbers"), ("0", "from 1 to 60"), ("1,2,3,4,5,6,7", "six times")):
        answer = client.post(where, {"months": wrong})
        assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert client.post(where, {"months": "3; 6"}).status_code == 302
    assert FollowUpSetting.everywhere.get().months == [3, 6]


def test_lists_and_pages_cost_the_same_at_1_and_at_1000(lyon: Branch, sign_in: SignIn) -> None:
    client, first = sign_in(Role.COORDINATOR, lyon), asked(lyon)
    give_to_call(row=first, by=CLOCK, now=timezone.now())
    home = reverse("follow_ups", args=["lyon"])
    shows = ("to_call", "asked", "reached", "not_asked", "all")
    pages = [home, *(f"{home}?show={show}&month=6" for show in shows)]
    pages += [reverse("follow_up", args=["lyon", first.pk])]
    pages += [reverse("person_outcomes", args=["lyon", first.person_id])]
    other = asked(lyon)
    say_now(row=other, what=Now.JOB, by=LINK, now=timezone.now())
    stand_down(row=asked(lyon), why=NotAsked.CONSENT, by=CLOCK, now=timezone.now())
    asked(lyon)
    few = {where: _queries(client, where) for where in pages for _warm in range(2)}
    _many(first)
    assert {where: _queries(client, where) for where in pages} == few
    assert max(few.values()) <= BUDGET


def test_the_page_of_a_link_stays_in_its_budget(row: FollowUp, client: Client) -> None:
    where = door_of(row)
    say_now(row=row, what=Now.JOB, by=LINK, now=timezone.now())
    assert max(_queries(client, f"{where}?step={step}") for step in (1, 2, 3)) <= BUDGET


def test_a_clock_with_nothing_due_reads_the_same_at_1_and_at_1000_open_questions(lyon: Branch) -> None:
    row = asked(lyon)
    few = _ticks()
    now = timezone.now()
    duos = [make_follow_up.ended(lyon, ended_on=date(2020, 1, 1)) for _ in range(MANY // 40)]
    FollowUp.everywhere.bulk_create(
        FollowUp(
            branch=lyon,
            person=duo.mentee,
            duo=duo,
            month=month,
            due_on=row.due_on,
            state="asked",
            asked_at=now,
            tried_at=now,
        )
        for duo in duos
        for month in (6, 12, *range(18, 56))
    )
    assert _ticks() == few


def place_of(row: FollowUp) -> str:
    address = my_place_address(person=row.person, now=timezone.now())
    return "/" + address.split("/", 3)[3]


def test_the_place_asks_the_same_in_three_taps(row: FollowUp, client: Client) -> None:
    place = place_of(row)
    assert 'href="?show=follow_up"' in text(client, place)
    where = f"{place}?show=follow_up"
    first = text(client, where)
    assert "What are you doing now?" in first
    assert "This link is not for me" not in first
    second = client.post(where, {"act": "now", "now": "job"}, follow=True)
    assert "For how long, roughly?" in second.content.decode()
    assert 'href="?show=follow_up&amp;step=1"' in second.content.decode()
    there = second.redirect_chain[-1][0]
    third = client.post(there, {"act": "more", "since": "one", "hours": "25"}, follow=True)
    assert "May we ask you again later?" in third.content.decode()
    there = third.redirect_chain[-1][0]
    last = client.post(there, {"act": "again", "again": "yes"}, follow=True)
    assert last.redirect_chain[-1][0] == place
    assert "Your answer has arrived." in last.content.decode()
    assert "show=follow_up" not in last.content.decode()
    told = Outcome.everywhere.get()
    assert (told.kind, told.told_by, told.weekly_hours) == ("job", "mentee", 25)
    assert client.get(where).headers["Location"] == place  # nothing waits any more


def test_on_the_place_a_no_is_one_tap_too_and_says_so(row: FollowUp, client: Client) -> None:
    place = place_of(row)
    page = client.post(f"{place}?show=follow_up", {"act": "refuse"}, follow=True).content.decode()
    assert "That is fine: nothing changes for you." in page
    row.refresh_from_db()
    assert row.state == "refused"


def test_a_place_cannot_say_that_a_link_went_to_wrong_hands(row: FollowUp, client: Client) -> None:
    assert client.post(f"{place_of(row)}?show=follow_up", {"act": "not_me"}).status_code == 200
    row.refresh_from_db()
    assert row.state == "asked"
    assert client.get(door_of(row)).status_code == 200


def test_a_place_asks_nothing_when_nothing_waits_and_never_of_a_mentor(
    row: FollowUp, lyon: Branch, client: Client
) -> None:
    stand_down(row=row, why=NotAsked.CONSENT, by=CLOCK, now=timezone.now())
    assert "show=follow_up" not in text(client, place_of(row))
    other = asked(lyon)
    mentor = my_place_address(person=other.duo.mentor, now=timezone.now())
    assert "show=follow_up" not in text(client, "/" + mentor.split("/", 3)[3])


def test_the_place_with_a_question_stays_in_its_budget(row: FollowUp, client: Client) -> None:
    place = place_of(row)
    say_now(row=row, what=Now.JOB, by=LINK, now=timezone.now())
    pages = [place, *(f"{place}?show=follow_up&step={step}" for step in (1, 2, 3))]
    assert max(_queries(client, where) for where in pages) <= BUDGET


def _ticks() -> int:
    with CaptureQueriesContext(connection) as seen:
        tick_follow_ups(timezone.now())
    return len(seen)


def _many(row: FollowUp) -> None:
    """A thousand more of every list, about one duo: months have a number of their own below 60."""
    states = [
        {"state": "to_call"},
        {"state": "reached", "now": "job", "answered_at": timezone.now(), "closed_at": timezone.now()},
        {"state": "not_asked", "why_not": "consent", "closed_at": timezone.now()},
        {"state": "asked", "asked_at": timezone.now()},
    ]
    duos = [make_follow_up.ended(row.branch, ended_on=date(2020, 1, 1)).pk for _ in range(MANY // 40)]
    FollowUp.everywhere.bulk_create(
        FollowUp(
            branch=row.branch,
            person=row.person,
            duo_id=duos[number // 40],
            month=6 if number % 40 < 1 else number % 40 + 18,
            due_on=row.due_on,
            **{"done_at": timezone.now(), **states[number % 4]},
        )
        for number in range(MANY)
    )


def _queries(client: Client, where: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(where).status_code == 200
    return len(seen)
