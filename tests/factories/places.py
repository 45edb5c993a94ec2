"""Places and rooms."""

from typing import Any

from traboule.apps.branches.models import Branch, Room, Venue


def venue(branch: Branch, **fields: Any) -> Venue:
    """A place of a branch."""
    number = Venue.everywhere.count()
    boring: dict[str, Any] = {
        "name": f"Place {number}",
        "address": "1 rue de la Gare",
        "postcode": "69009",
        "commune_name": "Lyon 9e Arrondissement",
        "latitude": 45.78,
        "longitude": 4.8,
    }
    return Venue.everywhere.create(branch=branch, **{**boring, **fields})


def room(branch: Branch, *, capacity: int = 12, at: Venue | None = None, **fields: Any) -> Room:
    """A room of a place of a branch."""
    number = Room.everywhere.count()
    return Room.everywhere.create(
        venue=at or venue(branch), capacity=capacity, **{"name": f"Room {number}", **fields}
    )
