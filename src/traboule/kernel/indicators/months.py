"""Looks of several months as an outsider may read them, who may not open the files behind the counts.

Within one look small numbers are hidden (`fairness`). Two looks can still be subtracted: twelve women in
March and thirteen in April, one more of them with work, is one woman's story. So a table is withheld where a
count of a group differs by 1 to floor - 1 from the same count in an earlier table that was shown. The oldest
look comes first and later ones change nothing about it: what was shown once stays shown.

A table that says nothing of `stands_beside_totals` is of a time when nobody asked: it is withheld too.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

Table = Mapping[str, Any]
"""One comparison as kept: `aspect`, `by`, `definition` with its `floor`, `rows` of `value` and `counts`, and
whether it `stands_beside_totals` (`totals`)."""
Key = tuple[str, str]


def withheld(looks: Iterable[Sequence[Table]]) -> list[frozenset[Key]]:
    """For each look, oldest first: the tables (aspect, by) that must not stand beside the earlier ones."""
    shown: dict[Key, list[Table]] = {}
    found = []
    for look in looks:
        close = set()
        for one in look:
            key = (one["aspect"], one["by"])
            before = shown.setdefault(key, [])
            alone = one.get("stands_beside_totals", False)
            if not alone or any(_is_close(one, other) for other in before):
                close.add(key)
            else:
                before.append(one)
        found.append(frozenset(close))
    return found


def _is_close(one: Table, other: Table) -> bool:
    """Hidden counts (None) are not held against anything: nobody can subtract them."""
    floor = max(one["definition"]["floor"], other["definition"]["floor"])
    then = {row["value"]: row["counts"] for row in other["rows"]}
    return any(
        a is not None and b is not None and 0 < abs(a - b) < floor
        for row in one["rows"]
        for a, b in zip(row["counts"], then.get(row["value"], ()), strict=False)
    )
