"""Follow-ups in the demo: reached, refused, to call, unreachable, by the real actions on their days."""

from datetime import date, datetime, timedelta
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.followups.actions.answering import refuse_follow_up, say_more, say_now, send_off
from traboule.apps.followups.actions.asking import (
    ask_follow_up,
    give_to_call,
    open_follow_up,
    remind_of_follow_up,
    stand_down,
)
from traboule.apps.followups.actions.calling import note_call
from traboule.apps.followups.actions.hearing import stop_asking
from traboule.apps.followups.enums import CallResult, NotAsked
from traboule.apps.followups.models import FollowUp
from traboule.apps.followups.own_enums import Hours, Leads, Now, Since
from traboule.apps.followups.queries.standing import heard_of, to_open, why_not
from traboule.apps.people.models import Person
from traboule.apps.people.queries import actor_of
from traboule.core.actors import Actor, system
from traboule.core.days import local_day
from traboule.kernel.followups import CALL_AFTER, GIVE_UP_DAYS, REMIND_AFTER

DEMO = system("demo")
DAY = timedelta(days=1)

# What is tapped, in turn: what, kind of training, since, hours; None: somebody would rather not say.
ANSWERS: tuple[tuple[Now, str, str, int | None] | None, ...] = (
    (Now.JOB, "", Since.THREE, Hours.FULL),
    (Now.SEARCHING, "", Since.THREE, None),
    (Now.JOB, "", Since.LONG, Hours.MANY),
    (Now.TRAINING, Leads.TRAINING, Since.ONE, Hours.FULL),
    None,
    (Now.OTHER, "", Since.LONG, None),
    (Now.JOB, "", "", Hours.SOME),
    (Now.INTERNSHIP, "", Since.DAYS, Hours.FULL),
)
# Day of the answer after the question, in turn; by a call from the day on which somebody calls.
DAYS = (0, 1, 4, 20, 2, 11, 22, 5, 30, 19)
UNREACHABLE_EVERY, SILENT_EVERY = 9, 13
# One mentee in five cannot be reached in any month, so that it stays unknown: their turn is that of a call.
LOST, LOST_TURN = slice(4, None, 5), UNREACHABLE_EVERY


def fill_demo(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Ask after every duo that ended long enough ago, the same way each time."""
    for slug, branch in sorted(loaded.branches.items()):
        caller = actor_of(loaded.coordinator(slug))
        today = local_day(now, branch.timezone)
        due = to_open(branch, today)
        lost = set(list(dict.fromkeys(duo.pk for duo, _month, _day in due))[LOST])
        for number, one in enumerate(due):
            _live(branch, one, LOST_TURN if one[0].pk in lost else number, caller, now)


def _live(branch: Branch, due: tuple[Duo, int, date], number: int, caller: Actor, now: datetime) -> FollowUp:
    """Open one on its day and let it run as far as today allows."""
    duo, month, day = due
    today = local_day(now, branch.timezone)
    gone = (today - day).days
    row = open_follow_up(duo=duo, month=month, due_on=day, by=DEMO, now=now - gone * DAY)

    def at(after: int) -> datetime:
        return now - (gone - after) * DAY

    against, known = why_not(row), heard_of(row)
    if against is not None:
        return stand_down(row=row, why=against, by=DEMO, now=at(0))
    if known is not None and number % 2:
        return stop_asking(row=row, found=known, by=DEMO, now=at(0))
    _with_an_address(row.person)
    row = ask_follow_up(row=row, by=DEMO, now=at(0))
    answers = DAYS[number % len(DAYS)] if number % SILENT_EVERY else gone + CALL_AFTER
    for after in REMIND_AFTER:
        if after < min(answers, gone + 1):
            row = remind_of_follow_up(row=row, by=DEMO, now=at(after))
    if gone >= CALL_AFTER and answers > CALL_AFTER:
        row = give_to_call(row=row, by=DEMO, now=at(CALL_AFTER))
    if number % SILENT_EVERY == 0:
        return _silent(row, gone, at(GIVE_UP_DAYS + 1))
    if answers <= gone:
        _answer(row, number, caller if answers > CALL_AFTER else None, at(answers))
    return row


def _silent(row: FollowUp, gone: int, later: datetime) -> FollowUp:
    """Nobody of the team called: after three months the question is let go."""
    return stand_down(row=row, why=NotAsked.NO_CALL, by=DEMO, now=later) if gone > GIVE_UP_DAYS else row


def _answer(row: FollowUp, number: int, caller: Actor | None, now: datetime) -> None:
    said = ANSWERS[number % len(ANSWERS)]
    if caller is not None:
        _on_the_phone(row, said, number, caller, now)
    elif said is None:
        refuse_follow_up(row=row, by=DEMO, now=now)
    else:
        what, leads, since, hours = said
        row = say_now(row=row, what=what, by=DEMO, now=now)
        row = say_more(row=row, since=since, hours=hours, leads=leads, by=DEMO, now=now)
        send_off(row=row, ask_again=number % 7 != 0, by=DEMO, now=now)


def _on_the_phone(row: FollowUp, said: Any, number: int, caller: Actor, now: datetime) -> None:
    if number % UNREACHABLE_EVERY == 0 or number % 4 == 0:
        note_call(row=row, result=CallResult.UNREACHABLE, by=caller, now=now)
    elif said is None:
        note_call(row=row, result=CallResult.REFUSED, by=caller, now=now)
    else:
        what, leads, since, hours = said
        given = {"what": what, "leads": leads, "since": since, "hours": hours, "ask_again": True}
        note_call(row=row, result=CallResult.ANSWERED, by=caller, now=now, **given)


def _with_an_address(person: Person) -> None:
    """Invented people of ended duos have no address; without one there would be calls only."""
    if not (person.email or person.phone):
        person.email = f"mentee{person.pk}@example.org"
        person.phone = f"+3363998{person.pk % 10_000:04d}"  # numbers that are kept for invented people
        person.save(update_fields=["email", "phone"])
