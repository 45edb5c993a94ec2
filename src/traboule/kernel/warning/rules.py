"""The rules of the early warning as data: a change of a number is a new version, and versions stay."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType


class Code(StrEnum):
    """Why somebody should look at a duo; the page says each in words, with its numbers and days."""

    MISSING = "meetings_missing"
    UNDELIVERED = "messages_undelivered"
    UNANSWERED = "links_unanswered"
    FELL = "rating_fell"
    LOW = "rating_low"
    NO_STEP = "no_next_step"


def _points() -> Mapping[Code, int]:
    """One reason of two points is enough to look; of the weak ones it takes two."""
    return MappingProxyType(
        {Code.MISSING: 2, Code.UNDELIVERED: 2, Code.FELL: 2, Code.LOW: 2, Code.UNANSWERED: 1, Code.NO_STEP: 1}
    )


@dataclass(frozen=True, slots=True)
class Rules:
    """Thresholds by name. Days are calendar days; ratings are hundredths of a mark from 1 to 5.

    They were chosen, not fitted: the programme asks for two hours a week, so two of four weeks without a
    meeting is half of it. What they are worth in a branch is measured on its own ended duos (`record`).
    """

    version: str
    # Meetings: of the last weeks, how many without one; a duo without a fixed day may miss one more.
    weeks_seen: int = 4
    missing: int = 2
    missing_free: int = 3
    missing_more: int = 1  # so many above the threshold weigh one point more
    log_days: int = 3  # a log may come that late
    first_days: int = 14  # nothing is expected of the first days: the two are getting to know each other
    # Messages that did not arrive, none having arrived since.
    undelivered: int = 2
    undelivered_days: int = 28
    # Questions by link (log, check-in, short scale) that one side left without an answer.
    unanswered: int = 3
    unanswered_days: int = 42
    answer_days: int = 5  # so long a question may lie
    # The short scale.
    fall: int = 100
    low: int = 300
    rating_days: int = 90
    # A next step: a dated thing on the plan, or one named in a log.
    step_days: int = 28
    step_from_days: int = 28
    step_until_days: int = 14
    points: Mapping[Code, int] = field(default_factory=_points)
    look_from: int = 2
    brake: int = 1  # while one of the two is away it takes so much more


CURRENT = "2026-1"
RULES: Mapping[str, Rules] = MappingProxyType({CURRENT: Rules(CURRENT)})
