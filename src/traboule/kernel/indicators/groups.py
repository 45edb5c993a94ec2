"""By which groups figures may be told apart: a short list of lawful ones. Others are refused by name.

Figures by origin, belief or health would need data that this house does not collect, and that the law
protects (article 9 of the GDPR; French law on statistics by origin, decision 2007-557 DC).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from traboule.kernel.indicators.definition import Among, Definition
from traboule.kernel.indicators.figure import Figure
from traboule.kernel.indicators.release import Person
from traboule.kernel.indicators.verdicts import KNOWN, MISSING, Verdict

NOT_WRITTEN = ""  # the group of whoever's is not written down


class Group(StrEnum):
    """What people may be grouped by."""

    SEX = "sex"
    AGE_BAND = "age_band"
    SCHOOLING = "schooling"
    TERRITORY = "territory"
    LANGUAGE_LEVEL = "language_level"
    BRANCH = "branch"
    REFERRER = "referrer"


class Why(StrEnum):
    """Why a group is refused."""

    ORIGIN = "origin"
    HEALTH = "health"
    BELIEF = "belief"
    RESIDENCE = "residence"
    PRIVATE_LIFE = "private_life"
    NOT_KNOWN = "not_known"  # simply not on the list


REFUSED: Mapping[str, Why] = MappingProxyType(
    {
        **dict.fromkeys(
            ("origin", "ethnicity", "race", "colour", "country_of_birth", "mother_tongue"), Why.ORIGIN
        ),
        **dict.fromkeys(("nationality", "citizenship"), Why.ORIGIN),
        **dict.fromkeys(("health", "disability", "pregnancy", "genetics"), Why.HEALTH),
        **dict.fromkeys(("religion", "belief", "philosophy", "politics", "trade_union"), Why.BELIEF),
        **dict.fromkeys(("protection", "residence_permit", "asylum"), Why.RESIDENCE),
        **dict.fromkeys(("sexual_orientation", "gender_identity", "family", "convictions"), Why.PRIVATE_LIFE),
    }
)


class GroupRefused(ValueError):
    """People are not told apart by this; carries `name` and `why`."""

    def __init__(self, name: str, why: Why) -> None:
        super().__init__(f"no figures by {name!r} ({why}); possible: {', '.join(Group)}")
        self.name, self.why = name, why


def lawful(name: str) -> Group:
    """The group of this name, or GroupRefused with the reason."""
    code = name.strip().lower().replace("-", "_").replace(" ", "_")
    if code in set(Group):
        return Group(code)
    raise GroupRefused(name, REFUSED.get(code, Why.NOT_KNOWN))


def person(definition: Definition, row: int) -> Person:
    """Whom a row speaks of, beside rows of other figures: ("duo", 3) is not ("mentor", 3)."""
    kinds = {Among.MENTORS: "mentor", Among.MENTEES: "mentee"}
    return kinds.get(definition.among, "duo"), row


PARTS: Mapping[str, tuple[Verdict, ...]] = MappingProxyType(
    {"n": (*KNOWN, *MISSING), "yes": (Verdict.YES,), "no": (Verdict.NO, Verdict.BEYOND), "missing": MISSING}
)


def cells_of(figure: Figure, name: str) -> dict[str, frozenset[Person]]:
    """The cells of one figure for a table: n, yes, no and missing, as "name|part"."""
    return {
        f"{name}|{part}": frozenset(
            person(figure.definition, row.id) for row in figure.rows if row.verdict in verdicts
        )
        for part, verdicts in PARTS.items()
    }
