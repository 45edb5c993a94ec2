"""The rows of `make show-duos`: the six months of a duo. What is not built yet says so, and is short."""

import os
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlsplit, urlunsplit

from benchmarks.promises import Figure, Row, tests

MACHINES, STEPS = 500, 50
LOGS = 100
USABLE_S = 5.0
LANGUAGES = ("French", "Arabic")
HAPPENED = ("duo.started", "duo.paused", "duo.closed", "meeting.moved", "meeting.logged", "meeting.settled")


def machines() -> Figure:
    """Random lives of a branch on both databases; every invariant after each step."""
    from benchmarks.databases import postgres_server

    server = postgres_server()
    if server is None:
        return Figure("no PostgreSQL: set TRABOULE_TEST_POSTGRES", ok=False)
    url = urlunsplit(urlsplit(server)._replace(path=f"/traboule_lives_{os.getpid()}"))
    with ThreadPoolExecutor() as both:
        on = {"SQLite": both.submit(lives), "PostgreSQL": both.submit(lives, DATABASE_URL=url)}
        found = {name: running.result() for name, running in on.items()}
    text = "; ".join(f"{name}: {said}" for name, (_, said, _) in found.items())
    dull = [verb for _, _, lived in found.values() for verb in HAPPENED if f"'{verb}'" not in lived]
    return Figure(text, ok=all(ok for ok, _, _ in found.values()) and not dull, details={"never": dull})


def lives(**words: str) -> tuple[bool, str, str]:
    words |= {"TRABOULE_MACHINES": str(MACHINES), "TRABOULE_MACHINE_STEPS": str(STEPS)}
    code, counts, said = tests("tests/apps/lifecycles", "-n0", "-p", "no:randomly", **words)
    return code == 0 and counts["skipped"] == 0, said.get("machines", "broken off"), said.get("lived", "")


def load() -> Figure:
    """10,000 duos that meet, on PostgreSQL: the homes against a bare page, and 50 requests a second."""
    from benchmarks.duo_load import SHARE, holds, measure

    found = measure()
    slowest = min(found["shares"], key=found["shares"].__getitem__)
    text = (
        f"least share of the bare page {found['shares'][slowest]:.4f} × ({slowest}, target {SHARE}); "
        f"open loop p50 {found['p50_ms']} ms, p95 {found['p95_ms']} ms"
    )
    return Figure(text, ok=holds(found), details=found)


def warning() -> Figure:
    """A branch of 500 duos on both databases, nothing remembered; precision and recall on the demo."""
    from benchmarks.warning import LONGEST, measure

    found = measure()
    text = "; ".join(
        f"{name}: {one['seconds']:.2f} s, {one['queries']} queries" for name, one in found.items()
    )
    said = next(iter(found.values()))["record"]
    ok = len(found) == 2 and all(one["seconds"] <= LONGEST for one in found.values()) and said["n"] >= 50
    return Figure(f"{text}; {said['text']}", ok=ok, details=found)


def budgets() -> Figure:
    code, counts, _ = tests("tests/web", "-k", "duo or place or support or plan or log", "-m", "not browser")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    return Figure(
        f"{counts['tests'] - counts['failed']} of {counts['tests']} tests of these pages pass", ok=ok
    )


def calendar() -> Figure:
    """The feed in a library and in a calendar program, across both changes of the clocks."""
    code, counts, _ = tests("tests/web/test_calendar_feed.py", "tests/web/test_calendar_files.py")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    done = counts["tests"] - counts["failed"] - counts["skipped"]
    return Figure(f"{done} of {counts['tests']} tests pass; vobject and khal read the same hours", ok=ok)


def offline() -> Figure:
    """Logs without a network, in a real Chromium; every fifth answer, and every one of a link, is lost."""
    code, counts, said = tests("tests/journeys/test_offline_log.py", "-n0")
    sent, lost = said.get("logs_sent_once", "0"), said.get("logs_answers_lost", "0")
    ok = code == 0 and counts["skipped"] == 0 and int(sent) == LOGS
    text = f"{sent} logs, {lost} answers lost on the way, each written once; "
    return Figure(f"{text}{counts['tests'] - counts['failed']} of {counts['tests']} journeys", ok=ok)


def log() -> Figure:
    """Taps, typing, loads and seconds of one log on a slow line; the hand's time is an estimate."""
    code, counts, said = tests("tests/journeys/test_log_taps.py", "-n0")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    ok = ok and all(
        float(said.get(f"log_{side}_slowest_s", "inf")) <= USABLE_S for side in ("mentor", "mentee")
    )
    parts = [
        f"{side}: {said.get(f'log_{side}_taps', '?')} taps, {said.get(f'log_{side}_loads', '?')} loads, "
        f"usable after {said.get(f'log_{side}_usable_s', '?')} s; "
        f"estimate by keystrokes {said.get(f'log_{side}_estimate', '?')}"
        for side in ("mentor", "mentee")
    ]
    return Figure(". ".join(parts), ok=ok, details=said)


def journey() -> Figure:
    """Six months of one duo in a real browser, with time travelled, once in French and once in Arabic."""
    code, counts, said = tests("tests/journeys/test_six_months.py", "-n0", "-p", "no:randomly")
    heaviest = float(said.get("journey_heaviest_kb", 1000))
    violations = said.get("journey_axe_violations", "?")
    whole = code == 0 and counts["tests"] == len(LANGUAGES) and counts["skipped"] == 0
    text = (
        f"{counts['tests'] - counts['failed']} of {len(LANGUAGES)} journeys walked, "
        f"{said.get('journey_pages', '?')} pages, axe {violations}, heaviest following page {heaviest:.0f} kB"
    )
    return Figure(text, ok=whole and violations == "0" and heaviest <= 60, details={**said, **counts})


WEB = ("src/traboule/web", "src/traboule/apps", "src/traboule/core", "src/traboule/config")
WARNING = (
    "src/traboule/kernel/warning",
    "src/traboule/apps/support",
    "src/traboule/apps/duos",
    "benchmarks/crowd.py",
    "benchmarks/crowd_signs.py",
)
# What the lives of a branch move. Apps above hear of it by hooks; the short lives of every run hold those.
# Lives act without forms.
LIVES = (
    *(
        f"src/traboule/apps/{name}"
        for name in (
            *("branches", "people", "privacy", "steps", "messages", "applications"),
            *("training", "duos", "pairing", "support", "endings"),
        )
    ),
    ":(exclude,glob)src/traboule/apps/*/forms/**",
    ":(glob)src/traboule/kernel/*.py",
    "src/traboule/kernel/matching",
    "src/traboule/kernel/warning",
    "tests/apps/lifecycles",
)


ROWS = (
    Row(
        "journey",
        "six months as one journey, French and Arabic",
        "no JavaScript for her; axe 0",
        journey,
        WEB,
    ),
    Row(
        "calendar", "the iCal feed in a library and in khal", "right across both clock changes", calendar, WEB
    ),
    Row("offline", f"{LOGS} logs without a network, in a Chromium", "each sent exactly once", offline, WEB),
    Row(
        "warning", "early warning, a branch of 500 duos", "≤ 1 s; precision, recall printed", warning, WARNING
    ),
    Row("log", "the log: taps, typing, page loads, 400 kbit/s", "≤ 5; none; ≤ 2; 5 s each; ≤ 20 s", log, WEB),
    Row("budgets", "queries of the homes at 1 and at many rows", "≤ 15, the same", budgets, WEB),
    Row(
        "machines",
        f"{MACHINES} lives × {STEPS} steps, both databases",
        "every invariant",
        machines,
        LIVES,
        full=True,
    ),
    Row(
        "load",
        "10,000 duos on PostgreSQL, 16 clients; 50 a second",
        "≥ 0.02 ×; p95 ≤ 300 ms",
        load,
        WEB,
        full=True,
    ),
)
