"""The examiner of the journeys finds what it must find, whatever words a colour is written in."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.journeys.barriers import barriers, bring_axe, said

PAPER = "<html lang=en><head><title>Paper</title></head><body><main><h1>Paper</h1>{}</main></body></html>"
PALE = ("#bbb", "rgb(187 187 187)", "rgba(0, 0, 0, 0.3)", "hsl(0 0% 73%)", "oklch(0.79 0 0)")
DARK = ("#222", "rgb(34 34 34)", "rgba(0, 0, 0, 0.9)", "hsl(0 0% 13%)", "oklch(0.25 0 0)")


@pytest.fixture
def paper(real_browser: Browser) -> Iterator[Page]:
    page = real_browser.new_page()
    yield page
    page.close()


def written_on(paper: Page, *colours: str) -> list[str]:
    """The elements that axe calls too pale, where each line of a paper has its own colour, at two widths."""
    lines = "".join(f'<p style="color: {colour}" id="line{n}">Words</p>' for n, colour in enumerate(colours))
    paper.set_content(PAPER.format(lines))
    bring_axe(paper)
    looks = []
    for width in (375, 1280):
        paper.set_viewport_size({"width": width, "height": 800})
        found = {one["id"]: one for one in barriers(paper)}
        assert set(found) <= {"color-contrast"}, [said(one) for one in found.values()]
        looks.append([node["target"][0] for one in found.values() for node in one["nodes"]])
    assert looks[0] == looks[1]
    return looks[0]


def test_pale_words_are_found_in_every_notation_and_again_at_the_next_width(paper: Page) -> None:
    assert written_on(paper, *PALE, *PALE) == [f"#line{n}" for n in range(2 * len(PALE))]


def test_dark_words_among_pale_ones_are_left_alone(paper: Page) -> None:
    assert written_on(paper, *DARK) == []
    assert written_on(paper, DARK[0], PALE[0], DARK[3], PALE[3]) == ["#line1", "#line3"]


def test_a_target_too_small_for_a_finger_is_found(paper: Page) -> None:
    button = '<button style="inline-size: 9px; block-size: 9px; padding: 0; border: 0">{}</button>'
    paper.set_content(PAPER.format(button.format("a") + button.format("b")))
    bring_axe(paper)
    assert [one["id"] for one in barriers(paper)] == ["target-size"]
