"""Finds one example of every page by following links, as a reader would; what no link leads to is missing."""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve
from playwright.sync_api import APIRequestContext

EXAMPLES = 4  # of one kind of page are opened for their links: two people do not offer the same acts
MORE = {"mentor_path": 12, "duo": 16}  # a check that waits, a meeting that nobody logged: both are rare
AGAIN = 2  # by the next visitor who comes to a page that somebody knows: for the links that only they see
ONCE_MORE = 1  # and by those who come after these two


@dataclass
class Atlas:
    """By name of the address: who found it, and where."""

    found: dict[str, tuple[str, str]] = field(default_factory=dict)
    visitors: Counter[str] = field(default_factory=Counter)  # how many came to a page

    def explore(self, who: str, request: APIRequestContext, *starts: str) -> None:
        """Follow every link from `starts` on; `request` carries the cookies of `who`."""
        opened: Counter[str] = Counter()
        seen, waiting = set(starts), deque(starts)
        while waiting:
            path = waiting.popleft()
            name = name_of(path)
            if name is None or opened[name] >= self._examples(name):
                continue
            opened[name] += 1
            answer = request.get(path)
            if not answer.ok or "text/html" not in answer.headers.get("content-type", ""):
                continue
            arrived = urlsplit(answer.url).path
            self.found.setdefault(name_of(arrived) or name, (who, arrived))
            for link in links(answer.text(), path):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)
        self.visitors.update(opened.keys())

    def _examples(self, name: str) -> int:
        """How many of one kind of page the present visitor opens."""
        earlier = self.visitors[name]
        return MORE.get(name, EXAMPLES) if not earlier else AGAIN if earlier == 1 else ONCE_MORE


def name_of(path: str) -> str | None:
    try:
        return resolve(urlsplit(path).path).url_name
    except Resolver404:
        return None


def links(html: str, base: str) -> list[str]:
    """Addresses that the page leads to by a link or by a form that only asks (method get).

    Thousands of pages of our own are read here: their tags are found without building each page as a tree.
    """
    targets = [to for tag in re.findall(r"<a\b[^>]*>", html) if (to := word_of(tag, "href"))]
    forms = [tag for tag in re.findall(r"<form\b[^>]*>", html) if word_of(tag, "method").lower() == "get"]
    targets += [to for tag in forms if (to := word_of(tag, "action"))]
    joined = (urljoin(base, target).split("#")[0] for target in targets)
    return [link for link in joined if link.startswith("/")]


def word_of(tag: str, name: str) -> str:
    """The value of an attribute; our pages always write it in double quotes."""
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found.group(1)) if found else ""
