"""The whole way in: a mentee from the public page to the waiting news, a mentor to the matching table.

Each page that they read is examined: nothing from elsewhere, light, no barrier, no sideways scroll.
"""

import os
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import pytest
from django.utils import translation
from django.utils.translation import gettext
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import OpenPage
from tests.journeys.desk import HOME, Desk
from tests.journeys.server import Running
from tests.journeys.walk import HEAVIEST_PAGE, Figures, Pictures, Walk
from tests.journeys.witness import sideways

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
    hear_news(walk, running, own, email)
    sound(walk)


def hear_news(walk: Walk, running: Running, own: str, email: str) -> None:
    """On the promised day the news is in the mailbox, in Arabic; it names the next day, as my place does."""
    with translation.override("ar"):
        subject = gettext("We still look for a mentor for you")
    running.day_of_news(email)
    phone = walk.page
    phone.goto("/mails/")
    mail = phone.locator("#mails article", has_text=email).filter(has_text=subject)
    expect(mail).to_have_count(1)
    expect(mail.locator(".mail")).to_have_css("direction", "rtl")
    assert sideways(phone) == 0
    walk.pictures.take_part(mail)
    text = mail.locator(".mail").inner_text()
    assert re.search("[\u0600-\u06ff]{3,}", text)
    walk.open(own)
    assert phone.locator(".news strong").inner_text() in text


def give_reference(walk: Walk, address: str) -> None:
    """What a referee does: no account, three questions, once."""
    walk.open(address)
    walk.page.check("[name=known][value=over_5]")
    walk.page.check("[name=trust][value=yes]")
    walk.page.fill("[name=text]", "Patiente, ponctuelle, à l’écoute.")
    walk.press('main form button[value="answer"]')
    expect(walk.page.locator("main form")).to_have_count(0)


def mentors_ready(desk: Desk) -> int:
    """How many mentors the matching table counts after it has been computed again."""
    desk.page.goto(f"{HOME}/table/")
    again = desk.page.locator('main form[action$="/table/run/"] button')
    if again.count():
        desk.page.locator('main form[action$="/table/run/"]').first.evaluate("form => form.submit()")
        desk.page.wait_for_load_state()
        expect(desk.page.locator("main h1")).to_be_visible()
    lede = desk.page.locator("main .lede").first.inner_text()
    found = re.findall(r"\d+", lede)
    assert found, lede
    return int(found[1])


def screen(desk: Desk, second: Desk, referee: Walk, path: str) -> None:
    """Identity seen, two references given through their links, the extract seen by two people."""
    desk.page.goto(path)
    desk.note_identity()
    for who in ("Jeanne Roux", "Paul Petit"):
        email = f"{who.split()[0].lower()}{AGAIN}@post.example"
        desk.ask_reference(who, email)
        give_reference(referee, desk.link(email, "reference.ask", known=False))
        desk.page.goto(path)
    desk.ask_and_see_check()
    desk.picture()
    second.page.goto(path)
    second.press('main a[href$="/approve/"]')
    second.press('main form button[value="yes"]')
    second.picture()


def test_a_mentor_comes_in_on_a_tablet_and_is_ready_for_the_table(
    open_page: OpenPage, running: Running, figures: Figures
) -> None:
    given, family = "Anne", f"Lacombe{AGAIN}"
    name, email = f"{given} {family}", f"anne.lacombe{AGAIN}@post.example"
    pictures = Pictures("mentor")
    walk = Walk(open_page(width=768), running.address, pictures, figures, "fr")
    referee = Walk(open_page(width=768), running.address, pictures, figures, "fr")
    apply(walk, "mentor", given, family, "14/02/1961", email)

    desk = Desk(open_page(), people.COORDINATOR, pictures)
    second = Desk(open_page(), "Mehdi Benali", pictures)
    before = mentors_ready(desk)
    desk.find_application(name)
    application = desk.page.url
    desk.plan_talk()
    talk = desk.page.url
    walk.open(desk.link(name, "talk.planned"))
    desk.page.goto(talk)
    desk.hold_talk("Trente ans de cuisine, dont dix comme cheffe.")
    walk.open(desk.link(name, "talk.notes_shared"))

    desk.page.goto(application)
    desk.press('#readiness a[href*="/training/mentors/"]')
    path = desk.page.url
    screen(desk, second, referee, path)
    desk.page.goto(application)
    desk.accept()
    second.page.goto(desk.page.url)
    second.press('main form[action$="/approve/"] button')
    second.picture()

    train(desk, walk, name, path)
    desk.page.goto(path)
    desk.press('main a[href$="/ready/"]')
    desk.picture()
    desk.press("main form button[type=submit]")
    expect(desk.page).to_have_url(path)
    expect(desk.page.locator('main a[href$="/ready/"]')).to_have_count(0)
    desk.picture()

    desk.page.goto(f"{HOME}/people/?text={family}")
    expect(desk.page.locator("table.people tbody tr")).to_have_count(1)
    expect(desk.page.locator("table.people tbody tr")).to_contain_text("prêt")
    desk.picture()
    assert mentors_ready(desk) == before + 1
    desk.picture()
    running.work_once()
    walk.open(desk.link(name, "pool.entered_mentor"))
    assert walk.page.locator(".news strong").inner_text() in desk.page.locator(".message-text").inner_text()
    sound(walk)
    sound(referee)


def train(desk: Desk, walk: Walk, name: str, path: str) -> None:
    """A date chosen by the mentor's own link; then every half-day, held today."""
    desk.page.goto(path)
    desk.press('main form[action$="/dates/"] button')
    walk.open(desk.link(name, "training.choose"))
    walk.page.check("[name=dates] >> nth=0")
    walk.go_on()
    desk.page.goto(f"{HOME}/training/sessions/new/")
    found = desk.page.locator("[name=what] option").evaluate_all("all => all.map(one => one.value)")
    modules = [value for value in found if value.startswith("module-")]
    assert len(modules) == 8
    for module in modules:
        desk.train(name, module)
    desk.picture()
    walk.open(desk.link(name, "training.feedback"))
    walk.page.check("[name=useful] >> nth=2")
    walk.page.check("[name=pace] >> nth=1")
    walk.page.check("[name=recommends][value=yes]")
    walk.go_on()
    desk.page.goto(path)
    desk.picture()
