"""Days in the words of the reader's language, never in French months by default."""

from datetime import date

import pytest
from django.utils import translation

from traboule.apps.messages.words import said_day
from traboule.core.languages import EVERYBODY
from traboule.core.spoken import spoken_day

DAY = date(2026, 12, 9)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "mercredi 9 décembre"),
        ("en", "Wednesday 9 December"),
        ("nl", "woensdag 9 december"),
        ("uk", "9 грудня (ср)"),  # the genitive, as people say it
        ("ti", "ረቡዕ፣ 9 ታሕሳስ"),
        ("es", "miércoles 9 de diciembre"),
    ],
)
def test_a_day_is_said_in_the_language_of_the_reader(language: str, said: str) -> None:
    assert said_day(DAY, language) == said
    with translation.override(language):
        assert spoken_day(DAY) == said
        assert str(DAY.year) in spoken_day(DAY, year=True)
        assert spoken_day(DAY, weekday=False, year=True).endswith("2026")


def test_no_language_says_it_in_the_words_of_another() -> None:
    said = {language: said_day(DAY, language) for language in EVERYBODY}
    assert len(set(said.values())) == len(EVERYBODY), said
