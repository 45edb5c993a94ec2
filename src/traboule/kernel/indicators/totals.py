"""Whether a table of groups may stand beside the whole figure, for a reader who sees both.

`release` hides a small total as it hides a small group. But the page of figures says how many succeeded of
everybody, whatever the parts are: two of 23 did not, and all men did. So both are women, although neither
number stands in the table. Whoever may not open the files should not see such a table at all.
"""

import numpy as np

from traboule.kernel.indicators._attack import Shown, interval
from traboule.kernel.indicators.fairness import EVERYBODY, REST, Comparison
from traboule.kernel.indicators.groups import NOT_WRITTEN, PARTS

SMALLEST_PARTS = tuple(part for part in PARTS if part != "n")


def stands_beside_totals(found: Comparison) -> bool:
    """Whether each hidden small number can still be any in an interval as wide as the floor.

    Readers are taken to know n, yes, no and missing of the whole figure, and what the table shows.
    """
    table = found.table
    size = {cell.key: len(cell.people) for cell in table.cells}
    values = [row.value for row in found.rows]
    places = {(value, part): at for at, (value, part) in enumerate(_both(values))}
    sizes = np.array([size[f"{value}|{part}"] for value, part in places], dtype=np.int64)

    def row(key: str) -> np.ndarray:
        name, _bar, part = key.rpartition("|")
        wanted = SMALLEST_PARTS if part == "n" else (part,)
        return np.array([float(one in wanted and _holds(name, value)) for value, one in places])

    known = [key for key, number in table.shown.items() if number is not None or _is_total(key)]
    shown = Shown(np.array([row(key) for key in known]), sizes, 0)
    small = [key for key, number in table.shown.items() if number is None and 0 < size[key] < table.floor]
    ends = [interval(shown, row(key)) for key in small if not _is_total(key)]
    return all(high - low >= table.floor for low, high in ends)


def _both(values: list[str]) -> list[tuple[str, str]]:
    return [(value, part) for value in values for part in SMALLEST_PARTS]


def _is_total(key: str) -> bool:
    return key.rpartition("|")[0] == EVERYBODY


def _holds(name: str, value: str) -> bool:
    """Whether the people of a cell's name are, among others, those of a group."""
    if name == EVERYBODY:
        return True
    return value not in {name.removeprefix(REST), NOT_WRITTEN} if name.startswith(REST) else name == value
