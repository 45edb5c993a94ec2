"""What the team does on its pages while somebody comes in: talks, decisions, messages."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation
from playwright.sync_api import Locator, Page, expect

from tests.journeys import people
from tests.journeys.walk import Pictures
from traboule.apps.messages.kinds import kind_or_none

HOME = f"/b/{people.BRANCH}"


class Desk:
    """One member of the team, signed in, in French."""

    def __init__(self, page: Page, name: str, pictures: Pictures) -> None:
        self.page, self.pictures = page, pictures
        people.sign_in(page, name)
        people.speak(page, "fr")

    @property
    def today(self) -> datetime:
        return datetime.now(ZoneInfo("Europe/Paris"))

    def press(self, what: Locator | str) -> None:
        found = self.page.locator(what) if isinstance(what, str) else what
        with self.page.expect_navigation():
            found.first.click()
        self.page.wait_for_load_state()

    def send(self, form: str = "main form:has(.actions)", button: str = "button[type=submit]") -> None:
        self.press(self.page.locator(form).first.locator(button))

    def picture(self) -> None:
        self.pictures.take(self.page)

    def find_application(self, name: str) -> None:
        """Arrivals, the name in the search, the page of the application."""
        page = self.page
        page.goto(f"{HOME}/applications/")
        page.fill("main [name=text]", name)
        page.locator("main [name=text]").press("Enter")
        row = page.locator("table.applications tbody tr")
        expect(row).to_have_count(1)
        expect(row).to_contain_text(name)
        self.picture()
        self.press(row.locator("th a"))
        self.picture()

    def plan_talk(self) -> None:
        """From the page of the application: a talk tomorrow at ten, on the phone."""
        page = self.page
        self.press('main a[href*="/talks/plan/"]')
        page.fill("[name=day]", (self.today + timedelta(days=1)).date().isoformat())
        page.fill("[name=hour]", "10:00")
        page.select_option("[name=way]", "phone")
        self.picture()
        self.send("main form.card")
        expect(page).to_have_url(re.compile(r"/talks/\d+/$"))

    def hold_talk(self, said: str) -> None:
        """From the page of the talk: who reads it, one answer, one scale; finished."""
        page = self.page
        page.check("[name=readers][value=shared]")
        self.press('form[action$="/begin/"] button[type=submit]')
        page.locator("#notes-form textarea").first.fill(said)
        page.locator('#notes-form input[type=radio][value="4"]').first.check()
        self.picture()
        self.press('#notes-form button[value="finish"]')
        expect(page.locator("main")).to_contain_text(said)
        self.picture()

    def accept(self) -> None:
        """From the page of the application: a yes, the letter read, decided."""
        page = self.page
        self.press('#decision a[href*="/decisions/"]')
        page.check("[name=outcome][value=accepted]")
        self.press("main form:has([name=outcome]) button[type=submit]")
        expect(page.locator("#letter")).to_be_visible()
        self.picture()
        self.press('#letter button[value="decide"]')
        expect(page.locator("#letter")).to_have_count(0)
        self.picture()

    def message(self, name: str, kind: str, *, known: bool = True) -> str:
        """Open the latest message of a kind to somebody; its text. ``known``: a person of the branch."""
        page, found = self.page, kind_or_none(kind)
        assert found is not None
        with translation.override("fr"):
            title = str(found.title)
        page.goto(f"{HOME}/messages/")
        if known:
            page.fill("main [name=text]", name)
            self.press("main form[method=get] button[type=submit]")
        row = page.locator("main tbody tr", has_text=name).filter(
            has=page.get_by_role("cell", name=title, exact=True)
        )
        self.press(row.first.locator("th a"))
        return page.locator(".message-text").inner_text()

    def link(self, name: str, kind: str, *, known: bool = True) -> str:
        """The path of the link that a message carries."""
        text = self.message(name, kind, known=known)
        found = re.search(r"https?://[^/\s]+(/l/[^\s]+)", text)
        assert found is not None, text
        return found.group(1)

    def note_identity(self) -> None:
        """From the page of one mentor's path: a passport was seen."""
        self.press('main a[href$="/identity/"]')
        self.page.check("[name=document][value=passport]")
        self.send("main form:has([name=document])")

    def ask_reference(self, referee: str, email: str) -> None:
        """From the page of one mentor's path: three questions for somebody who knows them."""
        page, path = self.page, self.page.url
        self.press('main a[href$="/references/new/"]')
        page.fill("[name=referee]", referee)
        page.fill("[name=relation]", "Ancienne collègue")
        page.check("[name=channel][value=email]")
        page.fill("[name=email]", email)
        page.select_option("main select[name=language]", "fr")
        self.send("main form:has([name=referee])")
        expect(page).to_have_url(re.compile(re.escape(path.split("#")[0])))

    def ask_and_see_check(self) -> None:
        """From the page of one mentor's path: the extract is asked for, shown and noted."""
        page = self.page
        self.press('form[action$="/check/ask/"] button')
        self.press('main a[href*="/screening/checks/"]')
        page.fill("[name=issued_on]", (self.today - timedelta(days=10)).date().isoformat())
        page.fill("[name=seen_on]", self.today.date().isoformat())
        page.check("[name=is_clear]")
        self.send("main form:has([name=is_clear])")

    def train(self, person: str, module: str) -> None:
        """A half-day that runs today: planned, a seat given, the mentor there."""
        page = self.page
        page.goto(f"{HOME}/training/sessions/new/")
        page.select_option("[name=what]", module)
        page.fill("[name=day]", self.today.date().isoformat())
        page.fill("[name=begins]", "00:00")
        page.fill("[name=ends]", "23:59")
        page.fill("[name=place]", "Maison des associations")
        self.send("main form:has([name=what])")
        page.select_option("main select[name=person]", person)
        self.press('main form[action$="/enrol/"] button')
        self.press('main a[href$="/attendance/"]')
        page.wait_for_selector("form[data-ready]", state="attached")
        with page.expect_response(lambda answer: answer.url.endswith("/attendance/rows/")):
            page.check("li[data-subject] input[type=radio][value=present]")
        page.reload()
        expect(page.locator("li[data-subject] input[type=radio][value=present]")).to_be_checked()
