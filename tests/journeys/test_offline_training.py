"""Who came to a half-day of the training: the same list, in the same basement."""

from playwright.sync_api import expect

from tests.journeys import people
from tests.journeys.conftest import OpenPage
from tests.journeys.test_offline_attendance import Phone

SITTINGS = f"/b/{people.BRANCH}/training/sessions/"
GONE_BY = f"{SITTINGS}?past=1"


def phone_of(open_page: OpenPage, name: str, number: int = -1) -> Phone:
    return Phone(open_page(width=375), name, number, at=SITTINGS, ask=GONE_BY)


def other_than(state: str | None) -> str:
    return "missed" if state == "present" else "present"


def test_a_half_day_is_marked_without_a_network_sent_once_and_leaves_nothing_behind(
    open_page: OpenPage,
) -> None:
    phone = phone_of(open_page, people.COORDINATOR)
    names = phone.names()
    assert names
    wanted = [other_than(phone.marked(row)) for row in range(2)]
    phone.offline(True)
    phone.says("No signal")
    for row, state in enumerate(wanted):
        phone.mark(row, state)
    phone.says("not sent yet: 2")
    assert phone.sent == []
    phone.page.reload()  # the phone closed the page meanwhile
    phone.ready()
    assert [phone.marked(row) for row in range(2)] == wanted
    phone.offline(False)
    phone.says("Everything is sent")
    keys = [row["key"] for body in phone.sent for row in body["rows"]]
    assert len(keys) == len(set(keys)) == 2
    assert phone.holds(names) == []
    assert [text for text in phone.kept() if text.startswith(("local ", "database "))] == []
    phone.open()
    assert [phone.marked(row) for row in range(2)] == wanted


def test_a_colleague_who_marked_otherwise_is_named_and_a_human_decides(open_page: OpenPage) -> None:
    phone = phone_of(open_page, people.COORDINATOR)
    other = phone_of(open_page, "Mehdi Benali", phone.number)
    first, second = ("excused", "missed") if phone.marked(3) == "present" else ("present", "excused")
    phone.offline(True)
    phone.mark(3, first)
    other.mark(3, second)
    other.says("Everything is sent")
    other.emptied()
    phone.offline(False)
    phone.says("decide")
    row = phone.page.locator("li[data-subject] >> nth=3")
    expect(row).to_contain_text("Mehdi Benali")
    row.get_by_role("button", name="Mine is right").click()
    phone.says("Everything is sent")
    other.open()
    assert other.marked(3) == first
