"""Asking to join on a small phone without JavaScript; a note that survives the end of a session with it."""

from playwright.sync_api import Page, expect

from tests.journeys import people
from tests.journeys.barriers import barriers, bring_axe
from tests.journeys.conftest import OpenPage
from tests.journeys.witness import Witness

START = f"/apply/{people.BRANCH}/mentee/"
HEAVIEST_PAGE = 60_000


def go_on(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form button[type=submit]").first.click()


def test_a_mentee_applies_on_a_small_phone_without_scripts(open_page: OpenPage, site: str) -> None:
    page = open_page(width=375, language="en", scripts=False)
    witness = Witness(page, site)
    page.goto(START)
    with page.expect_navigation():
        page.locator("main a.button").first.click()
    for name, typed in (("first_name", "Selam"), ("last_name", "Tesfay"), ("birth_date", "31/02/2003")):
        page.fill(f"[name={name}]", typed)
    go_on(page)
    expect(page.locator("#errors a")).to_have_count(1)
    page.fill("[name=birth_date]", "20/03/2003")
    go_on(page)
    page.check("[name=channel][value=sms]")
    page.fill("[name=phone]", "06 39 98 12 34")
    page.select_option("[name=contact_language]", "ti")
    go_on(page)
    page.fill("[name=postcode]", "69009")
    page.fill("[name=language_1]", "French")
    page.select_option("[name=level_1]", "3")
    go_on(page)
    page.check("[name=no_plan]")
    go_on(page)
    page.check("[name=slots][value='0']")
    go_on(page)
    page.check("[name=programme]")
    go_on(page)
    go_on(page)
    expect(page.locator("h1")).to_have_text("Thank you, Selam.")
    assert witness.elsewhere == []
    assert [line.split()[0] for line in witness.failures] == ["422"]  # the day that does not exist


def test_each_page_of_the_application_is_light_and_open_to_everybody(open_page: OpenPage, site: str) -> None:
    first = open_page(width=375, language="en")
    known = Witness(first, site)
    first.goto(START, wait_until="networkidle")
    page = first.context.new_page()
    witness = Witness(page, site)
    page.goto(f"{START}who/", wait_until="networkidle")
    here_already = {answer.url for answer in known.answers}  # fonts, style: the browser keeps them
    witness.answers = [answer for answer in witness.answers if answer.url not in here_already]
    assert 0 < witness.weight() <= HEAVIEST_PAGE
    bring_axe(page)
    assert barriers(page) == []


def test_what_is_typed_into_a_note_is_kept_by_itself_and_back_after_signing_in(open_page: OpenPage) -> None:
    page = open_page(language="en")
    people.sign_in(page, people.COORDINATOR)
    page.goto(f"/b/{people.BRANCH}/people/")
    page.locator("table.people tbody th a").first.click()
    page.wait_for_load_state()
    where = page.url
    form = page.locator("form[data-draft]")
    if not form.is_visible():
        page.locator("details:has(form[data-draft]) > summary").click()
    with page.expect_response(lambda answer: answer.url.endswith("/drafts/") and answer.ok, timeout=20_000):
        form.locator("textarea").press_sequentially("A long talk.")
    page.context.clear_cookies()  # the session is over
    people.sign_in(page, people.COORDINATOR)
    page.goto(where)
    expect(page.locator("form[data-draft] textarea")).to_have_value("A long talk.")
    expect(page.locator("form[data-draft]")).to_be_visible()
