"""Who may decide about duos. The permissions and the roles that hold them are data in `people`."""

from traboule.core.actors import Actor, ActorKind


class HumanNeeded(Exception):
    """A match is made by a human.

    Neither the system nor an API token may take this decision (trust.md, P9).
    """


def human(by: Actor) -> int:
    """The id of the login that decides.

    Raises HumanNeeded for the system and for tokens, whatever they may do.
    """
    if by.kind is not ActorKind.LOGIN or by.id is None:
        raise HumanNeeded
    return by.id
