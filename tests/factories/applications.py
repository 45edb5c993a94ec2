"""Applications: answers as somebody types them, and applications in a state."""

from datetime import datetime
from typing import Any

from tests.factories.people import NOW, TODAY
from traboule.apps.applications.actions.applications import save_answers, send_application, start_draft
from traboule.apps.applications.forms.questions import Questions
from traboule.apps.applications.models import Application
from traboule.apps.branches.models import Branch
from traboule.apps.people.enums import Side
from traboule.core.actors import system

VISITOR = system("visitor")
ANSWERS: dict[str, dict[str, list[str]]] = {
    "who": {"first_name": ["Selam"], "last_name": ["Tesfay"], "birth_date": ["20/03/2003"]},
    "reach": {
        "phone": ["06 39 98 12 34"],
        "email": [""],
        "channel": ["sms"],
        "contact_language": ["ti"],
    },
    "live": {
        "postcode": ["69009"],
        "country": ["FR"],
        "language_1": ["français"],
        "level_1": ["3"],
        "language_2": ["tigrinya"],
        "level_2": ["6"],
    },
    "work": {"occupations": ["cuisinier"]},
    "time": {"slots": ["0", "4"]},
    "agree": {"programme": ["on"], "statistics": ["on"]},
}


def answers(**changes: dict[str, list[str]]) -> dict[str, dict[str, list[str]]]:
    """Right answers of a mentee; a group may be changed field by field."""
    return {group: {**typed, **changes.get(group, {})} for group, typed in ANSWERS.items()}


def draft(at: Branch, *, side: Side = Side.MENTEE, now: datetime = NOW, **changes: Any) -> Application:
    """A draft with every essential answered."""
    row = start_draft(branch=at, side=side, language="fr", by=VISITOR, now=now)
    return save_answers(application=row, answers=answers(**changes), by=VISITOR, now=now)


def sent(at: Branch, *, side: Side = Side.MENTEE, now: datetime = NOW, **changes: Any) -> Application:
    """An application that was sent by its own author."""
    return send(draft(at, side=side, now=now, **changes), now=now)


def send(row: Application, *, now: datetime = NOW) -> Application:
    """Check the answers of a draft and send it."""
    questions = Questions(side=row.side, today=TODAY, source=row.source, answers=row.answers)
    assert questions.is_valid(), questions.errors
    return send_application(
        application=row,
        fields=questions.cleaned_fields(),
        consents=questions.consents(),
        by=VISITOR,
        now=now,
    )
