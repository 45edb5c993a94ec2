"""The versioned rules of matching: weights, scales and limits that staff can edit (`rules.toml` beside this).

Sources of the defaults: occupation, languages and personality are what coordinators match on (OECD Youth
Policy Toolkit); way of working weighs most after the path because deep similarity is the strongest antecedent
of a good relation (Eby et al. 2013); shared dislikes weigh nearly as much as shared interests because they
predict longer matches (Raposa et al.); proposals come within 15 days to 1 month (OECD), hence a ceiling of 30
days. Where nothing is published (most weights), the figure is the designers' judgement and staff can change
it.
"""

import hashlib
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from traboule.kernel.matching.profiles import LEVELS

THOUSAND = 1000  # points are integers in thousandths, shares are per mille
TOTAL = 100 * THOUSAND


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each of the ten terms can be worth, in thousandths of a point; they sum to 100 points."""

    occupation: int = 26_000
    seniority: int = 8_000
    languages: int = 7_000
    interests: int = 8_000
    dislikes: int = 7_000
    way_of_working: int = 16_000
    needs: int = 12_000
    travel: int = 6_000
    slots: int = 5_000
    horizon: int = 5_000


TERMS = tuple(entry.name for entry in fields(Weights))


@dataclass(frozen=True, slots=True, kw_only=True)
class OccupationScale:
    """How close two occupations are, per mille; the order of the first five is checked."""

    same_code: int = 1000
    same_family: int = 750
    shared_sector: int = 500
    same_domain: int = 400
    other: int = 0
    generalist: int = 350  # what a generalist mentor offers to any plan
    no_plan_generalist: int = 1000  # one mentee in seven needs that (annual report BE 2021)
    no_plan_other: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hard limits and the points where a scale is full."""

    min_level_mentee: int = 3
    min_level_mentor: int = 3
    waiting_ceiling_days: int = 30
    max_km: int = 15  # for people who state no distance
    travel_zero_km: int = 20  # a journey of this length earns nothing
    seniority_full_years: int = 30
    languages_full_steps: int = 4
    slots_full_count: int = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One version of the rules; `version` is the declared one plus a hash of the content."""

    declared: str = "2026.1"
    weights: Weights = field(default_factory=Weights)
    occupation: OccupationScale = field(default_factory=OccupationScale)
    limits: Limits = field(default_factory=Limits)

    @property
    def version(self) -> str:
        content = json.dumps(asdict(self), sort_keys=True).encode()
        return f"{self.declared}+{hashlib.blake2b(content, digest_size=4).hexdigest()}"


DEFAULT_RULES = Rules()


@dataclass(frozen=True, slots=True)
class RulesProblem:
    """One thing wrong: where ("weights.travel"), the value as given, and a code among the CODES below."""

    where: str
    value: str
    code: str

    def __str__(self) -> str:
        return f"{self.where}: {self.value}: {self.code}"


CODES = (
    "unknown_key",  # no such setting
    "table_expected",  # a [table] was expected
    "text_expected",  # a short text was expected
    "missing",  # all ten weights are given, or none
    "number_expected",
    "not_negative",
    "three_decimals",  # at most three decimals
    "whole_number",
    "at_least_one",  # a whole number of at least 1
    "share_expected",  # a number from 0 to 1
    "level_expected",  # A1 to C2
    "sum_is_not_100",
    "closer_is_never_worth_less",  # same code ≥ same family ≥ shared sector ≥ same domain ≥ other
)


class RulesError(ValueError):
    """The rules are refused; `problems` holds all of them."""

    def __init__(self, problems: list[RulesProblem]) -> None:
        self.problems = problems
        super().__init__("\n".join(map(str, problems)))


def rules_from_mapping(given: Mapping[str, Any]) -> Rules:
    """Rules from the parsed file.

    Tables and scales left out keep their default; RulesError names every problem.
    """
    problems: list[RulesProblem] = []
    declared = given.get("version", DEFAULT_RULES.declared)
    if not isinstance(declared, str) or not declared.strip():
        problems.append(RulesProblem("version", repr(declared), "text_expected"))
    known = {"version", *_TABLES}
    problems += [RulesProblem(key, "", "unknown_key") for key in given if key not in known]
    parts: dict[str, dict[str, int]] = {}
    for table, convert in _TABLES.items():
        parts[table] = _read_table(table, given.get(table, {}), convert, problems)
    if given.get("weights") is not None and not _has(problems, "weights"):
        _check_weights(parts["weights"], problems)
    _check_order(OccupationScale(**parts["occupation"]), problems)
    if problems:
        raise RulesError(problems)
    return Rules(
        declared=declared,
        weights=Weights(**parts["weights"]),
        occupation=OccupationScale(**parts["occupation"]),
        limits=Limits(**parts["limits"]),
    )


def _has(problems: list[RulesProblem], table: str) -> bool:
    return any(problem.where.split(".")[0] == table for problem in problems)


def _read_table(
    table: str, given: object, convert: Callable[[str, object], int | str], problems: list[RulesProblem]
) -> dict[str, int]:
    if not isinstance(given, Mapping):
        problems.append(RulesProblem(table, repr(given), "table_expected"))
        return {}
    known = {entry.name for entry in fields(_CLASSES[table])}
    found: dict[str, int] = {}
    for key, value in given.items():
        result = convert(key, value) if key in known else "unknown_key"
        if isinstance(result, str):
            problems.append(RulesProblem(f"{table}.{key}", repr(value), result))
        else:
            found[key] = result
    return found


def _check_weights(found: dict[str, int], problems: list[RulesProblem]) -> None:
    missing = [term for term in TERMS if term not in found]
    problems += [RulesProblem(f"weights.{term}", "", "missing") for term in missing]
    if not missing and sum(found.values()) != TOTAL:
        problems.append(RulesProblem("weights", f"{sum(found.values()) / THOUSAND:g}", "sum_is_not_100"))


def _check_order(scale: OccupationScale, problems: list[RulesProblem]) -> None:
    order = [scale.same_code, scale.same_family, scale.shared_sector, scale.same_domain, scale.other]
    if order != sorted(order, reverse=True) or scale.no_plan_generalist < scale.no_plan_other:
        shares = " ".join(f"{share / THOUSAND:g}" for share in order)
        problems.append(RulesProblem("occupation", shares, "closer_is_never_worth_less"))


def _number(value: object) -> float | str:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return "number_expected"
    return "not_negative" if value < 0 else float(value)


def _thousandths(_key: str, value: object) -> int | str:
    number = _number(value)
    if isinstance(number, str):
        return number
    scaled = round(number * THOUSAND)
    return scaled if math.isclose(scaled, number * THOUSAND, abs_tol=1e-6) else "three_decimals"


def _share(key: str, value: object) -> int | str:
    scaled = _thousandths(key, value)
    return "share_expected" if isinstance(scaled, int) and scaled > THOUSAND else scaled


def _limit(key: str, value: object) -> int | str:
    if key.startswith("min_level"):
        return LEVELS.index(value) + 1 if isinstance(value, str) and value in LEVELS else "level_expected"
    number = _number(value)
    if isinstance(number, str):
        return number
    if number != int(number):
        return "whole_number"
    least = 0 if key in ("waiting_ceiling_days", "max_km") else 1  # the others divide
    return int(number) if number >= least else "at_least_one"


_TABLES: dict[str, Callable[[str, object], int | str]] = {
    "weights": _thousandths,
    "occupation": _share,
    "limits": _limit,
}
_CLASSES: dict[str, type] = {"weights": Weights, "occupation": OccupationScale, "limits": Limits}
