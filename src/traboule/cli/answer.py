"""The answer of `traboule match`: proposals.csv and report.json from a plan, in the units of the input."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from traboule.cli.numbers import Number, json_text, relative_gap, text
from traboule.cli.progress import Teller
from traboule.kernel.matching import Plan
from traboule.tables.writing import Cell, csv_bytes

ALTERNATIVES: Final = 2


@dataclass(frozen=True, slots=True)
class Context:
    """What both modes are told beside their files."""

    decisions: str | None
    as_of: date
    seed: int
    teller: Teller


@dataclass(frozen=True, slots=True)
class Other:
    """Another feasible mentor; regret in integer units."""

    mentor: str
    regret: int
    duos_lost: int


@dataclass(frozen=True, slots=True)
class Line:
    """One mentee of proposals.csv; points in integer units."""

    mentee: str
    mentor: str = ""
    points: int | None = None
    rank: int | None = None
    terms: tuple[int, ...] = ()
    others: tuple[Other, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Everything that is written; ``decimals`` is the power of ten between units inside and outside."""

    plan: Plan
    lines: Sequence[Line]
    mentees: Sequence[str]
    mentors: Sequence[str]
    decimals: int
    fixed: bool
    rules_version: str | None
    as_of: date
    seed: int
    terms: Sequence[str] = field(default=())

    def proposals(self) -> bytes:
        """proposals.csv: one row per mentee in the order of the input."""
        header = ["mentee", "mentor", "points", "rank", *(f"term_{name}" for name in self.terms)]
        for number in range(1, ALTERNATIVES + 1):
            header += [f"alternative_{number}", f"regret_{number}", f"duos_lost_{number}"]
        return csv_bytes([*header, "reason"], (self._row(line) for line in self.lines))

    def _row(self, line: Line) -> list[Cell]:
        terms: list[Cell] = [self._text(value) for value in line.terms] or [None] * len(self.terms)
        row: list[Cell] = [line.mentee, line.mentor, self._text(line.points), line.rank, *terms]
        for number in range(ALTERNATIVES):
            if number < len(line.others):
                other = line.others[number]
                row += [other.mentor, self._text(other.regret), other.duos_lost]
            else:
                row += [None, None, None]
        return [*row, line.reason]

    def _text(self, units: int | None) -> str | None:
        return None if units is None else text(units, self.decimals, fixed=self.fixed)

    def report(self, seconds: float) -> bytes:
        """report.json with exactly the keys of the contract; numbers exact."""
        plan = self.plan
        paired = {int(column) for column in plan.mentor_of if column >= 0}
        content: dict[str, Any] = {
            "pairs": plan.pairs,
            "total_points": self._number(plan.total_points),
            "upper_bound": self._number(plan.upper_bound),
            "gap": relative_gap(plan.upper_bound, plan.total_points, self.decimals),
            "unmatched_mentees": [
                m for m, column in zip(self.mentees, plan.mentor_of, strict=True) if column < 0
            ],
            "unmatched_mentors": [m for column, m in enumerate(self.mentors) if column not in paired],
            "mentee_price": self._by_id(self.mentees, plan.mentee_price),
            "mentor_price": self._by_id(self.mentors, plan.mentor_price),
            "bonus": self._by_id(self.mentees, plan.bonus),
            "rules_version": self.rules_version,
            "as_of": self.as_of.isoformat(),
            "seed": self.seed,
            "seconds": round(seconds, 3),
        }
        return (json_text(content) + "\n").encode("utf-8")

    def _number(self, units: int) -> Number:
        return Number(text(units, self.decimals))

    def _by_id(self, ids: Sequence[str], prices: Sequence[int]) -> dict[str, Number]:
        return {name: self._number(price) for name, price in zip(ids, prices, strict=True)}

    def summary(self) -> str:
        """One sentence for the person at the terminal."""
        plan = self.plan
        gap = relative_gap(plan.upper_bound, plan.total_points, self.decimals)
        points = text(plan.total_points, self.decimals)
        return (
            f"{plan.pairs} duos for {len(self.mentees)} mentees and {len(self.mentors)} mentors, "
            f"{points} points, gap {gap:g}, certificate verified"
        )
