"""Invented duos over three years with what came afterwards, as facts of indicators.

Seeded, each duo by its own stream. For figures and their speed. Nobody here is one of the people of the demo.
"""

from datetime import date, timedelta

from traboule.kernel.calendar import months_after
from traboule.kernel.generator import assumptions as a
from traboule.kernel.generator.draw import Draw
from traboule.kernel.generator.life import RESULT_WEIGHTS, RESULTS
from traboule.kernel.indicators.facts import (
    Answer,
    Duo,
    Facts,
    FollowUp,
    Grade,
    Mentee,
    Mentor,
    Outcome,
    Rating,
)
from traboule.kernel.indicators.shipped import FOLLOW_UP_MONTHS

DUO, MENTOR = 7, 8  # the roles of these chance streams
YEARS_DAYS = 3 * 365


def facts(*, duos: int, seed: int, as_of: date) -> Facts:
    """So many duos with their mentors and mentees as they stood on `as_of`."""
    mentors = max(1, round(duos / a.number("duos_of_a_mentor")))
    found = [_duo(number, mentors, Draw(seed, DUO, number), as_of) for number in range(duos)]
    first: dict[int, date] = {}
    for duo, _ in found:
        first[duo.mentor] = min(duo.started_on, first.get(duo.mentor, duo.started_on))
    return Facts(
        duos=tuple(duo for duo, _ in found),
        mentors=tuple(_mentor(n, first.get(n), Draw(seed, MENTOR, n)) for n in range(mentors)),
        mentees=tuple(mentee for _, mentee in found),
    )


def _duo(number: int, mentors: int, draw: Draw, as_of: date) -> tuple[Duo, Mentee]:
    started = as_of - timedelta(days=draw.between(0, YEARS_DAYS))
    whole = int(a.number("weeks"))
    weeks = whole if draw.chance(a.number("reach_six_months")) else draw.between(3, whole - 3)
    ends = started + timedelta(weeks=weeks) - timedelta(days=1)
    ended = ends if ends <= as_of else None
    shortest, longest = map(int, a.row("wait_days"))
    intake = started - timedelta(days=draw.between(shortest, longest))
    mean, spread = a.row("week_minutes")
    duo = Duo(
        id=number,
        mentor=draw.between(0, mentors - 1),
        mentee=number,
        started_on=started,
        ended_on=ended,
        minutes=round(weeks * max(0.0, draw.normal(mean, spread))),
        cost_cents=draw.between(*map(int, a.row("cost_cents"))),
        outcomes=tuple(one for one in _outcomes(ends, draw) if one.known_on <= as_of),
        follow_ups=tuple(one for one in _follow_ups(ends, draw) if one.on <= as_of),
        ratings=tuple(one for one in _ratings(ends, draw) if one.on <= as_of),
    )
    return duo, Mentee(id=number, intake_on=intake, matched_on=started)


def _outcomes(ends: date, draw: Draw) -> list[Outcome]:
    if not draw.chance(a.number("result_within_year")):
        return []
    kind = RESULTS[draw.placed(RESULT_WEIGHTS)]
    starts = ends + timedelta(days=draw.between(*map(int, a.row("result_days"))))
    permanent = kind == "job" and draw.chance(a.number("permanent"))
    days = draw.between(*map(int, a.row("contract_days")))
    known = starts + timedelta(days=draw.between(*map(int, a.row("known_days"))))
    last = None if permanent else starts + timedelta(days=days)
    return [Outcome(kind, starts, known, last, Grade(draw.named(a.shares("proof"))), permanent)]


def _follow_ups(ends: date, draw: Draw) -> list[FollowUp]:
    found = []
    for months in FOLLOW_UP_MONTHS:
        on = months_after(ends, months) + timedelta(days=draw.between(0, 21))
        found.append(FollowUp(months, Answer(draw.named(a.shares("follow_up"))), on))
    return found


def _ratings(ends: date, draw: Draw) -> list[Rating]:
    rated = [side for side in ("mentee", "mentor") if draw.chance(a.number("rated"))]
    return [Rating(side, int(draw.named(a.shares("satisfaction"))), ends) for side in rated]


def _mentor(number: int, first: date | None, draw: Draw) -> Mentor:
    if first is None or draw.chance(a.number("untrained")):
        return Mentor(id=number)
    return Mentor(id=number, trained_on=first - timedelta(days=draw.between(1, 60)))
