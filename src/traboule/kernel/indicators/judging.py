"""One row of facts under one definition on one day: does it count, has its window closed, what is known?

A row enters a figure only when its window has closed. Whoever succeeded before that waits for the window all
the same: else the quick ones alone would count. What nobody knows is neither a success nor a failure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from traboule.kernel.endings import is_again, renewal_is_due
from traboule.kernel.indicators._dates import months_after, window
from traboule.kernel.indicators._duos import LOOK, ended_by, is_completed, was_reached
from traboule.kernel.indicators.definition import Among, Clock, Definition, What
from traboule.kernel.indicators.facts import Duo, Facts, Mentee, Mentor
from traboule.kernel.indicators.verdicts import Row, Verdict


def judged(definition: Definition, facts: Facts, as_of: date) -> tuple[Row, ...]:
    """Every row of the figure in the order of ids, as it was known on the evening of `as_of`."""
    if definition.among is Among.MENTEES:
        rows = [_of_mentee(definition, mentee, as_of) for mentee in facts.mentees]
    elif definition.among is Among.MENTORS:
        rows = _of_mentors(definition, facts, as_of)
    else:
        intake = {mentee.id: mentee.intake_on for mentee in facts.mentees}
        begun = [duo for duo in facts.duos if duo.started_on <= as_of]
        rows = [_of_duo(definition, duo, intake, as_of) for duo in begun]
    return tuple(sorted(rows, key=lambda row: row.id))


def is_due(definition: Definition, last: date, as_of: date) -> bool:
    """Whether the window that ends on `last` has closed; a follow-up has its slack to be held in."""
    wait = definition.slack_days if definition.what is What.ANSWERED else 0
    return last + timedelta(days=wait) < as_of


def _opens(clock: Clock, duo: Duo, ended: date | None, intake: Mapping[int, date | None]) -> date | None:
    """The day on which the window opens; None: not yet, or not written down."""
    if clock is Clock.DUO_START:
        return duo.started_on
    return ended if clock is Clock.DUO_END else intake.get(duo.mentee)


def _of_duo(definition: Definition, duo: Duo, intake: Mapping[int, date | None], as_of: date) -> Row:
    ended = ended_by(duo, as_of)
    first = _opens(definition.clock, duo, ended, intake)
    if first is None:
        return Row(duo.id, Verdict.NOT_DUE if definition.clock is Clock.DUO_END else Verdict.NO_CLOCK)
    first, last = window(first, definition.months)
    if definition.among is Among.DUOS_COMPLETED:
        if ended is None:
            return Row(duo.id, Verdict.NOT_DUE, first, last)
        if not is_completed(duo.started_on, ended):
            return Row(duo.id, Verdict.OUTSIDE, first, last)
    if not is_due(definition, last, as_of):
        return Row(duo.id, Verdict.NOT_DUE, first, last)
    if definition.among is Among.DUOS_REACHABLE and not was_reached(duo, first, as_of):
        return Row(duo.id, Verdict.OUTSIDE, first, last)
    verdict, value = LOOK[definition.what](definition, duo, (first, last), as_of)
    return Row(duo.id, verdict, first, last, value)


def _of_mentee(definition: Definition, mentee: Mentee, as_of: date) -> Row:
    if mentee.intake_on is None or mentee.intake_on > as_of:
        return Row(mentee.id, Verdict.NO_CLOCK if mentee.intake_on is None else Verdict.NOT_DUE)
    first, last = window(mentee.intake_on, definition.months)
    if not is_due(definition, last, as_of):
        return Row(mentee.id, Verdict.NOT_DUE, first, last)
    matched = mentee.matched_on if mentee.matched_on is not None and mentee.matched_on <= last else None
    if matched is not None:
        days = float(max(0, (matched - first).days))
        return Row(mentee.id, Verdict.YES, first, last, days if definition.what is What.WAIT else None)
    if mentee.left_on is not None and mentee.left_on <= last:
        return Row(mentee.id, Verdict.OUTSIDE, first, last)
    return Row(mentee.id, Verdict.BEYOND if definition.what is What.WAIT else Verdict.NO, first, last)


def _of_mentors(definition: Definition, facts: Facts, as_of: date) -> list[Row]:
    started: dict[int, list[date]] = defaultdict(list)
    ended: dict[int, date] = {}
    for duo in facts.duos:
        if duo.started_on <= as_of:
            started[duo.mentor].append(duo.started_on)
        day = ended_by(duo, as_of)
        if day is not None:
            ended[duo.mentor] = min(day, ended.get(duo.mentor, day))
    if definition.what is What.AGAIN:
        return [
            _again(definition, mentor, ended.get(mentor.id), started[mentor.id], as_of)
            for mentor in facts.mentors
        ]
    return [_trained(definition, mentor, started[mentor.id], as_of) for mentor in facts.mentors]


def _again(
    definition: Definition, mentor: Mentor, ended: date | None, started: Iterable[date], as_of: date
) -> Row:
    """The rule of `kernel.endings`: by the first end, within the months after it, both days included."""
    if ended is None:
        return Row(mentor.id, Verdict.NOT_DUE)
    last = months_after(ended, definition.months)
    if not renewal_is_due(ended, as_of, definition.months):
        return Row(mentor.id, Verdict.NOT_DUE, ended, last)
    again = is_again(ended, started, definition.months)
    return Row(mentor.id, Verdict.YES if again else Verdict.NO, ended, last)


def _trained(definition: Definition, mentor: Mentor, started: list[date], as_of: date) -> Row:
    if not started:
        return Row(mentor.id, Verdict.OUTSIDE)
    first, last = window(min(started), definition.months)
    if not is_due(definition, last, as_of):
        return Row(mentor.id, Verdict.NOT_DUE, first, last)
    if not mentor.training_is_written:
        return Row(mentor.id, Verdict.UNKNOWN, first, last)
    before = mentor.trained_on is not None and mentor.trained_on <= first
    return Row(mentor.id, Verdict.YES if before else Verdict.NO, first, last)
