"""Tags for places: where one is, drawn and said."""

from dataclasses import dataclass
from typing import Any

from django import template
from django.utils.translation import gettext

from traboule.web.components.place_map import PlaceMap, address_search, geo_address, place_map
from traboule.web.templatetags.traboule import say_km

register = template.Library()


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The picture (None without a point), its words, and two links that open maps of others."""

    map: PlaceMap | None
    words: str
    estimated: bool
    search: str
    geo: str


@register.simple_tag
def where_is(venue: Any) -> Whereabouts:
    """Where a place is; costs no query."""
    search, geo = address_search(venue.full_address), geo_address(venue.full_address)
    if venue.latitude is None or venue.longitude is None:
        return Whereabouts(None, "", False, search, geo)
    drawn = place_map(venue.latitude, venue.longitude, venue.commune_name)
    others = ", ".join(f"{one.name} ({say_km(one.km)})" for one in drawn.neighbours)
    words = gettext("Map: the place is in %(own)s. Around it: %(others)s.") % {
        "own": drawn.own or venue.postcode,
        "others": others,
    }
    return Whereabouts(drawn, words, venue.place_estimated, search, geo)
