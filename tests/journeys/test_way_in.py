"""The whole way in: a mentee from the public page to the news while they wait, a mentor to the matching table.

Each page that they read themselves is examined: nothing from elsewhere, light, no barrier, no sideways scroll.
"""

import os
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import OpenPage
from tests.journeys.desk import Desk
from tests.journeys.server import Running
from tests.journeys.walk import HEAVIEST_PAGE, Figures, Pictures, Walk

AT = f"/at/{people.BRANCH}/"
# In a demo that runs for longer, each run brings somebody else.
AGAIN = uuid4().hex[:5] if os.environ.get("TRABOULE_TEST_SITE") else ""


@pytest.fixture(scope="module")
def figures(record_testsuite_property: Callable[[str, object], None]) -> Iterator[Figures]:
    found = Figures()
    yield found
    record_testsuite_property("way_in_pages", found.pages)
    record_testsuite_property("way_in_axe_violations", len(found.violations))
    record_testsuite_property("way_in_heaviest_kb", round(found.heaviest / 1000, 1))


def sound(walk: Walk) -> None:
    """What holds on every page of a way."""
    assert walk.figures.violations == []
    assert walk.witness.elsewhere == []
    assert walk.witness.failures == []
    assert walk.witness.complaints == []
    assert [found for found in walk.figures.weights if found[0] > HEAVIEST_PAGE] == []


def apply(walk: Walk, side: str, given: str, family: str, born: str, email: str) -> None:
    """From the public page of the branch to the thanks."""
    page = walk.page
    walk.open(AT)
    walk.press(f'main a.way[href$="/{side}/"]')
    walk.press('main a.button[href*="/apply/"]')
    walk.press("main a.button")
    for name, typed in (("first_name", given), ("last_name", family), ("birth_date", born)):
        page.fill(f"[name={name}]", typed)
    walk.go_on()
    page.check("[name=channel][value=email]")
    page.fill("[name=email]", email)
    page.select_option("[name=contact_language]", walk.language)
    walk.go_on()
    page.fill("[name=postcode]", "69009")
    page.fill("[name=language_1]", "Français")
    page.select_option("[name=level_1]", "3" if side == "mentee" else "6")
    walk.go_on()
    page.check("[name=no_plan]")
    walk.go_on()
    page.check("[name=slots] >> nth=0")
    walk.go_on()
    page.check("[name=programme]")
    walk.go_on()
    walk.go_on()
    expect(page.locator("h1")).to_contain_text(given)
    expect(page).to_have_url(re.compile("/thank-you/"))


def book(walk: Walk, side: str, given: str, family: str, email: str) -> None:
    """From the public page to a place at an information session."""
    page = walk.page
    walk.open(f"{AT}{side}/")
    walk.press(f'main a[href*="/sessions/{people.BRANCH}/"]')
    if not page.locator('main form button[value="book"]').count():  # the next one is full
        walk.open(f"/sessions/{people.BRANCH}/?as={side}")
        walk.press("main article a.button:not(.secondary)")
    page.fill("[name=first_name]", given)
    page.fill("[name=last_name]", family)
    page.fill("[name=email]", email)
    if page.locator("[name=side]").count():
        page.check(f"[name=side][value={side}]")
    page.select_option("main select[name=language]", walk.language)
    walk.press('main form button[value="book"]')
    expect(page).to_have_url(re.compile("/l/"))


def test_a_mentee_comes_in_on_a_small_phone_in_arabic_without_scripts(
    open_page: OpenPage, running: Running, figures: Figures
) -> None:
    given, family = "Rim", f"Haddad{AGAIN}"
    name, email = f"{given} {family}", f"rim.haddad{AGAIN}@post.example"
    pictures = Pictures("mentee")
    phone = open_page(width=375, language="ar", scripts=False)
    walk = Walk(phone, running.address, pictures, figures, "ar", open_page(width=375, language="ar"))
    assert not walk.scripts
    apply(walk, "mentee", given, family, "20/03/2003", email)
    book(walk, "mentee", given, family, email)

    desk = Desk(open_page(), people.COORDINATOR, pictures)
    desk.find_application(name)
    desk.plan_talk()
    talk = desk.page.url
    walk.open(desk.link(name, "talk.planned"))
    desk.page.goto(talk)
    desk.hold_talk("A travaillé deux ans dans une boulangerie.")
    walk.open(desk.link(name, "talk.notes_shared"))
    desk.find_application(name)
    desk.accept()

    running.work_once()
    own = desk.link(name, "pool.entered")
    desk.picture()
    promised = desk.page.locator(".message-text").inner_text()
    walk.open(own)
    day = phone.locator(".news strong").inner_text()
    assert day in promised
    for shown in ("written", "hear"):
        walk.press(f'main a[href="?show={shown}"]')
        walk.open(own)
    sound(walk)
