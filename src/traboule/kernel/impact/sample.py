"""What an estimate is made from: two groups, an outcome, covariates; and the reasons for which there is
none."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Bools: TypeAlias = NDArray[np.bool_]

FEWEST = 2  # a spread needs two rows
RANK = 1e-8  # a direction with less than this share of the widest one repeats the others
DETERMINED = 1e-9  # share of the treatment's spread that its covariates must leave unexplained
Params: TypeAlias = tuple[tuple[str, str | int], ...]


class CannotEstimate(ValueError):
    """The rows allow no estimate; ``code`` and ``params`` say why, ``column`` where."""

    def __init__(self, code: str, *, column: str = "-", **params: str | int) -> None:
        self.code, self.column, self.params = code, column, tuple(params.items())
        super().__init__(f"{code} {column} {dict(params)}")


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reader of the estimate should know; ``column`` is ``-`` where it is not about one."""

    code: str
    column: str = "-"
    params: Params = ()


@dataclass(frozen=True, slots=True)
class Sample:
    """The comparison rows first, then the treated, each in an order that does not depend on the file.

    ``standard``: covariates, centred and scaled, (n, k), constant ones 0; ``basis``: the same space in r
    uncorrelated columns of mean 0 and mean square 1. ``outcome`` is centred and scaled: real outcome =
    ``centre`` + ``unit`` · outcome.
    """

    n_comparison: int
    n_treated: int
    outcome: Floats
    standard: Floats
    basis: Floats
    names: tuple[str, ...]
    centre: float
    unit: float
    is_binary: bool
    findings: tuple[Finding, ...]

    @property
    def n(self) -> int:
        """Rows of both groups."""
        return self.n_comparison + self.n_treated

    def split(self, rows: Floats) -> tuple[Floats, Floats]:
        """The part of the comparison and the part of the treated."""
        return rows[: self.n_comparison], rows[self.n_comparison :]


def sample(treated: Any, outcome: Any, covariates: Any, names: Sequence[str] = ()) -> Sample:
    """Take arrays of n booleans, n outcomes and (n, k) covariates, all finite, into the form that is computed
    with.

    Raises CannotEstimate: too_few_treated, too_few_comparison, no_overlap (a covariate that is constant in
    each group, and not the same), and ValueError where shapes or values are wrong.
    """
    group, result, table = _arrays(treated, outcome, covariates)
    names = tuple(names) or tuple(str(number) for number in range(table.shape[1]))
    n_treated = int(group.sum())
    n_comparison = group.size - n_treated
    for code, found in (("too_few_treated", n_treated), ("too_few_comparison", n_comparison)):
        if found < FEWEST:
            raise CannotEstimate(code, found=found, fewest=FEWEST)
    order = np.lexsort((*table.T[::-1], result, group))
    result, table = result[order], table[order]
    is_binary = bool(np.isin(result, (0.0, 1.0)).all())
    centre, unit, scaled = _scaled(result[:, None])
    standard = _standard(table)
    constant = ~standard.any(axis=0)
    _told_apart(standard, n_comparison, names)
    findings = [Finding("constant_covariate", names[int(place)]) for place in np.flatnonzero(constant)]
    findings += _apart(standard, n_comparison, names)
    return Sample(
        n_comparison=n_comparison,
        n_treated=n_treated,
        outcome=scaled[:, 0],
        standard=standard,
        basis=_basis(standard),
        names=names,
        centre=float(centre[0]),
        unit=float(unit[0]),
        is_binary=is_binary,
        findings=tuple(findings),
    )


def _arrays(treated: Any, outcome: Any, covariates: Any) -> tuple[Bools, Floats, Floats]:
    group = np.asarray(treated).astype(bool)
    result = np.asarray(outcome, dtype=np.float64)
    table = np.array(covariates, dtype=np.float64)
    if table.ndim != 2 or group.shape != result.shape or len(table) != group.size:
        raise ValueError("treated and outcome are n values, covariates an (n, k) table")
    if not (np.isfinite(result).all() and np.isfinite(table).all()):
        raise ValueError("outcome and covariates must be finite; leave rows with a missing value out")
    return group, result, table


def _scaled(table: Floats) -> tuple[Floats, Floats, Floats]:
    """Centre, largest distance from it, and the columns in these units: numbers near the limits of a double
    can be squared afterwards."""
    centre = table.min(axis=0) / 2 + table.max(axis=0) / 2
    halved = table / 2 - centre / 2
    unit = np.abs(halved).max(axis=0)
    unit[unit == 0] = 0.5
    return centre, unit * 2, halved / unit


def standard_basis(table: Floats) -> Floats:
    """Uncorrelated columns of mean 0 and mean square 1 that span the (n, k) table, (n, r)."""
    return _basis(_standard(table))


def _standard(table: Floats) -> Floats:
    """Columns with mean 0 and standard deviation 1; constant ones are exactly 0."""
    columns = _scaled(table)[2]
    columns[:, table.max(axis=0) == table.min(axis=0)] = 0.0
    columns -= columns.mean(axis=0)
    spread = columns.std(axis=0)
    spread[spread == 0] = 1.0
    return np.asarray(columns / spread)


def _told_apart(standard: Floats, n_comparison: int, names: Sequence[str]) -> None:
    """One covariate that is the treatment in other words leaves nobody to compare with."""
    before, after = standard[:n_comparison], standard[n_comparison:]
    inside = np.maximum(np.ptp(before, axis=0), np.ptp(after, axis=0))
    for place in np.flatnonzero(inside == 0):
        if before[0, place] != after[0, place]:
            raise CannotEstimate("same_as_treatment", column=names[int(place)])


def _apart(standard: Floats, n_comparison: int, names: Sequence[str]) -> list[Finding]:
    """Covariates on which the two groups have no value in common range."""
    before, after = standard[:n_comparison], standard[n_comparison:]
    above = after.min(axis=0) > before.max(axis=0)
    below = after.max(axis=0) < before.min(axis=0)
    return [Finding("no_overlap", names[int(place)]) for place in np.flatnonzero(above | below)]


def _basis(standard: Floats) -> Floats:
    """Uncorrelated columns that span the covariates; what repeats others is left out."""
    n = len(standard)
    left, sizes, _ = np.linalg.svd(standard, full_matrices=False)
    kept = sizes > RANK * max(1.0, float(sizes.max(initial=0.0)))
    return np.asarray(left[:, kept] * np.sqrt(n))


def unexplained(found: Sample) -> Floats:
    """What the covariates leave unexplained of the treatment (its least-squares residual).

    Raises CannotEstimate: too_few_rows where there are not more rows than columns, no_overlap_at_all where
    the covariates determine who was treated.
    """
    needed = found.basis.shape[1] + 3
    if found.n < needed:
        raise CannotEstimate("too_few_rows", found=found.n, needed=needed)
    share = found.n_treated / found.n
    group = np.full(found.n, -share)
    group[found.n_comparison :] += 1.0
    residual = group - found.basis @ (found.basis.T @ group) / found.n
    if residual @ residual <= DETERMINED * found.n * share * (1 - share):
        raise CannotEstimate("no_overlap_at_all")
    return np.asarray(residual)
