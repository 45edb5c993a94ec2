"""What dashboards read: snapshots of one branch or of many, put together again as figures."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, TypeVar

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

T = TypeVar("T")
Step = tuple[str, int | None, int | None, int | None, int | None]
Steps = tuple[Step, ...]
"""Code of a step, how many reached it, are there now, stopped there and went around it; None: hidden."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One figure of a dashboard; ``not_due`` None: hidden."""

    figure: Figure
    not_due: int | None


class OnDemand(Mapping[str, T]):
    """Values by name that are made when they are asked for: a page shows few of what a snapshot holds."""

    def __init__(self, names: Iterable[str], make: Callable[[str], T]) -> None:
        self._names, self._make = dict.fromkeys(names), cache(make)

    def __getitem__(self, name: str) -> T:
        """Return a value; raises KeyError."""
        if name not in self._names:
            raise KeyError(name)
        return self._make(name)

    def __contains__(self, name: object) -> bool:
        """Say whether there is a value of this name, without making it."""
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        """Walk through the names in their order."""
        return iter(self._names)

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self._names)


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


@dataclass(frozen=True, slots=True)
class Head:
    """Which snapshot of a branch is there, without its figures. Two with the same ``mark`` hold the same.

    ``is_behind``: something was written in the branch since.
    """

    mark: str
    as_of: date
    made_at: datetime
    is_behind: bool


def heads_of(*, actor: Actor, branches: Iterable[Branch]) -> dict[int, Head | None]:
    """Return the snapshot of each branch where the actor may see figures, by its key, in two queries.

    None: no snapshot was made. Whether its layout can be read is seen when its figures are read.
    """
    seen = [branch for branch in branches if actor.may(Permission.FIGURES_SEE, branch.pk)]
    rows = BranchSnapshot.everywhere.filter(branch__in=seen, cohort=EVERY)
    found = {
        branch: (pk, as_of, made_at, state)
        for branch, pk, as_of, made_at, state in rows.values_list("branch", "pk", "as_of", "made_at", "state")
    }
    states = states_of(seen)
    heads: dict[int, Head | None] = {branch.pk: None for branch in seen}
    for branch_id, (pk, as_of, made_at, state) in found.items():
        mark = f"{pk} {made_at.isoformat()} {state}"
        heads[branch_id] = Head(mark, as_of, made_at, states.get(branch_id, "") != state)
    return heads


def fresh_of(heads: Sequence[Head]) -> Fresh:
    """Return how fresh figures are that were made from all these snapshots; at least one."""
    made = [head.made_at for head in heads]
    return Fresh(min(made), max(made), any(head.is_behind for head in heads))


def board_of(*, actor: Actor, branch: Branch, cohort: str = EVERY) -> Board | None:
    """Return the board of a branch, or None if none was made. Raises NotVisible (404), NotAllowed (403)."""
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    rows = {row.cohort: row for row in BranchSnapshot.objects.visible_to(actor).filter(branch=branch)}
    head = rows.get(EVERY)
    if head is None or head.data.get("format") != FORMAT:
        return None
    used = definitions_of([head])
    chosen = rows.get(cohort, head)
    return Board(
        as_of=head.as_of,
        definitions=used,
        cohorts=tuple(head.data["cohorts"]),
        figures={name: shown(used[name], head.as_of, one) for name, one in kept(chosen, used)},
        path=tuple(_step(step, cells) for step, *cells in chosen.data["path"]),
        quarters=OnDemand(used, lambda name: _by_quarter(rows, used[name], head)),
        waits=tuple((a, b, None if gone else n) for a, b, n, gone in head.data["waits"][:-1]),
        waiting=waiting(head),
    )


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
    rows: Mapping[str, BranchSnapshot], definition: Definition, head: BranchSnapshot
) -> tuple[tuple[str, Figure], ...]:
    return tuple(
        (cohort, shown(definition, head.as_of, figures[definition.name]).figure)
        for cohort in head.data["cohorts"]
        if cohort in rows and definition.name in (figures := rows[cohort].data["figures"])
    )


def waiting(head: BranchSnapshot) -> int | None:
    """Return how many mentees wait; None: hidden."""
    *_classes, (_first, _last, number, gone) = head.data["waits"]
    return None if gone else number
