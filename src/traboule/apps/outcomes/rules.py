"""Who may act in this app. Permissions and the roles that hold them are data in ``people``."""

from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.people.actions.own import authorise_own
from traboule.apps.people.enums import Permission
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, ActorKind
from traboule.core.permissions import authorise


class NotASecondPerson(Exception):
    """Whoever wrote an outcome down, corrected it, or found the job, does not verify it."""


class HumanNeeded(Exception):
    """A person verifies; no clock and no program does."""


def human(by: Actor) -> int:
    """Return the id of the login that acts. Raises HumanNeeded."""
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise HumanNeeded
    return by.id


def may_tell(by: Actor, teller: Person, told_by: str, branch_id: int) -> None:
    """Let in who tells of themselves or of their mentee, by a link or signed in, and staff who write.

    Raises NotVisible, NotAllowed.
    """
    if by.kind is ActorKind.LOGIN and by.may(Permission.OUTCOMES_WRITE, branch_id):
        return
    if told_by in (ToldBy.MENTEE, ToldBy.MENTOR):
        authorise_own(teller, by)
    elif by.kind is not ActorKind.SYSTEM:
        authorise(by, Permission.OUTCOMES_WRITE, branch_id)
