"""What changed from one set of figures to the next, and why: a new definition, rows due since, corrections.

Nobody has to guess whether a rate moved because the world did or because somebody corrected a row.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from traboule.kernel.indicators.definition import Definition
from traboule.kernel.indicators.figure import Figure, Numbers, of_rows
from traboule.kernel.indicators.judging import is_due
from traboule.kernel.indicators.verdicts import DUE, Row, Verdict


class Why(StrEnum):
    """Why a figure is another one than last time."""

    NEW = "new"  # it was not there
    GONE = "gone"  # it is not there any more
    DEFINITION = "definition"  # another definition: the two numbers are not compared
    CORRECTED = "corrected"  # rows that were due are judged otherwise, or have another value
    LEFT = "left"  # rows that were due are not counted any more
    LATE = "late"  # rows that came in, though their window had closed last time already
    DUE = "due"  # rows whose window has closed since


@dataclass(frozen=True, slots=True)
class Moved:
    """One row: what was said of it and what is; None: it was not, or is not, among them."""

    id: int
    before: Verdict | None
    after: Verdict | None


@dataclass(frozen=True, slots=True)
class Step:
    """One reason, its rows, and the numbers once it is taken in: after the steps before it."""

    why: Why
    rows: tuple[Moved, ...]
    numbers: Numbers


@dataclass(frozen=True, slots=True)
class Change:
    """One figure then and now. `fields`: what differs in the definitions. The last step ends on `after`."""

    name: str
    before: Figure | None
    after: Figure | None
    steps: tuple[Step, ...] = ()
    fields: tuple[tuple[str, str, str], ...] = ()

    @property
    def whys(self) -> tuple[Why, ...]:
        """All reasons, in the order in which they are taken in; empty: nothing changed."""
        if self.before is None:
            return (Why.NEW,)
        if self.after is None:
            return (Why.GONE,)
        return (Why.DEFINITION,) if self.fields else tuple(step.why for step in self.steps)


def changes(before: Mapping[str, Figure], after: Mapping[str, Figure]) -> tuple[Change, ...]:
    """Every figure of either set in the order of names, also those that did not change.

    Both sets carry their rows: what a page or a file hides is hidden after this, not before.
    """
    names = sorted(before.keys() | after.keys())
    return tuple(_change(name, before.get(name), after.get(name)) for name in names)


def _change(name: str, before: Figure | None, after: Figure | None) -> Change:
    if before is None or after is None:
        return Change(name, before, after)
    if before.definition.fingerprint != after.definition.fingerprint:
        return Change(name, before, after, fields=_fields(before.definition, after.definition))
    return Change(name, before, after, _steps(before, after))


def _fields(one: Definition, other: Definition) -> tuple[tuple[str, str, str], ...]:
    first, second = one.plain, other.plain
    return tuple(
        (name, str(first[name]), str(second[name])) for name in sorted(first) if first[name] != second[name]
    )


def _steps(before: Figure, after: Figure) -> tuple[Step, ...]:
    """Take the reasons in one after the other: the rows of then become those of now."""
    then = {row.id: row for row in before.rows if row.verdict in DUE}
    now = {row.id: row for row in after.rows if row.verdict in DUE}
    new = [row for id_, row in now.items() if id_ not in then]
    late = {row.id for row in new if _was_closed(row, before)}
    sorts: tuple[tuple[Why, Iterable[int]], ...] = (
        (Why.CORRECTED, [id_ for id_ in then if id_ in now and _differs(then[id_], now[id_])]),
        (Why.LEFT, [id_ for id_ in then if id_ not in now]),
        (Why.LATE, late),
        (Why.DUE, [row.id for row in new if row.id not in late]),
    )
    rows, steps = dict(then), []
    for why, found in sorts:
        ids = sorted(found)
        if not ids:
            continue
        moved = tuple(Moved(id_, _verdict(rows.get(id_)), _verdict(now.get(id_))) for id_ in ids)
        for id_ in ids:
            rows.pop(id_, None)
            if id_ in now:
                rows[id_] = now[id_]
        taken_in = of_rows(after.definition, after.as_of, [rows[id_] for id_ in sorted(rows)])
        steps.append(Step(why, moved, taken_in.numbers))
    return tuple(steps)


def _was_closed(row: Row, before: Figure) -> bool:
    return row.last is not None and is_due(before.definition, row.last, before.as_of)


def _differs(one: Row, other: Row) -> bool:
    return one != other


def _verdict(row: Row | None) -> Verdict | None:
    return None if row is None else row.verdict
