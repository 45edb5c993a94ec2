"""A message as a letter on paper; beside another language stands the French text."""

import re
from datetime import date
from pathlib import Path

from django.conf import settings

from traboule.apps.messages.models import Message
from traboule.apps.messages.words import said_day
from traboule.core.pdf import render

# Numbers and addresses run from left to right, in a text that runs the other way too.
_LEFT_TO_RIGHT = re.compile(r"https?://\S+|\+?\d[\d .]{5,}\d")
_ISOLATE, _END = "\u2066", "\u2069"

TEMPLATE = Path(__file__).resolve().parent / "letter.typ"


def letter_pdf(*, message: Message, today: date) -> bytes:
    """Return the PDF of a message: sender, receiver, day, text. Raises what the compiler raises."""
    person = message.person
    language = message.language
    spoken = language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    return render(
        TEMPLATE,
        {
            "organisation": message.branch.organisation.name,
            "branch": message.branch.name,
            "receiver": person.display_name if person else message.address,
            "place": f"{person.postcode} {person.commune_name}".strip() if person else "",
            "day": f"{said_day(today, spoken)} {today.year}",
            "subject": message.subject,
            "paragraphs": [_set_apart(part.strip()) for part in message.body.split("\n\n") if part.strip()],
            "right_to_left": language.split("-")[0].split("_")[0] in ("ar", "fa"),
        },
        language=language,
    )


def _set_apart(text: str) -> str:
    return _LEFT_TO_RIGHT.sub(lambda found: f"{_ISOLATE}{found.group(0)}{_END}", text)
