"""From facts to a sign: whether to look at a duo, why in named reasons, and what would clear each.

Each reason is asked for alone and only ever added up. So a meeting more or an absence more can take a reason
away, never bring one; without a reason there is no sign (the tests hold both).
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from traboule.kernel.warning.facts import Facts, Kind, Mark, Side, Span, is_excused
from traboule.kernel.warning.rules import CURRENT, RULES, Code, Rules


class Clear(StrEnum):
    """What takes a reason away."""

    MEETING = "meeting"
    MESSAGE = "message"
    ANSWER = "answer"
    TALK = "talk"
    STEP = "step"


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason: `number` `of` so many, on these days (the oldest first); of one side, or of both ("").

    `was` and `now` are ratings in hundredths. `clears_on`: it passes by itself on that day, if nothing new
    comes.
    """

    code: Code
    points: int
    clears: Clear
    number: int = 0
    of: int = 0
    days: tuple[date, ...] = ()
    side: str = ""
    was: int = 0
    now: int = 0
    clears_on: date | None = None

    @property
    def since(self) -> date | None:
        """The first day of it."""
        return self.days[0] if self.days else None

    @property
    def latest(self) -> date | None:
        """Its newest fact."""
        return self.days[-1] if self.days else None


@dataclass(frozen=True, slots=True)
class Sign:
    """What one duo shows on a day. `brakes` hold on that day or excused one of the weeks looked at."""

    version: str
    today: date
    reasons: tuple[Reason, ...]
    brakes: tuple[Span, ...]
    resting: bool
    paused: bool
    looks: bool

    @property
    def points(self) -> int:
        """How much weighs for looking; orders a list, stands on no page."""
        return sum(reason.points for reason in self.reasons)


def sign_of(facts: Facts, rules: Rules = RULES[CURRENT]) -> Sign:
    """Weigh the facts of one duo. A pause stops the sign; an absence or a substitution brakes it."""
    asked: tuple[Callable[[Facts, Rules], Iterable[Reason]], ...] = (
        _missing, _undelivered, _unanswered, _ratings, _no_step,
    )  # fmt: skip
    reasons = tuple(reason for ask in asked for reason in ask(facts, rules))
    now = [span for span in facts.spans if span.holds(facts.today) and span.kind is not Kind.HOLIDAY]
    paused = any(span.kind is Kind.PAUSE for span in now)
    points = sum(reason.points for reason in reasons)
    looks = bool(reasons) and not paused and points >= rules.look_from + (rules.brake if now else 0)
    return Sign(rules.version, facts.today, reasons, _brakes(facts), bool(now), paused, looks)


def _brakes(facts: Facts) -> tuple[Span, ...]:
    """Those that hold today, and those that excused a week without a meeting."""
    empty = [week for week in facts.weeks if not facts.held.intersection(week.days)]
    found = {
        span
        for span in facts.spans
        if span.holds(facts.today) or any(is_excused(week, [span]) for week in empty)
    }
    return tuple(sorted(found, key=lambda span: (span.first, span.last, span.kind, span.side)))


def _missing(facts: Facts, rules: Rules) -> Iterable[Reason]:
    """Of the last weeks, those without a meeting that nothing known excuses."""
    begun = facts.started_on + timedelta(days=rules.first_days)
    ripe = facts.today - timedelta(days=rules.log_days)
    weeks = [week for week in facts.weeks if begun <= week.due <= ripe][-rules.weeks_seen :]
    empty = [week for week in weeks if not facts.held.intersection(week.days)]
    lacking = [week for week in empty if not is_excused(week, facts.spans)]
    free = any(not week.is_fixed for week in weeks)
    least = rules.missing_free if free else rules.missing
    if len(lacking) < least:
        return
    more = len(lacking) >= least + rules.missing_more
    days = tuple(week.due for week in lacking)
    goes = days[len(days) - least] + timedelta(weeks=rules.weeks_seen, days=rules.log_days)
    points = rules.points[Code.MISSING] + more
    yield Reason(Code.MISSING, points, Clear.MEETING, len(lacking), len(weeks), days, clears_on=goes)


def _undelivered(facts: Facts, rules: Rules) -> Iterable[Reason]:
    """Per side: messages that did not arrive, if none has arrived since."""
    since = facts.today - timedelta(days=rules.undelivered_days)
    for side in Side:
        arrived = _last(facts.delivered, side)
        days = _days(facts.undelivered, side, after=max(since, arrived or since))
        if len(days) >= rules.undelivered:
            goes = days[len(days) - rules.undelivered] + timedelta(days=rules.undelivered_days)
            yield _of_side(Code.UNDELIVERED, Clear.MESSAGE, side, days, goes, rules)


def _unanswered(facts: Facts, rules: Rules) -> Iterable[Reason]:
    """Per side: questions by link since the last answer, those asked during an absence left out."""
    since = facts.today - timedelta(days=rules.unanswered_days)
    until = facts.today - timedelta(days=rules.answer_days)
    for side in Side:
        answer = _last(facts.answered, side)
        asked = _days(facts.asked, side, after=max(since, answer or since))
        days = tuple(
            day for day in asked if day <= until and not any(span.holds(day) for span in facts.spans)
        )
        if len(days) >= rules.unanswered:
            goes = days[len(days) - rules.unanswered] + timedelta(days=rules.unanswered_days)
            yield _of_side(Code.UNANSWERED, Clear.ANSWER, side, days, goes, rules)


def _of_side(
    code: Code, clears: Clear, side: Side, days: tuple[date, ...], goes: date, rules: Rules
) -> Reason:
    return Reason(code, rules.points[code], clears, len(days), len(days), days, side, clears_on=goes)


def _ratings(facts: Facts, rules: Rules) -> Iterable[Reason]:
    """Per side: the last rating fell by a whole mark, or is low; nobody has spoken with this side since."""
    for side in Side:
        marks = sorted((mark for mark in facts.ratings if mark.side == side), key=lambda mark: mark.day)
        if not marks or (facts.today - marks[-1].day).days > rules.rating_days:
            continue
        last, talked = marks[-1], _last(facts.talks, side)
        if talked is not None and talked > last.day:
            continue
        goes = last.day + timedelta(days=rules.rating_days + 1)
        before = marks[-2] if len(marks) > 1 else None
        if before is not None and before.value - last.value >= rules.fall:
            yield Reason(
                Code.FELL, rules.points[Code.FELL], Clear.TALK, days=(before.day, last.day), side=side,
                was=before.value, now=last.value, clears_on=goes,
            )  # fmt: skip
        elif last.value < rules.low:
            yield Reason(
                Code.LOW, rules.points[Code.LOW], Clear.TALK, days=(last.day,), side=side,
                now=last.value, clears_on=goes,
            )  # fmt: skip


def _no_step(facts: Facts, rules: Rules) -> Iterable[Reason]:
    """Nothing dated ahead and no step named lately; not asked at the very start nor at the very end."""
    first = facts.started_on + timedelta(days=rules.step_from_days)
    last = facts.ends_on - timedelta(days=rules.step_until_days)
    if not first <= facts.today <= last:
        return
    ahead = any(day >= facts.today for day in facts.steps_ahead)
    since = facts.today - timedelta(days=rules.step_days)
    said = any(since < day <= facts.today for day in facts.steps_said)
    if not ahead and not said:
        yield Reason(Code.NO_STEP, rules.points[Code.NO_STEP], Clear.STEP, of=rules.step_days)


def _last(marks: Sequence[Mark], side: str) -> date | None:
    return max((mark.day for mark in marks if mark.side == side), default=None)


def _days(marks: Sequence[Mark], side: str, *, after: date) -> tuple[date, ...]:
    return tuple(sorted(mark.day for mark in marks if mark.side == side and mark.day > after))
