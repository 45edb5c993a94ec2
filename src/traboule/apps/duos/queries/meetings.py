"""Reads of meetings: the diary of one duo, the strips of a page of duos, what a link opens."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Max, Prefetch

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import OPEN_DUO_STATES, DuoState
from traboule.apps.duos.enums_meetings import Because, MeetingState, Purpose
from traboule.apps.duos.models import Duo, DuoRhythm, Meeting, MeetingLog
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.kernel.calendar import week_number
from traboule.kernel.rhythm import monday_of, suggestions

# So long a meeting that nobody spoke of stands on the page of the two.
ASKED_FOR = timedelta(days=21)
# What the thanks of a log name, in this order.
COUNTED = (Purpose.APPLICATIONS, Purpose.INTERVIEW, Purpose.CV, Purpose.LETTERS)


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting with its day on the wall and the word of each side."""

    meeting: Meeting
    day: date
    logs: Mapping[str, MeetingLog]


@dataclass(frozen=True, slots=True)
class Diary:
    """All meetings of a duo in their order, and what they sum up to."""

    duo: Duo
    entries: tuple[Entry, ...]
    rhythm: DuoRhythm | None
    now: datetime

    @property
    def zone(self) -> ZoneInfo:
        """The clock of the branch."""
        return ZoneInfo(self.duo.branch.timezone)

    @property
    def ahead(self) -> list[Entry]:
        """Planned meetings that have not begun, the next one first."""
        planned = MeetingState.PLANNED
        return [e for e in self.entries if e.meeting.state == planned and e.meeting.planned_at > self.now]

    def to_log(self, side: str, *, ever: bool = False) -> list[Entry]:
        """Meetings of the last weeks (or ever) of which this side has not spoken, the latest first."""
        since = datetime.min.replace(tzinfo=UTC) if ever else self.now - ASKED_FOR
        open_ones = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.MISSED)
        return [
            entry
            for entry in reversed(self.entries)
            if since < entry.meeting.planned_at <= self.now
            and entry.meeting.state in open_ones
            and side not in entry.logs
            and entry.meeting.agreement != "settled"
        ]

    @property
    def held(self) -> list[Entry]:
        """Meetings that took place."""
        return [entry for entry in self.entries if entry.meeting.state == MeetingState.HELD]

    @property
    def minutes(self) -> int:
        """Minutes together that count."""
        return sum(entry.meeting.met_minutes or 0 for entry in self.held)

    @property
    def served(self) -> Counter[str]:
        """How many held meetings were for what, as either side says."""
        return Counter(
            code for entry in self.held for code in {c for log in entry.logs.values() for c in log.served}
        )

    def suggested(self, meeting: Meeting) -> tuple[datetime, ...]:
        """Three other times for a meeting."""
        taken = [entry.day for entry in self.ahead]
        return suggestions(meeting.planned_at, now=self.now, zone=self.zone, taken=taken)


def diary_of_page(duo: Duo, now: datetime) -> Diary:
    """Read the diary once for all parts of a page that only shows: the row of the duo keeps it."""
    known: Diary | None = getattr(duo, "_diary", None)
    if known is None or known.now != now:
        known = duo._diary = diary(duo, now)  # type: ignore[attr-defined]  # kept on the row that was read
    return known


def diary(duo: Duo, now: datetime) -> Diary:
    """Read all meetings of a duo; the caller has proven that the reader may see it. Three queries."""
    words = Prefetch("logs", MeetingLog.everywhere.filter(replaced_at=None).order_by("side"), to_attr="words")
    rows = Meeting.everywhere.filter(duo=duo).prefetch_related(words).order_by("planned_at", "pk")
    zone = ZoneInfo(duo.branch.timezone)
    entries = []
    for row in rows:
        row.duo = duo
        logs: list[MeetingLog] = row.words
        entries.append(Entry(row, row.planned_at.astimezone(zone).date(), {log.side: log for log in logs}))
    today = now.astimezone(zone).date()
    rhythms = DuoRhythm.everywhere.filter(duo=duo, since__lte=max(today, duo.started_on))
    return Diary(duo, tuple(entries), rhythms.order_by("-since").first(), now)


def meeting_behind_link(subject_id: str, scope: int | None) -> Meeting | None:
    """Return the meeting that a link is about, with its duo; the link itself gives the right."""
    if scope is None or not subject_id.isdigit():
        return None
    rows = Meeting.everywhere.filter(pk=int(subject_id), duo__branch_id=scope)
    people = ("duo__branch__organisation", "duo__mentor", "duo__mentee", "moved_to")
    return rows.select_related(*people).first()


def meeting_of_duo(duo: Duo, pk: str) -> Meeting | None:
    """Return one meeting of a duo, or None; the caller has proven that the reader belongs to the duo."""
    if not (pk.isdecimal() and len(pk) < 18):
        return None
    row = Meeting.everywhere.select_related("moved_to").filter(pk=int(pk), duo=duo).first()
    if row is not None:
        row.duo = duo
    return row


def duo_of_meeting(duos: Sequence[Duo], pk: str) -> Duo | None:
    """Return which of these duos a meeting belongs to, or None."""
    if not (pk.isdecimal() and len(pk) < 18):
        return None
    found = Meeting.everywhere.filter(pk=int(pk)).values_list("duo", flat=True).first()
    return next((duo for duo in duos if duo.pk == found), None)


def find_meeting(*, actor: Actor, branch: Branch, pk: int) -> Meeting:
    """Return one meeting of a branch for the team. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.DUOS_WRITE, branch.pk)
    rows = Meeting.objects.visible_to(actor).filter(duo__branch=branch, pk=pk)
    people = ("duo__branch", "duo__mentor", "duo__mentee", "duo__coordinator", "duo__started_by")
    row = rows.select_related(*people).first()
    if row is None:
        raise NotVisible
    return row


def word_of(meeting: Meeting, side: str) -> MeetingLog | None:
    """What this side says of a meeting now, or None."""
    return MeetingLog.everywhere.filter(meeting=meeting, side=side, replaced_at=None).first()


def is_known_key(duo: Duo, client_key: str) -> bool:
    """Say whether a log of this duo bears this key already."""
    return MeetingLog.everywhere.filter(meeting__duo=duo, client_key=client_key).exists()


def weeks_of_duos(duos: Sequence[Duo], today: date) -> dict[int, list[str]]:
    """What happened in each week lived so far, by duo id: held, moved, missed, paused, open. One query.

    A week is `open` while nobody has said anything; the best that happened in a week names it.
    """
    rows = Meeting.everywhere.filter(duo__in=[duo.pk for duo in duos]).order_by()
    found: dict[int, list[tuple[datetime, str, str]]] = {}
    for pk, at, state, because in rows.values_list("duo_id", "planned_at", "state", "cancelled_because"):
        found.setdefault(pk, []).append((at, state, because))
    return {duo.pk: _weeks(duo, found.get(duo.pk, []), today) for duo in duos}


def last_held_of(branch: Branch) -> dict[int, date]:
    """Duo id → day of its last meeting, for the open duos of a branch; the caller has authorised."""
    rows = Meeting.everywhere.filter(
        duo__branch=branch, duo__state__in=OPEN_DUO_STATES, state=MeetingState.HELD
    )
    zone = ZoneInfo(branch.timezone)
    found = rows.order_by().values_list("duo_id").annotate(last=Max("planned_at"))
    return {pk: at.astimezone(zone).date() for pk, at in found}


def weeks_of_diary(found: Diary, today: date) -> list[str]:
    """The same for one duo that is read already."""
    rows = [(e.meeting.planned_at, e.meeting.state, e.meeting.cancelled_because) for e in found.entries]
    return _weeks(found.duo, rows, today)


def _weeks(duo: Duo, rows: Iterable[tuple[datetime, str, str]], today: date) -> list[str]:
    zone, ends = ZoneInfo(duo.branch.timezone), duo.closed_on or today
    by_week: dict[int, set[str]] = {}
    for at, state, because in rows:
        week = week_number(duo.started_on, at.astimezone(zone).date())
        by_week.setdefault(week, set()).add("paused" if because == Because.PAUSE else state)
    now = week_number(duo.started_on, ends)
    whole = duo.state == DuoState.CLOSED and (ends - duo.started_on).days % 7 == 6
    lived = [_said(by_week.get(week, set())) for week in range(1, now + (1 if whole else 0))]
    if now and not whole and "held" in by_week.get(now, set()):
        lived.append("held")
    if duo.paused_on is not None:
        since = max(1, week_number(duo.started_on, duo.paused_on))
        lived = [
            week if number < since or week == "held" else "paused" for number, week in enumerate(lived, 1)
        ]
    return lived


def _said(states: set[str]) -> str:
    for state in (MeetingState.HELD, "paused", MeetingState.MISSED, MeetingState.MOVED):
        if state in states:
            return str(state)
    return "missed" if MeetingState.CANCELLED in states else "open"


def this_week(entry: Entry, today: date) -> bool:
    """Whether a meeting lies in the week of ``today``."""
    return monday_of(entry.day) == monday_of(today)
