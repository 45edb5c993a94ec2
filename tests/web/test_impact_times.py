"""The page of times: shares with interval and picture, nothing about fewer than five, few questions asked."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from tests.factories import support
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.evaluations.queries.times import Times
from traboule.apps.people.enums import Role
from traboule.web.components.timelines import looks, steps
from traboule.web.coordinator.impact_cohorts import cohorts

pytestmark = pytest.mark.django_db
BUDGET = 15


@pytest.fixture
def director(sign_in: SignIn, lyon: Branch) -> Client:
    client = sign_in(Role.DIRECTOR, at=lyon, locale="en")
    client.cookies["django_language"] = "en"
    return client


def ended(lyon: Branch, many: int, reason: str, after: int = 61, years: int = 1) -> None:
    """Duos that began so many years ago and ended after so many days."""
    began = timezone.now().date() - timedelta(days=365 * years)
    for _ in range(many):
        duo = support.duo(lyon, started_on=began)
        Duo.everywhere.filter(pk=duo.pk).update(
            state="closed",
            place=None,
            closed_on=began + timedelta(days=after),
            closed_by=duo.started_by,
            close_reason=reason,
        )


def page(client: Client) -> str:
    answer = client.get(reverse("impact_times", args=["lyon"]))
    assert answer.status_code == 200
    text = answer.content.decode()
    return re.sub(r"\s+", " ", text[text.index("<main") : text.index("</main")])


def test_with_few_people_there_is_no_figure(director: Client, lyon: Branch) -> None:
    ended(lyon, 4, "no_time")
    said = page(director)
    assert said.count("Fewer than 5 people so far: no figure.") == 2
    assert "<svg" not in said[said.index("<section") :]


def test_rival_ends_stand_beside_each_other_and_rare_ones_without_a_figure(
    director: Client, lyon: Branch
) -> None:
    ended(lyon, 6, "no_time")
    ended(lyon, 12, "found_work", after=122)
    ended(lyon, 2, "completed", after=180)
    said = page(director)
    assert "30 (95 %: " in said
    assert "60 (95 %: " in said
    assert "Fewer than 5 times, so without a figure: Ended as agreed" in said
    assert 'class="curve"' in said
    assert said.count("stroke-dasharray") == 2
    assert "nobody without a mentor is compared with here" in said
    assert "Impact" not in said


def test_on_a_phone_each_number_says_what_it_is(director: Client, lyon: Branch) -> None:
    """There the heads of the columns are out of sight: a cell brings its own."""
    ended(lyon, 6, "no_time")
    ended(lyon, 12, "found_work", after=122)
    tables = re.findall(r'<table class="cards">.*?</table>', page(director))
    assert tables
    for table in tables:
        body = table[table.index("<tbody") :]
        assert body.count("<td") == body.count('data-label="') > 0
        assert 'data-label=""' not in body
    assert 'data-label="Ended early, without work">33 (95 %: ' in tables[-1]
    assert 'data-label="Still followed"' in tables[-1]
    assert '<th scope="row">Month 3</th>' in tables[-1]


def test_newer_duos_are_held_against_earlier_ones_and_it_is_no_proof(director: Client, lyon: Branch) -> None:
    ended(lyon, 6, "no_time", after=60)
    ended(lyon, 8, "completed", after=180)
    ended(lyon, 12, "no_time", after=60, years=3)
    ended(lyon, 7, "completed", after=180, years=3)
    said = page(director)
    year = (timezone.now() - timedelta(days=365)).year
    assert f"<li>Began in {year} or later: 14 duos. Ended early, without work: 6 of them in the first" in said
    assert f"<li>Began before {year}: 19 duos. Ended early, without work: 12 of them in the first" in said
    assert "newer ones ended early 0.5" in said
    assert "Luck alone could explain this difference. That does not show that both are the same." in said
    assert said.count("This is no proof of an effect.") == 1
    assert "Log-rank test: χ² " in said


def test_a_side_with_few_who_met_it_or_did_not_is_not_compared(director: Client, lyon: Branch) -> None:
    for newer, without in ((4, 9), (9, 4)):
        Duo.everywhere.all().delete()
        ended(lyon, newer, "no_time")
        ended(lyon, without, "completed", after=180)
        ended(lyon, 9, "no_time", years=3)
        ended(lyon, 9, "completed", after=180, years=3)
        said = page(director)
        assert said.count("Too few to compare. On each side at least 5") == 1
        assert "Began before" not in said


def test_a_distance_that_changes_with_time_has_no_one_number() -> None:
    """Newer ones all at first, earlier ones all at last: crossing lines."""
    months = [1] * 30 + [8] * 10 + [12] * 10
    days = [int(month * 30.44) for month in months + [2] * 5 + [9] * 40 + [12] * 5]
    kinds = [1] * 40 + [0] * 10 + [1] * 45 + [0] * 5
    with translation.override("en"):
        found = cohorts("job", Times(tuple(days), tuple(kinds), (2026,) * 50 + (2025,) * 50))
    assert found is not None
    assert found.says[0].startswith("The distance of the two lines changes with time")
    assert [(side.n, side.events) for side in found.sides] == [(50, 40), (50, 45)]


def test_a_line_ends_where_too_few_are_watched() -> None:
    points = [(0.0, 0.0, 0.0, 0.0), (3.0, 0.5, 0.3, 0.7), (9.0, 0.9, 0.8, 1.0)]
    short = steps([("a", points), ("b", points)], most=12, until=[6.0, 12.0])
    assert short.lines[0].path == "M74 290L210.5 290L210.5 160L347 160"
    assert short.lines[1].path.endswith("L620 56")


def test_the_page_asks_the_database_little(director: Client, lyon: Branch) -> None:
    for many in (1, 20):
        ended(lyon, many, "no_time")
        page(director)
        with CaptureQueriesContext(connection) as asked:
            page(director)
        assert len(asked) <= BUDGET


def test_a_curve_alone_has_a_band_and_several_have_dashes() -> None:
    points = [(0.0, 0.0, 0.0, 0.0), (3.0, 0.5, 0.3, 0.7), (20.0, 0.9, 0.8, 1.0)]
    alone = steps([("job", points)], most=12)
    assert alone.lines[0].path == "M74 290L210.5 290L210.5 160L620 160"
    assert alone.lines[0].band.endswith("Z")
    both = steps([("a", points), ("b", points)], most=12)
    assert [(line.dash, line.band) for line in both.lines] == [("", ""), ("12 6", "")]


def test_a_look_that_passes_lies_above_its_limit() -> None:
    drawn = looks([(3.5, 4.0), (2.5, 1.0), (2.0, None)])
    first, second, third = drawn.rows
    assert first.found_y is not None
    assert second.found_y is not None
    assert first.found_y < first.limit_y
    assert second.found_y > second.limit_y
    assert third.found_y is None
