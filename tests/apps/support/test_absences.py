"""Away: alarms rest, somebody stands in for exactly these days; a call within two working days."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from tests.factories import people as make
from tests.factories import support as app
from tests.factories.people import NOW, TODAY
from traboule.apps.messages.models import Message
from traboule.apps.people.enums import Part
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.apps.privacy.actions.erasing import erase_person
from traboule.apps.privacy.enums import EraseReason
from traboule.apps.steps.models import OpenStep
from traboule.apps.support.actions.absences import WrongDays, say_away, say_back
from traboule.apps.support.actions.advice import AlreadyAnswered, answer_advice, ask_advice
from traboule.apps.support.actions.substitutions import CannotStandIn, arrange_substitute, end_substitution
from traboule.apps.support.actions.ticks import tick_support
from traboule.apps.support.enums import AdviceTopic, EndReason, SupportStep
from traboule.apps.support.models import Absence, AdviceCall, Substitution
from traboule.apps.support.queries.absences import candidates, standing_in
from traboule.core.actors import system
from traboule.core.permissions import NotAllowed, NotVisible
from traboule.core.registry import is_away, may_stand_in

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def told(kind: str) -> list[int | None]:
    return list(Message.everywhere.filter(kind=kind).values_list("person_id", flat=True))


def test_who_is_away_is_away_on_these_days_only_and_the_other_is_told() -> None:
    duo = app.duo()
    app.absence(duo.mentor, from_on=TODAY, until_on=TODAY + 4 * DAY)
    days = (TODAY - DAY, TODAY, TODAY + 4 * DAY, TODAY + 5 * DAY)
    assert [is_away(duo.mentor_id, day) for day in days] == [False, True, True, False]
    assert told("absence.other") == [duo.mentee_id]
    assert told("absence.noted") == [duo.mentor_id]


def test_two_weeks_offer_nobody_and_a_day_more_offers_a_substitute() -> None:
    duo = app.duo()
    app.absence(duo.mentor, from_on=TODAY, until_on=TODAY + 13 * DAY)
    assert not OpenStep.everywhere.filter(kind=SupportStep.SUBSTITUTE).exists()
    app.absence(duo.mentor, from_on=TODAY + 20 * DAY, until_on=TODAY + 34 * DAY)
    step = OpenStep.everywhere.get(kind=SupportStep.SUBSTITUTE)
    assert (step.owner, step.due_on) == (duo.started_by, TODAY + 13 * DAY)


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(1, 0, "order"), (-9, -2, "past"), (0, 400, "too_long"), (2, 3, "overlap")],
)
def test_days_that_make_no_sense_are_refused_by_name(first: int, last: int, code: str) -> None:
    duo = app.duo()
    app.absence(duo.mentee, from_on=TODAY + 3 * DAY, until_on=TODAY + 5 * DAY)
    before = Absence.everywhere.count()
    with pytest.raises(WrongDays) as refused:
        say_away(
            person=duo.mentee, from_on=TODAY + first * DAY, until_on=TODAY + last * DAY, by=app.LINK, now=NOW
        )
    assert (refused.value.code, Absence.everywhere.count()) == (code, before)


def test_the_team_says_it_for_somebody_and_a_stranger_cannot() -> None:
    duo = app.duo()
    days = {"from_on": TODAY, "until_on": TODAY + DAY}
    say_away(person=duo.mentee, by=actor_of(duo.started_by), now=NOW, **days)
    mentor = make.login(None, None, person=duo.mentor)
    with pytest.raises((NotAllowed, NotVisible)):
        say_away(person=duo.mentee, by=actor_of(mentor), now=NOW, **days)
    assert Absence.everywhere.get().said_by == duo.started_by


def test_a_substitute_has_the_duo_on_these_days_only_and_all_three_are_told() -> None:
    duo = app.duo()
    away = app.absence(duo.mentor, from_on=TODAY + DAY, until_on=TODAY + 20 * DAY)
    row = app.substitution(duo, away=away)
    who = row.substitute_id
    days = (TODAY, TODAY + DAY, TODAY + 20 * DAY, TODAY + 21 * DAY)
    assert [may_stand_in(who, duo.pk, day) for day in days] == [False, True, True, False]
    assert [row["duo_id"] for row in standing_in(who, TODAY + DAY)] == [duo.pk]
    assert not standing_in(who, TODAY).exists()
    kinds = ("substitute.mentee", "substitute.mentor", "substitute.asked")
    assert [told(kind) for kind in kinds] == [[duo.mentee_id], [duo.mentor_id], [who]]
    with_link = Message.everywhere.filter(kind__in=kinds, body__contains="/l/")
    assert list(with_link.values_list("kind", flat=True)) == ["substitute.asked"]
    assert not OpenStep.everywhere.filter(kind=SupportStep.SUBSTITUTE, closed_at=None).exists()


def test_it_ends_by_itself_after_the_last_day_and_once() -> None:
    duo = app.duo()
    row = app.substitution(duo)
    tick_support(NOW + 30 * DAY)
    tick_support(NOW + 31 * DAY)
    row.refresh_from_db()
    assert row.end_reason == EndReason.OVER
    assert told("substitute.ended") == [row.substitute_id]
    assert told("substitute.returned") == [duo.mentee_id]


def test_it_ends_with_the_return_and_the_right_with_it() -> None:
    duo = app.duo()
    row = app.substitution(duo)
    absence = Absence.everywhere.get()
    say_back(absence=absence, by=app.LINK, now=NOW + 5 * DAY)
    row.refresh_from_db()
    assert row.end_reason == EndReason.RETURNED
    assert not may_stand_in(row.substitute_id, duo.pk, TODAY + 5 * DAY)
    assert not is_away(duo.mentor_id, TODAY + 5 * DAY)


def test_a_change_of_substitute_is_a_normal_act() -> None:
    duo = app.duo()
    first = app.substitution(duo)
    second = app.substitution(duo, away=Absence.everywhere.get())
    first.refresh_from_db()
    assert (first.end_reason, second.ended_at) == (EndReason.CHANGED, None)
    end_substitution(substitution=second, reason=EndReason.CHANGED, by=actor_of(duo.started_by), now=NOW)
    assert not Substitution.everywhere.filter(ended_at=None).exists()


def test_only_ready_mentors_who_are_there_and_free_of_the_two_are_offered() -> None:
    duo = app.duo()
    ready = make.mentor(duo.branch)
    gone = make.mentor(duo.branch)
    app.absence(gone)
    make.mentor(duo.branch, state="new")
    make.mentor()  # another branch
    offered = [row.person_id for row in candidates(duo, TODAY, TODAY + 20 * DAY)]
    assert offered == [ready.pk]
    with pytest.raises(CannotStandIn):
        arrange_substitute(
            duo=duo,
            substitute=duo.mentor,
            absence=app.absence(duo.mentor),
            by=actor_of(duo.started_by),
            now=NOW,
        )


def test_the_database_holds_one_open_substitution_per_duo() -> None:
    row = app.substitution(app.duo())
    row.pk = None
    row._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_a_call_is_due_after_two_working_days_and_its_answer_is_kept() -> None:
    duo = app.duo()
    friday = NOW + 4 * DAY
    call = ask_advice(
        duo=duo, person=duo.mentor, topic=AdviceTopic.WORK, question="How?", wanted_on=date(2026, 3, 11),
        part=Part.PM, by=app.LINK, now=friday,
    )  # fmt: skip
    assert call.due_on == date(2026, 3, 10)
    step = OpenStep.everywhere.get(kind=SupportStep.ADVICE)
    assert (step.due_on, step.owner, step.person_id) == (date(2026, 3, 10), duo.started_by, duo.mentor_id)
    by = actor_of(duo.started_by)
    answer_advice(call=call, answer="Ask her first.", by=by, now=friday)
    with pytest.raises(AlreadyAnswered):
        answer_advice(call=call, answer="Again.", by=by, now=friday)
    step.refresh_from_db()
    assert step.closed_at is not None


def test_asking_twice_is_one_call_with_the_last_question() -> None:
    duo = app.duo()
    app.advice(duo)
    app.advice(duo, now=NOW + DAY)
    assert AdviceCall.everywhere.count() == 1
    assert OpenStep.everywhere.filter(kind=SupportStep.ADVICE).count() == 1


def test_the_other_one_cannot_answer_for_the_team() -> None:
    call = app.advice(app.duo())
    with pytest.raises(NotAllowed):
        answer_advice(call=call, answer="x", by=make.actor("mentor", call.branch), now=NOW)  # type: ignore[arg-type]  # a role by its code


def test_erasing_a_substitute_empties_the_words_and_keeps_what_counts() -> None:
    duo = app.duo()
    row = app.substitution(duo)
    erase_person(
        person=Person.everywhere.get(pk=row.substitute_id),
        by=system("test"),
        now=NOW,
        reason=EraseReason.ASKED,
    )
    row.refresh_from_db()
    assert row.substitute_id != duo.mentor_id
    assert row.ended_at is not None


def test_a_substitute_for_august_leaves_the_one_for_july_alone() -> None:
    duo = app.duo()
    july = app.absence(duo.mentor, from_on=TODAY, until_on=TODAY + 20 * DAY)
    august = app.absence(duo.mentor, from_on=TODAY + 30 * DAY, until_on=TODAY + 55 * DAY)
    first, second = app.substitution(duo, away=july), app.substitution(duo, away=august)
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (None, None)
    days = (TODAY, TODAY + 20 * DAY, TODAY + 25 * DAY, TODAY + 30 * DAY)
    standing = [[may_stand_in(row.substitute_id, duo.pk, day) for row in (first, second)] for day in days]
    assert standing == [[True, False], [True, False], [False, False], [False, True]]
    other = app.substitution(duo, away=july)  # a change for July ends July only
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.end_reason, second.ended_at, other.ended_at) == (EndReason.CHANGED, None, None)
    tick_support(NOW + 21 * DAY)
    other.refresh_from_db()
    second.refresh_from_db()
    assert (other.end_reason, second.ended_at) == (EndReason.OVER, None)
