"""What each purpose may read: resources, fields of each, and the consent that a row needs. Data, not code.

Never here, for no purpose: origin, nationality, language, health, religion, birth date, phone, address,
notes, concern files, employers, and the reason why a duo ended.
"""

from collections.abc import Mapping
from types import MappingProxyType

from traboule.apps.access.enums import Purpose, Resource
from traboule.apps.people.enums import ConsentPurpose, Permission
from traboule.core.actors import Grant

NAMES = ("first_name", "last_name")
_PERSON = ("id", "sides", "mentor_state", "mentee_state", "joined_on", "waiting_since")
_DUO = ("id", "state", "started_on", "planned_end", "ended_on")
_OUTCOME = ("id", "person", "duo", "kind", "contract", "weekly_hours", "starts_on", "ends_on", "evidence")
INDICATOR = (
    *("name", "version", "sha256", "definition", "as_of", "says", "value", "low", "high", "interval"),
    *("least", "most", "n", "known", "refused", "unknown", "not_due"),
)

Fields = Mapping[Resource, tuple[str, ...]]
ALLOWED: Mapping[Purpose, Fields] = MappingProxyType(
    {
        Purpose.OWN: {
            Resource.PEOPLE: (*_PERSON, "places", *NAMES),
            Resource.DUOS: (*_DUO, "mentor", "mentee", "ending"),
            Resource.OUTCOMES: (*_OUTCOME, "state", "told_on"),
            Resource.INDICATORS: INDICATOR,
        },
        Purpose.EVALUATOR: {
            Resource.PEOPLE: _PERSON,
            Resource.DUOS: (*_DUO, "mentor", "mentee", "ending"),
            Resource.OUTCOMES: (*_OUTCOME, "state"),
            Resource.INDICATORS: INDICATOR,
        },
        Purpose.FUNDER: {Resource.DUOS: _DUO, Resource.INDICATORS: INDICATOR},
        Purpose.WEBSITE: {Resource.INDICATORS: INDICATOR},
    }
)
# A row about somebody is read for this purpose only while this consent of theirs is in force.
ROWS_NEED: Mapping[Purpose, ConsentPurpose] = MappingProxyType({Purpose.EVALUATOR: ConsentPurpose.STATISTICS})
# Where names are allowed, each name needs this one.
NAMES_NEED = ConsentPurpose.PROGRAMME
PERMISSIONS: Mapping[Resource, Permission] = MappingProxyType(
    {
        Resource.PEOPLE: Permission.PEOPLE_SEE,
        Resource.DUOS: Permission.DUOS_SEE,
        Resource.OUTCOMES: Permission.OUTCOMES_SEE,
        Resource.INDICATORS: Permission.FIGURES_SEE,
    }
)
LONGEST_DAYS = 365
"""A token ends after a year at the latest; a new one for the same receiver keeps the pseudonyms."""


def fields_of(purpose: str, resource: Resource) -> tuple[str, ...]:
    """Return the fields that a purpose may read, none if it may not read the resource at all."""
    return ALLOWED[Purpose(purpose)].get(resource, ())


def permissions_of(purpose: str) -> frozenset[Permission]:
    """Return what a token for this purpose may do; whoever makes it must hold all of it."""
    return frozenset(PERMISSIONS[resource] for resource in ALLOWED[Purpose(purpose)])


def grant_of(purpose: str, branch_id: int) -> Grant:
    """Return the engine's view of a token."""
    return Grant(permissions=frozenset(permissions_of(purpose)), scope=branch_id, role="")
