"""Somebody from outside on their way through the pages: each page is measured, looked over and pictured."""

import os
import re
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page, Route

from tests.journeys.barriers import barriers, bring_axe, said
from tests.journeys.witness import Witness, sideways

HEAVIEST_PAGE = 60_000


@dataclass
class Pictures:
    """Numbered pictures of one way, in the folder that TRABOULE_PICTURES names; none without it."""

    way: str
    taken: int = 0

    def take(self, page: Page) -> None:
        self.taken += 1
        if folder := os.environ.get("TRABOULE_PICTURES"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            name = f"way-{self.way}-{self.taken:02}.png"
            page.screenshot(path=Path(folder) / name, full_page=True, animations="disabled")

    def take_part(self, part: Locator) -> None:
        """One thing of a page that is long."""
        self.taken += 1
        if folder := os.environ.get("TRABOULE_PICTURES"):
            name = f"way-{self.way}-{self.taken:02}.png"
            part.screenshot(path=Path(folder) / name, animations="disabled")


@dataclass
class Figures:
    """What was found on the pages of those who come."""

    pages: int = 0
    violations: list[str] = field(default_factory=list)
    weights: list[tuple[int, str]] = field(default_factory=list)

    @property
    def heaviest(self) -> int:
        return max((weight for weight, _address in self.weights), default=0)


def settled(page: Page) -> None:
    """Wait for the page and its fonts; not for a silence of the network, which takes half a second.

    Asked from outside, again and again: a page without scripts does not wait by itself in every window.
    """
    page.wait_for_load_state()
    for _twentieth in range(100):
        if page.evaluate("document.fonts.status") == "loaded":
            return
        page.wait_for_timeout(50)


class Walk:
    """One visitor with one browser. ``look`` is called on each page that they read."""

    def __init__(
        self,
        page: Page,
        site: str,
        pictures: Pictures,
        figures: Figures,
        language: str,
        twin: Page | None = None,
    ) -> None:
        self.page, self.pictures, self.figures, self.language = page, pictures, figures, language
        self.witness = Witness(page, site)
        self.known: set[str] = set()
        self.scripts = bool(page.evaluate("matchMedia('(scripting: enabled)').matches"))
        self.twin = page if twin is None else twin

    def open(self, address: str) -> None:
        self.page.goto(address)
        self.look()

    def press(self, what: Locator | str) -> None:
        """Click and read the page that comes."""
        found = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation():
            found.first.click()
        self.look()

    def go_on(self) -> None:
        self.press("main form button[type=submit]")

    def look(self) -> None:
        """Measure and examine the page on screen."""
        page = self.page
        settled(page)
        self._weigh()
        said = page.locator("html").get_attribute("lang")
        assert said == self.language, f"{page.url} speaks {said}"
        wanted = "rtl" if self.language == "ar" else "ltr"
        assert page.locator("html").evaluate("html => getComputedStyle(html).direction") == wanted
        assert sideways(page) == 0, f"{page.url} scrolls sideways"
        # An hour said in French inside another language.
        assert self.language == "fr" or not re.search(r"\d\s?h\s?\d\d", page.locator("main").inner_text())
        self.figures.pages += 1
        self.figures.violations += [f"{page.url}: {found}" for found in self._axe()]
        self.pictures.take(page)
        # The examination unfolds what is hidden: a font may be fetched for it, and is held from then on.
        self.known |= {answer.url for answer in self.witness.answers} - {page.url}
        self.witness.answers = []

    def _weigh(self) -> None:
        """What this page brought: itself, and whatever the browser did not hold already."""
        came = [a for a in self.witness.answers if a.url not in self.known]
        is_first = not self.known
        self.known |= {a.url for a in came if not a.headers.get("content-type", "").startswith("text/html")}
        self.witness.answers = came
        weight = self.witness.weight()
        assert weight > 0
        if not is_first:
            self.figures.weights.append((weight, self.page.url))

    def _axe(self) -> list[str]:
        page = self.page if self.scripts else self._twin()
        bring_axe(page)
        return [said(barrier) for barrier in barriers(page)]

    def _twin(self) -> Page:
        """The same document in a browser where axe may run, and no script of the page."""
        address, document = self.page.url, self.page.content()
        self.twin.unroute_all()
        self.twin.route("**/*", lambda route: self._serve(route, address, document))
        self.twin.goto(address)
        return self.twin

    @staticmethod
    def _serve(route: Route, address: str, document: str) -> None:
        if route.request.url == address:
            route.fulfill(body=document, content_type="text/html; charset=utf-8")
        elif route.request.resource_type == "script":
            route.abort()
        else:
            route.continue_()
