"""How good a comparison is, and when a figure may be called an impact (results.md, section 2).

Standard library only: pages read it, and numpy is loaded where something is computed.
"""

from enum import StrEnum


class Grade(StrEnum):
    """What those who took part are compared with, from the weakest to the strongest."""

    PUBLISHED = "published"  # a published rate of similar people: nothing is known of each of them
    WEIGHTED = "weighted"  # people one by one, made alike in what was known before
    RANDOMISED = "randomised"  # places lacked, and chance decided who came first


# The method for a comparison group of which only totals by group are known; the command takes rows only.
TOTALS = "standardisation"
# Methods of ``traboule evaluate`` that fit a grade and end in seconds; the first one is the usual one.
METHODS: dict[Grade, tuple[str, ...]] = {
    Grade.PUBLISHED: (),
    Grade.WEIGHTED: ("entropy-balancing", "oaxaca-blinder", "regression", TOTALS),
    Grade.RANDOMISED: ("difference", "regression"),
}


def may_say_impact(*, grade: Grade | None, interval: tuple[float, float] | None, supported: bool) -> bool:
    """Whether the word may stand on a page: a grade, an interval and a comparison that carries the estimate.

    A published rate is never enough: nothing says that its people were like ours.
    """
    return supported and interval is not None and grade in (Grade.WEIGHTED, Grade.RANDOMISED)
