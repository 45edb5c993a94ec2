"""The definitions that come with the house. Staff add versions; these are never rewritten."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from traboule.kernel.endings import LAST_WEEKS, RENEWAL_MONTHS
from traboule.kernel.indicators.definition import Among, Clock, Definition, Measure, What
from traboule.kernel.indicators.facts import Grade

AUTHOR = "Traboule"
DECIDED = date(2026, 11, 26)
POSITIVE = ("internship", "job", "training")
FOLLOW_UP_MONTHS = (6, 12, 18)

DEFAULT: Mapping[str, Any] = {
    "version": 1,
    "measure": Measure.SHARE,
    "among": Among.DUOS_STARTED,
    "author": AUTHOR,
    "decided_on": DECIDED,
}


def _define(name: str, **said: Any) -> Definition:
    return Definition(**{**DEFAULT, "name": name, **said})


def _outcomes() -> list[Definition]:
    """The published 72 % and 50 % do not say from which day they count: so both clocks, and no choice."""
    positive: dict[str, Any] = {
        "what": What.OUTCOME,
        "months": 12,
        "kinds": POSITIVE,
        "slack_days": 14,
        "against": 0.72,
        "source": "duoforajob.be, impact page: within 12 months; clock not said",
    }
    stable: dict[str, Any] = {
        "what": What.OUTCOME,
        "months": 12,
        "kinds": ("job",),
        "min_months": 3,
        "slack_days": 14,
        "against": 0.5,
        "source": "duoforajob.be, impact page: contract of 3 months or more; clock not said",
    }
    worked: dict[str, Any] = {
        "what": What.DAYS_WORKED,
        "months": 12,
        "kinds": ("job",),
        "min_days": 90,
        "slack_days": 14,
        "grade": Grade.DOCUMENTED,
        "source": "contract with Actiris, 2014 to 2017: 90 days in the year after",
    }
    return [
        _define("positive_outcome_from_start", clock=Clock.DUO_START, **positive),
        _define("positive_outcome_from_end", clock=Clock.DUO_END, **positive),
        _define("stable_job_from_start", clock=Clock.DUO_START, **stable),
        _define("stable_job_from_end", clock=Clock.DUO_END, **stable),
        _define("worked_90_days", clock=Clock.DUO_END, **worked),
    ]


def _waits() -> list[Definition]:
    return [
        _define(
            "days_to_match",
            what=What.WAIT,
            measure=Measure.MEDIAN,
            among=Among.MENTEES,
            clock=Clock.INTAKE,
            months=6,
            against=30,
            source="OECD Youth Policy Toolkit: 15 days to a month",
        ),
        *(
            _define(
                name,
                what=What.MATCHED,
                among=Among.MENTEES,
                clock=Clock.INTAKE,
                months=months,
                source="OECD Youth Policy Toolkit: 15 days to a month",
            )
            for name, months in (("matched_in_a_month", 1), ("matched_in_six_months", 6))
        ),
    ]


def _path() -> list[Definition]:
    return [
        _define(
            "reach_six_months",
            what=What.LASTS,
            clock=Clock.DUO_START,
            months=6,
            slack_days=LAST_WEEKS.days,
            against=0.89,
            source="défi-autonomie 2025",
        ),
        _define(
            "mentors_again",
            what=What.AGAIN,
            among=Among.MENTORS,
            clock=Clock.DUO_END,
            months=RENEWAL_MONTHS,
            against=0.8,
            source="published: 8 in 10, no window named; six months is the choice of this house",
        ),
        _define(
            "weekly_hours",
            what=What.HOURS,
            measure=Measure.MEAN,
            clock=Clock.DUO_END,
            months=0,
            against=2,
            source="OECD Youth Policy Toolkit: two hours a week",
        ),
        _define(
            "trained_before_first_duo",
            what=What.TRAINED,
            among=Among.MENTORS,
            clock=Clock.DUO_START,
            months=0,
            against=1,
            source="OECD Youth Policy Toolkit: training, then match",
        ),
    ]


def _afterwards() -> list[Definition]:
    return [
        *(
            _define(
                f"follow_up_{months}_months",
                what=What.ANSWERED,
                clock=Clock.DUO_END,
                months=months,
                slack_days=31,
            )
            for months in FOLLOW_UP_MONTHS
        ),
        *(
            _define(
                f"satisfaction_of_{side}s",
                what=What.RATING,
                measure=Measure.MEAN,
                clock=Clock.DUO_END,
                months=1,
                kinds=(side,),
            )
            for side in ("mentee", "mentor")
        ),
        _define("cost_per_duo", what=What.SPENT, measure=Measure.MEAN, clock=Clock.DUO_END, months=0),
        _define(
            "cost_per_outcome",
            what=What.OUTCOME,
            measure=Measure.COST,
            clock=Clock.DUO_END,
            months=12,
            kinds=POSITIVE,
            slack_days=14,
        ),
    ]


SHIPPED: Mapping[str, Definition] = MappingProxyType(
    {definition.name: definition for definition in (*_outcomes(), *_path(), *_waits(), *_afterwards())}
)
