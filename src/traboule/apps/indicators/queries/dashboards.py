"""What dashboards read: snapshots of one branch or of many, put together again as figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import BranchSnapshot
from traboule.apps.indicators.queries.slices import FORMAT
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.audit import scope_name
from traboule.core.models import AuditHead
from traboule.core.permissions import authorise
from traboule.kernel.indicators import Definition, Figure, Numbers, Said
from traboule.kernel.indicators.tally import figure_of, read_tally
from traboule.kernel.indicators.validation import read
from traboule.kernel.path import EVERY

Step = tuple[str, int | None, int | None, int | None, int | None]
Steps = tuple[Step, ...]
"""Code of a step, how many reached it, are there now, stopped there and went around it; None: hidden."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a dashboard; ``not_due`` None: hidden."""

    figure: Figure
    not_due: int | None


@dataclass(frozen=True, slots=True)
class Board:
    """One branch, or several together: figures by name, the path of mentees, figures by quarter, waits."""

    as_of: date
    definitions: Mapping[str, Definition]
    cohorts: tuple[str, ...]
    figures: Mapping[str, Shown]
    path: Steps
    quarters: Mapping[str, tuple[tuple[str, Figure], ...]]
    waits: tuple[tuple[int, int | None, int | None], ...]
    waiting: int | None


@dataclass(frozen=True, slots=True)
class Fresh:
    """From when a board is: the earliest and the latest moment, and whether something was written since."""

    since: datetime
    until: datetime
    is_behind: bool


def board_of(*, actor: Actor, branch: Branch, cohort: str = EVERY) -> tuple[Board, Fresh] | None:
    """Return the board of a branch, or None if none was made. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    rows = {row.cohort: row for row in BranchSnapshot.objects.visible_to(actor).filter(branch=branch)}
    head = rows.get(EVERY)
    if head is None or head.data.get("format") != FORMAT:
        return None
    used = definitions_of([head])
    chosen = rows.get(cohort, head)
    board = Board(
        as_of=head.as_of,
        definitions=used,
        cohorts=tuple(head.data["cohorts"]),
        figures={name: shown(used[name], head.as_of, one) for name, one in kept(chosen, used)},
        path=tuple(_step(step, cells) for step, *cells in chosen.data["path"]),
        quarters=_by_quarter(rows, used, head.as_of, head.data["cohorts"]),
        waits=tuple((a, b, None if gone else n) for a, b, n, gone in head.data["waits"][:-1]),
        waiting=waiting(head),
    )
    return board, Fresh(head.made_at, head.made_at, states_of([branch]).get(branch.pk, "") != head.state)


def _step(code: str, cells: Sequence[Sequence[int]]) -> Step:
    reached, here, stopped, skipped = (None if gone else number for number, gone in cells)
    return code, reached, here, stopped, skipped


def states_of(branches: Iterable[Branch]) -> dict[int, str]:
    """Return the present state of each branch (see ``core.remember``)."""
    names = {scope_name(branch.pk): branch.pk for branch in branches}
    found = AuditHead.objects.filter(scope__in=names).values_list("scope", "entry_hash")
    return {names[scope]: state for scope, state in found}


def definitions_of(heads: Iterable[BranchSnapshot]) -> dict[str, Definition]:
    """Return the newest version of each definition; a branch that was read with another is left out of it."""
    found: dict[str, Definition] = {}
    for head in heads:
        for name, plain in head.data["definitions"].items():
            if name not in found or plain["version"] > found[name].version:
                found[name] = read(plain)
    return found


def kept(row: BranchSnapshot, used: Mapping[str, Definition]) -> list[tuple[str, Any]]:
    """Return the figures of a snapshot whose definitions are known, in their order."""
    figures = row.data["figures"]
    return [(name, figures[name]) for name in used if name in figures]


def shown(definition: Definition, as_of: date, one: Mapping[str, Any]) -> Shown:
    """Return one figure of a snapshot, without its numbers if too few people stand behind it."""
    if one["hidden"]:
        return Shown(Figure(definition, as_of, Numbers(Said.TOO_FEW), ()), one["not_due"])
    return Shown(figure_of(definition, as_of, read_tally(one)), one["not_due"])


def _by_quarter(
    rows: Mapping[str, BranchSnapshot],
    used: Mapping[str, Definition],
    as_of: date,
    cohorts: Sequence[str],
) -> dict[str, tuple[tuple[str, Figure], ...]]:
    return {
        name: tuple(
            (cohort, shown(definition, as_of, figures[name]).figure)
            for cohort in cohorts
            if cohort in rows and name in (figures := rows[cohort].data["figures"])
        )
        for name, definition in used.items()
    }


def waiting(head: BranchSnapshot) -> int | None:
    """Return how many mentees wait; None: hidden."""
    *_classes, (_first, _last, number, gone) = head.data["waits"]
    return None if gone else number
