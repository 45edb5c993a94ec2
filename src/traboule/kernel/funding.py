"""What a funder asks of a person, as data, and what may be said about it. A human judges.

The computer only suggests, from what is written down already (age, place, languages). A suggestion is a word
beside the question, never an answer to it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class RuleKind(StrEnum):
    """What a rule asks about."""

    AGE = "age"
    TERRITORY = "territory"
    JOB_SEEKER = "job_seeker"
    NOT_EMPLOYED = "not_employed"
    LANGUAGE = "language"
    RIGHT_TO_STAY = "right_to_stay"
    QUESTION = "question"


class Answer(StrEnum):
    """What the human who judges says of one rule."""

    YES = "yes"
    NO = "no"
    NOT_ASKED = "not_asked"


class Verdict(StrEnum):
    """What stands about one rule: the four states of the programme."""

    MET = "met"
    NOT_MET = "not_met"
    PROOF_MISSING = "proof_missing"
    NOT_ASKED = "not_asked"


class Hint(StrEnum):
    """What the data at hand suggest."""

    LOOKS_MET = "looks_met"
    LOOKS_NOT_MET = "looks_not_met"
    UNKNOWN = "unknown"


class Standing(StrEnum):
    """Whether a person counts for a funder, over all rules of one version."""

    COUNTS = "counts"
    PROOF_OPEN = "proof_open"
    QUESTIONS_OPEN = "questions_open"
    DOES_NOT_COUNT = "does_not_count"


# Facts about residence and protection: kept apart, read by few, off unless a branch switches them on.
SENSITIVE_KINDS = frozenset({RuleKind.RIGHT_TO_STAY})
MOST_RULES = 20
OLDEST = 120
CODE = re.compile(r"^[a-z][a-z0-9_]{0,29}$")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``low`` and ``high`` are ages in full years; ``places`` codes of communes or departements."""

    code: str
    kind: RuleKind
    sentence: str
    evidence: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None
    places: tuple[str, ...] = ()
    language: str = ""
    level: int | None = None

    @property
    def sensitive(self) -> bool:
        """Whether the facts behind this rule are kept apart."""
        return self.kind in SENSITIVE_KINDS


@dataclass(frozen=True, slots=True)
class Facts:
    """What is written down already about a person; languages as (code, CEFR level 1 to 6)."""

    birth_date: date | None = None
    commune_code: str = ""
    postcode: str = ""
    languages: tuple[tuple[str, int], ...] = ()


class RulesBroken(ValueError):
    """A set of rules cannot be read; carries the number of the rule (from 1; 0: the set) and a code."""

    def __init__(self, number: int, code: str) -> None:
        super().__init__(f"rule {number}: {code}")
        self.number = number
        self.code = code


def verdict(answer: Answer, evidence_asked: Iterable[str], evidence_seen: Iterable[str]) -> Verdict:
    """Return what stands about a rule: yes without the proof that is asked for is not yet met.

    One of the proofs asked for is enough. More proof seen never lowers the verdict.
    """
    if answer is Answer.NOT_ASKED:
        return Verdict.NOT_ASKED
    if answer is Answer.NO:
        return Verdict.NOT_MET
    asked = set(evidence_asked)
    return Verdict.MET if not asked or asked & set(evidence_seen) else Verdict.PROOF_MISSING


def standing(verdicts: Iterable[Verdict]) -> Standing:
    """Return whether a person counts, from the verdicts of all rules: the worst one decides."""
    found = set(verdicts)
    if Verdict.NOT_MET in found:
        return Standing.DOES_NOT_COUNT
    if Verdict.NOT_ASKED in found or not found:
        return Standing.QUESTIONS_OPEN
    return Standing.PROOF_OPEN if Verdict.PROOF_MISSING in found else Standing.COUNTS


def suggest(rule: Rule, facts: Facts, on: date) -> Hint:
    """Return what the data suggest about ``rule`` on the day ``on``. Sensitive rules get no suggestion."""
    if rule.kind is RuleKind.AGE:
        return _suggest_age(rule, facts.birth_date, on)
    if rule.kind is RuleKind.TERRITORY:
        return _suggest_place(rule, facts)
    if rule.kind is RuleKind.LANGUAGE and rule.level is not None:
        spoken = dict(facts.languages).get(rule.language)
        return Hint.UNKNOWN if spoken is None else _hint(spoken >= rule.level)
    return Hint.UNKNOWN


def parse_rules(rows: Sequence[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """Read rules from plain data. Raises RulesBroken for the first that cannot be read."""
    if not rows:
        raise RulesBroken(0, "no_rules")
    if len(rows) > MOST_RULES:
        raise RulesBroken(0, "too_many_rules")
    rules = tuple(_rule(number, row) for number, row in enumerate(rows, 1))
    codes = [rule.code for rule in rules]
    for number, code in enumerate(codes, 1):
        if code in codes[: number - 1]:
            raise RulesBroken(number, "code_twice")
    return rules


def plain_rules(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    """Return rules as plain data, the inverse of ``parse_rules``."""
    return [
        {
            "code": rule.code,
            "kind": rule.kind.value,
            "sentence": rule.sentence,
            "evidence": list(rule.evidence),
            "low": rule.low,
            "high": rule.high,
            "places": list(rule.places),
            "language": rule.language,
            "level": rule.level,
        }
        for rule in rules
    ]


def age_on(born: date, day: date) -> int:
    """Return the age in full years on ``day``."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _hint(holds: bool) -> Hint:
    return Hint.LOOKS_MET if holds else Hint.LOOKS_NOT_MET


def _suggest_age(rule: Rule, born: date | None, on: date) -> Hint:
    if born is None or born > on:
        return Hint.UNKNOWN
    age = age_on(born, on)
    return _hint((rule.low is None or age >= rule.low) and (rule.high is None or age <= rule.high))


def _suggest_place(rule: Rule, facts: Facts) -> Hint:
    """A commune stands for itself and its departement; a postcode is a hint where no commune is known."""
    known = facts.commune_code or facts.postcode
    if not known:
        return Hint.UNKNOWN
    if facts.commune_code:
        return _hint(any(facts.commune_code.startswith(place) for place in rule.places))
    departements = [place for place in rule.places if len(place) <= 3]
    if any(facts.postcode.startswith(place) for place in departements):
        return Hint.LOOKS_MET
    return Hint.UNKNOWN if len(departements) < len(rule.places) else Hint.LOOKS_NOT_MET


def _rule(number: int, row: Mapping[str, Any]) -> Rule:
    try:
        rule = Rule(
            code=str(row["code"]),
            kind=RuleKind(row["kind"]),
            sentence=" ".join(str(row["sentence"]).split()),
            evidence=tuple(str(item).strip() for item in row.get("evidence") or () if str(item).strip()),
            low=_whole(row.get("low")),
            high=_whole(row.get("high")),
            places=tuple(str(item).strip().upper() for item in row.get("places") or () if str(item).strip()),
            language=str(row.get("language") or ""),
            level=_whole(row.get("level")),
        )
    except (KeyError, ValueError, TypeError, AttributeError):
        raise RulesBroken(number, "unreadable") from None
    flaw = _flaw(rule)
    if flaw:
        raise RulesBroken(number, flaw)
    return rule


def _whole(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


def _flaw(rule: Rule) -> str:
    ages = [age for age in (rule.low, rule.high) if age is not None]
    wrong = {
        "code": not CODE.match(rule.code),
        "no_sentence": not rule.sentence or len(rule.sentence) > 300,
        "no_ages": rule.kind is RuleKind.AGE and not ages,
        "ages": any(not 0 <= age <= OLDEST for age in ages) or ages != sorted(ages),
        "no_places": rule.kind is RuleKind.TERRITORY and not rule.places,
        "places": any(not re.fullmatch(r"[0-9A-Z]{2,5}", place) for place in rule.places),
        "no_language": rule.kind is RuleKind.LANGUAGE and not (rule.language and rule.level),
        "level": rule.level is not None and not 1 <= rule.level <= 6,
        "evidence": len(rule.evidence) > 8 or any(len(item) > 120 for item in rule.evidence),
    }
    return next((code for code, holds in wrong.items() if holds), "")
