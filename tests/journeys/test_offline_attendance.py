"""Who came, in a basement: marked without a network, sent once when it is back, conflicts asked."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, Request, expect

from tests.journeys import people
from tests.journeys.conftest import OpenPage
from tests.journeys.witness import Witness

LIST = f"/b/{people.BRANCH}/sessions/"
KEPT = """async () => {
  const texts = [];
  for (const [key, value] of Object.entries(localStorage)) texts.push(`local ${key} ${value}`);
  for (const [key, value] of Object.entries(sessionStorage)) texts.push(`session ${key} ${value}`);
  for (const database of await indexedDB.databases()) texts.push(`database ${database.name}`);
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const answer = await cache.match(request);
      texts.push(`cache ${name} ${request.url} ${await answer.text()}`);
    }
  }
  return texts;
}"""


class Phone:
    """A coordinator's phone with the list of the session ahead open, and what it sent."""

    def __init__(self, page: Page, name: str, number: int = -1, at: str = LIST, ask: str = LIST) -> None:
        self.page, self.at = page, at
        self.sent: list[Any] = []
        people.sign_in(page, name)
        people.speak(page, "en")
        if number < 0:
            page.goto(ask)
            found = re.findall(rf'{at}(\d+)/"', page.content())
            number = int(found[0])
        self.number = number
        page.on("request", self._asked)
        self.open()

    def _asked(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/attendance/rows/"):
            self.sent.append(request.post_data_json)

    def open(self) -> None:
        self.page.goto(f"{self.at}{self.number}/attendance/")
        self.ready()

    def ready(self) -> None:
        self.page.wait_for_selector("form[data-ready]", state="attached")

    def mark(self, row: int, state: str) -> None:
        self.page.locator(f'li[data-subject] >> nth={row} >> input[value="{state}"]').check()

    def marked(self, row: int) -> str | None:
        chosen = self.page.locator(f"li[data-subject] >> nth={row} >> input:checked")
        return chosen.get_attribute("value") if chosen.count() else None

    def offline(self, away: bool) -> None:
        self.page.context.set_offline(away)

    def says(self, text: str) -> None:
        expect(self.page.locator("[data-status]")).to_contain_text(
            text, timeout=25_000
        )  # a mark goes out again after a while

    def names(self) -> list[str]:
        return [name.strip() for name in self.page.locator("li[data-subject] legend bdi").all_inner_texts()]

    def kept(self) -> list[str]:
        texts: list[str] = self.page.evaluate(KEPT)
        return texts

    def emptied(self) -> None:
        """Wait until no mark waits to be sent."""
        for _ in range(50):
            if not [text for text in self.kept() if text.startswith("local ")]:
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("marks still wait")

    def holds(self, names: list[str]) -> list[str]:
        return [text[:120] for text in self.kept() for name in names if name in text]


@pytest.fixture
def phone(open_page: OpenPage) -> Phone:
    return Phone(open_page(width=375), people.COORDINATOR)


def test_marks_without_a_network_survive_a_restart_and_are_sent_once(phone: Phone, site: str) -> None:
    witness = Witness(phone.page, site)
    names = phone.names()
    assert names
    assert phone.holds(names) == []
    phone.offline(True)
    phone.says("No signal")
    phone.mark(0, "came")
    phone.mark(1, "missed")
    phone.mark(1, "came")
    phone.says("not sent yet: 2")
    assert phone.sent == []
    phone.page.reload()  # the phone closed the page meanwhile
    phone.ready()
    assert phone.names() == names
    assert (phone.marked(0), phone.marked(1)) == ("came", "came")
    phone.mark(2, "excused")
    phone.says("not sent yet: 3")
    queue = [text for text in phone.kept() if text.startswith("local ")]
    assert len(queue) == 1
    assert not any(name in queue[0] for name in names)

    phone.offline(False)
    phone.says("Everything is sent")
    keys = [row["key"] for body in phone.sent for row in body["rows"]]
    assert len(keys) == len(set(keys)) == 3
    assert phone.holds(names) == []
    assert [text for text in phone.kept() if text.startswith(("local ", "database "))] == []
    phone.open()
    assert [phone.marked(row) for row in range(3)] == ["came", "came", "excused"]
    assert witness.elsewhere == []
    assert not [text for text in witness.complaints if "Content Security Policy" in text]


def test_somebody_who_marked_otherwise_is_named_and_a_human_decides(
    phone: Phone, open_page: OpenPage
) -> None:
    other = Phone(open_page(width=375), "Mehdi Benali", phone.number)
    phone.offline(True)
    phone.mark(4, "missed")
    phone.mark(5, "missed")
    other.mark(4, "came")
    other.says("Everything is sent")
    other.mark(5, "came")
    other.emptied()
    phone.offline(False)
    phone.says("decide")
    row = phone.page.locator("li[data-subject] >> nth=4")
    expect(row).to_contain_text("Mehdi Benali marked “came”")
    row.get_by_role("button", name="Mine is right").click()
    expect(row.locator("[data-conflict]")).to_be_empty()
    second = phone.page.locator("li[data-subject] >> nth=5")
    second.get_by_role("button", name="Theirs is right").click()
    phone.says("Everything is sent")
    assert phone.holds(phone.names()) == []
    other.open()
    assert (other.marked(4), other.marked(5)) == ("missed", "came")


def test_a_sign_in_that_ended_meanwhile_loses_no_mark(phone: Phone) -> None:
    phone.offline(True)
    phone.mark(6, "came")
    phone.says("not sent yet: 1")
    phone.page.context.clear_cookies()
    phone.offline(False)
    phone.says("sign in again")
    assert [text for text in phone.kept() if text.startswith("local ")]
    people.sign_in(phone.page, people.COORDINATOR)
    people.speak(phone.page, "en")
    phone.open()
    phone.says("Everything is sent")
    assert [text for text in phone.kept() if text.startswith("local ")] == []
    phone.open()
    assert phone.marked(6) == "came"


def test_without_scripts_the_plain_form_does_the_same(open_page: OpenPage) -> None:
    page = people.sign_in(open_page(width=375, scripts=False), people.COORDINATOR)
    page.goto(LIST)
    number = re.findall(rf'{LIST}(\d+)/"', page.content())[0]
    page.goto(f"{LIST}{number}/attendance/")
    page.locator('li[data-subject] >> nth=8 >> input[value="came"]').check()
    page.locator("form[data-attendance] button[type=submit]").click()
    page.wait_for_load_state()
    assert page.locator("li[data-subject] >> nth=8 >> input:checked").get_attribute("value") == "came"
