"""One browser and one demo for all journeys of a run; people sign in with one click, as in the demo."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.journeys.server import Running, demo, stored

# Playwright keeps an event loop in this thread; nothing here touches the database of the tests.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=15_000)  # five seconds are short where four browsers share two cores

QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-domain-reliability",
    "--disable-sync",
    "--no-first-run",
    "--disable-features=OptimizationHints,MediaRouter,Translate",
)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A demo that belongs to this process alone. Loading takes a minute: it is done once and copied."""
    with demo(tmp_path_factory.mktemp("demo"), stored(tmp_path_factory)) as served:
        yield served


@pytest.fixture(scope="session")
def site(running: Running) -> str:
    """Its address."""
    return running.address


@pytest.fixture(scope="session")
def real_browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(QUIET))
        yield browser
        browser.close()


OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(real_browser: Browser, site: str) -> Iterator[OpenPage]:
    """A page of a visitor of its own: `open_page(width=375, language="fr", scripts=False, state=…)`."""
    contexts: list[BrowserContext] = []

    def opened(
        *, width: int = 1280, language: str = "fr", scripts: bool = True, state: Path | None = None
    ) -> Page:
        context = real_browser.new_context(
            base_url=site,
            viewport={"width": width, "height": 812 if width < 700 else 900},
            locale=f"{language}-{'FR' if language == 'fr' else 'GB'}",
            java_script_enabled=scripts,
            storage_state=state,
            reduced_motion="reduce",
        )
        context.set_default_timeout(30_000)
        contexts.append(context)
        return context.new_page()

    yield opened
    for context in contexts:
        context.close()
