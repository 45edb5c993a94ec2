"""From rows to the facts of each duo, as they were known on a day: what came later is left out.

The page of today and the record of what the warning was worth read the same way; only the day differs. A
message is the exception: when it came back is not kept, so on a day of the past it counts three days later.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.support.queries.warning_rows import NEVER, Dated, dated_rows
from traboule.kernel.holidays import quiet_days
from traboule.kernel.rhythm import Rhythm
from traboule.kernel.warning import CURRENT, RULES, Facts, Kind, Mark, Side, Span, due_weeks

RULE = RULES[CURRENT]
WEEKS_READ = RULE.weeks_seen + 2
OF_PEOPLE = frozenset({"lost", "arrived", "away", "milestone", "interview", "job"})
COMES_BACK_WITHIN = timedelta(days=3)
NOON = time(12)


@dataclass(slots=True)
class _Book:
    """What one duo shows on its day, while it is gathered."""

    duo: Duo
    today: date
    is_past: bool
    zone: ZoneInfo
    rhythms: list[Rhythm] = field(default_factory=list)
    held: dict[int, tuple[date, date]] = field(default_factory=dict)
    logs: dict[int, list[Mark]] = field(default_factory=dict)
    asked: list[tuple[int, Mark]] = field(default_factory=list)
    marks: dict[str, list[Mark]] = field(default_factory=dict)
    ahead: set[date] = field(default_factory=set)
    said: set[date] = field(default_factory=set)
    spans: list[Span] = field(default_factory=list)

    def knows(self, day: date) -> bool:
        return day <= self.today

    def side(self, person_id: int) -> str:
        return Side.MENTOR if person_id == self.duo.mentor_id else Side.MENTEE

    def mark(self, what: str, side: str, day: date, value: int = 0) -> None:
        if day <= self.today:
            self.marks.setdefault(what, []).append(Mark(side, day, value))


def _rhythm(book: _Book, row: Dated) -> None:
    if book.knows(row.at) or not book.is_past:
        book.rhythms.append(Rhythm(row.day, row.number, None if row.number is None else NOON))


def _held(book: _Book, row: Dated) -> None:
    book.held[row.number or 0] = (row.at, row.till)


def _log(book: _Book, row: Dated) -> None:
    if book.knows(row.at):
        book.logs.setdefault(row.number or 0, []).append(Mark(row.side, row.at))
        book.mark("answered", row.side, row.at)


def _asked(book: _Book, row: Dated) -> None:
    if book.knows(row.at):
        book.asked.append((row.number or 0, Mark(row.side, row.at)))


def _question(book: _Book, row: Dated) -> None:
    if book.knows(row.till):
        book.mark("answered", row.side, row.till)
    elif book.knows(row.at):
        book.mark("asked", row.side, row.at)


def _lost(book: _Book, row: Dated) -> None:
    known = row.at + COMES_BACK_WITHIN if book.is_past else row.at
    if book.knows(known):
        book.mark("lost", book.side(row.whose), row.at)


def _away(book: _Book, row: Dated) -> None:
    if book.knows(row.at):
        back = row.day_three if book.knows(row.day_three) else NEVER
        last = min(row.day_two, back - timedelta(days=1))
        if row.day <= last:
            book.spans.append(Span(Kind.AWAY, row.day, last, book.side(row.whose)))


def _substitute(book: _Book, row: Dated) -> None:
    if book.knows(row.at):
        last = min(row.day_two, row.till) if book.knows(row.till) else row.day_two
        if row.day <= last:
            book.spans.append(Span(Kind.SUBSTITUTE, row.day, last, Side.MENTOR))


def _rested(book: _Book, row: Dated) -> None:
    day = row.at
    if day < book.today:  # whether it rests today is said by the duo
        book.spans.append(Span(Kind.PAUSE, day, day))


def _milestone(book: _Book, row: Dated) -> None:
    ended = book.knows(row.day_two) or book.knows(row.day_three)
    if book.knows(row.at) and not ended:
        book.ahead.add(row.day)


def _interview(book: _Book, row: Dated) -> None:
    if book.knows(row.at):
        book.ahead.add(row.till)


def _job(book: _Book, row: Dated) -> None:
    if row.day <= book.today:
        book.ahead.add(row.day_two)


def _log_with_step(book: _Book, row: Dated) -> None:
    _log(book, row)
    if book.knows(row.at):
        book.said.add(row.at)


def _scale(book: _Book, row: Dated) -> None:
    """Skipping is an answer, but no rating."""
    _question(book, row)
    if row.number is not None:
        book.mark("rating", row.side, row.till, row.number)


def _question_by_team(book: _Book, row: Dated) -> None:
    _question(book, row)
    book.mark("talk", row.side, row.till)


READ: Mapping[str, Callable[[_Book, Dated], None]] = {
    "rhythm": _rhythm,
    "held": _held,
    "log": _log,
    "log_with_step": _log_with_step,
    "asked": _asked,
    "question": _question,
    "talk": lambda book, row: book.mark("talk", row.side, row.at),
    "question_by_team": _question_by_team,
    "scale": _scale,
    "lost": _lost,
    "arrived": lambda book, row: book.mark("arrived", book.side(row.whose), row.at),
    "away": _away,
    "substitute": _substitute,
    "rested": _rested,
    "milestone": _milestone,
    "interview": _interview,
    "job": _job,
}


def facts_of(
    duos: Sequence[Duo],
    rows: QuerySet[Duo],
    branch: Branch,
    days: Mapping[int, date],
    *,
    is_past: bool = False,
) -> dict[int, Facts]:
    """Duo id → its facts on its day. `rows` finds the same duos again, in one query for all of them."""
    if not duos:
        return {}
    zone = ZoneInfo(branch.timezone)
    books = {duo.pk: _Book(duo, days[duo.pk], is_past, zone) for duo in duos}
    of_person: dict[int, list[_Book]] = {}
    for book in books.values():
        for person in (book.duo.mentor_id, book.duo.mentee_id):
            of_person.setdefault(person, []).append(book)
    first, last = min(days.values()), max(days.values())
    since = datetime.combine(first - timedelta(weeks=WEEKS_READ), time(0), tzinfo=UTC)
    for row in dated_rows(rows, branch.pk, since, zone):
        found = of_person.get(row.whose, ()) if row.what in OF_PEOPLE else _one(books, row.whose)
        for book in found:
            READ[row.what](book, row)
    quiet = quiet_days(branch.country, first - timedelta(weeks=WEEKS_READ), last)
    return {pk: _facts(book, quiet) for pk, book in books.items()}


def _one(books: Mapping[int, _Book], pk: int) -> Iterable[_Book]:
    return (books[pk],) if pk in books else ()


def _facts(book: _Book, quiet: Sequence[date]) -> Facts:
    duo, today = book.duo, book.today
    weeks = due_weeks(
        book.rhythms,
        first=duo.started_on,
        last=today - timedelta(days=RULE.log_days),
        zone=book.zone,
        count=RULE.weeks_seen,
    )
    asked = [
        mark
        for number, mark in book.asked
        if not any(said.side == mark.side for said in book.logs.get(number, ()))
    ]
    return Facts(
        today=today,
        started_on=duo.started_on,
        ends_on=duo.ends_on,
        weeks=weeks,
        held=frozenset(_held_days(book)),
        undelivered=_marks(book, "lost"),
        delivered=_marks(book, "arrived"),
        asked=(*_marks(book, "asked"), *asked),
        answered=_marks(book, "answered"),
        ratings=_marks(book, "rating"),
        talks=_marks(book, "talk"),
        steps_ahead=frozenset(book.ahead),
        steps_said=frozenset(book.said),
        spans=_spans(book, quiet),
    )


def _held_days(book: _Book) -> Iterable[date]:
    """Held meetings; on a day of the past only those of which somebody had spoken by then."""
    for number, (day, changed) in book.held.items():
        spoken = number in book.logs if book.is_past else True
        if day <= book.today and (spoken or changed <= book.today):
            yield day


def _marks(book: _Book, what: str) -> tuple[Mark, ...]:
    return tuple(book.marks.get(what, ()))


def _spans(book: _Book, quiet: Sequence[date]) -> tuple[Span, ...]:
    spans = [*book.spans, *(Span(Kind.HOLIDAY, day, day) for day in quiet)]
    if book.duo.paused_on is not None and book.duo.paused_on <= book.today:
        spans.append(Span(Kind.PAUSE, book.duo.paused_on, book.today))
    return tuple(spans)
