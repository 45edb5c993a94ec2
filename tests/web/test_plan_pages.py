"""The plan in the browser: the mentee's own pages, the mentor's view, the team for her; languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.test import Client
from django.utils import timezone

from tests.factories import pairing, plans
from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.actions import close_duo
from traboule.apps.duos.actions.plan import choose_shown, suggest
from traboule.apps.duos.enums import CloseReason
from traboule.apps.duos.models import Duo, Goal, Interview, JobApplication, Milestone, PlanTemplate, ShortJob
from traboule.apps.duos.plan_messages import plan_address
from traboule.apps.people.actions.own import my_place_address
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.core.languages import EVERYBODY
from traboule.core.models import Link

pytestmark = pytest.mark.django_db


def today() -> Any:
    return local_day(timezone.now(), "Europe/Paris")


@pytest.fixture
def claire(lyon: Branch) -> Actor:
    return make.coordinator(lyon, name="Claire Vasseur")


@pytest.fixture
def duo(lyon: Branch, claire: Actor) -> Duo:
    selam = make.mentee(lyon, first_name="Selam", contact_language="en", occupations=["D1102", "G1602"])
    anne = make.mentor(lyon, first_name="Anne", contact_language="en")
    return pairing.duo(selam, anne, claire)


def door(address: str) -> str:
    return "/" + address.split("/", 3)[3]


def plan_of(person: Person) -> str:
    return door(plan_address(person=person, now=timezone.now()))


def place_of(person: Person) -> str:
    return door(my_place_address(person=person, now=timezone.now()))


def text(answer: Any) -> str:
    return str(answer.content.decode())


# --- the mentee -----------------------------------------------------------------------------------------


def test_an_empty_plan_asks_for_one_goal_and_one_tap_brings_it(duo: Duo) -> None:
    where, client = plan_of(duo.mentee), Client()
    assert "What do you want to reach?" in text(client.get(where))
    assert "A good CV" in text(client.get(where + "?plan=goals"))
    page = text(client.post(where + "?plan=goals", {"template": "2"}, follow=True))
    assert "Write down what I have done" in page
    assert Goal.everywhere.get().kind == "cv"


def test_own_words_are_a_goal_and_an_empty_field_is_not(duo: Duo) -> None:
    where, client = plan_of(duo.mentee), Client()
    refused = client.post(where + "?plan=goals", {"words": " "})
    assert refused.status_code == 422
    client.post(where + "?plan=goals", {"words": "A flat of my own"})
    assert Goal.everywhere.get().said == "A flat of my own"


def test_an_application_is_noted_in_three_taps(duo: Duo) -> None:
    where, client = plan_of(duo.mentee) + "?plan=sent", Client()
    page = text(client.get(where))  # the first tap opened the page
    assert page.count("checked") == 2  # her occupation and "today" are chosen already
    client.post(where, {"occupation": "G1602", "sent": "today"})  # the second chose, the third saved
    row = JobApplication.everywhere.get()
    assert (row.rome, row.sent_on) == ("G1602", today())


def test_another_job_is_looked_up_or_kept_as_it_was_typed(duo: Duo) -> None:
    where, client = plan_of(duo.mentee) + "?plan=sent", Client()
    looked = client.post(where, {"other": "boulanger", "sent": "today", "act": "look"})
    assert "D1102" in text(looked)
    assert not JobApplication.everywhere.exists()
    client.post(where, {"other": "boulanger", "occupation": "D1102", "sent": "yesterday"})
    client.post(where, {"other": "Influenceuse", "occupation": "D1102", "sent": "today"})
    kept = JobApplication.everywhere.order_by("pk").values_list("rome", "occupation")
    assert list(kept) == [("D1102", ""), ("", "Influenceuse")]


@pytest.mark.parametrize(
    ("page", "typed", "error"),
    [
        ("sent", {"employer": "x", "sent": "other", "sent_on": "31/02/2026"}, "This day does not exist."),
        ("sent", {"employer": "x", "sent": "other", "sent_on": "01/01/1990"}, "This day is not possible."),
        ("sent", {"employer": "x", "sent": "other", "sent_on": "2031-01-01"}, "This day is still to come."),
        ("sent", {"employer": "x", "sent": "other"}, "Which day was it?"),
        ("sent", {"employer": "", "sent": "today"}, "Say for which job, or to whom."),
        ("interview", {"employer": "x", "day": "2026-01-05", "hour": "10:00"}, "This day or hour is over."),
        ("interview", {"employer": "x", "day": "30/02/2027", "hour": "10:00"}, "This day does not exist."),
        (
            "interview",
            {"employer": "x", "day": "28/03/2027", "hour": "02:30"},
            "The clocks change",
        ),
        (
            "job",
            {"work": "x", "starts_on": "2026-03-05", "ends_on": "2026-03-04"},
            "The last day is before the first one.",
        ),
        ("job", {"work": "x", "starts_on": "1999-12-31"}, "This day is not possible."),
        ("job", {"work": "x", "starts_on": "2026-03-05", "hours": "200"}, "less than or equal to 80"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(
    page: str, typed: dict[str, str], error: str, duo: Duo
) -> None:
    answer = Client().post(f"{plan_of(duo.mentee)}?plan={page}", typed)
    assert answer.status_code == 422
    assert text(answer).count(error) == 2  # in the summary, and beside the field
    for value in typed.values():
        assert not value or value in text(answer)
    rows = (JobApplication, Interview, ShortJob)
    assert [model.everywhere.count() for model in rows] == [0, 0, 0]


def test_an_answer_before_the_application_is_refused_and_an_invitation_leads_to_its_interview(
    duo: Duo,
) -> None:
    row = plans.application(duo.mentee)
    where, client = f"{plan_of(duo.mentee)}?plan=reply&id={row.pk}", Client()
    early = client.post(where, {"reply": "no", "replied_on": (row.sent_on - timedelta(2)).isoformat()})
    assert "This is before you sent the application." in text(early)
    page = client.post(where, {"reply": "interview"}, follow=True)
    assert 'value="Bakery"' in text(page)
    day = (today() + timedelta(9)).isoformat()
    client.post(page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"],
                {"employer": "Bakery", "day": day, "hour": "14:00", "place": "Lyon 7e"})  # fmt: skip
    assert Interview.everywhere.get().application_id == row.pk


def test_after_a_short_job_the_mentor_is_still_there(duo: Duo) -> None:
    typed = {"work": "Kitchen help", "starts_on": "2026-03-02", "ends_on": "2026-03-20", "hours": "35"}
    page = text(Client().post(plan_of(duo.mentee) + "?plan=job", typed, follow=True))
    assert "Good! Anne is still with you." in page
    duo.refresh_from_db()
    assert duo.state == "active"


def test_a_milestone_is_done_with_one_tap_moved_and_put_aside(duo: Duo) -> None:
    point = plans.milestone(plans.goal(duo.mentee), due_on=today() + timedelta(3))
    where, client = plan_of(duo.mentee), Client()
    assert "Well done!" in text(client.post(where, {"act": f"done:{point.pk}"}, follow=True))
    client.post(f"{where}?plan=goal&id={point.goal_id}", {"act": f"undo:{point.pk}"})
    typed = {"words": "Visit two bakeries", "due_on": (today() + timedelta(9)).isoformat()}
    client.post(f"{where}?plan=point&id={point.pk}", typed)
    point.refresh_from_db()
    assert (point.said, point.state) == ("Visit two bakeries", "open")
    client.post(f"{where}?plan=point&id={point.pk}", {"act": "drop"})
    client.post(f"{where}?plan=point&goal={point.goal_id}", typed)
    assert sorted(Milestone.everywhere.values_list("state", flat=True)) == ["dropped", "open"]
    client.post(f"{where}?plan=goal&id={point.goal_id}", {"act": "reached"})
    assert Goal.everywhere.get().state == "reached"


def test_the_plan_of_somebody_else_does_not_exist(lyon: Branch, duo: Duo) -> None:
    other = make.mentee(lyon)
    point = plans.milestone(plans.goal(other))
    row, meeting, job = plans.application(other), plans.interview(other), plans.short_job(other)
    where, client = plan_of(duo.mentee), Client()
    pages = {
        "goal": point.goal_id,
        "point": point.pk,
        "reply": row.pk,
        "interview": meeting.pk,
        "job": job.pk,
    }
    for page, pk in {**pages, "went": meeting.pk, "nothing": 1, "suggest": 1}.items():
        assert client.get(f"{where}?plan={page}&id={pk}").status_code == 404
        assert client.post(f"{where}?plan={page}&id={pk}", {"act": "mistake"}).status_code == 404
    assert client.post(where, {"act": f"done:{point.pk}"}).status_code == 404
    assert client.post(where, {"act": "take:1"}).status_code == 404


def test_reading_a_link_changes_nothing_and_writing_counts_a_use(duo: Duo) -> None:
    where, client = plan_of(duo.mentee), Client()
    pages = ("home", "goals", "sent", "interview", "job", "shown", "pdf", "table")
    for page in pages:
        assert client.get(f"{where}?plan={page}").status_code == 200
    assert Link.objects.get(right="plan.open").used_at is None
    client.post(where + "?plan=goals", {"template": "1"})
    assert Link.objects.get(right="plan.open").used_at is not None


@pytest.mark.parametrize("language", EVERYBODY)
def test_every_page_speaks_each_language_and_so_do_the_files(language: str, duo: Duo) -> None:
    goal = plans.goal(duo.mentee)
    plans.milestone(goal)
    plans.application(duo.mentee)
    client = Client()
    client.cookies[django_settings.LANGUAGE_COOKIE_NAME] = language
    where = plan_of(duo.mentee)
    direction = "rtl" if language in {"ar", "fa-af"} else "ltr"
    for page in ("home", "goals", f"goal&id={goal.pk}", "sent", "interview", "job", "shown"):
        assert f'<html lang="{language}" dir="{direction}"' in text(client.get(f"{where}?plan={page}"))
    paper = client.get(where + "?plan=pdf")
    assert paper.content.startswith(b"%PDF-")
    assert f"/Lang({language[:2]}" in paper.content.decode("latin-1").replace(" ", "")


def test_the_table_holds_all_and_runs_nothing(duo: Duo) -> None:
    plans.goal(duo.mentee, words="=1+1")
    plans.application(duo.mentee)
    plans.interview(duo.mentee)
    plans.short_job(duo.mentee)
    answer = Client().get(plan_of(duo.mentee) + "?plan=table")
    found = answer.content.decode("utf-8-sig")
    assert "'=1+1" in found
    assert [found.count(word) for word in ("Application", "Interview", "Short job")] == [1, 1, 1]
    assert "attachment" in answer.headers["Content-Disposition"]


# --- my place, and after the duo ------------------------------------------------------------------------


def test_my_place_leads_to_the_plan_by_link_and_signed_in(lyon: Branch, duo: Duo, sign_in: SignIn) -> None:
    plans.milestone(plans.goal(duo.mentee), due_on=today() + timedelta(3))
    by_link, signed_in = Client(), sign_in(Role.MENTEE, lyon, person=duo.mentee, locale="en")
    for client, where in ((by_link, place_of(duo.mentee)), (signed_in, "/me/")):
        assert "Visit a bakery" in text(client.get(where))
        assert "My plan" in text(client.get(where + "?plan=home"))
        assert client.post(where + "?plan=goals", {"template": "1"}).status_code == 302
    assert Goal.everywhere.count() == 3


def test_after_the_duo_the_plan_is_still_hers_to_read_and_to_take_away(duo: Duo, claire: Actor) -> None:
    plans.goal(duo.mentee)
    close_duo(duo=duo, reason=CloseReason.COMPLETED, closed_on=NOW.date(), by=claire, now=NOW)
    where, client = place_of(duo.mentee), Client()
    assert "My plan" in text(client.get(where))
    assert client.get(where + "?plan=table").status_code == 200
    assert Client().get(plan_of(duo.mentee) + "?plan=pdf").status_code == 200


# --- the mentor -----------------------------------------------------------------------------------------


def test_the_mentor_reads_what_is_shown_and_suggests(duo: Duo) -> None:
    plans.goal(duo.mentee, words="A job in a bakery")
    choose_shown(person=duo.mentee, fields={"note": "canary-note"}, by=system("t"), now=NOW)
    where, client = place_of(duo.mentor), Client()
    assert "The plan of Selam" in text(client.get(where))
    page = text(client.get(f"{where}?plan=home&of={duo.pk}"))
    assert "A job in a bakery" in page
    assert "canary-note" not in page
    assert 'name="act"' not in page
    typed = {"words": "Ask my baker", "goal": str(Goal.everywhere.get().pk)}
    told = text(client.post(f"{where}?plan=suggest&of={duo.pk}", typed, follow=True))
    assert "Selam reads it and decides." in told
    hers = Client().get(plan_of(duo.mentee))
    assert "Ask my baker" in text(hers)
    pk = duo.mentee.plan_suggestions.get().pk
    Client().post(plan_of(duo.mentee), {"act": f"take:{pk}"})
    again = Client().post(plan_of(duo.mentee), {"act": f"away:{pk}"}, follow=True)
    assert "You have answered this already." in text(again)
    assert Milestone.everywhere.get().said == "Ask my baker"


def test_a_mentor_changes_nothing_and_a_former_one_sees_nothing(duo: Duo, claire: Actor) -> None:
    point = plans.milestone(plans.goal(duo.mentee))
    where, client = place_of(duo.mentor), Client()
    client.post(f"{where}?plan=home&of={duo.pk}", {"act": f"done:{point.pk}"})
    point.refresh_from_db()
    assert point.state == "open"
    for page in ("goals", "goal", "sent", "shown", "pdf", "table"):
        assert client.get(f"{where}?plan={page}&of={duo.pk}").status_code == 404
    close_duo(duo=duo, reason=CloseReason.OTHER, closed_on=NOW.date(), by=claire, now=NOW)
    assert client.get(f"{where}?plan=home&of={duo.pk}").status_code == 404
    assert "The plan of" not in text(client.get(where))


def test_a_mentor_reads_no_other_plan_by_its_number(lyon: Branch, duo: Duo, claire: Actor) -> None:
    other = pairing.duo(make.mentee(lyon), make.mentor(lyon), claire)
    assert Client().get(f"{place_of(duo.mentor)}?plan=home&of={other.pk}").status_code == 404
    assert Client().get(f"{place_of(duo.mentor)}?plan=home").status_code == 404


# --- the team -------------------------------------------------------------------------------------------


def test_the_page_of_a_duo_says_that_there_is_no_next_step(lyon: Branch, duo: Duo, sign_in: SignIn) -> None:
    client = sign_in(at=lyon)
    assert "No next step" in text(client.get(f"/b/lyon/duos/{duo.pk}/"))
    plans.milestone(plans.goal(duo.mentee), due_on=today() + timedelta(3))
    assert "Visit a bakery" in text(client.get(f"/b/lyon/duos/{duo.pk}/"))


def test_the_team_writes_only_what_she_said_and_says_how(lyon: Branch, duo: Duo, sign_in: SignIn) -> None:
    client, where = sign_in(at=lyon), f"/b/lyon/duos/{duo.pk}/plan/"
    silent = client.post(where + "?plan=goals", {"template": "1"})
    assert silent.status_code == 422
    assert not Goal.everywhere.exists()
    client.post(where + "?plan=goals", {"template": "1", "said": "phone"})
    point = Milestone.everywhere.order_by("due_on")[0]
    goal = f"{where}?plan=goal&id={point.goal_id}"
    assert client.post(goal, {"act": f"done:{point.pk}"}).status_code == 422
    client.post(goal, {"act": f"done:{point.pk}", "said": "met"})
    point.refresh_from_db()
    assert point.state == "done"
    row = plans.application(duo.mentee)
    reply = f"{where}?plan=reply&id={row.pk}"
    assert "How did the mentee say it?" in text(client.post(reply, {"act": "mistake"}))
    client.post(reply, {"act": "mistake", "said": "phone"})
    assert not JobApplication.everywhere.exists()


def test_the_team_reads_the_plan_but_not_the_note(lyon: Branch, duo: Duo, sign_in: SignIn) -> None:
    choose_shown(person=duo.mentee, fields={"note": "canary-note"}, by=system("t"), now=NOW)
    suggest(duo=duo, words="canary-idea", goal=None, due_on=None, by=system("t"), now=NOW)
    client = sign_in(at=lyon)
    for page in ("home", "shown", "table"):
        assert "canary-note" not in text(client.get(f"/b/lyon/duos/{duo.pk}/plan/?plan={page}"))


def test_a_director_changes_what_mentees_are_offered(lyon: Branch, duo: Duo, sign_in: SignIn) -> None:
    client = sign_in(Role.DIRECTOR, lyon)
    assert "These goals come with Traboule" in text(client.get("/b/lyon/plans/"))
    client.post("/b/lyon/plans/start/")
    row = PlanTemplate.everywhere.get(number=2)
    client.post(f"/b/lyon/plans/{row.pk}/", {"title": "Un CV simple", "steps": "a\nb", "days": "5"})
    client.post("/b/lyon/plans/new/", {"title": "Permis", "steps": "", "days": "14", "is_offered": "on"})
    assert client.post("/b/lyon/plans/new/", {"title": "", "days": "0"}).status_code == 422
    too_long = {"title": "x", "days": "5", "steps": "\n".join("abcdefghijklm")}
    assert "At most 12 milestones." in text(client.post("/b/lyon/plans/new/", too_long))
    page = text(Client().get(plan_of(duo.mentee) + "?plan=goals"))
    assert "Permis" in page
    assert "Un CV simple" not in page  # no longer offered
