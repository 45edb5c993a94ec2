"""The page of times: shares with interval and picture, nothing about fewer than five, few questions asked."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests.factories import support
from tests.web.conftest import SignIn
from traboule.apps.branches.models import Branch
from traboule.apps.duos.models import Duo
from traboule.apps.people.enums import Role
from traboule.web.components.timelines import looks, steps

pytestmark = pytest.mark.django_db
BUDGET = 15


@pytest.fixture
def director(sign_in: SignIn, lyon: Branch) -> Client:
    client = sign_in(Role.DIRECTOR, at=lyon, locale="en")
    client.cookies["django_language"] = "en"
    return client


def ended(lyon: Branch, many: int, reason: str, after: int = 61) -> None:
    """Duos that began a year ago and ended after so many days."""
    began = timezone.now().date() - timedelta(days=365)
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
    assert "nobody is compared with here" in said
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
