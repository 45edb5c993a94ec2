"""The rows of `make show-way-in`: from first contact to ready."""

from benchmarks.load import ADVISER, COORDINATOR, DIRECTOR, OFFICER, VISITOR
from benchmarks.promises import Figure, Row, tests

# Every list of staff by who reads it, and the public pages with lists.
LISTS = {
    COORDINATOR: (
        *("today/", "people/", "applications/", "sessions/", "sessions/?past=1", "talks/", "funnel/"),
        *("training/", "training/sessions/", "training/sessions/?past=1", "training/exchange/"),
        *("training/trainers/", "partners/", "duplicates/", "places/", "eligibility/"),
        *("messages/", "messages/texts/", "table/", "table/proposals/", "duos/", "support/", "exchange/"),
        *("expenses/", "expenses/years/", "expenses/rates/", "team/", "talks/agreement/"),
        *("duos/look/", "duos/wall/", "duos/load/", "duos/look/figures/", "again/"),
        *("outcomes/", "outcomes/?show=all"),
        *("dashboard/", "dashboard/network/"),
        *("figures/", "figures/costs/", "figures/definitions/"),
        *("outcomes/", "outcomes/?show=all", "access/"),
        *("outcomes/", "outcomes/?show=all", "follow-ups/", "follow-ups/?show=all"),
    ),
    DIRECTOR: (
        "training/modules/",
        "rights/",
        "rights/retention/",
        "concerns/",
        "plans/",
        "expenses/payments/",
        "site/",
        "impact/",
        "impact/times/",
        "reports/",
        "fairness/",
        "tables/?went=1",
    ),
    OFFICER: ("processing/",),
    ADVISER: ("referrals/",),
    VISITOR: ("/at/", "/at/BRANCH/", "/at/BRANCH/mentor/", "/at/BRANCH/mentee/", "/sessions/BRANCH/"),
}
MERGES = 60
SENDS = 500


def ways() -> Figure:
    """The two whole ways in a real browser."""
    code, counts, said = tests("tests/journeys/test_way_in.py")
    heaviest = float(said.get("way_in_heaviest_kb", 1000))
    violations = said.get("way_in_axe_violations", "?")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0 and violations == "0" and heaviest <= 60
    text = (
        f"{counts['tests'] - counts['failed']} of {counts['tests']} ways walked, "
        f"{said.get('way_in_pages', '?')} pages, axe {violations}, heaviest following page {heaviest:.0f} kB"
    )
    return Figure(text, ok=ok, details={**said, **counts})


def offline() -> Figure:
    """Attendance without a network, in a real Chromium."""
    code, counts, _ = tests("tests/journeys/test_offline_attendance.py")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    done = counts["tests"] - counts["failed"]
    return Figure(f"{done} of {counts['tests']} journeys: sent once, conflict shown, nothing left", ok=ok)


def outbox() -> Figure:
    """A worker killed at every step of every message, on both databases."""
    from benchmarks.databases import postgres_server, postgres_url, sqlite_url
    from benchmarks.outbox import is_good, measure_all

    server = postgres_server()
    if server is None:
        return Figure("no PostgreSQL: set TRABOULE_TEST_POSTGRES", ok=False)
    with sqlite_url() as sqlite, postgres_url(server) as postgres:
        found = measure_all({"SQLite": sqlite, "PostgreSQL": postgres}, SENDS)
    text = "; ".join(
        f"{name}: {f['kills']} kills, {f['hit_at_every_step']} of {f['messages']} hit at all 6 steps, "
        f"{f['accepted']} accepted, "
        f"{f['lost']} lost, {f['doubles_after_removing_copies']} doubles"
        for name, f in found.items()
    )
    return Figure(text, ok=all(is_good(f) for f in found.values()), details=found)


def merges() -> Figure:
    """Two records joined and separated again: every row as it was."""
    from benchmarks.merge import holds, measure_everywhere

    found = measure_everywhere(MERGES)
    text = "; ".join(
        f"{f['database']}: {f['restored']} of {f['merges']} restored, {f['differ']} checksums differ"
        for f in found
    )
    return Figure(text, ok=len(found) == 2 and all(holds(f) for f in found), details={"runs": found})


def load() -> Figure:
    """10,000 applicants on PostgreSQL: every list page against a bare page, and 50 requests a second."""
    from benchmarks.load import SHARE, holds, measure

    found = measure(LISTS)
    slowest = min(found["shares"], key=found["shares"].__getitem__)
    text = (
        f"least share of the bare page {found['shares'][slowest]:.4f} × ({slowest}, target {SHARE}); "
        f"open loop p50 {found['p50_ms']} ms, p95 {found['p95_ms']} ms"
    )
    return Figure(text, ok=holds(found), details=found)


def budgets() -> Figure:
    code, counts, _ = tests("tests/web", "-k", "budget or queries")
    ok = code == 0 and counts["tests"] > 0 and counts["skipped"] == 0
    return Figure(f"{counts['tests'] - counts['failed']} of {counts['tests']} budgets kept", ok=ok)


def guide() -> Figure:
    from benchmarks.rows import ROOT

    pictures = [p.name for p in (ROOT / "docs" / "guide" / "pictures").glob("way-*.webp")]
    said = "\n".join(p.read_text("utf-8") for p in (ROOT / "docs" / "guide").rglob("*.md"))
    shown = [name for name in pictures if name in said]
    return Figure(f"{len(shown)} steps shown", ok=len(shown) >= 10 and len(shown) == len(pictures))


WEB = ("src/traboule/web", "src/traboule/apps", "src/traboule/core", "src/traboule/config")
OUTBOX = ("src/traboule/apps/messages", "src/traboule/core/outbox.py", "benchmarks/outbox.py")

ROWS = (
    Row("ways", "a mentee’s and a mentor’s whole way, real browser", "axe 0; ≤ 60 kB a page", ways, WEB),
    Row("guide", "each step a screenshot in the guide", "at least 10, all shown", guide, ("docs/guide",)),
    Row("offline", "attendance without a network", "once; conflict shown; nothing left", offline, WEB),
    Row("merges", f"{MERGES} merges taken back, both databases", "every checksum equal", merges, WEB),
    Row("budgets", "queries of each page at 1 and at 1,000 rows", "all within budget", budgets, WEB),
    Row(
        "outbox",
        f"{SENDS} sends, a worker killed at every step, both databases",
        "each accepted exactly once, none lost",
        outbox,
        OUTBOX,
        full=True,
    ),
    Row(
        "load",
        "10,000 applicants on PostgreSQL, 16 clients; 50 a second",
        "≥ 0.01 × a bare page; p95 ≤ 400 ms",
        load,
        WEB,
        full=True,
    ),
)
