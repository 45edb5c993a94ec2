"""What the early warning was worth in a branch: as it would have stood before the end of its own ended duos.

Only what was known on that day is read (`warning_facts`). A duo counts as ended early when it was closed two
weeks or more before its planned end, unless work or training was found: that is what the programme is for.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count

from traboule.apps.branches.models import Branch
from traboule.apps.duos.enums import CloseReason, DuoState
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Permission
from traboule.apps.support.models import Look
from traboule.apps.support.queries.warning_facts import facts_of
from traboule.core.actors import Actor
from traboule.core.permissions import authorise
from traboule.core.remember import remembered
from traboule.kernel.warning import Code, Past, Score, score, sign_of

WEEKS_BEFORE = (2, 4, 8)
EARLY_DAYS = 14
MOST = 1_000
"""The latest thousand ended duos: older ones met under other habits."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the warning was worth so many weeks before the end.

    `too_short`: had begun less than four weeks before that day; the warning asks for nothing so early.
    `by_reason`: each reason with its own counts: how often it stood, how often the duo then ended early.
    """

    weeks: int
    score: Score
    too_short: int
    by_reason: tuple[tuple[Code, int, int], ...]


@dataclass(frozen=True, slots=True)
class WarningRecord:
    """The figures of a branch; `found_work`: ended before their day for a good reason, not counted."""

    records: tuple[Record, ...]
    ended: int
    found_work: int
    looks: tuple[tuple[str, int], ...]


SHORTEST = timedelta(weeks=4)


def warning_record(*, actor: Actor, branch: Branch, today: date) -> WarningRecord:
    """Measure the warning on the ended duos of a branch. Raises NotAllowed (403)."""
    authorise(actor, Permission.DUOS_SEE, branch.pk)
    return remembered(branch.pk, f"warning record {today}", lambda: _measure(branch))


def _measure(branch: Branch) -> WarningRecord:
    closed = Duo.everywhere.filter(branch=branch, state=DuoState.CLOSED)
    duos = list(closed.order_by("-closed_on", "-pk")[:MOST])
    counted = [duo for duo in duos if not _found_work_first(duo)]
    looks = Look.everywhere.filter(duo__branch=branch).order_by().values_list("reason")
    return WarningRecord(
        tuple(_record(branch, counted, weeks) for weeks in WEEKS_BEFORE),
        len(duos),
        len(duos) - len(counted),
        tuple(looks.annotate(number=Count("pk")).order_by("-number", "reason")),
    )


def ended_early(duo: Duo) -> bool:
    """Whether a closed duo broke off before its day."""
    return duo.closed_on is not None and (duo.ends_on - duo.closed_on).days >= EARLY_DAYS


def _found_work_first(duo: Duo) -> bool:
    return ended_early(duo) and duo.close_reason == CloseReason.FOUND_WORK


def _record(branch: Branch, duos: Sequence[Duo], weeks: int) -> Record:
    days = {
        duo.pk: duo.closed_on - timedelta(weeks=weeks)
        for duo in duos
        if duo.closed_on is not None and duo.closed_on - timedelta(weeks=weeks) >= duo.started_on + SHORTEST
    }
    judged = [duo for duo in duos if duo.pk in days]
    rows = Duo.everywhere.filter(branch=branch, state=DuoState.CLOSED)
    signs = {pk: sign_of(facts) for pk, facts in facts_of(judged, rows, branch, days, is_past=True).items()}
    early = {duo.pk: ended_early(duo) for duo in judged}
    stood: Counter[Code] = Counter()
    right: Counter[Code] = Counter()
    for pk, sign in signs.items():
        codes = {reason.code for reason in sign.reasons}
        stood.update(codes)
        right.update(codes if early[pk] else ())
    return Record(
        weeks,
        score(Past(early[pk], sign.looks) for pk, sign in signs.items()),
        len(duos) - len(judged),
        tuple((code, stood[code], right[code]) for code in Code if stood[code]),
    )
