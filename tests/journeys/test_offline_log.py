"""The log of a meeting in a basement: written without a network, kept on the phone, sent exactly once."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import OpenPage
from tests.journeys.logs import MENTOR as PATRICK
from tests.journeys.logs import READY, LogPhone, counted, forget_after, links, started
from tests.journeys.server import Running
from tests.journeys.witness import Witness

UNPLANNED = "/me/?show=log"
EACH, BY_LINK = 42, 8


@pytest.fixture
def before(running: Running) -> Iterator[dict[str, Any]]:
    found = counted(running)
    yield found
    forget_after(running, found["last"])


def phone_of(open_page: OpenPage, name: str) -> LogPhone:
    page = people.sign_in(open_page(width=375), name)
    people.speak(page, "en")
    return LogPhone(page)


def by_link(open_page: OpenPage, running: Running, where: str) -> LogPhone:
    page = open_page(width=375, language="en")
    page.context.add_cookies([{"name": "language", "value": "en", "url": running.address}])
    return LogPhone(page).open(where)


def write_down(phone: LogPhone, day: date) -> None:
    phone.page.fill('[name="day"]', day.isoformat())
    phone.choose("minutes", "other")
    phone.page.select_option('[name="other_minutes"]', "15")
    phone.save()
    phone.page.get_by_role("button", name="Write down another one").click()


def emptied(phone: LogPhone, patience: int = 120) -> None:
    for _ in range(patience * 4):
        if not phone.waiting():
            return
        phone.page.wait_for_timeout(250)
    raise AssertionError(f"{len(phone.waiting())} logs still wait")


def nothing_personal(phone: LogPhone, *words: str) -> None:
    """No log, no page and no word of it is left in the browser; scripts and styles may stay."""
    expect(phone.page.locator("[data-log-kept] [data-status]")).to_contain_text("Nothing is kept")
    kept = phone.kept()
    # Styles and scripts, and the last address that the demo's list of people left behind.
    harmless = ("cache traboule-log-assets", "session htmx-current-path-for-history")
    assert [text[:120] for text in kept if not text.startswith(harmless)] == []
    assert [text[:120] for text in kept for word in words if word in text] == []


def test_a_hundred_logs_made_without_a_network_are_each_sent_exactly_once(
    open_page: OpenPage,
    running: Running,
    before: dict[str, Any],
    record_testsuite_property: Callable[[str, object], None],
) -> None:
    first = date.fromisoformat(started(running))
    both = [phone_of(open_page, name).open(UNPLANNED) for name in (people.MENTEE, PATRICK)]
    for phone in both:
        phone.offline(True)
        for number in range(EACH):
            write_down(phone, first + timedelta(days=3 * number))
        phone.says(f"not sent yet: {EACH}")
    opened = [
        by_link(open_page, running, where)
        for side in ("mentor", "mentee")
        for where in links(running, side, BY_LINK)[:: 1 if side == "mentor" else -1]
    ]
    for phone in opened:
        phone.offline(True)
        phone.choose("outcome", "met")
        phone.choose("minutes", "60")
        phone.save()
        phone.says("not sent yet: 1")
    phones = [*both, *opened]
    keys = [row["key"] for phone in phones for row in phone.waiting()]
    assert len(set(keys)) == len(keys) == 2 * (EACH + BY_LINK) == 100
    assert [phone.sent for phone in phones if phone.sent] == []
    assert not set(keys) & set(counted(running)["keys"])

    for phone in phones:
        phone.lose_answers(every=5 if phone in both else 1)
        phone.offline(False)
    for phone in phones:
        emptied(phone)
    after = counted(running)
    assert sorted(set(after["keys"]) - set(before["keys"])) == sorted(keys)
    assert after["entries"] - before["entries"] == 100
    assert after["meetings"] - before["meetings"] == 2 * EACH
    lost = sum(phone.lost for phone in phones)
    assert lost == 2 * (EACH // 5) + 2 * BY_LINK
    for phone in both:
        nothing_personal(phone, "Kateryna", "Patrick")
    for phone in opened:
        nothing_personal(phone, "Kateryna", "Patrick", phone.where)
    record_testsuite_property("logs_sent_once", len(keys))
    record_testsuite_property("logs_answers_lost", lost)


def test_a_page_opened_by_a_link_opens_again_without_a_network_and_forgets_everything(
    open_page: OpenPage, running: Running, site: str
) -> None:
    where = links(running, "mentee", 30)[-1]
    phone = by_link(open_page, running, where)
    witness = Witness(phone.page, site)
    phone.offline(True)
    phone.says("No signal")
    phone.page.reload()  # the phone closed the page meanwhile
    phone.page.wait_for_selector(READY, state="attached")
    phone.save()
    phone.says("Choose one of the three answers.")
    phone.choose("outcome", "missed")
    phone.choose("why_missed", "ill")
    phone.save()
    phone.says("not sent yet: 1")
    phone.page.reload()
    phone.page.wait_for_selector(READY, state="attached")
    expect(phone.page.locator("form[data-log]")).to_be_hidden()
    phone.page.get_by_role("button", name="Change it").click()
    phone.choose("outcome", "met")
    phone.choose("minutes", "90")
    phone.save()
    phone.offline(False)
    expect(phone.page.locator("h1")).to_contain_text("Thank you.", timeout=60_000)
    nothing_personal(phone, where)
    assert witness.elsewhere == []
    assert not [text for text in witness.complaints if "Content Security Policy" in text]
    again = by_link(open_page, running, where).page
    assert again.locator('[name="minutes"]:checked').get_attribute("value") == "90"


def test_what_was_written_on_another_way_meanwhile_is_shown_and_a_human_decides(
    open_page: OpenPage, running: Running
) -> None:
    where, second = links(running, "mentor", 32)[-2:]
    for address, decides in ((where, "Save"), (second, "Leave it as it was")):
        phone, other = by_link(open_page, running, address), by_link(open_page, running, address)
        phone.offline(True)
        phone.choose("outcome", "missed")
        phone.save()
        other.choose("outcome", "met")
        other.choose("minutes", "60")
        other.save()
        expect(other.page.locator("h1")).to_contain_text("Thank you.")
        phone.offline(False)
        expect(phone.page.locator("main")).to_contain_text("this was written down for you: Yes, we met · 1 h")
        phone.page.get_by_role("button", name=decides).click()
        emptied(phone)
        phone.says("Nothing is kept") if decides == "Save" else phone.page.wait_for_timeout(300)
        now = (
            by_link(open_page, running, address)
            .page.locator('[name="outcome"]:checked')
            .get_attribute("value")
        )
        assert now == ("missed" if decides == "Save" else "met")


def test_what_cannot_be_is_shown_with_what_was_typed_once_the_network_is_back(
    open_page: OpenPage, running: Running, before: dict[str, Any]
) -> None:
    phone = phone_of(open_page, people.MENTEE).open(UNPLANNED)
    phone.offline(True)
    write_down(phone, date.fromisoformat(started(running)) - timedelta(days=9))
    phone.offline(False)
    phone.says("must be looked at")
    phone.page.get_by_role("button", name="Look at it").click()
    expect(phone.page.locator("main")).to_contain_text("before your duo began")
    day = date.fromisoformat(started(running)) + timedelta(days=9)
    phone.page.fill('[name="day"]', day.isoformat())
    phone.save()
    expect(phone.page.locator("h1")).to_contain_text("Thank you.", timeout=60_000)
    emptied(phone)
    assert counted(running)["meetings"] - before["meetings"] == 1


def test_somebody_else_who_signs_in_on_this_phone_sends_nothing_in_their_name(
    open_page: OpenPage, running: Running, before: dict[str, Any]
) -> None:
    phone = phone_of(open_page, people.MENTEE).open(UNPLANNED)
    phone.offline(True)
    write_down(phone, date.fromisoformat(started(running)) + timedelta(days=10))
    phone.offline(True)
    page = phone.page
    page.context.clear_cookies()
    page.context.set_offline(False)
    phone.says("sign in again")
    people.sign_in(page, PATRICK)
    people.speak(page, "en")
    phone.open("/me/")
    phone.says("sign in again")
    assert len(phone.waiting()) == 1
    assert counted(running)["meetings"] == before["meetings"]
    page.context.clear_cookies()
    people.sign_in(page, people.MENTEE)
    people.speak(page, "en")
    phone.open("/me/")
    emptied(phone)
    assert counted(running)["meetings"] - before["meetings"] == 1
