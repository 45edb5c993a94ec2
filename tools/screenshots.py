"""The pictures of the guide: the demo, freshly loaded, photographed in a real Chromium.

    python tools/screenshots.py        writes docs/guide/pictures/*.webp

Needs a Chromium on PATH. The demo lives in a folder of its own for the time of the pictures.
"""

import base64
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from surroundings import chromium

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "guide" / "pictures"
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 375, "height": 800}
WIDEST, QUALITY = 880, 0.5
TO_WEBP = """async ([source, widest, quality]) => {
    const picture = new Image();
    picture.src = source;
    await picture.decode();
    const scale = Math.min(1, widest / picture.width);
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * scale);
    canvas.height = Math.round(picture.height * scale);
    const pen = canvas.getContext("2d");
    pen.imageSmoothingQuality = "high";
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/webp", quality);
}"""
REASON = "Même métier, même quartier, et tous deux aiment prendre leur temps."
SERVER = ("gunicorn", "traboule.config.wsgi", "--log-level", "error", "--bind")


@contextmanager
def demo() -> Iterator[str]:
    """The demo in a folder that goes away afterwards, served until the pictures are taken; its address."""
    with tempfile.TemporaryDirectory() as folder:
        surroundings = {
            **os.environ,
            "TRABOULE_VAR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        }
        surroundings["DJANGO_SETTINGS_MODULE"] = "traboule.config.settings.demo"
        load = "from traboule.cli.main import main; main()"
        subprocess.run([sys.executable, "-c", load, "demo", "--no-serve"], env=surroundings, check=True)
        place = f"127.0.0.1:{free_port()}"
        server = subprocess.Popen([sys.executable, "-m", *SERVER, place], env=surroundings)
        try:
            wait_for(f"http://{place}/demo/")
            yield f"http://{place}"
        finally:
            server.terminate()
            server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str, seconds: int = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5)  # noqa: S310 -- our own server
        except OSError:
            time.sleep(0.3)
        else:
            return
    raise SystemExit(f"nobody answers at {address}")


def sign_in(page: Page, address: str) -> str:
    """Enter as the coordinator of Lyon; return the address of the branch."""
    page.goto(f"{address}/demo/")
    page.locator("button", has_text="Lyon").first.click()
    page.wait_for_url("**/b/**")
    return page.url.split("/b/")[0] + "/b/" + page.url.split("/b/")[1].split("/")[0]


def take(page: Page, name: str, *, height: int = 900) -> None:
    size: Any = {**(page.viewport_size or WIDE), "height": height}
    page.set_viewport_size(size)
    small = webp(page, page.screenshot())
    (PICTURES / f"{name}.webp").write_bytes(small)
    print(f"{name}.webp", len(small) // 1000, "kB")


def webp(page: Page, png: bytes) -> bytes:
    """The picture as light as a page of the guide can bear (150 kB in all): the browser re-encodes it."""
    blank = page.context.new_page()
    source = f"data:image/png;base64,{base64.b64encode(png).decode()}"
    encoded: str = blank.evaluate(TO_WEBP, [source, WIDEST, QUALITY])
    blank.close()
    return base64.b64decode(encoded.split(",", 1)[1])


def wide(page: Page, address: str) -> None:
    branch = sign_in(page, address)
    for name, path in (("today", "today/"), ("people", "people/"), ("duos", "duos/")):
        page.goto(f"{branch}/{path}")
        take(page, name)
    for name, path in (("duos-to-look-at", "duos/look/"), ("wall-of-duos", "duos/wall/")):
        page.goto(f"{branch}/{path}")
        take(page, name, height=1000)
    results(page, branch)
    page.goto(f"{branch}/table/")
    take(page, "matching-table", height=1400)
    page.locator('a[href$="/changes/"]').first.click()
    take(page, "what-if", height=1000)
    page.goto(f"{branch}/table/")
    page.locator(".option.chosen a.button").first.click()
    page.locator("textarea").fill(REASON)
    take(page, "pair", height=1100)
    page.locator("form:has(textarea) button").click()
    take(page, "proposal", height=1000)


def results(page: Page, branch: str) -> None:
    """What came of it: the pages that a board looks at."""
    for name, path, height in (
        ("results-dashboard", "dashboard/", 1600),
        ("results-figures", "figures/", 1100),
        ("results-reports", "reports/", 800),
        ("results-follow-ups", "follow-ups/", 1000),
    ):
        page.goto(f"{branch}/{path}")
        take(page, name, height=height)


def times(page: Page, address: str) -> None:
    """How long it takes, newer duos beside earlier ones: a page of directors, who see every branch."""
    page.goto(f"{address}/demo/")
    page.locator("button", has_text="Direction").first.click()
    page.wait_for_load_state()
    page.goto(f"{address}/b/lyon/impact/times/")
    page.locator("#t-job ~ h3").first.evaluate("one => scrollTo(0, one.offsetTop - 100)")
    take(page, "results-times", height=900)


def narrow(page: Page, address: str) -> None:
    branch = sign_in(page, address)
    page.goto(f"{branch}/table/")
    take(page, "matching-table-phone", height=1000)


def main() -> int:
    browser = chromium()
    if browser is None:
        raise SystemExit("no Chromium on PATH: no pictures")
    PICTURES.mkdir(parents=True, exist_ok=True)
    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    with demo() as address, sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser, args=quiet)
        for look, size in ((wide, WIDE), (times, WIDE), (narrow, NARROW)):
            context = running.new_context(viewport=size, locale="fr-FR")  # type: ignore[arg-type]  # a plain dict
            look(context.new_page(), address)
            context.close()
        running.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
