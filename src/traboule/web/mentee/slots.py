"""What other rooms bring to the page of a mentee or a mentor."""

from datetime import date

from traboule.apps.applications.queries.standing import promised_to


def next_news(person_id: int) -> date | None:
    """Return the day on which this person hears from us, whatever has happened by then; None: not waiting."""
    return promised_to(person_id)
