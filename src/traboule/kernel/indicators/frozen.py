"""Figures that stand still: the same figures, the same bytes, read back as they were issued."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from traboule.kernel.indicators.definition import canonical
from traboule.kernel.indicators.figure import Figure, Interval, Numbers, Said
from traboule.kernel.indicators.validation import read
from traboule.kernel.indicators.verdicts import Row, Verdict

FORMAT = 1


class Unreadable(ValueError):
    """The bytes are no frozen figures of this house; says what was expected."""


@dataclass(frozen=True, slots=True)
class Frozen:
    """Figures by name, as they were issued."""

    figures: Mapping[str, Figure]

    @property
    def data(self) -> bytes:
        """Canonical JSON: sorted keys, shortest numbers that read back the same, UTF-8."""
        plain = {name: _plain(figure) for name, figure in self.figures.items()}
        return canonical({"format": FORMAT, "figures": plain})

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the bytes, as hex."""
        return hashlib.sha256(self.data).hexdigest()


def thaw(data: bytes) -> Frozen:
    """Read frozen figures back; Unreadable names what is wrong.

    Nothing is worked out again: what was issued stays as it was, whatever the rules are today. Whether these
    are the bytes that were issued, their SHA-256 says, which is kept elsewhere.
    """
    try:
        raw = json.loads(data)
        if canonical(raw) != data:
            raise Unreadable("not written as this house writes: sorted, without spaces, UTF-8")
        if raw["format"] != FORMAT:
            raise Unreadable(f"format {raw['format']!r}; expected {FORMAT}")
        return Frozen({name: _figure(plain) for name, plain in raw["figures"].items()})
    except Unreadable:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Unreadable(f"no frozen figures: {error}") from error


def _plain(figure: Figure) -> dict[str, Any]:
    numbers = figure.numbers
    names = ("said", "value", "low", "high", "least", "most", "interval")
    return {
        "definition": figure.definition.plain,
        "fingerprint": figure.definition.fingerprint,
        "as_of": figure.as_of.isoformat(),
        "numbers": {name: getattr(numbers, name) for name in names},
        "counts": dict(figure.counts),
        "rows": [[row.id, row.verdict, _day(row.first), _day(row.last), row.value] for row in figure.rows],
    }


def _figure(plain: Mapping[str, Any]) -> Figure:
    definition = read(plain["definition"])
    if hashlib.sha256(canonical(plain["definition"])).hexdigest() != plain["fingerprint"]:
        raise Unreadable(f"{definition.name}: the fingerprint is that of another definition")
    rows = [
        Row(id_, Verdict(verdict), _read_day(first), _read_day(last), value)
        for id_, verdict, first, last, value in plain["rows"]
    ]
    raw = dict(plain["numbers"])
    numbers = Numbers(**{**raw, "said": Said(raw["said"]), "interval": Interval(raw["interval"])})
    order = [verdict for verdict in Verdict if verdict in plain["counts"]]
    counts = tuple((verdict, int(plain["counts"][verdict])) for verdict in order)
    return Figure(definition, date.fromisoformat(plain["as_of"]), numbers, counts, tuple(rows))


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _read_day(said: str | None) -> date | None:
    return None if said is None else date.fromisoformat(said)
