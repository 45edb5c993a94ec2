"""Who may act in this app. Permissions and the roles that hold them are data in ``people``."""

from traboule.apps.people.enums import Permission
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise


class NotYourOwn(Exception):
    """Nobody decides about money that goes to themselves, or that they asked for."""


class HumanNeeded(Exception):
    """A person decides about money; no clock and no program does."""


def human(by: Actor) -> int:
    """Return the id of the login that acts. Raises HumanNeeded."""
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise HumanNeeded
    return by.id


def may_act_for(by: Actor, person_id: int, own_id: int | None, branch_id: int) -> None:
    """Let in the system (a link), the person, and staff who see expenses. Raises NotVisible, NotAllowed."""
    if by.kind is ActorKind.LOGIN and own_id != person_id:
        authorise(by, Permission.EXPENSES_SEE, branch_id)
