"""The three questions that a reader of people's files asks of reference data (the shape of
``tables.Lookups``).
"""

from traboule.reference import languages, occupations, places


class ReferenceLookups:
    """Answers from the shipped data."""

    def place(self, postcode: str, country: str, commune: str) -> tuple[float, float, bool, str, str] | None:
        """(lat, lon, estimated, code and name of the commune): the commune where given, else the postcode's
        area.

        Of a postcode that several communes share, the most populous one lends its code and name.
        """
        if commune:
            found = places.find_commune(commune, country)
            return (found.lat, found.lon, found.estimated, found.code, found.name) if found else None
        area = places.by_postcode(postcode, country)
        if area is None:
            return None
        return area.lat, area.lon, area.estimated, area.communes[0].code, area.communes[0].name

    def occupation(self, code: str) -> bool:
        return occupations.get(code) is not None

    def language(self, code: str) -> str | None:
        return languages.canonical(code)
