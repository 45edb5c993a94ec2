"""Where the people of the table live: dots by commune, lines and kilometres for the duos suggested."""

from collections.abc import Sequence
from dataclasses import dataclass

from traboule.apps.pairing.queries.views import Card, TableView
from traboule.web.components.figures import PeopleMap, Place, people_map
from traboule.web.coordinator import proposal_words
from traboule.web.coordinator import wording as w

MOST_LINES = 5
"""Lines on the map; more would hide the people."""


@dataclass(frozen=True, slots=True)
class Distance:
    """A suggested duo and how far apart the two live."""

    pair: str
    km: str


def distances(shown: Sequence[Card]) -> list[Distance]:
    """Each suggested duo of the page whose distance is known."""
    return [
        Distance(proposal_words.pair(card.mentee.short_name, best.mentor.short_name), w.km(metres))
        for card in shown
        if (best := card.chosen) is not None and (metres := _metres(card)) is not None
    ]


def drawn(found: TableView, shown: Sequence[Card]) -> PeopleMap | None:
    """People by commune, and a line with its length for the first duos suggested on the page."""
    known = {
        place.commune_code or place.commune: Place(
            place.commune, place.latitude, place.longitude, place.mentors, place.mentees, place.estimated
        )
        for place in found.places
    }
    links = [link for card in shown if card.in_pool and (link := _link(card, known)) is not None]
    return people_map(list(known.values()), links[:MOST_LINES])


def _link(card: Card, known: dict[str, Place]) -> tuple[Place, Place, float] | None:
    """A line between two communes; none within one, and none for somebody who is not on the map."""
    best, metres = card.chosen, _metres(card)
    if best is None or metres is None:
        return None
    one, other = known.get(card.mentee.commune_code), known.get(best.mentor.commune_code)
    return None if one is None or other is None or one is other else (one, other, metres / 1000)


def _metres(card: Card) -> float | None:
    best = card.chosen
    if best is None:
        return None
    return next((term.facts.get("metres") for term in best.terms if term.code == "travel"), None)
