"""Outcomes of mentees, made by the real actions. What a test depends on it says itself."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any

from PIL import Image

from tests.factories.people import NOW, TODAY
from traboule.apps.outcomes.actions.telling import tell_outcome
from traboule.apps.outcomes.enums import ToldBy
from traboule.apps.outcomes.models import Outcome
from traboule.apps.people.models import Person
from traboule.core.actors import Actor, system
from traboule.core.uploads import CheckedFile

LINK = system("link")


def picture(shade: int = 250) -> bytes:
    """A small picture as a phone would send it; another shade is another file."""
    content = BytesIO()
    Image.new("RGB", (8, 8), (shade, 240, 230)).save(content, format="PNG")
    return content.getvalue()


def paper(shade: int = 250) -> CheckedFile:
    """A checked picture."""
    return CheckedFile("contract.png", "png", picture(shade))


def told(
    person: Person,
    *,
    by: Actor = LINK,
    now: datetime = NOW,
    told_by: ToldBy = ToldBy.MENTEE,
    starts_on: date | None = None,
    days: int | None = None,
    **fields: Any,
) -> Outcome:
    """A job of a mentee since yesterday, told by link today; with `days` it ends."""
    first = starts_on or TODAY - timedelta(days=1)
    more = {name: fields.pop(name) for name in ("teller", "paper", "apart_from_duo") if name in fields}
    said = {"kind": "job", "contract": "fixed", "starts_on": first, "employer": "Garage du Pont", **fields}
    if days is not None:
        said["ends_on"] = first + timedelta(days=days - 1)
    return tell_outcome(person=person, fields=said, told_by=told_by, by=by, now=now, **more)
