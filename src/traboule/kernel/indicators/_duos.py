"""What each question of a definition finds in one duo whose window has closed."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta

from traboule.kernel.days import ONE, Span, days_in
from traboule.kernel.endings import LAST_WEEKS
from traboule.kernel.indicators._dates import months_after
from traboule.kernel.indicators.definition import Definition, What
from traboule.kernel.indicators.facts import Answer, Duo, FollowUp, Outcome
from traboule.kernel.indicators.verdicts import Verdict

Found = tuple[Verdict, float | None]

COMPLETED_MONTHS = 6
COMPLETED_SLACK = LAST_WEEKS.days


def is_completed(
    started_on: date, ended_on: date, months: int = COMPLETED_MONTHS, slack: int = COMPLETED_SLACK
) -> bool:
    """Whether a duo has lasted `months`: it may end in its last two weeks, where the closing talk lies."""
    return ended_on >= months_after(started_on, months) - ONE - timedelta(days=slack)


def ended_by(duo: Duo, as_of: date) -> date | None:
    """The day on which the duo ended, if that was by `as_of`."""
    return duo.ended_on if duo.ended_on is not None and duo.ended_on <= as_of else None


def _contacts(duo: Duo, as_of: date) -> list[FollowUp]:
    known = [one for one in duo.follow_ups if one.on <= as_of]
    return sorted(known, key=lambda one: (one.on, one.month)) if len(known) > 1 else known


def was_reached(duo: Duo, first: date, as_of: date) -> bool:
    """Whether somebody answered from `first` on. An outcome alone makes nobody reachable: else only good news
    would count."""
    return any(one.answer is Answer.REACHED and one.on >= first for one in _contacts(duo, as_of))


def _silence(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Verdict:
    """What it means that no outcome counts: no, if somebody answered at the end of the window or later."""
    contacts = [one for one in _contacts(duo, as_of) if one.on >= frame[0]]
    speaks_from = frame[1] - timedelta(days=definition.slack_days)
    if any(one.answer is Answer.REACHED and one.on >= speaks_from for one in contacts):
        return Verdict.NO
    latest = contacts[-1].answer if contacts else Answer.UNKNOWN
    return {Answer.REFUSED: Verdict.REFUSED, Answer.UNREACHABLE: Verdict.UNREACHABLE}.get(
        latest, Verdict.UNKNOWN
    )


def _outcomes(definition: Definition, duo: Duo, as_of: date) -> Iterable[Outcome]:
    """Known outcomes of the kinds that began in or after the duo: an older job is no result of it."""
    for one in duo.outcomes:
        if one.kind in definition.kinds and one.known_on <= as_of and one.starts_on >= duo.started_on:
            yield one


def _sure_until(outcome: Outcome, duo: Duo, as_of: date) -> date:
    """The last day on which it surely ran: an open one, until somebody last heard of it."""
    if outcome.ends_on is not None:
        return outcome.ends_on
    heard = [one.on for one in _contacts(duo, as_of) if one.answer is Answer.REACHED]
    return max([outcome.known_on, outcome.starts_on, *heard])


def _outcome(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    is_weak = is_open = False
    for one in _outcomes(definition, duo, as_of):
        counts = _counts(definition, one, _sure_until(one, duo, as_of), frame)
        if counts is False:
            continue
        if not one.grade.reaches(definition.grade):
            is_weak = True
        elif counts:
            return Verdict.YES, None
        else:
            is_open = True
    if is_weak or is_open:
        return (Verdict.BELOW_GRADE if is_weak else Verdict.UNKNOWN), None
    return _silence(definition, duo, frame, as_of), None


def _counts(definition: Definition, one: Outcome, sure: date, frame: Span) -> bool | None:
    """Whether it lies on a day of the window and lasts long enough; None: cannot be said."""
    if one.starts_on > frame[1] or (one.ends_on is not None and one.ends_on < frame[0]):
        return False
    if sure < frame[0]:
        return None
    if one.is_permanent or not (definition.min_days or definition.min_months):
        return True
    needed = one.starts_on + timedelta(days=definition.min_days) - ONE
    if definition.min_months:
        needed = months_after(one.starts_on, definition.min_months) - ONE
    if sure >= needed:
        return True
    return None if one.ends_on is None else False


def _days_worked(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    """Days that surely were worked; open ends and weak proof leave it unknown, unless it is enough anyway."""
    needed = definition.min_days
    strong: list[Span] = []
    sure: list[Span] = []
    at_most: list[Span] = []
    for one in _outcomes(definition, duo, as_of):
        until = _sure_until(one, duo, as_of)
        sure.append((one.starts_on, until))
        at_most.append((one.starts_on, one.ends_on or max(until, frame[1])))
        if one.grade.reaches(definition.grade):
            strong.append(sure[-1])
    days = days_in(strong, frame) if strong else 0
    of_any_grade = days if len(strong) == len(sure) else days_in(sure, frame)
    if needed and days >= needed:
        return Verdict.YES, float(days)
    if of_any_grade >= needed > 0 or (of_any_grade > days and not needed):
        return Verdict.BELOW_GRADE, None
    heard = _silence(definition, duo, frame, as_of)
    if heard is not Verdict.NO:
        return heard, None
    most = days_in(at_most, frame) if at_most else 0
    if needed:
        return (Verdict.NO, float(days)) if most < needed else (Verdict.UNKNOWN, None)
    return (Verdict.YES, float(days)) if most == days else (Verdict.UNKNOWN, None)


def _lasts(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    ended = ended_by(duo, as_of)
    reaches = ended is None or is_completed(duo.started_on, ended, definition.months, definition.slack_days)
    return (Verdict.YES if reaches else Verdict.NO), None


def _answered(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    """Who refused or was not found was not reached; a follow-up that nobody wrote down is unknown."""
    answers = {one.answer for one in _contacts(duo, as_of) if one.month == definition.months}
    if Answer.REACHED in answers:
        return Verdict.YES, None
    if answers & {Answer.REFUSED, Answer.UNREACHABLE}:
        return Verdict.NO, None
    return Verdict.UNKNOWN, None


def _hours(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    ended = ended_by(duo, as_of)
    if duo.minutes is None or ended is None:
        return Verdict.UNKNOWN, None
    days = (ended - duo.started_on).days + 1 - duo.rested_days
    return (Verdict.YES, duo.minutes / 60 / (days / 7)) if days > 0 else (Verdict.UNKNOWN, None)


def _rating(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    said = [one for one in duo.ratings if one.side in definition.kinds and one.on <= as_of]
    if not said:
        return Verdict.UNKNOWN, None
    return Verdict.YES, float(max(said, key=lambda one: one.on).value)


def _spent(definition: Definition, duo: Duo, frame: Span, as_of: date) -> Found:
    return (Verdict.UNKNOWN, None) if duo.cost_cents is None else (Verdict.YES, float(duo.cost_cents))


LOOK: Mapping[What, Callable[[Definition, Duo, Span, date], Found]] = {
    What.OUTCOME: _outcome,
    What.DAYS_WORKED: _days_worked,
    What.LASTS: _lasts,
    What.ANSWERED: _answered,
    What.HOURS: _hours,
    What.RATING: _rating,
    What.SPENT: _spent,
}
