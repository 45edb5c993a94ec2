"""A phone with the log of a meeting open, and what the database of the demo then holds."""

import json
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page, Request, Route, expect

from tests.journeys.server import Running
from tests.journeys.test_offline_attendance import KEPT

READY = "[data-log-kept][data-ready]"
MENTOR = "Patrick Richard"
FIND = "from traboule.apps.duos.models import Duo, Meeting, MeetingLog\n"


def links(running: Running, side: str, number: int) -> list[str]:
    """Links of messages to logs that nobody has written, of as many duos as it takes."""
    return json.loads(
        running.ask(
            FIND
            + f"""
import json
from django.utils import timezone
from traboule.apps.duos.actions._meeting_messages import log_address
now = timezone.now()
rows = Meeting.everywhere.filter(
    duo__state="active", planned_at__lt=now, state="planned", logs=None, agreement="",
).select_related("duo").order_by("-planned_at", "pk")[:{number}]
print(json.dumps(["/" + log_address(row, "{side}", now).split("/", 3)[3] for row in rows]))
"""
        )
    )


def counted(running: Running) -> dict[str, Any]:
    """How many logs and meetings there are, how often a log was written down, and the keys of the logs."""
    return json.loads(
        running.ask(
            FIND
            + """
import json
from traboule.core.models import AuditEntry
said = AuditEntry.objects.filter(verb__in=("meeting.logged", "meeting.log_corrected"))
print(json.dumps({
    "meetings": Meeting.everywhere.count(),
    "entries": said.count(),
    "keys": list(MeetingLog.everywhere.values_list("client_key", flat=True)),
    "last": max(Meeting.everywhere.values_list("pk", flat=True)),
}))
"""
        )
    )


def started(running: Running) -> str:
    """The day on which the duo of the two who sign in began."""
    first, last = MENTOR.split()
    return running.ask(
        FIND + f"print(Duo.everywhere.get(state='active', branch__slug='lyon', "
        f"mentor__first_name='{first}', mentor__last_name='{last}').started_on)"
    ).strip()


def forget_after(running: Running, last: int) -> None:
    """Take away what a test noted, for those that walk after it."""
    running.ask(FIND + f"Meeting.everywhere.filter(pk__gt={last}, slot_week=None).delete()")


@dataclass
class LogPhone:
    """One page on a phone, in whatever language; presses are counted."""

    page: Page
    taps: int = 0
    sent: list[str] = field(default_factory=list)
    lost: int = 0
    where: str = ""

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)

    def _asked(self, request: Request) -> None:
        if request.method == "POST" and "kept=1" in (request.post_data or ""):
            self.sent.append(request.post_data or "")

    def open(self, where: str) -> "LogPhone":
        self.where = where
        self.page.goto(where)
        self.page.wait_for_selector(READY, state="attached")
        return self

    def offline(self, away: bool) -> None:
        self.page.context.set_offline(away)

    def lose_answers(self, every: int) -> None:
        """The server accepts a log, and the line drops before its answer has arrived."""
        seen: set[str] = set()

        def drop(route: Route) -> None:
            key = (route.request.post_data or "").partition("client_key=")[2].partition("&")[0]
            if key and key not in seen:
                seen.add(key)
                if len(seen) % every == 0:
                    assert route.fetch().status == 200
                    self.lost += 1
                    route.abort("connectionreset")
                    return
            route.continue_()

        self.page.route(lambda _url: True, lambda route: drop(route) if _is_log(route) else route.continue_())

    def tap(self, selector: str) -> None:
        self.page.locator(f"{selector} >> visible=true").first.click()
        self.taps += 1

    def choose(self, name: str, value: str) -> None:
        box = self.page.locator(f'form[data-log] input[name="{name}"][value="{value}"]')
        self.tap(f'form[data-log] label[for="{box.get_attribute("id")}"]')

    def save(self) -> None:
        self.tap('form[data-log] button[type="submit"]')

    def says(self, text: str) -> None:
        expect(self.page.locator("[data-log-kept] [data-status]")).to_contain_text(text, timeout=60_000)

    def kept(self) -> list[str]:
        texts: list[str] = self.page.evaluate(KEPT)
        return texts

    def waiting(self) -> list[Any]:
        return list(json.loads(self.page.evaluate("localStorage.getItem('traboule-logs') || '[]'")))


def _is_log(route: Route) -> bool:
    return route.request.method == "POST" and "kept=1" in (route.request.post_data or "")
