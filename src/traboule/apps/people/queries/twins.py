"""Records that were merged away: no people of their own, but what they hold is somebody's."""

from traboule.apps.people.models import Person


def merged_away(person_id: int) -> list[Person]:
    """Return the records that became this one, those that had become one of them before too."""
    found: list[Person] = []
    around = {person_id}
    while around:
        rows = list(Person.everywhere.filter(merged_into__in=around).order_by("pk"))
        found += rows
        around = {row.pk for row in rows}
    return found
