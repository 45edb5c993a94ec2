"""Looks over the browser's shoulder: what was asked for, how much came, what the page complained about."""

import gzip
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page, Request, Response

PACKED = ("font/", "image/png", "image/webp", "image/jpeg", "application/font", "application/octet-stream")


@dataclass
class Witness:
    """Attach before the first `goto`; read after the page has settled."""

    page: Page
    origin: str
    elsewhere: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)
    answers: list[Response] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((self.origin, "data:", "blob:", "about:")):
            self.elsewhere.append(request.url)

    def _answered(self, response: Response) -> None:
        self.answers.append(response)
        if response.status >= 400:
            self.failures.append(f"{response.status} {response.url}")

    def _said(self, message: ConsoleMessage) -> None:
        if message.type == "error" or "Content Security Policy" in message.text:
            self.complaints.append(message.text)

    def weight(self) -> int:
        """Bytes of everything that the page fetched, text as gzip sends it."""
        return sum(self._weight_of(answer) for answer in self.answers if not 300 <= answer.status < 400)

    def _weight_of(self, response: Response) -> int:
        try:
            body = response.body()
        except Error:  # the browser has let go of what came before the last navigation
            return int(response.headers.get("content-length", 0))
        kind = response.headers.get("content-type", "")
        return len(body) if kind.startswith(PACKED) else len(gzip.compress(body, 6))


def sideways(page: Page) -> int:
    """Pixels by which the page is wider than the window: 0 when nobody has to scroll sideways."""
    overflow: Any = page.evaluate(
        "document.scrollingElement.scrollWidth - document.documentElement.clientWidth"
    )
    return max(0, int(overflow))
