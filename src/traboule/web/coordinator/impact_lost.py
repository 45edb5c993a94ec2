"""Whose outcome nobody knows, in words and as a picture: shares followed, bounds, and what that changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from traboule.web.components.intervals import Interval, Intervals, intervals
from traboule.web.coordinator import impact_words as words


@dataclass(frozen=True, slots=True)
class Side:
    """One group: with an outcome, of how many; its rates stand empty where they are withheld."""

    name: str
    known: int
    everybody: int
    rate: str = ""
    low: str = ""
    high: str = ""

    @property
    def share(self) -> str:
        """How many in a hundred were followed."""
        return words.rate(self.known / self.everybody)


@dataclass(frozen=True, slots=True)
class Lost:
    """What the page says; ``picture`` None where there are no rates to draw."""

    sides: tuple[Side, ...]
    remarks: tuple[str, ...]
    picture: Intervals | None

    @property
    def has_rates(self) -> bool:
        """Whether the columns of the rates stand."""
        return bool(self.sides[0].rate)


def estimate(figures: dict[str, Any]) -> Sequence[float] | None:
    """The effect in which the followed stand for the lost, or None where it is not carried."""
    found = _weighted(figures)
    return found["estimate"] if found is not None and found["supported"] else None


def told(figures: dict[str, Any], *, withheld: bool) -> Lost | None:
    """Say who was followed and what the others could change; None for counts and for older results.

    ``withheld``: no rate stands, since two rates side by side say the difference that is withheld.
    """
    found = figures.get("attrition")
    if found is None:
        return None
    bounds = None if withheld else figures["bounds"]
    sides = tuple(_side(number, followed, bounds) for number, followed in enumerate(found["followed"]))
    remarks = [] if withheld else _remarks(figures, sides)
    return Lost(sides, tuple(remarks), None if bounds is None else _picture(found["followed"], bounds))


def _side(number: int, followed: Sequence[int], bounds: Any) -> Side:
    name = (gettext("Took part"), gettext("To compare with"))[number]
    known, everybody = followed
    if bounds is None:
        return Side(name, known, everybody)
    low, high, _unknown = bounds[number]
    return Side(name, known, everybody, words.rate(_rate(followed, low)), words.rate(low), words.rate(high))


def _rate(followed: Sequence[int], low: float) -> float:
    """The rate of those who were followed: all who are known to have reached it, over them."""
    known, everybody = followed
    return low * everybody / known


def _picture(followed: Sequence[Sequence[int]], bounds: Any) -> Intervals | None:
    names = (gettext("Took part"), gettext("To compare with"))
    rows = [
        (name, Interval(name, _rate(pair, low), low, high, 0.0))
        for name, pair, (low, high, _unknown) in zip(names, followed, bounds, strict=True)
    ]
    return intervals(rows)


def _remarks(figures: dict[str, Any], sides: Sequence[Side]) -> list[str]:
    found, scale = figures["attrition"], figures["scale"]
    if all(side.known == side.everybody for side in sides):
        return [gettext("Everybody was followed.")]
    said = []
    if found["difference"] is not None:
        low, high = (words.signed(end, scale) for end in found["difference"])
        text = gettext(
            "Whatever became of the others, the plain difference lies between %(low)s and %(high)s."
        )
        said.append(text % {"low": low, "high": high})
    return said + _of_weights(_weighted(figures), scale)


def _of_weights(found: Any, scale: str) -> list[str]:
    if found is None:
        return []
    if not found["supported"]:
        return [
            gettext(
                "No estimate with those lost: too few people like them were followed. The figure is withheld."
            )
        ]
    return [
        gettext(
            "With weights, those followed stand for %(lost)s people lost who were like them: %(effect)s. "
            "It holds if nothing else set them apart."
        )
        % {"lost": found["lost"], "effect": words.with_interval(found["estimate"], scale)}
    ]


def _weighted(figures: dict[str, Any]) -> Any:
    return (figures.get("attrition") or {}).get("weighted")
