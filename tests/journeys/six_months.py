"""Three people on their way through six months of one duo: mentee, mentor, coordinator, and their post."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.journeys import people
from tests.journeys.desk import HOME, Desk
from tests.journeys.travel import Travelling
from tests.journeys.walk import Walk
from traboule.apps.messages.kinds import kind_or_none

# The names of the pair come from the seed of the demo; how they are reached is set on their pages.
MENTEE, MENTOR = "oumou@post.example", "mentor@post.example"
FIRST_CHOICE = "Oumou"
PLACE = "Médiathèque de la Part-Dieu"


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail in the mailbox of the demo."""

    key: str
    subject: str
    body: str


def plain(text: str) -> str:
    """French sets narrow blanks before its colons; here every blank is one."""
    return re.sub(r"\s+", " ", text)


class Post:
    """The mailbox of the demo: what people would have received, newest first."""

    def __init__(self, var: Path) -> None:
        self.folder = var / "mailbox"

    def of(self, address: str, kind: str, language: str) -> list[Mail]:
        """Mails of one kind to one address, found by their subject."""
        found = kind_or_none(kind)
        assert found is not None
        with translation.override(language):
            parts = re.split(r"%\(\w+\)s", plain(str(found.subject)))
        wanted = re.compile(".+".join(re.escape(part) for part in parts))
        said = [(file.stem, json.loads(file.read_text("utf-8"))) for file in self.folder.glob("*.json")]
        mails = [
            Mail(key, one["subject"], one["body"])
            for key, one in sorted(said, reverse=True)
            if one["to"] == [address] and wanted.fullmatch(plain(one["subject"]))
        ]
        return mails

    def link(self, address: str, kind: str, language: str) -> str:
        """The path of the link in the newest of them."""
        mails = self.of(address, kind, language)
        assert mails, f"{address} has no mail {kind}"
        mail = mails[0]
        found = re.search(r"https?://[^/\s]+(/l/\S+)", mail.body)
        assert found is not None, mail.body
        return found.group(1)


class Reader:
    """Mentee or mentor: a browser, an address, and the pages that a link opens."""

    def __init__(self, walk: Walk, address: str, post: Post) -> None:
        self.walk, self.page, self.address, self.post = walk, walk.page, address, post
        self.place = ""

    def mails(self, kind: str) -> list[Mail]:
        return self.post.of(self.address, kind, self.walk.language)

    def open(self, kind: str) -> None:
        """Open the link of the newest message of a kind."""
        self.walk.open(self.post.link(self.address, kind, self.walk.language))

    def home(self) -> None:
        """Open the own place by the newest link that leads there."""
        self.walk.open(self.place)

    def renew(self) -> None:
        """After three months the link has ended: its page sends a new one, to the same mailbox."""
        witness = self.walk.witness
        self.home()
        assert witness.failures == [f"410 {self.page.url}"]
        witness.failures.clear()
        witness.complaints.clear()  # the browser's own word about the same answer
        self.walk.go_on()

    def press(self, what: Locator | str) -> None:
        self.walk.press(what)

    def act(self, value: str) -> None:
        """Press the button of that value."""
        self.press(f'main form button[name=act][value="{value}"]')

    def go(self, shown: str) -> None:
        """Follow the link of the place to one of its pages, unfolding what hides it."""
        link = self.page.locator(f'main a[href*="show={shown}"]').first
        if not link.is_visible():
            link.locator("xpath=ancestor::details[1]").locator("summary").click()
        self.press(link)

    def plan(self, page: str) -> None:
        self.press(f'main a[href*="plan={page}"]')

    def choose(self, name: str, *values: str) -> None:
        """Radios and boxes, by the value; the mark that is pressed stands over the input."""
        for value in values:
            self.page.check(f'main [name="{name}"][value="{value}"]', force=True)

    def log_met(self, minutes: int, *served: str) -> None:
        """The log on screen: met, how long, what for."""
        self.choose("outcome", "met")
        self.choose("minutes", str(minutes))
        self.choose("served", *served)
        self.save_log()

    def save_log(self) -> None:
        self._send_log()
        self.walk.look()

    def _send_log(self) -> None:
        """With scripts the page itself shows the answer; without, the answer is another page."""
        save = self.page.locator("main form.log button[type=submit]").first
        if self.walk.scripts:
            save.click()
            expect(self.page.locator("main form.log")).to_have_count(0)
        else:
            with self.page.expect_navigation():
                save.click()

    def log_from_place(self, minutes: int, *served: str) -> None:
        """My place, "say it in 20 seconds", saved."""
        self.home()
        self.go("log&meeting=")
        self.log_met(minutes, *served)

    def log_quietly(self, most: int, *served: str) -> None:
        """The same for what waits on the place, without a look at pages that were looked at before."""
        page = self.page
        for _number in range(most):
            page.goto(self.place)
            waiting = page.locator('main a[href*="show=log&meeting="]')
            if not waiting.count():
                break
            page.goto(f"{self.place}{waiting.last.get_attribute('href')}")
            self.choose("outcome", "met")
            self.choose("minutes", "120")
            self.choose("served", *served)
            self._send_log()
        self.walk.witness.answers = []

    def move_next(self) -> None:
        """Two taps: move it, and one of three times."""
        self.home()
        fold = self.page.locator("main details.move").first
        fold.locator("summary").click()
        self.press(fold.locator("button[name=to]"))

    def answer_check_in(self, *answers: str) -> None:
        self.open("checkin.asked")
        for number, said in enumerate(answers):
            self.page.fill(f"[name=answer_{number}]", said)
        self.act("check-in")

    def answer_pulse(self, mark: int) -> None:
        self.open("pulse.asked")
        rows = self.page.locator("main fieldset")
        for row in rows.all():
            row.locator(f'input[value="{mark}"]').check(force=True)
        self.walk.go_on()

    def sign(self, name: str) -> None:
        """The agreement by the link of its message: name typed, sentence ticked."""
        self.open("agreement.sign")
        self.page.fill("[name=name]", name)
        self.page.check("[name=agrees]")
        self.act("sign")


class Team(Desk):
    """The coordinator, who signs in again whenever the session has ended meanwhile."""

    def __init__(self, page: Page, name: str, pictures: object, travel: Travelling) -> None:
        self.travel, self.name = travel, name
        super().__init__(page, name, pictures)  # type: ignore[arg-type]  # Pictures
        self.duo = ""

    def see(self, address: str) -> None:
        """Open a page of the team; after weeks away that asks for signing in."""
        self.page.goto(address)
        if "/accounts/login/" in self.page.url:
            people.sign_in(self.page, self.name)
            people.speak(self.page, "fr")
            self.page.goto(address)
        self.picture()

    def reach_by_mail(self, href: str, email: str, language: str) -> str:
        """Write down on the page of a person how they wish to hear from us; return their full name."""
        page = self.page
        page.goto(f"{href}edit/")
        page.fill("[name=email]", email)
        page.select_option("main [name=channel]", "email")
        page.select_option("main [name=contact_language]", language)
        given, family = (page.input_value(f"main [name={part}_name]") for part in ("first", "last"))
        self.press(page.locator("main form:has([name=contact_language]) button[type=submit]").last)
        return f"{given} {family}"

    def choose_pair(self, language: str) -> tuple[str, str, str]:
        """From the matching table to a proposal; the names of the two and its address."""
        page = self.page
        self.see(f"{HOME}/table/")
        offered = ".option:has(.button:not(.secondary)) .button"
        rows = page.locator(".mentee-row", has=page.locator(offered))
        named = rows.filter(has_text=FIRST_CHOICE)
        self.press((named if named.count() else rows).first.locator(offered).first)
        option = page.url
        hrefs = page.locator(f'main a[href^="{HOME}/people/"]').evaluate_all(
            "all => all.map(one => one.getAttribute('href'))"
        )
        mentee = self.reach_by_mail(hrefs[0], MENTEE, language)
        mentor = self.reach_by_mail(hrefs[1], MENTOR, "fr")
        page.goto(option)
        page.fill("textarea[name=reason]", "Même métier, et tous deux libres le jeudi soir.")
        self.picture()
        self.press("main form:has(textarea[name=reason]) button")
        return mentee, mentor, page.url

    def tell(self, proposal: str) -> None:
        """Read what is told to whoever is asked next, and send it."""
        self.see(proposal)
        self.press('main a[href*="/send/"]')
        if self.page.locator("[name=agreed]").count():
            self.page.check("[name=agreed]")
        self.picture()
        self.send("main form.card")
        self.travel.work()

    def see_duo(self) -> None:
        self.see(self.duo)

    def book_first_meeting(self, day: date) -> None:
        page = self.page
        self.see_duo()
        self.press('main a[href$="/first-meeting/"]')
        page.fill("[name=day]", day.isoformat())
        page.fill("[name=hour]", "10:00")
        self.picture()
        self.send("main form.card")
        self.travel.work()

    def write_agreement(self) -> None:
        """The draft, the text in two languages, fixed and sent for signature."""
        page = self.page
        self.see_duo()
        self.press('main a[href$="/agreement/"]')
        page.fill("[name=place]", PLACE)
        page.select_option("[name=weekday]", "3")
        self.picture()
        self.send("main form.card")
        self.press('main form button[value="send"]')
        self.picture()
        self.travel.work()

    def sign_here(self) -> None:
        """The third signature, on the screen of the team."""
        page = self.page
        self.press('main a[href$="/sign/"]')
        page.fill("[name=name]", self.name)
        page.check("[name=agrees]")
        self.send("main form:has([name=agrees])")
        self.picture()
        self.travel.work()


@dataclass
class Months:
    """The clock, the three and what they read."""

    travel: Travelling
    mentee: Reader
    mentor: Reader
    team: Team
    began: date
    names: tuple[str, str] = ("", "")

    def after(self, days: int, hour: int = 9) -> None:
        """Jump to a day of the duo: 0 is the day of the two yes."""
        self.travel.to(self.began + timedelta(days=days), hour)


def next_monday(today: date) -> date:
    return today + timedelta(days=7 - today.weekday())


OpenPage = Callable[..., Page]
