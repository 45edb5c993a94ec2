"""Tables for those who pay, held against those that were handed out earlier.

What is kept of an earlier table is what was printed, and no number of anybody. Who was in its cells is worked
out anew as of its day; where that gives another count than was printed, the kernel takes the difference for
people of whom nothing is known.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from traboule.apps.branches.models import Branch
from traboule.apps.indicators.models import HandedTable
from traboule.apps.indicators.queries.funder_tables import LEVELS, Counted, Wish
from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor
from traboule.core.permissions import NotVisible, authorise
from traboule.core.remember import remembered
from traboule.kernel.exchange.beside import Number, People
from traboule.kernel.exchange.crosstable import NOT_DUE, Cell, CrossTable, cross, members_of
from traboule.kernel.exchange.joint import hidden_jointly, named, numbers_of
from traboule.kernel.indicators.definition import canonical


@dataclass(frozen=True, slots=True)
class Offer:
    """A table as it may go out. ``handed``: the same one, if it went out before: then it is that one.

    ``definitions``: indicator → version and fingerprint. ``earlier``: how many tables it was held against,
    ``latest`` the last of them (0: none), ``because`` how many numbers are hidden for their sake alone.
    """

    table: CrossTable
    definitions: Mapping[str, tuple[int, str]]
    earlier: int = 0
    latest: int = 0
    because: int = 0
    handed: HandedTable | None = None


def offered(*, actor: Actor, branch: Branch, wish: Wish, as_of: date) -> Offer:
    """Return the table, worked out once per state of the branch. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.PEOPLE_EXPORT, branch.pk)
    authorise(actor, Permission.FIGURES_SEE, branch.pk)
    return remembered(branch.pk, f"funder table {as_of} {wish}", lambda: _made(branch, wish, as_of))


def handed_tables(branch_id: int) -> list[HandedTable]:
    """Return every table that a branch handed out, in order."""
    return list(HandedTable.everywhere.filter(branch=branch_id).order_by("pk"))


def handed_of(*, actor: Actor, branch: Branch) -> QuerySet[HandedTable, HandedTable]:
    """Return what a branch handed out, the newest first. Raises NotVisible, NotAllowed."""
    authorise(actor, Permission.TABLES_SEE, branch.pk)
    rows: QuerySet[HandedTable, HandedTable] = HandedTable.objects.visible_to(actor).filter(branch=branch)
    return rows.order_by("-handed_at", "-pk")


def find_handed(*, actor: Actor, branch: Branch, pk: int) -> HandedTable:
    """Return one of them. Raises NotVisible, NotAllowed."""
    found = handed_of(actor=actor, branch=branch).filter(pk=pk).first()
    if found is None:
        raise NotVisible
    return found


def latest_of(branch_id: int) -> int:
    """Return the number of the last table that a branch handed out; 0 if there is none."""
    rows = HandedTable.everywhere.filter(branch=branch_id).order_by("-pk")
    return rows.values_list("pk", flat=True).first() or 0


def _made(branch: Branch, wish: Wish, as_of: date) -> Offer:
    earlier = handed_tables(branch.pk)
    for one in earlier:
        if (wish_of(one), one.as_of) == (wish, as_of):
            said = {name: (version, digest) for name, version, digest in one.definitions}
            return Offer(table_of(one), said, handed=one)
    counted = Counted(branch)
    rows = counted.rows(wish, as_of)
    before = [number for one in earlier for number in _numbers(counted, one)]
    table, because = _hidden(rows, wish, before)
    known = counted.definitions(as_of)
    said = {name: (known[name].version, known[name].fingerprint) for name in wish.indicators}
    return Offer(table, said, len(earlier), earlier[-1].pk if earlier else 0, because)


def _hidden(
    rows: Mapping[int, Mapping[str, Any]], wish: Wish, before: Sequence[Number]
) -> tuple[CrossTable, int]:
    """The table, and how many numbers it would show more without earlier ones."""
    mentees = list(rows)
    hidden: list[set[Cell]] = []

    def hide(found: Mapping[Cell, People]) -> set[Cell]:
        members = named(found, mentees)
        alone = hidden_jointly(members)
        hidden[:] = [alone, hidden_jointly(members, before) if before else alone]
        return hidden[1]

    table = cross(list(rows.values()), wish.down, wish.across, wish.indicators, order=LEVELS, hiding=hide)
    return table, len(hidden[1] - hidden[0])


def _numbers(counted: Counted, one: HandedTable) -> list[Number]:
    """An earlier table as a reader has it, with who was in its cells as far as is known today."""
    wish = wish_of(one)
    rows = counted.rows(wish, one.as_of)
    found = members_of(list(rows.values()), wish.down, wish.across, wish.indicators)
    return numbers_of(named(found, list(rows)), _printed(one))


# --- as it is kept -----------------------------------------------------------------------------------------


def wish_of(one: HandedTable) -> Wish:
    """Return what was asked for."""
    return Wish(one.down, one.across, tuple(name for name, *_ in one.definitions), one.since, one.until)


def _printed(one: HandedTable) -> dict[Cell, int | None]:
    return {(row, column, name, state): count for row, column, name, state, count in one.cells}


def table_of(one: HandedTable) -> CrossTable:
    """Return a table as it was handed out. Raises ValueError if it is not what its hash says."""
    if digest_of(one) != one.digest:
        raise ValueError("the table is not the one that was handed out")
    shown = _printed(one)
    is_open = any(state == NOT_DUE and count != 0 for (_, _, _, state), count in shown.items())
    names = wish_of(one).indicators
    return CrossTable(
        one.down, one.across, tuple(one.rows), tuple(one.columns), names, one.floor, shown, is_open
    )


def row_of(offer: Offer, wish: Wish, branch: Branch, as_of: date) -> HandedTable:
    """Return the row to keep, not yet saved."""
    table = offer.table
    one = HandedTable(
        branch=branch,
        down=wish.down,
        across=wish.across,
        since=wish.since,
        until=wish.until,
        as_of=as_of,
        floor=table.floor,
        definitions=[[name, *offer.definitions[name]] for name in wish.indicators],
        rows=list(table.rows),
        columns=list(table.columns),
        cells=[[*cell, count] for cell, count in table.shown.items()],
    )
    one.digest = digest_of(one)
    return one


def digest_of(one: HandedTable) -> str:
    """Return the SHA-256 of everything that a table says."""
    names = ("branch_id", "down", "across", "floor", "definitions", "rows", "columns", "cells")
    days = {
        name: day.isoformat() if (day := getattr(one, name)) else "" for name in ("since", "until", "as_of")
    }
    return hashlib.sha256(canonical({**{name: getattr(one, name) for name in names}, **days})).hexdigest()
