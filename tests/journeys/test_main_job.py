"""The main job, from the door to the duo: sign in by e-mailed code, today, the matching table, a trial, a
proposal with a written reason, yes, yes. With JavaScript on a wide screen, and without it on a phone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.journeys import people
from tests.journeys.conftest import OpenPage
from tests.journeys.witness import Witness

REASON = "Same trade, and both are free on Tuesday evenings."


def press(page: Page, button: Locator) -> None:
    """Click and wait for the page that answers, whether it comes whole or as a part."""
    button.click()
    page.wait_for_load_state()


def sign_in_with_a_code(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.locator("main input[type=email]").fill(email)
    press(page, page.locator("main form button[type=submit]").first)
    mails = page.context.new_page()
    mails.goto("/mails/")
    code = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", mails.locator("main").inner_text())
    mails.close()
    assert code is not None
    page.locator("main input[name=code]").fill(code.group())
    press(page, page.locator("main form button[type=submit]").first)


def answer_yes(page: Page, who: str) -> None:
    form = page.locator("main form", has=page.locator(f'input[name="who"][value="{who}"]'))
    form.locator('input[name="answer"][value="yes"]').check()
    press(page, form.locator("button[type=submit]"))


@pytest.mark.parametrize(
    ("scripts", "width", "email"),
    [(True, 1280, "claire@demo.traboule.example"), (False, 375, "mehdi@demo.traboule.example")],
    ids=["with scripts, wide", "without scripts, on a phone"],
)
def test_a_coordinator_signs_in_and_makes_a_duo(
    scripts: bool, width: int, email: str, open_page: OpenPage, site: str
) -> None:
    page = open_page(width=width, scripts=scripts)
    witness = Witness(page, site)

    sign_in_with_a_code(page, email)
    expect(page).to_have_url(re.compile(rf"/b/{people.BRANCH}/today/"))

    page.goto(f"/b/{people.BRANCH}/table/")
    trial = page.locator('main a[href*="/changes/"]').first
    trial_address = str(trial.get_attribute("href"))
    page.goto(trial_address)
    expect(page.locator("main dl").first).to_be_visible()  # duos before and after

    page.goto(trial_address.split("changes/")[0])
    page.locator("textarea[name=reason]").fill(REASON)
    press(page, page.locator("main form", has=page.locator("textarea[name=reason]")).locator("button").first)
    expect(page).to_have_url(re.compile(r"/proposals/\d+/"))
    expect(page.locator("main")).to_contain_text(REASON)

    answer_yes(page, "mentee")
    answer_yes(page, "mentor")
    expect(page).to_have_url(re.compile(r"/duos/\d+/"))
    expect(page.locator("main")).to_contain_text(REASON)

    assert witness.elsewhere == []
    assert witness.failures == []
    assert witness.complaints == []


def test_a_reason_of_one_word_is_refused_and_what_was_typed_is_kept(open_page: OpenPage) -> None:
    page = open_page()
    people.sign_in(page, people.COORDINATOR)
    page.goto(f"/b/{people.BRANCH}/table/")
    trial = str(page.locator('main a[href*="/changes/"]').last.get_attribute("href"))
    page.goto(trial.split("changes/")[0])
    form = page.locator("main form", has=page.locator("textarea[name=reason]")).first
    form.evaluate("form => { form.noValidate = true; }")
    form.locator("textarea").fill("because")
    press(page, form.locator("button").first)
    expect(page.locator("textarea[name=reason]").first).to_have_value("because")
    expect(page.locator("textarea[name=reason]").first).to_have_attribute("aria-invalid", "true")


def test_the_skip_link_is_the_first_stop_of_the_keyboard(open_page: OpenPage) -> None:
    page = open_page()
    people.sign_in(page, people.COORDINATOR)
    page.goto(f"/b/{people.BRANCH}/today/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
