"""The rows of `make show-ground`: what was promised, the target, and how it is measured."""

import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.promises import Figure, Row, tests

ROOT = Path(__file__).resolve().parent.parent
TRABOULE = Path(sys.executable).parent / "traboule"
AS_OF = "2026-01-15"


def traboule(*arguments: str | Path) -> tuple[int, float, str]:
    """Run the command; exit code, seconds, what it said on standard error."""
    started = time.perf_counter()
    done = subprocess.run([TRABOULE, *arguments], capture_output=True, text=True, check=False)
    return done.returncode, time.perf_counter() - started, done.stderr


def people_2000() -> Figure:
    """From generated files to proposals, in one call."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        arguments = ("--mentors", "2000", "--mentees", "2000", "--seed", "1", "--out", str(out))
        code, _, said = traboule("generate", *arguments)
        if code:
            return Figure(f"generate ended with {code}: {said[-300:]}", ok=False)
        mentors, mentees = (next(out.glob(f"{side}.*")) for side in ("mentors", "mentees"))
        arguments = ("--report", str(out / "report.json"), "--out", str(out / "proposals.csv"))
        code, seconds, said = traboule("match", mentors, mentees, "--as-of", AS_OF, *arguments)
        if code:
            return Figure(f"match ended with {code}: {said[-300:]}", ok=False)
        report = json.loads((out / "report.json").read_text("utf-8"))
    figure = (
        f"gap {report['gap']}, verifier agrees, {report['pairs']} duos, {seconds:.1f} s from files to files"
    )
    return Figure(
        figure, ok=report["gap"] == 0, details={"pairs": report["pairs"], "seconds": round(seconds, 1)}
    )


def peers() -> Figure:
    from benchmarks.compare_pypi import compare, summary

    rows = compare()
    return Figure(summary(rows), ok=all(row["as_good"] for row in rows), details={"rows": rows})


def solver() -> Figure:
    from benchmarks.solver import measure

    found = measure(2000)
    alone, proven = found["pairs_ratio"], found["proven_ratio"]
    text = (
        f"pairs alone {alone:.2f} ×, with prices and verified certificate {proven:.2f} × "
        f"(scipy {found['scipy_seconds']:.2f} s); options and regrets {found['options_seconds']:.2f} s"
    )
    return Figure(text, ok=alone <= 1 and proven <= 3, details=found)


def planted() -> Figure:
    from benchmarks.planted import measure

    found = measure(instances=20)
    text = f"{found['met']} of {found['instances']} optima met, {found['proven']} proven by their prices"
    return Figure(text, ok=found["met"] == found["proven"] == found["instances"], details=found)


def random_instances() -> Figure:
    code, counts, _ = tests("tests/kernel/matching", "-k", "10_000 or ten_thousand")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    return Figure(f"{'equal on all' if ok else 'not equal, or not tested'} ({counts['tests']} tests)", ok=ok)


def pages() -> Figure:
    with tempfile.TemporaryDirectory() as folder:
        os.environ["TRABOULE_TEST_FIGURES"] = folder
        code, counts, _ = tests("tests/journeys/test_every_page.py", "-n", "3")
        found = [json.loads(path.read_text("utf-8")) for path in Path(folder).glob("pages-*.json")]
    if not found:
        return Figure("no page was looked at", ok=False, details=counts)
    heaviest = max(found, key=lambda one: one["heaviest"])
    said = {
        "pages": len({name for one in found for name in one["pages"]}),
        "axe_runs": sum(one["axe_runs"] for one in found),
        "axe_violations": sum(one["axe_violations"] for one in found),
        "heaviest_kb": heaviest["heaviest"] // 1000,
        "heaviest_page": heaviest["heaviest_page"],
    }
    text = (
        f"{said['axe_violations']} violations in {said['axe_runs']} runs over {said['pages']} pages; "
        f"heaviest first view {said['heaviest_kb']} kB ({said['heaviest_page']})"
    )
    ok = code == 0 and counts["skipped"] == 0 and said["axe_violations"] == 0
    return Figure(text, ok=ok, details={**said, **counts})


def budgets() -> Figure:
    code, counts, _ = tests("tests/web", "-k", "budget or queries")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    return Figure(f"{counts['tests'] - counts['failed']} of {counts['tests']} budgets kept", ok=ok)


def races() -> Figure:
    from benchmarks import races as racing
    from benchmarks.databases import postgres_server, postgres_url, sqlite_url

    server = postgres_server()
    if server is None:
        return Figure("no PostgreSQL to race on: set TRABOULE_TEST_POSTGRES", ok=False)
    with sqlite_url() as sqlite, postgres_url(server) as postgres:
        found = {
            name: racing.measure(url, processes=8, races=200)
            for name, url in (("SQLite", sqlite), ("PostgreSQL", postgres))
        }
    text = "; ".join(
        f"{name}: {f['winners']} won, {f['losers_who_read_who_and_when']} read who and when, "
        f"{f['doubles']} doubles, {f['unexpected_errors']} errors"
        for name, f in found.items()
    )
    return Figure(text, ok=all(racing.holds(f) for f in found.values()), details=found)


def guide() -> Figure:
    pictures = [p for p in (ROOT / "docs" / "guide").rglob("*") if p.suffix in {".png", ".webp"}]
    shown = "\n".join(p.read_text("utf-8") for p in (ROOT / "docs" / "guide").rglob("*.md"))
    used = [p for p in pictures if p.name in shown]
    heavy = max((p.stat().st_size for p in pictures), default=0)
    return Figure(f"{len(used)} shown, heaviest {heavy // 1000} kB", ok=len(used) >= 6 and heavy <= 150_000)


def clean_clone() -> Figure:
    from benchmarks.clone import demo_and_tests

    found = demo_and_tests()
    text = (
        f"make demo: first page after {found['first']:.0f} s, second run {found['second']:.1f} s; "
        f"make test: {found['tests']} in {found['tests_seconds']:.0f} s; .venv {found['venv_mb']} MB"
    )
    return Figure(text, ok=found["second"] < 10 and found["tests_ok"], details=found)


def ci() -> Figure:
    from benchmarks.clone import whole_verdict

    code, seconds, closing = whole_verdict()
    minutes = seconds / 60
    return Figure(f"ended with {code} after {minutes:.1f} min: {closing}", ok=code == 0 and minutes < 25)


KERNEL = ("src/traboule/kernel/matching",)
MATCH = (*KERNEL, "src/traboule/kernel/generator", "src/traboule/tables", "src/traboule/cli")
WEB = ("src/traboule/web", "src/traboule/apps", "src/traboule/core", "src/traboule/config")
# What `make demo` and `make test` stand on; whether the rest is green is said by each `.ci/run`.
FLOOR = (
    "Makefile",
    "requirements",
    "tools/bootstrap.py",
    "tools/run_tests.py",
    "tools/surroundings.py",
    ".ci/run",
)

ROWS = (
    Row("people", "traboule match, 2,000 × 2,000 people", "gap 0, the verifier agrees", people_2000, MATCH),
    Row("solver", "our solve against bare scipy, 2,000 × 2,000", "≤ 1 × alone, ≤ 3 × proven", solver, KERNEL),
    Row("planted", "20 instances with a planted optimum, 100 to 800", "all met, all proven", planted, MATCH),
    Row("random", "10,000 random instances, another solver", "equal on all", random_instances, KERNEL),
    Row(
        "peers",
        "the same people: mentor-match, matching",
        "a ratio per size; our plan never worse",
        peers,
        (*KERNEL, "src/traboule/kernel/generator"),
        full=True,
    ),
    Row("races", "8 processes, 200 races for a last place", "one winner each, 0 doubles", races, WEB),
    Row("budgets", "queries of each page at 1 and at 1,000 rows", "all within budget", budgets, WEB),
    Row("pages", "every page in a browser, 2 languages, 2 widths", "axe 0; first view ≤ 150 kB", pages, WEB),
    Row("guide", "screenshots in the guide", "at least 6, each ≤ 150 kB", guide, ("docs/guide",)),
    Row("clone", "clean clone: make demo, make test", "green; again < 10 s", clean_clone, FLOOR, full=True),
    Row("ci", ".ci/run on a clean clone", "green in under 25 min", ci, FLOOR, full=True),
)
