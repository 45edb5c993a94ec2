"""Somebody looked and said: not needed. The sign then rests until a day, or until a new fact comes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from traboule.kernel.warning.sign import Reason, Sign

LONGEST_DAYS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """A reason as it was when somebody looked: its code, its side, its newest fact."""

    code: str
    side: str
    latest: date | None


def seen_of(sign: Sign) -> tuple[Seen, ...]:
    """What somebody sees who looks now."""
    return tuple(Seen(reason.code.value, reason.side, reason.latest) for reason in sign.reasons)


def news_since(seen: Iterable[Seen], sign: Sign) -> tuple[Reason, ...]:
    """The reasons that were not there when somebody looked, or that have a newer fact now."""
    known = {(one.code, one.side): one.latest for one in seen}
    return tuple(reason for reason in sign.reasons if _is_new(reason, known))


def _is_new(reason: Reason, known: dict[tuple[str, str], date | None]) -> bool:
    key = (reason.code.value, reason.side)
    if key not in known:
        return True
    before = known[key]
    return reason.latest is not None and (before is None or reason.latest > before)


def is_silent(seen: Iterable[Seen], until: date, sign: Sign) -> bool:
    """Whether the sign still rests: its day has not come, and nothing new has happened."""
    return sign.today <= until and not news_since(seen, sign)
