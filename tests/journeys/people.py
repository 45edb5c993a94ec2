"""Signing in and choosing a language the way people do it."""

import re

from playwright.sync_api import BrowserContext, Page

COORDINATOR = "Claire Vasseur"
DIRECTOR = "Agnès Morel"
OFFICER = "Nadia Ferhat"
REFERRER = "Élodie Perrin"
ADMINISTRATOR = "Thomas Leroy"
EVALUATOR = "Iris Lemaître"
# The demo's mentee who signs in; the seed of the demo names her.
MENTEE = "Kateryna Savchenko"
BRANCH = "lyon"


def sign_in(page: Page, name: str) -> Page:
    """One click on the list of invented people (demo only)."""
    page.goto("/demo/")
    page.get_by_role("button", name=re.compile(re.escape(name))).first.click()
    page.wait_for_load_state()
    return page


def speak(page: Page, language: str) -> Page:
    """Choose the language with the switch that stands on every page."""
    if page.locator("html").get_attribute("lang") != language:
        switch = page.locator(f'button[name="language"][value="{language}"]').first
        with page.expect_navigation():
            switch.evaluate("button => button.form.requestSubmit(button)")
    assert page.locator("html").get_attribute("lang") == language
    return page


def cookies_of(context: BrowserContext) -> str:
    return "; ".join(f"{cookie['name']}={cookie['value']}" for cookie in context.cookies())
