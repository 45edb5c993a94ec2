"""An invented comparison file for a plan, to try the path with: seeded, made on the fly, about nobody."""

from random import Random

from traboule.apps.evaluations.models import EvaluationPlan
from traboule.tables.writing import spreadsheet_bytes

DUOS, OTHERS = 38, 190
GAIN = 0.25
# How much the ages and the rest of those who took part differ from the others, in standard deviations.
ALIKE, APART = 0.35, 4.0


def example_file(
    plan: EvaluationPlan, *, seed: int = 38, apart: float = ALIKE, separator: str = ","
) -> bytes:
    """Return a CSV with the columns of a plan: 38 who took part, 190 others, two outcomes not known.

    With a column of who was followed, more of the young are lost, and of both groups.

    The outcome is 1 more often, by about 25 points, for those who took part. With ``apart`` of several
    standard deviations the groups do not overlap. The same seed gives the same bytes.
    """
    chance, other = Random(seed), Random(seed + 1)  # noqa: S311 -- invented people, no secret
    rows: list[list[str | int | float]] = []
    for number in range(DUOS + OTHERS):
        treated = int(number < DUOS)
        traits = [chance.gauss(apart * treated, 1) for _ in plan.covariates]
        rate = 0.40 + GAIN * treated + 0.08 * max(-2.0, min(2.0, traits[0] if traits else 0.0))
        outcome: str | int = int(chance.random() < min(0.95, max(0.05, rate)))
        if number in (5, DUOS + 20):
            outcome = ""
        row: list[str | int | float] = [
            treated,
            outcome,
            *(_value(place, trait) for place, trait in enumerate(traits)),
        ]
        if plan.followed:
            lost = outcome == "" or other.random() < max(0.02, 0.15 - 0.08 * (traits[0] if traits else 0.0))
            row = [treated, "" if lost else outcome, *row[2:], int(not lost)]
        rows.append(row)
    chance.shuffle(rows)
    return spreadsheet_bytes(plan.columns, rows, separator=separator)


def _value(place: int, trait: float) -> int:
    """An age, then years or months, so that the columns do not look alike."""
    return round((25 + 4 * trait, 11 + 2 * trait, 14 + 6 * trait)[place % 3])
