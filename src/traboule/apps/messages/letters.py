"""A message as a letter on paper; beside another language stands the French text."""

from datetime import date
from pathlib import Path

from django.conf import settings

from traboule.apps.messages.models import Message
from traboule.apps.messages.words import said_day
from traboule.core.pdf import render

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
            "paragraphs": [part.strip() for part in message.body.split("\n\n") if part.strip()],
            "right_to_left": language.split("-")[0].split("_")[0] in ("ar", "fa"),
        },
        language=language,
    )
