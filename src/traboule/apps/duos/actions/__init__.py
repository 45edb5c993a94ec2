"""What changes a duo, and what its two people do."""

from traboule.apps.duos.actions.duos import (
    MenteeAlreadyInDuo,
    NoCapacity,
    PlaceTaken,
    SomebodyWasFaster,
    WrongDates,
    close_duo,
    free_place,
    hold_people,
    pause_duo,
    resume_duo,
    start_duo,
    take_place,
)

__all__ = [
    "MenteeAlreadyInDuo",
    "NoCapacity",
    "PlaceTaken",
    "SomebodyWasFaster",
    "WrongDates",
    "close_duo",
    "free_place",
    "hold_people",
    "pause_duo",
    "resume_duo",
    "start_duo",
    "take_place",
]
