"""`traboule match --scores`: from ready-made points to an answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from traboule.cli.answer import ALTERNATIVES, Answer, Context, Line, Other
from traboule.cli.decide import settle
from traboule.cli.exits import Exit, end, tell
from traboule.cli.inputs import Inputs
from traboule.cli.numbers import in_units
from traboule.kernel.matching import Edges, Plan, match
from traboule.kernel.matching.assignment import Maximise
from traboule.kernel.matching.options import options
from traboule.tables.errors import Problem, Severity
from traboule.tables.scores import CapacityRow, ScoreRow, decimals

NOT_WORTH_IT = "negative_points"


@dataclass(frozen=True, slots=True)
class _Question:
    """The instance by position; ``points`` in integers of 10^-decimals."""

    mentees: list[str]
    mentors: list[str]
    edges: Edges
    points: list[int]
    capacity: dict[str, int]
    decimals: int

    def places(self) -> Any:
        """No mentor can take more mentees than there are; one more keeps "places left" true."""
        most = len(self.mentees) + 1
        return np.array([min(most, self.capacity[mentor]) for mentor in self.mentors], dtype=np.int64)


def run(scores: str, capacity: str | None, maximise: Maximise, context: Context) -> Answer:
    """Read, decide, solve; ends the command with its exit code and every problem when the input is bad."""
    inputs = Inputs()
    score_rows = inputs.scores(scores)
    capacity_rows = inputs.capacity(capacity) if capacity else None
    question = None
    if score_rows and not inputs.errors:
        question = _question(score_rows.rows, capacity_rows.rows if capacity_rows else [])
    decided = inputs.decisions(
        context.decisions,
        set(question.mentees) if question else None,
        question.capacity if question else None,
    )
    if question is None or inputs.errors or score_rows is None:
        end(Exit.BAD_INPUT, inputs.problems)
    listed = {(row.mentee, row.mentor) for row in score_rows.rows} if decided else set()
    settled = settle(
        context.decisions or "",
        decided,
        question.capacity,
        lambda mentee, mentor: () if (mentee, mentor) in listed else ("not_listed",),
    )
    if settled.contradictions:
        end(Exit.CONTRADICTORY_DECISIONS, [*inputs.problems, *settled.contradictions])
    answer = _solve(question, settled.locks, settled.forbids, maximise, context)
    tell([*inputs.problems, *_nobody(scores, question)])
    return answer


def _nobody(scores: str, question: _Question) -> list[Problem]:
    if not question.mentees:
        return [Problem(scores, 1, "-", "", "no_rows", (), Severity.WARNING)]
    if not any(question.capacity.values()):
        return [Problem(scores, 1, "-", "", "no_feasible_pair", (), Severity.WARNING)]
    return []


def _question(rows: Sequence[ScoreRow], capacity: Sequence[CapacityRow]) -> _Question:
    mentees = list(dict.fromkeys(row.mentee for row in rows))
    mentors = list(dict.fromkeys([*(row.mentor for row in rows), *(row.mentor for row in capacity)]))
    unit = max((decimals(row.points) for row in rows), default=0)
    points = [in_units(row.points, unit) for row in rows]
    place = {name: number for number, name in enumerate(mentees)}, {name: n for n, name in enumerate(mentors)}
    small = all(-(2**62) < value < 2**62 for value in points)
    edges = Edges(
        np.array([place[0][row.mentee] for row in rows], dtype=np.int64),
        np.array([place[1][row.mentor] for row in rows], dtype=np.int64),
        np.array(points, dtype=np.int64 if small else object),
    )
    places = dict.fromkeys(mentors, 1) | {row.mentor: row.capacity for row in capacity}
    return _Question(mentees, mentors, edges, points, places, unit)


def _solve(
    question: _Question,
    locks: Sequence[tuple[str, str]],
    forbids: Sequence[tuple[str, str]],
    maximise: Maximise,
    context: Context,
) -> Answer:
    rows = {name: number for number, name in enumerate(question.mentees)}
    columns = {name: number for number, name in enumerate(question.mentors)}
    barred = [(rows[mentee], columns[mentor]) for mentee, mentor in forbids]
    told: dict[str, Any] = {
        "maximise": maximise,
        "locks": [(rows[mentee], columns[mentor]) for mentee, mentor in locks],
        "forbids": barred,
        "mentee_keys": question.mentees,
        "mentor_keys": question.mentors,
        "seed": context.seed,
    }
    places = question.places()
    plan = match(question.edges, places, mentees=len(question.mentees), progress=context.teller, **told)
    others = options(question.edges, places, plan, count=ALTERNATIVES, progress=context.teller, **told)
    worth = _worth(question, set(barred))
    lines = [
        _line(question, plan, worth[row], row, tuple(
            Other(question.mentors[other.mentor], other.regret, other.duos_lost) for other in others[row]))
        for row in range(len(question.mentees))
    ]  # fmt: skip
    return Answer(
        plan=plan,
        lines=lines,
        mentees=question.mentees,
        mentors=question.mentors,
        decimals=question.decimals,
        fixed=False,
        rules_version=None,
        as_of=context.as_of,
        seed=context.seed,
    )


def _worth(question: _Question, barred: set[tuple[int, int]]) -> list[dict[int, int]]:
    """Per mentee the points of each mentor that no decision forbids."""
    worth: list[dict[int, int]] = [{} for _ in question.mentees]
    pairs = zip(question.edges.mentee.tolist(), question.edges.mentor.tolist(), question.points, strict=True)
    for row, column, points in pairs:
        if (row, column) not in barred:
            worth[row][column] = points
    return worth


def _line(
    question: _Question, plan: Plan, worth: Mapping[int, int], row: int, others: tuple[Other, ...]
) -> Line:
    column = int(plan.mentor_of[row])
    if column >= 0:
        rank = 1 + sum(points > worth[column] for points in worth.values())
        return Line(question.mentees[row], question.mentors[column], worth[column], rank, (), others)
    if not worth:
        reason = "forbidden"
    elif not any(plan.bonus) and all(points <= 0 for points in worth.values()):
        reason = NOT_WORTH_IT
    else:
        reason = "places_taken"
    return Line(question.mentees[row], others=others, reason=reason)
