"""When is a mentor ready? A list of named conditions, each met, lacking or waived, never one hidden number.

A person declares somebody ready; this list says whether that act is open. More of a good thing never makes
anybody less ready: the test of this module holds that property.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType

NOTICE_DAYS = 60
"""So long before a safeguarding check ends somebody is told to ask for a new one."""


class Condition(StrEnum):
    """What is asked of a mentor, in the order of the path."""

    APPLICATION = "application"
    IDENTITY = "identity"
    REFERENCES = "references"
    SAFEGUARDING = "safeguarding"
    MODULES = "modules"
    PROFILE = "profile"


class Standing(StrEnum):
    """Where one condition stands."""

    MET = "met"
    LACKS = "lacks"
    WAIVED = "waived"


# Nobody can be matched without these: whoever waived them would send an empty card to the matching table.
NEVER_WAIVED = frozenset({Condition.PROFILE})


@dataclass(frozen=True, slots=True)
class Safeguard:
    """What a country lets an association ask: the document, its greatest age, how long it counts."""

    document: str
    age_days: int
    valid_days: int


# The person asks for it and shows it; the association sees it and keeps no copy. France: bulletin no. 3
# (art. 777 CPP). Belgium: extract of article 596, paragraph 2, CIC (activities with minors). Neither law sets
# how long a volunteer's extract counts: the figures are the programme's own.
SAFEGUARDS: Mapping[str, Safeguard] = MappingProxyType(
    {
        "FR": Safeguard("fr_bulletin_3", age_days=92, valid_days=730),
        "BE": Safeguard("be_extract_596_2", age_days=92, valid_days=365),
    }
)


@dataclass(frozen=True, slots=True)
class Rules:
    """How much is asked in a branch, under a version of the programme."""

    references: int = 2
    modules: int = 8
    safeguarding: bool = True


@dataclass(frozen=True, slots=True)
class Waiver:
    """Somebody let a condition go, and says why."""

    on: date
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written down about one mentor. `modules` says on which day each module was first attended."""

    accepted_on: date | None = None
    identity_on: date | None = None
    references_on: Sequence[date] = ()
    check_on: date | None = None
    check_until: date | None = None
    modules: Mapping[int, date] = field(default_factory=dict)
    profile_lacks: Sequence[str] = ()
    waivers: Mapping[str, Waiver] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class State:
    """One line of the list. `have` of `need`; `lacks` are codes; `since` the day on which it was met."""

    condition: Condition
    standing: Standing
    since: date | None = None
    have: int = 0
    need: int = 1
    lacks: tuple[str, ...] = ()
    until: date | None = None
    waiver: Waiver | None = None

    @property
    def is_open(self) -> bool:
        """Whether this condition still stands in the way."""
        return self.standing is Standing.LACKS


def conditions(facts: Facts, rules: Rules, today: date) -> tuple[State, ...]:
    """Return every condition that is asked, with its state on `today`."""
    found = [
        _dated(Condition.APPLICATION, facts.accepted_on),
        _dated(Condition.IDENTITY, facts.identity_on),
        _counted(Condition.REFERENCES, facts.references_on, rules.references),
        *([_check(facts, today)] if rules.safeguarding else []),
        _counted(Condition.MODULES, list(facts.modules.values()), rules.modules),
        _profile(facts),
    ]
    return tuple(_waived(state, facts) for state in found)


def is_ready(states: Sequence[State]) -> bool:
    """Whether nothing stands in the way any more."""
    return bool(states) and not any(state.is_open for state in states)


def check_ends_soon(until: date | None, today: date) -> bool:
    """Whether a check that still counts ends within the notice."""
    return until is not None and 0 <= (until - today).days <= NOTICE_DAYS


def _dated(condition: Condition, on: date | None) -> State:
    if on is None:
        return State(condition, Standing.LACKS)
    return State(condition, Standing.MET, since=on, have=1)


def _counted(condition: Condition, days: Sequence[date], need: int) -> State:
    ordered = sorted(days)
    have = len(ordered)
    if have < need:
        return State(condition, Standing.LACKS, have=have, need=need)
    return State(condition, Standing.MET, ordered[need - 1] if need else None, have, need)


def _check(facts: Facts, today: date) -> State:
    if facts.check_on is None or facts.check_until is None:
        return State(Condition.SAFEGUARDING, Standing.LACKS)
    if facts.check_until < today:
        return State(Condition.SAFEGUARDING, Standing.LACKS, lacks=("lapsed",), until=facts.check_until)
    return State(Condition.SAFEGUARDING, Standing.MET, facts.check_on, have=1, until=facts.check_until)


def _profile(facts: Facts) -> State:
    lacks = tuple(facts.profile_lacks)
    return State(
        Condition.PROFILE, Standing.LACKS if lacks else Standing.MET, have=0 if lacks else 1, lacks=lacks
    )


def _waived(state: State, facts: Facts) -> State:
    waiver = facts.waivers.get(state.condition)
    if waiver is None or not state.is_open or state.condition in NEVER_WAIVED:
        return state
    return State(
        state.condition, Standing.WAIVED, waiver.on, state.have, state.need, state.lacks, state.until, waiver
    )
