"""Named reads of duos."""

from traboule.apps.duos.queries.duos import (
    OPEN_DUO_ACT,
    DuoPage,
    branches_around,
    branches_of_duos,
    duo_counts,
    duo_page,
    duos_export,
    duos_of,
    ended_well,
    find_duo,
    open_steps,
    places_taken,
    running_duo,
    running_duos,
    week_of,
    weeks_of,
)

__all__ = [
    "OPEN_DUO_ACT",
    "DuoPage",
    "branches_around",
    "branches_of_duos",
    "duo_counts",
    "duo_page",
    "duos_export",
    "duos_of",
    "ended_well",
    "find_duo",
    "open_steps",
    "places_taken",
    "running_duo",
    "running_duos",
    "week_of",
    "weeks_of",
]
