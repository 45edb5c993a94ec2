"""Who may act in this app. Permissions and the roles that hold them are data in `people`."""

from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor, ActorKind
from traboule.kernel.readiness import Condition

# Who may let which condition go: what protects young people needs the second look, the rest the director.
WAIVERS: dict[str, Permission] = {
    Condition.APPLICATION: Permission.TRAINING_SET,
    Condition.IDENTITY: Permission.TRAINING_SET,
    Condition.REFERENCES: Permission.SCREENING_APPROVE,
    Condition.SAFEGUARDING: Permission.TRAINING_SET,
    Condition.MODULES: Permission.SCREENING_APPROVE,
}


class HumanNeeded(Exception):
    """A person of the team declares somebody ready, and lets a condition go; no clock and no program does."""


def human(by: Actor) -> int:
    """Return the id of the login that acts. Raises HumanNeeded."""
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise HumanNeeded
    return by.id
