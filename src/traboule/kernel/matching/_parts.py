"""The connected parts of a problem: people in different parts never compete, so each part is solved alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from traboule.kernel.matching._problem import Ints, Problem, Whole


@dataclass(slots=True)
class Part:
    """Local positions; pairs as ``flat`` = row * columns + column."""

    rows: Ints  # local row -> canonical row
    cols: Ints
    flat: Ints
    ranking: Whole  # weight to maximise, > 0
    weight: Whole  # weight that prices speak about, >= 0; the same array unless points alone are maximised
    places: Ints
    seats: Ints  # places cut to what the part can use
    is_table: bool = False  # every pair is listed, and ``flat`` counts them up from 0

    @property
    def shape(self) -> tuple[int, int]:
        return len(self.rows), len(self.cols)

    def row_col(self) -> tuple[Ints, Ints]:
        row, col = np.divmod(self.flat, len(self.cols))
        return row, col

    def table(self, values: Whole) -> Whole:
        """Dense rows × columns, 0 where no pair is listed: worth nothing, like staying unmatched."""
        # Sums of a few values must be exact in floats too.
        exact = values.dtype == object or int(values.max(initial=0)) >= 2**51
        if self.is_table:
            return values.astype(object if exact else np.float64).reshape(self.shape)
        out = np.zeros(self.shape[0] * self.shape[1], dtype=object if exact else np.float64)
        out[self.flat] = values
        return out.reshape(self.shape)


def parts(problem: Problem) -> Iterator[Part]:
    """Every part with a pair worth making. Order and content depend on canonical positions only."""
    ranking, weight, flat = problem.ranking(), problem.weights(), problem.flat
    rows, cols = problem.shape
    if not len(flat):
        return
    mask = problem.mask
    if not problem.bonus or not problem.places.all():
        worth = (ranking > 0).astype(np.bool_) & (problem.places > 0)[flat % cols]
        flat, ranking, weight = flat[worth], ranking[worth], weight[worth]
        if mask is not None:
            mask = np.zeros_like(mask)
            mask.ravel()[flat] = True
    if not len(flat):
        return
    if mask is not None and len(flat) * 20 >= mask.size and _in_one_piece(mask):
        seats = np.minimum(problem.places, rows)
        whole = problem.is_table and len(flat) == mask.size
        yield Part(np.arange(rows), np.arange(cols), flat, ranking, weight, problem.places, seats, whole)
        return
    yield from _split(problem, flat, ranking, weight)


def _in_one_piece(mask: NDArray[np.bool_]) -> bool:
    """Cheap proof, for dense tables, that everybody who has a pair hangs together (False = not proven)."""
    busy_rows, busy_cols = mask.any(axis=1), mask.any(axis=0)
    cols = mask[int(np.argmax(busy_rows))]
    for _ in range(3):
        if np.array_equal(cols, busy_cols):
            return True
        cols = mask[mask[:, cols].any(axis=1)].any(axis=0)
    return False


def _split(problem: Problem, flat: Ints, ranking: Whole, weight: Whole) -> Iterator[Part]:
    rows, cols = problem.shape
    order = np.argsort(flat, kind="stable")
    flat, ranking, weight = flat[order], ranking[order], weight[order]
    row, col = np.divmod(flat, cols)
    graph = coo_array((np.ones(len(row), dtype=np.int8), (row, rows + col)), shape=(rows + cols, rows + cols))
    _, label = connected_components(graph, directed=False)
    by_part = np.argsort(label[row], kind="stable")
    bounds = np.flatnonzero(np.diff(label[row][by_part])) + 1
    for members in np.split(by_part, bounds):
        yield _part(row[members], col[members], ranking[members], weight[members], problem.places)


def _part(row: Ints, col: Ints, ranking: Whole, weight: Whole, places: Ints) -> Part:
    rows, local_row = np.unique(row, return_inverse=True)
    cols, local_col = np.unique(col, return_inverse=True)
    seats = np.minimum(places[cols], np.bincount(local_col, minlength=len(cols)))
    return Part(rows, cols, local_row * len(cols) + local_col, ranking, weight, places[cols], seats)


def local(part: Part, best: Ints) -> Ints:
    """The part's share of a canonical plan, in the part's own columns."""
    mine = best[part.rows]
    at = np.searchsorted(part.cols, mine)
    return np.where(mine >= 0, at, -1)
