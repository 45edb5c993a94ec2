"""Figures of a branch: cards, rows behind them by permission, definitions tried and decided, yearly costs."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from tests.factories import people as make
from tests.factories.people import NOW
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.indicators.models import DefinitionVersion, YearCost
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.enums import Role
from traboule.apps.people.models import Login, MenteeProfile, MentorProfile, Person
from traboule.core import remember
from traboule.core.days import local_day

pytestmark = pytest.mark.django_db
BUDGET = 15
MOST_COLD = BUDGET + 14  # the first page of a state reads the facts
NAME = "positive_outcome_from_start"
TODAY = local_day(timezone.now(), "Europe/Paris")
BEGAN = TODAY - timedelta(days=500)


@pytest.fixture
def director(sign_in: SignIn, lyon: Branch) -> Client:
    return english(sign_in(Role.DIRECTOR, at=lyon, locale="en"))


def english(client: Client) -> Client:
    client.cookies["django_language"] = "en"
    return client


def page(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> str:
    answer = client.get(reverse(name, args=["lyon", *args]), query)
    assert answer.status_code == status, answer.content.decode()[-2000:]
    return answer.content.decode()


def cohort(at: Branch, number: int, jobs: int, starter: Login, began: date = BEGAN) -> list[Duo]:
    """So many duos that ended, the first of whom found a job four months later; all rows at once."""
    people = Person.everywhere.bulk_create(make.PersonFactory.build_batch(2 * number, branch=at))
    mentees, mentors = people[:number], people[number:]
    MenteeProfile.everywhere.bulk_create(
        MenteeProfile(person=one, state="pool", waiting_since=TODAY) for one in mentees
    )
    MentorProfile.everywhere.bulk_create(MentorProfile(person=one, state="pool") for one in mentors)
    duos = Duo.everywhere.bulk_create(
        Duo(
            branch=at,
            mentee=mentee,
            mentor=mentor,
            state="closed",
            close_reason="completed",
            started_on=began,
            ends_on=began + timedelta(days=182),
            closed_on=began + timedelta(days=182),
            closed_by=starter,
            started_by=starter,
            started_at=NOW,
        )
        for mentee, mentor in zip(mentees, mentors, strict=True)
    )
    Outcome.everywhere.bulk_create(
        Outcome(
            branch=at,
            person=duo.mentee,
            duo=duo,
            kind="job",
            contract="permanent",
            starts_on=began + timedelta(days=120),
            told_at=NOW,
            told_by="mentee",
            seen_on=began + timedelta(days=130),
        )
        for duo in duos[:jobs]
    )
    return duos


def test_a_card_says_value_n_unknown_bounds_source_and_version(director: Client, lyon: Branch) -> None:
    cohort(lyon, 12, 8, make.login(Role.COORDINATOR, lyon))

    said = page(director, "figures")

    card = said.partition(f'aria-labelledby="{NAME}"')[2].partition("</section>")[0]
    card = " ".join(re.sub(r"<[^>]+>", " ", card).split())
    assert "100 %" in card
    for part in (
        "8 known of 12 whose time is up",
        "Not known of them 4 (not known 4)",
        "67 % to 100 %",
        "Published 72 % (duoforajob.be, impact page: within 12 months; clock not said)",
        "Of duos that started, the share whose mentee had a job, an internship or a training",
        "Version 1",
    ):
        assert part in card, (part, card)
    assert "with what is not known 67 % to 100 %; published 72 %" in said
    assert "They are two figures" in said


def test_a_branch_without_anybody_says_what_will_come(director: Client) -> None:
    said = page(director, "figures")

    assert "Nobody is here yet." in said
    assert '<svg class="bars' not in said


def test_fewer_people_than_the_floor_are_hidden_with_their_rows(director: Client, lyon: Branch) -> None:
    duos = cohort(lyon, 4, 3, make.login(Role.COORDINATOR, lyon))

    said, rows = page(director, "figures"), page(director, "figure_rows", NAME)

    card = said.partition(f'aria-labelledby="{NAME}"')[2].partition("</section>")[0]
    assert "Fewer than 5 people: not shown." in card
    assert "whose time is up" not in card
    assert "Rows behind it" not in card
    assert not any(duo.mentee.last_name in rows for duo in duos)


def test_a_past_day_shows_what_was_due_then_and_a_coming_one_is_refused(
    director: Client, lyon: Branch
) -> None:
    cohort(lyon, 12, 8, make.login(Role.COORDINATOR, lyon))
    past = (BEGAN + timedelta(days=200)).isoformat()

    then = page(director, "figures", day=past)
    wrong = page(director, "figures", status=422, day=(TODAY + timedelta(days=1)).isoformat())
    unreadable = page(director, "figures", status=422, day="yesterday")

    card = then.partition(f'aria-labelledby="{NAME}"')[2].partition("</section>")[0]
    assert "Nobody yet: no time is up." in card
    assert f"?day={past}" in then
    assert "Choose today or a day that is past." in wrong
    assert "yesterday" in unreadable


def test_who_may_know_names_reads_them_and_a_funder_reads_codes_without_days(
    sign_in: SignIn, lyon: Branch, director: Client
) -> None:
    duos = cohort(lyon, 6, 4, make.login(Role.COORDINATOR, lyon))
    funder = english(sign_in(Role.FUNDER, at=lyon, locale="en"))

    by_name, by_code = page(director, "figure_rows", NAME), page(funder, "figure_rows", NAME)

    assert all(duo.mentee.last_name in by_name for duo in duos)
    assert reverse("duo", args=["lyon", duos[0].pk]) in by_name
    assert not any(one in by_code for duo in duos for one in (duo.mentee.last_name, duo.mentor.last_name))
    assert len(set(re.findall(r"Duo [0-9A-F]{6}", by_code))) == 6
    other = page(funder, "figure_rows", "stable_job_from_start")
    assert set(re.findall(r"Duo [0-9A-F]{6}", by_code)).isdisjoint(re.findall(r"Duo [0-9A-F]{6}", other))
    body = by_code.partition("<tbody>")[2].partition("</tbody>")[0]
    assert str(BEGAN.year) not in body
    assert page(director, "figure_rows", "nothing", status=404)


def trial(client: Client, act: str = "try", name: str = NAME, base: int = 1, **fields: Any) -> Any:
    """Send the form as it was opened, with some fields otherwise."""
    where = reverse("figure_definition_new", args=["lyon", name])
    form = client.get(where).context["form"]
    data = {field: form.get_initial_for_field(form.fields[field], field) for field in form.fields}
    data = {field: "" if value is None else value for field, value in data.items()}
    return client.post(where, {**data, "act": act, "base": base, **fields})


def test_both_versions_stand_side_by_side_before_anybody_decides(director: Client, lyon: Branch) -> None:
    cohort(lyon, 12, 8, make.login(Role.COORDINATOR, lyon))

    answer = trial(director, months=3)

    said = answer.content.decode()
    assert answer.status_code == 200
    assert "within 12 months after the start" in said
    assert "within 3 months after the start" in said
    assert "8 rows" in said
    assert "Somebody whose role reaches all of them decides it." in said
    assert 'value="decide"' not in said
    assert not DefinitionVersion.objects.exists()


def test_what_differs_by_a_handful_is_neither_counted_out_nor_named(director: Client, lyon: Branch) -> None:
    duos = cohort(lyon, 12, 3, make.login(Role.COORDINATOR, lyon))

    said = trial(director, months=3).content.decode()

    preview = said.partition('id="preview"')[2]
    assert "fewer than 5" in preview
    assert "3 rows" not in preview
    assert not any(duo.mentee.last_name in preview for duo in duos)


def test_a_decision_needs_a_reason_and_a_role_in_all_branches(
    sign_in: SignIn, lyon: Branch, director: Client
) -> None:
    chief = english(sign_in(Role.DIRECTOR, locale="en"))

    assert trial(director, "decide", months=6, why="Because").status_code == 200
    without = trial(chief, "decide", months=6)
    assert without.status_code == 422
    assert 'value="6"' in without.content.decode()
    assert not DefinitionVersion.objects.exists()

    done = trial(chief, "decide", months=6, why="The payer looks after half a year.")

    assert done.status_code == 302
    row = DefinitionVersion.objects.get()
    assert (row.version, row.definition["months"]) == (2, 6)
    said = page(chief, "figure_definition", NAME)
    assert "The payer looks after half a year." in said
    assert "within 6 months after the start" in said
    assert "within 12 months after the start" in said
    stale = trial(chief, "decide", months=9, base=1, why="Again")
    assert stale.status_code == 422
    assert "Somebody decided another version meanwhile." in stale.content.decode()
    assert DefinitionVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "fields", "said"),
    [
        (NAME, {"kinds": []}, "Please choose or write something here."),
        (NAME, {"min_days": 30, "min_months": 1}, "Months or days, not both"),
        (NAME, {"months": 0}, "A number from 1 to 60."),
        (NAME, {"against": "120"}, "A number from 0 to 100."),
        (NAME, {"floor": 1}, "greater than or equal to 3"),
        (NAME, {}, "This says the same as the version in force."),
        ("worked_90_days", {"min_days": 0}, "Please choose or write something here."),
    ],
)
def test_what_cannot_stand_is_said_beside_its_field(
    director: Client, name: str, fields: dict[str, Any], said: str
) -> None:
    answer = trial(director, name=name, **fields)

    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_costs_are_written_corrected_and_missing_years_named(director: Client, lyon: Branch) -> None:
    last = TODAY.year - 1
    cohort(lyon, 6, 2, make.login(Role.COORDINATOR, lyon), date(last, 1, 10))
    where = reverse("figure_cost_new", args=["lyon"])
    assert f"Nobody wrote what was spent in: {last}." in page(director, "figures")

    wrong = director.post(where, {"year": TODAY.year, "euros": "10", "source": "Accounts"})
    done = director.post(where, {"year": last, "euros": "120000.50", "with_expenses": "on", "source": "p. 4"})

    assert wrong.status_code == 422
    assert "Only a year that is over" in wrong.content.decode()
    assert 'value="Accounts"' in wrong.content.decode()
    assert done.status_code == 302
    assert YearCost.everywhere.get().cents == 12_000_050
    assert "120,000.50" in page(director, "figure_costs")
    assert "Nobody wrote what was spent in" not in page(director, "figures")
    assert "20,000.08" in page(director, "figures")


def test_a_coordinator_reads_costs_and_writes_none(sign_in: SignIn, lyon: Branch) -> None:
    client = english(sign_in(Role.COORDINATOR, at=lyon, locale="en"))

    assert "Write a year" not in page(client, "figure_costs")
    sent = {"year": TODAY.year - 1, "euros": "10", "source": "Accounts"}
    assert client.post(reverse("figure_cost_new", args=["lyon"]), sent).status_code == 403
    page(client, "figure_definition_new", NAME, status=403)


@pytest.mark.parametrize(
    ("name", "args"),
    [
        ("figures", ()),
        ("figure_rows", (NAME,)),
        ("figure_rows", ("mentors_again",)),
        ("figure_costs", ()),
        ("figure_definitions", ()),
    ],
)
def test_figures_cost_the_same_queries_at_6_and_at_1000_duos(
    director: Client, lyon: Branch, name: str, args: tuple[str, ...], settings: Settings
) -> None:
    """Six: fewer are hidden, and a hidden figure asks for no names. Facts are read once per state."""
    starter, cold, warm, done = make.login(Role.COORDINATOR, lyon), [], [], 0
    settings.TRABOULE_REMEMBER = True
    where = reverse(name, args=["lyon", *args])
    director.get(reverse("figures", args=["lyon"]))  # the session learns its branch
    for number in (6, 1_000):
        cohort(lyon, number - done, (number - done) // 2, starter)
        done = number
        remember.forget()
        for counts in (cold, warm):
            with CaptureQueriesContext(connection) as caught:
                assert director.get(where).status_code == 200
            counts.append(len(caught))
    remember.forget()
    assert cold[0] == cold[1] <= MOST_COLD
    assert warm[0] == warm[1] <= BUDGET
