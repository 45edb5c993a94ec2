"""Exact solvers of one connected part: dense (lapx, scipy), flow (OR-Tools), and Python integers of any
size."""

from __future__ import annotations

from typing import Any

import numpy as np

from traboule.kernel.matching._parts import Part
from traboule.kernel.matching._problem import Ints, Whole

DENSE_CELLS = 12_000_000  # about 3,000 people a side, with some room for second places
MEMORY_CELLS = (
    120_000_000  # 1 GB of table: as far as the dense way goes when the flow solver is not installed
)
FLOAT_EXACT = 2**53
FLOW_EXACT = 2**62


class MissingExtra(RuntimeError):
    """The problem is too large for the installed solvers; ``install`` names what to install."""

    install = "traboule[large]"

    def __init__(self) -> None:
        super().__init__(f"too large for the dense solver: install {self.install}")


def solve(part: Part) -> Ints:
    """Best mentor (local column) of each row, -1 for none; maximises the sum of ``part.ranking``."""
    rows, cols = part.shape
    seats = int(part.seats.sum())
    largest = int(part.ranking.max(initial=0))
    in_floats = 2 * largest * (rows + seats + 2) < FLOAT_EXACT
    in_flow = 2 * largest * (rows + cols + 3) < FLOW_EXACT
    small = rows * seats <= DENSE_CELLS
    if in_floats and (small or (rows * seats <= MEMORY_CELLS and not _flow_installed())):
        return _dense(part, largest)
    if in_flow and _flow_installed():
        return _flow(part, largest)
    if not small:
        if not _flow_installed():
            raise MissingExtra
        raise OverflowError("points too large and too fine for a problem of this size")
    return _any_size(part)


def _flow_installed() -> bool:
    try:
        import ortools.graph.python.min_cost_flow  # noqa: F401 -- asking whether the optional extra is there
    except ImportError:
        return False
    return True


def _dense(part: Part, largest: int) -> Ints:
    """Assignment on seats: one column per place. Costs are scaled by a power of two, which floats do exactly,
    because lapx compares costs with a built-in 'large' constant."""
    rows, cols = part.shape
    scale = 2.0 ** -max(0, largest.bit_length() - 18)
    worth = part.ranking.astype(np.float64)
    worth *= -scale
    worth += largest * scale
    if part.is_table:
        cost = worth.reshape(rows, cols)
    else:
        flat_cost = np.full(rows * cols, largest * scale)
        flat_cost[part.flat] = worth
        cost = flat_cost.reshape(rows, cols)
    seat = np.arange(cols)
    if (part.seats != 1).any():
        seat = np.repeat(seat, part.seats)
        cost = np.ascontiguousarray(cost[:, seat])
    who, where = _assign(cost)
    best = np.full(rows, -1, dtype=np.int64)
    best[who] = np.where(cost[who, where] < largest * scale, seat[where], -1)
    return best


def _assign(cost: Any) -> tuple[Any, Any]:
    small, large = sorted(cost.shape)
    if large > 1.5 * small:  # lapx would pad the table to a square
        # Imported where it is used: pages that only show a plan must not carry the solvers.
        from scipy.optimize import linear_sum_assignment

        return linear_sum_assignment(cost)
    from lap import lapjvs

    who, where = lapjvs(cost, return_cost=False, prefer_float32=False)
    return who, where


def _flow(part: Part, largest: int) -> Ints:
    """Minimum-cost flow: a unit from each row, through a mentor's places or straight to one sink."""
    from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

    rows, cols = part.shape
    row, col = part.row_col()
    sink = rows + cols
    everyone, mentors = np.arange(rows), rows + np.arange(cols)
    tails = np.concatenate([row, mentors, everyone])
    heads = np.concatenate([rows + col, np.full(cols + rows, sink)])
    room = np.concatenate([np.ones(len(row), dtype=np.int64), part.seats, np.ones(rows, dtype=np.int64)])
    cost = np.concatenate(
        [largest - part.ranking.astype(np.int64), np.zeros(cols, np.int64), np.full(rows, largest)]
    )
    flow = SimpleMinCostFlow()
    arcs = flow.add_arcs_with_capacity_and_unit_cost(tails, heads, room, cost)
    flow.set_nodes_supplies(np.append(everyone, sink), np.append(np.ones(rows, dtype=np.int64), -rows))
    status = flow.solve()
    if status != flow.OPTIMAL:
        raise RuntimeError(f"minimum-cost flow stopped with status {status}")
    used = flow.flows(arcs[: len(row)]) > 0
    best = np.full(rows, -1, dtype=np.int64)
    best[row[used]] = col[used]
    return best


def _any_size(part: Part) -> Ints:
    """Shortest augmenting paths on Python integers: slower, and exact however large the numbers are."""
    table = part.table(part.ranking.astype(object))
    state = _Growing(table, part.seats)
    for row in range(part.shape[0]):
        state.add(row)
    return np.where(state.best >= 0, state.best, -1)


class _Growing:
    """Best plan of the rows added so far, with prices that prove it (Jonker and Volgenant 1987)."""

    def __init__(self, table: Whole, places: Ints) -> None:
        rows, cols = table.shape
        self.table, self.places = table, places
        self.u = np.zeros(rows, dtype=object)
        self.v = np.zeros(cols, dtype=object)
        self.best = np.full(rows, -1, dtype=np.int64)
        self.held: list[list[int]] = [[] for _ in range(cols)]

    def add(self, row: int) -> None:
        self.u[row] = max(0, (self.table[row] - self.v).max())
        dist = self.u[row] + self.v - self.table[row]
        via = np.full(len(dist), row)
        settled: list[int] = []
        open_cols = np.arange(len(dist))
        end, short = (-1, row), self.u[row]  # so far: the new row stays unmatched
        while len(open_cols):
            at = int(np.argmin(dist[open_cols]))
            col = int(open_cols[at])
            if dist[col] >= short:
                break
            open_cols = np.delete(open_cols, at)
            settled.append(col)
            if len(self.held[col]) < self.places[col]:
                end, short = (col, -1), dist[col]
                break
            for other in self.held[col]:
                if dist[col] + self.u[other] < short:
                    end, short = (col, other), dist[col] + self.u[other]
                self._relax(other, dist[col], dist, via, open_cols)
        self._reprice(row, settled, dist, short)
        self._shift(end, row, via)

    def _relax(self, other: int, base: int, dist: Whole, via: Ints, open_cols: Ints) -> None:
        reach = base + self.u[other] + self.v[open_cols] - self.table[other, open_cols]
        better = (reach < dist[open_cols]).astype(np.bool_)
        dist[open_cols[better]] = reach[better]
        via[open_cols[better]] = other

    def _reprice(self, row: int, settled: list[int], dist: Whole, short: int) -> None:
        for col in settled:
            rise = short - dist[col]
            if rise > 0:
                self.v[col] += rise
                for other in self.held[col]:
                    self.u[other] -= rise
        self.u[row] -= short

    def _shift(self, end: tuple[int, int], row: int, via: Ints) -> None:
        col, leaver = end
        if col < 0:
            return
        if leaver >= 0:
            self.held[col].remove(leaver)
            self.best[leaver] = -1
        while True:
            mover = int(via[col])
            source = int(self.best[mover])
            self.held[col].append(mover)
            self.best[mover] = col
            if mover == row:
                return
            self.held[source].remove(mover)
            col = source
