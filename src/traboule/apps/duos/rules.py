"""Who may decide about duos. The permissions and the roles that hold them are data in `people`."""

from typing import Any

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


def human_behind(by: Actor, decided_by: Any = None) -> int:
    """The id of the login that decides, or that decided what a person now answers by a link.

    Whoever answers by the link of a message acts through the system; the decision that they answer is that of
    `decided_by`, a login. Without one the system may do nothing, and a token never may (docs/adr/0019).
    """
    if by.kind is ActorKind.SYSTEM and decided_by is not None:
        return int(decided_by.pk)
    return human(by)
