"""Every figure the generator draws from: published where there is a source, otherwise a named assumption.

A page of the documentation prints this table; nothing is drawn from a number that does not stand here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

Value: TypeAlias = float | tuple[float, ...] | Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Assumption:
    """One figure: what it is, its value, and where it was read; no source = nothing is published."""

    text: str
    value: Value
    source: str | None = None

    @property
    def is_published(self) -> bool:
        return self.source is not None


def _shares(**given: float) -> Mapping[str, float]:
    return MappingProxyType(given)


_LEVELS = ("A1", "A2", "B1", "B2", "C1", "C2")


def _levels(*given: float) -> Mapping[str, float]:
    return MappingProxyType(dict(zip(_LEVELS, given, strict=True)))


ASSUMPTIONS: Mapping[str, Assumption] = MappingProxyType(
    {
        # --- published
        "mentee_age": Assumption(
            "Age of mentees: youngest and oldest", (18, 33), "OECD Youth Policy Toolkit"
        ),
        "mentor_age_from": Assumption("Youngest mentor", 50, "OECD Youth Policy Toolkit; Réseau Alliances"),
        "no_plan": Assumption(
            "Mentees without a job plan yet: one in seven", 1 / 7, "annual report 2021 (BE)"
        ),
        "schooling_none": Assumption("No recognised diploma", 0.36, "annual report 2021 (FR)"),
        "schooling_master": Assumption("Master's degree", 0.28, "annual report 2021 (FR)"),
        "reach_six_months": Assumption("Duos that reach six months", 0.89, "défi-autonomie 2025"),
        "result_within_year": Assumption(
            "Job, internship or training within 12 months", 0.72, "duoforajob.be impact page"
        ),
        "stable_job": Assumption(
            "Stable job, contract of 3 months or more", 0.50, "duoforajob.be impact page"
        ),
        "mentor_again": Assumption("Mentors who start again", 0.82, "duoforajob.be impact page"),
        "wait_days": Assumption("Intake to match: 15 days to 1 month", (15, 30), "OECD Youth Policy Toolkit"),
        "weeks": Assumption("Length of a duo in weeks", 26, "the programme's own rule: six months"),
        # --- assumed: people
        "mentor_age": Assumption("Age of mentors: youngest, most frequent, oldest", (50, 62, 75)),
        "schooling_rest": Assumption(
            "Share of secondary school among the diplomas in between; else bachelor", 0.55
        ),
        "mentee_gender": Assumption("Gender of mentees", _shares(f=0.43, m=0.565, x=0.005)),
        "mentor_gender": Assumption("Gender of mentors", _shares(f=0.55, m=0.445, x=0.005)),
        "mentee_wish": Assumption(
            "Mentees who wish a mentor of their own gender", _shares(f=0.10, m=0.03, x=0.0)
        ),
        "mentor_wish": Assumption("Mentors who wish a mentee of their own gender", 0.02),
        "first_language": Assumption(
            "First language of mentees",
            _shares(
                ar=0.19,
                prs=0.10,
                ps=0.10,
                ti=0.07,
                fa=0.05,
                uk=0.10,
                so=0.05,
                ff=0.06,
                bm=0.05,
                wo=0.03,
                ln=0.04,
                bn=0.04,
                tr=0.03,
                ku=0.03,
                am=0.01,
                ur=0.01,
                sq=0.01,
                es=0.01,
                hy=0.01,
                ka=0.01,
            ),
        ),
        "mentee_french": Assumption("French of mentees", _levels(0.04, 0.14, 0.36, 0.28, 0.13, 0.05)),
        "mentee_english": Assumption("Mentees with French below B1 who speak English at B1 or more", 0.85),
        "mentee_english_other": Assumption("Other mentees who speak English (B1 to C1)", 0.30),
        "mentor_french": Assumption("French of mentors", _levels(0, 0, 0.01, 0.01, 0.03, 0.95)),
        "mentor_english": Assumption(
            "English of mentors; the rest speaks none", _levels(0.08, 0.16, 0.22, 0.16, 0.10, 0.05)
        ),
        "mentor_other": Assumption(
            "Other languages of mentors at B1 or more",
            _shares(es=0.12, de=0.08, it=0.07, ar=0.07, pt=0.04, ru=0.02, tr=0.01, fa=0.008, uk=0.004),
        ),
        # --- assumed: work
        "well_known": Assumption(
            "Occupations drawn from the frequent ones; the rest from all ROME codes", 0.75
        ),
        "second_occupation": Assumption("People who name a second occupation", 0.45),
        "generalist": Assumption("Mentors who are generalists", 0.22),
        "no_trade": Assumption("Generalists who name no occupation", 0.40),
        "career_start": Assumption("Age at which working life began: from, to", (18, 26)),
        "years_stated": Assumption("Mentors who state their years of experience", 0.90),
        "needs": Assumption(
            "What mentees ask for",
            _shares(
                cv=0.55, interview=0.50, network=0.55, project=0.35, admin=0.25, digital=0.15, french=0.40
            ),
        ),
        "strengths": Assumption(
            "What mentors are strong in",
            _shares(
                cv=0.50, interview=0.50, network=0.45, project=0.45, admin=0.30, digital=0.25, french=0.45
            ),
        ),
        "silent": Assumption("People who leave an optional list empty", 0.08),
        "capacity": Assumption("Places of a mentor", MappingProxyType({"1": 0.87, "2": 0.11, "3": 0.02})),
        "trained": Assumption("Mentors of the files who are trained", 0.94),
        # --- assumed: time and place
        "mentor_retired": Assumption("Retired mentors", 0.62),
        "slots_retired": Assumption(
            "Retired mentors: free on a weekday morning, afternoon, evening; weekend",
            (0.28, 0.36, 0.10, 0.04),
        ),
        "slots_working": Assumption(
            "At work: free on a weekday morning, afternoon, evening; weekend", (0.04, 0.06, 0.36, 0.20)
        ),
        "slots_mentee": Assumption(
            "Mentees: free on a weekday morning, afternoon, evening; weekend", (0.18, 0.26, 0.24, 0.16)
        ),
        "max_km": Assumption(
            "How far people travel, in km",
            MappingProxyType({"5": 0.06, "10": 0.29, "15": 0.40, "20": 0.17, "30": 0.08}),
        ),
        "mentor_online": Assumption("Mentors who may meet online", 0.25),
        "mentee_online": Assumption("Mentees who may meet online", 0.40),
        "home_decay_km": Assumption(
            "Homes thin out with distance from the branch: mentors, mentees", (12, 8)
        ),
        "available_later": Assumption("Mentors who start within eight weeks rather than now", 0.10),
        "available_until": Assumption("Mentors who say until when", 0.35),
        "waiting_mean_days": Assumption(
            "Mean days since intake of those who wait (exponential, at most 75)", 17
        ),
        "can_wait": Assumption("Mentees who say until when they can wait", 0.25),
        # --- assumed: character
        "way_answered": Assumption("Answers given per scale of the way of working", 0.86),
        "way_spread": Assumption("Spread of the answers around 3", 1.1),
        "interests_count": Assumption("Number of interests named, 0 to 4", (0.10, 0.15, 0.30, 0.30, 0.15)),
        "dislikes_count": Assumption("Number of dislikes named, 0 to 3", (0.35, 0.30, 0.25, 0.10)),
        # --- assumed: contact
        "mentee_channel": Assumption(
            "How mentees are reached", _shares(sms=0.60, phone=0.15, email=0.20, referrer=0.05)
        ),
        "mentor_channel": Assumption(
            "How mentors are reached", _shares(email=0.70, phone=0.18, sms=0.10, letter=0.02)
        ),
        "contact_own_language": Assumption(
            "Mentees with French at B1 or more who still prefer their own language", 0.25
        ),
        # --- assumed: the life of the demo
        "paused_duos": Assumption("Running duos that are paused", 0.08),
        "mentee_answered": Assumption("Open proposals to which the mentee said yes already", 0.45),
        "mentors_paused": Assumption("Mentors who rest at the moment", 0.03),
        # --- assumed: what comes afterwards
        "follow_up": Assumption(
            "What becomes of a follow-up", _shares(reached=0.72, refused=0.05, unreachable=0.13, unknown=0.10)
        ),
        "proof": Assumption(
            "How an outcome is proven", _shares(declared=0.45, documented=0.40, administrative=0.15)
        ),
        "permanent": Assumption("Jobs without an end", 0.35),
        "contract_days": Assumption("Days of a contract with an end: from, to", (20, 300)),
        "result_days": Assumption("Days from the end of a duo to its outcome: from, to", (0, 330)),
        "known_days": Assumption("Days until an outcome is heard of: from, to", (0, 60)),
        "week_minutes": Assumption("Minutes a week that a duo meets: mean, spread", (112, 25)),
        "satisfaction": Assumption(
            "Ratings at the end", MappingProxyType({"1": 0.02, "2": 0.05, "3": 0.15, "4": 0.43, "5": 0.35})
        ),
        "rated": Assumption("People who rate at the end", 0.6),
        "cost_cents": Assumption("Cost of a duo in cents: from, to", (90_000, 160_000)),
        "duos_of_a_mentor": Assumption("Duos of a mentor over the years", 1.7),
        "untrained": Assumption("Mentors who began before their training was complete", 0.04),
    }
)


def number(key: str) -> float:
    """The value of a single figure."""
    value = ASSUMPTIONS[key].value
    if isinstance(value, int | float):
        return float(value)
    raise TypeError(f"{key} is not a single figure")


def row(key: str) -> tuple[float, ...]:
    """The values of a row of figures."""
    value = ASSUMPTIONS[key].value
    if isinstance(value, tuple):
        return value
    raise TypeError(f"{key} is not a row of figures")


def shares(key: str) -> Mapping[str, float]:
    """Named shares."""
    value = ASSUMPTIONS[key].value
    if isinstance(value, Mapping):
        return value
    raise TypeError(f"{key} has no named shares")
