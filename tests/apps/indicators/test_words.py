"""Each definition is one sentence in each language; values carry their unit."""

from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from traboule.apps.indicators import words
from traboule.apps.indicators.forms.definitions import VersionForm
from traboule.kernel.indicators import SHIPPED, Among, Definition, Facts, Grade, Measure, What, figure
from traboule.kernel.indicators.validation import FITS, problems

SENTENCE = {
    "positive_outcome_from_start": "Of duos that started, the share whose mentee had a job, an internship or "
    "a training within 12 months after the start of the duo.",
    "stable_job_from_end": "Of duos that started, the share whose mentee had a job for 3 months or more "
    "within 12 months after the end of the duo.",
    "worked_90_days": "Of duos that started, the share whose mentee worked 90 days or more within 12 months "
    "after the end of the duo. Only what a paper proves counts.",
    "days_to_match": "The days until half of the mentees began a duo, if they did within 6 months after "
    "intake.",
}


def every_legal() -> list[Definition]:
    """Each question with each measure, group and clock that fits it."""
    bases = {definition.what: definition for definition in SHIPPED.values()}
    found = []
    for what, (measures, among, clocks, _months) in FITS.items():
        for measure in measures:
            days = 90 if what is What.DAYS_WORKED and measure is Measure.SHARE else 0
            found += [
                replace(bases[what], measure=measure, among=who, clock=clock, min_days=days)
                for who in among
                for clock in clocks
            ]
    return found


@pytest.mark.parametrize("name", SENTENCE)
def test_a_definition_reads_as_a_sentence(name: str) -> None:
    with translation.override("en"):
        assert words.sentence(SHIPPED[name]) == SENTENCE[name]


@pytest.mark.parametrize("language", ["en", "fr", "nl"])
def test_every_legal_definition_has_its_own_sentence(language: str) -> None:
    every = every_legal()
    assert len(every) > 30
    assert not any(problems(definition) for definition in every)
    with translation.override(language):
        said = [words.sentence(definition) for definition in every]
    assert not [text for text in said if "%(" in text or not text.endswith(".")]
    assert len(set(said)) == len(every)


def test_what_differs_is_heard_in_the_sentence() -> None:
    base = SHIPPED["stable_job_from_end"]
    others = (
        replace(base, months=6),
        replace(base, min_months=6),
        replace(base, grade=Grade.ADMINISTRATIVE),
        replace(base, among=Among.DUOS_COMPLETED),
        replace(base, kinds=("job", "own_business")),
        replace(base, min_months=0, min_days=30),
    )
    with translation.override("en"):
        assert len({words.sentence(one) for one in (base, *others)}) == 7


def test_every_shipped_definition_has_a_name_in_french_and_dutch() -> None:
    for language in ("fr", "nl"):
        with translation.override(language):
            said = {words.name_of(name) for name in SHIPPED}
        with translation.override("en"):
            assert said.isdisjoint({words.name_of(name) for name in SHIPPED})
        assert len(said) == len(SHIPPED)


def test_values_carry_their_unit() -> None:
    with translation.override("en"):
        assert words.value_in_words(SHIPPED["mentors_again"], 0.8) == "80 %"
        assert words.value_in_words(SHIPPED["weekly_hours"], 1.94) == "1.9 hours a week"
        assert words.value_in_words(SHIPPED["days_to_match"], 1) == "1 day"
        assert words.value_in_words(SHIPPED["satisfaction_of_mentees"], 4.26) == "4.3 of 5"
        assert words.value_in_words(SHIPPED["cost_per_duo"], 123_456) == "1,234.56\u00a0€"
        assert words.value_in_words(SHIPPED["cost_per_duo"], None) == "–"
        assert words.span_in_words(SHIPPED["mentors_again"], (0.5, None)) == "50 % or more"
        empty = figure(SHIPPED["mentors_again"], Facts(), date(2026, 3, 2))
        assert words.figure_in_words(empty) == "Nobody yet: no time is up."


@pytest.mark.parametrize("name", list(SHIPPED))
def test_the_form_of_the_version_in_force_says_what_it_says(name: str) -> None:
    """Sent back as it was opened, it changes nothing: whole euros, per cents and kinds come back alike."""
    current = SHIPPED[name]
    with translation.override("en"):
        opened = VersionForm(current=current)
        data = {field: opened.get_initial_for_field(opened.fields[field], field) for field in opened.fields}
        form = VersionForm({**data, "against": data.get("against") or "", "why": "x"}, current=current)
        assert form.is_valid(), form.errors
    said = {**current.plain, **form.values()}
    assert said | {"kinds": sorted(said["kinds"])} == current.plain


def test_every_shipped_source_is_said_in_the_language_of_the_reader() -> None:
    shipped = {definition.source for definition in SHIPPED.values() if definition.source}
    assert shipped == set(words.SOURCES)
    base = SHIPPED["positive_outcome_from_end"]
    for language, said in (
        ("en", "duoforajob.be, impact page: within 12 months; clock not said"),
        ("fr", "duoforajob.be, page sur l’impact : dans les 12 mois ; le point de départ n’est pas dit"),
        ("nl", "duoforajob.be, pagina over impact: binnen 12 maanden; vanaf wanneer staat er niet"),
    ):
        with translation.override(language):
            assert words.source_of(base) == said


def test_a_source_that_staff_wrote_stays_as_it_was_written() -> None:
    with translation.override("fr"):
        assert (
            words.source_of(replace(SHIPPED["weekly_hours"], source="Own count, 2025")) == "Own count, 2025"
        )
        assert words.source_of(replace(SHIPPED["weekly_hours"], source="")) == ""
