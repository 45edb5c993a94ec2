"""Many branches together: what a director of the programme reads, from their snapshots alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import BranchSnapshot
from traboule.apps.indicators.queries.dashboards import (
    Board,
    OnDemand,
    Shown,
    Step,
    Steps,
    definitions_of,
    kept,
    shown,
    waiting,
)
from traboule.apps.indicators.queries.slices import FORMAT
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.kernel.indicators import Definition, Figure, Numbers, Said, Verdict
from traboule.kernel.indicators.figure import of_counts
from traboule.kernel.indicators.tally import added, figure_of, may_show_total, read_tally
from traboule.kernel.path import EVERY
from traboule.kernel.small_numbers import SMALLEST


@dataclass(frozen=True, slots=True)
class Network:
    """All branches of a reader: the whole, and each branch (None: no snapshot yet)."""

    whole: Board | None
    branches: tuple[tuple[Any, Board | None], ...]


def network_of(*, actor: Actor, branches: Sequence[Branch], cohort: str = EVERY) -> Network:
    """Return the boards of all ``branches`` where the actor may see figures, in one query.

    A cohort that no branch has is read as everybody.
    """
    seen = [branch for branch in branches if actor.may(Permission.FIGURES_SEE, branch.pk)]
    rows: dict[int, dict[str, BranchSnapshot]] = {branch.pk: {} for branch in seen}
    for row in BranchSnapshot.everywhere.filter(branch__in=seen, cohort__in={EVERY, cohort}):
        rows[row.branch_id][row.cohort] = row
    heads = {
        pk: one
        for pk, found in rows.items()
        if (one := found.get(EVERY)) and one.data.get("format") == FORMAT
    }
    if not heads:
        return Network(None, tuple((branch, None) for branch in seen))
    used = definitions_of(heads.values())
    parts: Mapping[int, BranchSnapshot | None] = {pk: rows[pk].get(cohort) for pk in heads}
    parts = parts if any(parts.values()) else heads
    boards = {pk: _small_board(heads[pk], part, used) for pk, part in parts.items()}
    return Network(
        _whole(list(heads.values()), [part for part in parts.values() if part], used),
        tuple((branch, boards.get(branch.pk)) for branch in seen),
    )


def _small_board(head: BranchSnapshot, part: BranchSnapshot | None, used: Mapping[str, Definition]) -> Board:
    """One line of the network: its figures in the chosen cohort, without quarters and path."""
    mine = {name for name in used if _version(head, name) == used[name].version}
    figures = {} if part is None else {name: one for name, one in kept(part, used) if name in mine}
    return Board(
        as_of=head.as_of,
        definitions=used,
        cohorts=tuple(head.data["cohorts"]),
        figures=OnDemand(figures, lambda name: shown(used[name], head.as_of, figures[name])),
        path=(),
        quarters={},
        waits=(),
        waiting=waiting(head),
    )


def _whole(heads: list[BranchSnapshot], parts: list[BranchSnapshot], used: Mapping[str, Definition]) -> Board:
    as_of = min(head.as_of for head in heads)
    same = {
        name: {head.branch_id for head in heads if _version(head, name) == used[name].version}
        for name in used
    }
    cohorts = sorted({cohort for head in heads for cohort in head.data["cohorts"]})
    return Board(
        as_of=as_of,
        definitions=used,
        cohorts=tuple(cohorts),
        figures={
            name: _sum(definition, as_of, [p.data["figures"][name] for p in parts if _has(p, name, same)])
            for name, definition in used.items()
        },
        path=_path(parts),
        quarters=OnDemand(used, lambda name: _quarters(used[name], as_of, heads, cohorts, same[name])),
        waits=_waits(heads),
        waiting=_together([head.data["waits"][-1][2:] for head in heads]),
    )


def _version(head: BranchSnapshot, name: str) -> int | None:
    plain = head.data["definitions"].get(name)
    return None if plain is None else int(plain["version"])


def _has(part: BranchSnapshot, name: str, same: Mapping[str, set[int]]) -> bool:
    return name in part.data["figures"] and part.branch_id in same[name]


def _sum(definition: Definition, as_of: date, ones: Sequence[Mapping[str, Any]]) -> Shown:
    whole = figure_of(definition, as_of, added(read_tally(one) for one in ones))
    late = [one["not_due"] for one in ones]
    not_due = None if None in late else sum(late)
    hidden = [_size(one["counts"]) for one in ones if one["hidden"]]
    if not may_show_total(hidden, definition.floor) or 0 < whole.n < definition.floor:
        return Shown(Figure(definition, as_of, Numbers(Said.TOO_FEW), ()), not_due)
    return Shown(whole, not_due)


def _size(counts: Mapping[str, int]) -> int:
    apart = {Verdict.NOT_DUE, Verdict.OUTSIDE, Verdict.NO_CLOCK}
    return sum(number for verdict, number in counts.items() if verdict not in apart)


def _path(parts: Sequence[BranchSnapshot]) -> Steps:
    """Steps over all branches."""
    rows: dict[str, list[Any]] = {}
    for part in parts:
        for step, *cells in part.data["path"]:
            rows.setdefault(step, []).append(cells)
    return tuple(_step(step, found) for step, found in rows.items())


def _step(code: str, found: Sequence[Any]) -> Step:
    reached, here, stopped, skipped = (_together([cells[n] for cells in found]) for n in range(4))
    return code, reached, here, stopped, skipped


def _quarters(
    definition: Definition,
    as_of: date,
    heads: Sequence[BranchSnapshot],
    cohorts: Sequence[str],
    same: set[int],
) -> tuple[tuple[str, Figure], ...]:
    found: dict[str, list[tuple[Mapping[str, int], bool]]] = {cohort: [] for cohort in cohorts}
    for head in heads:
        for cohort, own, hidden in head.data["series"].get(definition.name, ()):
            if head.branch_id in same:
                found[cohort].append((own, hidden))
    made = []
    for cohort, ones in found.items():
        summed: dict[Verdict, int] = {}
        for one, _hidden in ones:
            for verdict, number in one.items():
                summed[Verdict(verdict)] = summed.get(Verdict(verdict), 0) + number
        if ones:
            gone = [_size(one) for one, hidden in ones if hidden]
            whole = of_counts(definition, as_of, summed)
            few = not may_show_total(gone, definition.floor) or 0 < whole.n < definition.floor
            made.append((cohort, Figure(definition, as_of, Numbers(Said.TOO_FEW), ()) if few else whole))
    return tuple(made)


def _waits(heads: Sequence[BranchSnapshot]) -> tuple[tuple[int, int | None, int | None], ...]:
    rows = zip(*(head.data["waits"][:-1] for head in heads), strict=True)
    return tuple((ones[0][0], ones[0][1], _together([one[2:] for one in ones])) for ones in rows)


def _together(ones: Sequence[Sequence[int]]) -> int | None:
    """The sum of (number, hidden) of each branch, or None where it would give one of them away."""
    total = sum(number for number, _gone in ones)
    few = not may_show_total([number for number, gone in ones if gone], SMALLEST) or 0 < total < SMALLEST
    return None if few else total
