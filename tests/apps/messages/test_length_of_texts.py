"""Every text message of the house in every language, with names and dates as they come: two parts at most."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from traboule.apps.applications.queries.sessions import say_when
from traboule.apps.messages.kinds import Kind, kinds
from traboule.apps.messages.rules import in_plain_signs, length_of
from traboule.apps.messages.words import said_day

# A long name of a day and of a month, a link as it is made; names neither the shortest nor the longest.
AT = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)
LINK = f"https://traboule.example/l/{'a' * 20}/"
COMMON = {
    "first_name": "Oleksandra",
    "other": "Nathalie",
    "mentor": "Anne Martin",
    "branch": "Marseille",
    "place": "La Duchère",
    "link": LINK,
}


def filled(kind: Kind, language: str) -> str:
    """The text as it is sent: the moments in the words of the language."""
    when, day = say_when(AT, "Europe/Paris"), said_day(AT.date(), language)
    values: dict[str, Any] = {**kind.example, **COMMON, "when": when, "day": day}
    if ":" in values.get("until", ""):
        values["until"] = when
    return in_plain_signs(str(kind.sms) % values)


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_a_text_message_takes_two_parts_at_most(language: str) -> None:
    with translation.override(language):
        texts = {kind.code: filled(kind, language) for kind in kinds() if kind.sms}
    assert len(texts) > 80
    long = {code: (length_of(text), text) for code, text in texts.items() if length_of(text).parts > 2}
    assert long == {}


def test_signs_of_print_that_have_a_plain_twin_do_not_double_the_price() -> None:
    printed = "Oui\u202f? C’est à 10\u00a0h\u00a000 – à mardi…"
    assert not length_of(printed).is_short_alphabet
    assert in_plain_signs(printed) == "Oui ? C'est à 10 h 00 - à mardi..."
    assert length_of(in_plain_signs(printed)).is_short_alphabet
