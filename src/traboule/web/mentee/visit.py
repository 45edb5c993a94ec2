"""Who looks at whose place: shared by the pages of my place."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from traboule.core.actors import Actor
from traboule.core.links import use_link
from traboule.core.models import Link


@dataclass(frozen=True, slots=True)
class Visit:
    """Who looks at whose place, when, and through which link (None: signed in)."""

    person: Any  # a row of people.models, which edges do not import
    by: Actor
    now: datetime
    link: Link | None = None

    def count(self) -> None:
        """Count a use of the link, in the transaction of the act."""
        if self.link is not None:
            use_link(link=self.link, now=self.now)
