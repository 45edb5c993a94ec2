"""What support brings to the place of a mentor or a mentee: what to answer, who is away, whom to ask."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.apps.people.enums import Side
from traboule.apps.support.queries import absences, check_ins
from traboule.apps.support.queries.concerns import rests_by_team
from traboule.web.duo.panels import Panel, Standing


@dataclass(frozen=True, slots=True)
class ToAnswer:
    """What waits for this person: at most one check-in and one short scale; or that the team calls."""

    team_calls: bool
    check_in: Any
    pulse: Any


@dataclass(frozen=True, slots=True)
class Support:
    """Who is away, who stands in, which call is awaited."""

    other: Any
    mine: Any
    theirs: Any
    stands_in: Any
    is_mentor: bool
    is_substitute: bool
    advice: Any


def to_answer(standing: Standing) -> Panel | None:
    """Show what waits for an answer; while the team made the duo rest, only that the team calls."""
    if rests_by_team(standing.duo):
        return Panel("duo/support_answer.html", ToAnswer(True, None, None))
    sides = check_ins.open_sides_of(standing.person) if standing.at_hand.check_in else []
    side = next(iter(sides), None)
    pulse = check_ins.open_pulse_of(standing.person) if standing.at_hand.pulse else None
    if side is None and pulse is None:
        return None
    return Panel("duo/support_answer.html", ToAnswer(False, side, pulse))


def support(standing: Standing) -> Panel | None:
    """Show who is away and who stands in; and how to say "I am away", to ask, to tell a worry."""
    duo, today = standing.duo, standing.today
    pair = {standing.person.pk, duo.mentee_id, duo.mentor_id}
    known = absences.absences_of(pair, today) if standing.at_hand.absence else []
    rows = [row for row in known if _still(row, today)]
    mine = [row for row in rows if row.person_id == standing.person.pk]
    theirs = [row for row in rows if row.person_id != standing.person.pk and row.from_on <= today]
    found = Support(
        other=standing.other,
        mine=mine[-1] if mine else None,
        theirs=theirs[-1] if theirs else None,
        stands_in=_substitution(standing),
        is_mentor=standing.side == Side.MENTOR,
        is_substitute=standing.person.pk not in (duo.mentee_id, duo.mentor_id),
        advice=absences.open_advice_of(standing.person) if standing.at_hand.advice else None,
    )
    return Panel("duo/support.html", found)


def _substitution(standing: Standing) -> Any:
    rows = absences.substitutions_of(standing.duo) if standing.at_hand.substitution else []
    open_ones = [row for row in rows if row.ended_at is None and row.until_on >= standing.today]
    return min(open_ones, key=lambda row: row.from_on, default=None)  # who stands in now, else who is next


def _still(row: Any, today: date) -> bool:
    return row.until_on >= today and (row.back_on is None or row.back_on > today)
