"""The invented talks, judgements and decisions of the demo."""

from datetime import datetime
from typing import Any

from traboule.core.actors import Actor


def fill(loaded: Any, programme: Any, by: Actor, now: datetime) -> None:
    """Fill."""
