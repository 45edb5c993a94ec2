"""An indicator as a versioned object: what counts, among whom, from which day on, how strongly proven.

"70 %" is not one number: within a year of the start or of the end, a job or any positive outcome, declared
or documented give others. So a definition says all of it, and its SHA-256 stands for exactly this wording.
"""

import hashlib
import json
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from traboule.kernel.indicators.facts import Grade


class Measure(StrEnum):
    """What is worked out of the rows. `cost`: what was spent on all, for each one that counts."""

    SHARE = "share"
    MEAN = "mean"
    MEDIAN = "median"
    TOTAL = "total"
    COST = "cost"


class What(StrEnum):
    """What is looked at in each row."""

    OUTCOME = "outcome"  # an outcome of these kinds, that lasts long enough
    DAYS_WORKED = "days_worked"  # days covered by outcomes of these kinds
    LASTS = "lasts"  # the duo lasts so many months
    AGAIN = "again"  # the mentor starts again
    TRAINED = "trained"  # the training was complete before the first duo
    ANSWERED = "answered"  # the follow-up of this month was answered
    MATCHED = "matched"  # a duo was agreed
    WAIT = "wait"  # days from intake until a duo was agreed
    HOURS = "hours"  # hours a week that the two met
    RATING = "rating"  # what one side said at the end
    SPENT = "spent"  # cents


class Among(StrEnum):
    """Of whom. Completed: not ended early. Reachable: somebody answered within or after the window."""

    DUOS_STARTED = "duos_started"
    DUOS_COMPLETED = "duos_completed"
    DUOS_REACHABLE = "duos_reachable"
    MENTORS = "mentors"
    MENTEES = "mentees"


class Clock(StrEnum):
    """The day on which the window opens."""

    DUO_START = "duo_start"
    DUO_END = "duo_end"
    INTAKE = "intake"


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """One version of an indicator.

    `kinds` are kinds of outcome, or the side (mentor, mentee) of a rating. An outcome lasts at least
    `min_days`, or `min_months`; a permanent one always does. `slack_days`: an answer so shortly before the
    last day of the window still speaks for all of it, a duo that ends so shortly before has lasted, and a
    follow-up may be that late. `against` is a published or promised figure (share, hours, days), and `source`
    says whose.
    """

    name: str
    version: int
    measure: Measure
    what: What
    among: Among
    clock: Clock
    months: int
    author: str
    decided_on: date
    kinds: tuple[str, ...] = ()
    min_days: int = 0
    min_months: int = 0
    grade: Grade = Grade.DECLARED
    floor: int = 5
    slack_days: int = 0
    against: float | None = None
    source: str = ""

    @property
    def label(self) -> str:
        """Name, version, clock and window in one line of codes: what stands beside every figure."""
        return f"{self.name} v{self.version} ({self.clock}, {self.months} months)"

    @property
    def plain(self) -> dict[str, Any]:
        """The definition as JSON values; kinds in order, days as ISO."""
        found = {entry.name: getattr(self, entry.name) for entry in fields(self)}
        against = None if self.against is None else float(self.against)
        plain = {
            "kinds": sorted(set(self.kinds)),
            "decided_on": self.decided_on.isoformat(),
            "against": against,
        }
        return {**found, **plain}

    @property
    def canonical(self) -> bytes:
        """The same definition, the same bytes: sorted keys, no spaces, UTF-8."""
        return canonical(self.plain)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the canonical bytes, as hex."""
        return hashlib.sha256(self.canonical).hexdigest()


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, without spaces, in UTF-8; ValueError for a number that JSON cannot say."""
    return json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()
