"""What other rooms bring to the page of a mentee or a mentor."""

from collections.abc import Callable
from datetime import date

NextNews = Callable[[int], date | None]


def _nothing_promised(person_id: int) -> date | None:
    return None


# next_news(person_id): the day on which this person hears from us, whatever has happened by then; or None.
next_news: NextNews = _nothing_promised


def fill(*, news: NextNews) -> None:
    """Fill the slot; called once, while the addresses of the site are read."""
    global next_news
    next_news = news
