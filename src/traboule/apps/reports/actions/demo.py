"""Demo, to come."""

from typing import Any


def fill_demo(loaded: Any, programme: Any, by: Any, now: Any) -> None:
    return
